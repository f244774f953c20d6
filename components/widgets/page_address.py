"""The query parameters of the page's address, as this visit last wrote them.

A browser says its address with every run, and what it says may be late: it had not taken over
what the last run wrote, or lost it while it went to another page. Taken at its word, it would
undo the learner's last step. So what was written is remembered here, and an address that the
page has had before counts as late and is put right, unless the visitor went back to it with the
browser's own button. All of the app reads and writes the address through this module.
"""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_PAGE = "page_address.page"
_HAD = "page_address.had"  # the addresses that the page has had, the one it has now last
_COMPLAINTS = "page_address.complaints"  # of what can't be read, by who reads it
REMEMBERED = 50


def begin_page(slug: str) -> bool:
    """A run of the page `slug` begins: what other pages had in the address is no matter here.

    True if the run before was of another page.
    """
    if st.session_state.get(_PAGE) == slug:
        return False
    st.session_state[_HAD] = []
    st.session_state[_COMPLAINTS] = {}
    st.session_state[_PAGE] = slug  # last: a run that ends before it has to begin the page again
    return True


def read() -> dict[str, str]:
    """The query parameters as they are meant, by name."""
    said = st.query_params.to_dict()
    had = _had()
    if not had or said not in had or _went_back():
        _remember(said)
    elif said != had[-1]:
        st.query_params.from_dict(had[-1])
        return dict(had[-1])
    return said


def write(parameters: Mapping[str, str]) -> None:
    """Let the address have these query parameters and no others."""
    wanted = dict(parameters)
    if wanted != read():
        st.query_params.from_dict(wanted)
        _remember(wanted)


def complain(reader: str, sentences: Sequence[str]) -> None:
    """From now on `reader` has this to say of what it can't read in the address; () for nothing."""
    st.session_state.setdefault(_COMPLAINTS, {})[reader] = tuple(sentences)


def show_complaints(reader: str) -> None:
    """Say what `reader` can't read in the address.

    It is said in a place that is there without a complaint too. Otherwise all that comes after
    would move up once the complaint has gone, and the browser would draw it anew: a popover
    closes then, and the upload in it is lost.
    """
    with st.container():
        for sentence in st.session_state.get(_COMPLAINTS, {}).get(reader, ()):
            st.warning(sentence, icon=":material/link_off:")


def _had() -> list[dict[str, str]]:
    had: list[dict[str, str]] = st.session_state.setdefault(_HAD, [])
    return had


def _remember(parameters: dict[str, str]) -> None:
    had = _had()
    if parameters in had:
        had.remove(parameters)
    had.append(parameters)
    del had[:-REMEMBERED]


def _went_back() -> bool:
    """Whether the browser's back or forward button brought this run about."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation
