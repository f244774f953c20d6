"""The settings of a lab in the page's URL.

A lab declares its settings in a table and calls `adopt_url` before its widgets and
`publish_url` after them. The URL then always says what the widgets show: a setting at its
default is left out, and Reset empties the address. Streamlit's own `bind="query-params"` is not
used: it does not reach our own components, it puts labels where we want short words, and it
drops what it can't read without a sentence.

A change of the address from outside, by a link or the browser's back button, is adopted. What
can't be read is put to its default, and a sentence says so until a setting changes.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.concepts.plain_words import as_markdown
from components.widgets import marks, page_address
from components.widgets.setting_values import hold, set_anew, value_of
from components.widgets.settings import Setting, SettingError

SHOWN_CHARACTERS = 40  # of a text from the URL that is quoted in a sentence


def adopt_url(settings: Sequence[Setting]) -> None:
    """Take the settings from the URL into the session state, before their widgets are drawn.

    Leaves them as they are while the URL is as `publish_url` left it. Where a part of the URL
    can't be read, its setting gets its default, and a sentence on the page says so.
    """
    marks.note(settings)
    in_url = _in_url(settings)
    if st.session_state.get(_WRITTEN) == (_names(settings), in_url):
        hold(settings)
    else:
        _adopt(settings, in_url)
    page_address.show_complaints(_READER)


def _adopt(settings: Sequence[Setting], in_url: Mapping[str, str]) -> None:
    complaints = []
    for setting in settings:
        value = setting.default
        if setting.name in in_url:
            text = in_url[setting.name]
            try:
                value = setting.parse(text)
            except SettingError as error:
                complaints.append(complaint(setting, text, error))
        set_anew(setting.name, value)
    page_address.complain(_READER, complaints)
    # Where the run ends before it publishes, the next one knows whose settings these are; what
    # can't be read is still in the URL then.
    st.session_state[_WRITTEN] = None if complaints else (_names(settings), in_url)


def publish_url(settings: Sequence[Setting]) -> None:
    """Write the settings that are not at their default into the URL, after the widgets."""
    wanted = {
        setting.name: setting.text(value_of(setting))
        for setting in settings
        if value_of(setting) != setting.default
    }
    if wanted != _in_url(settings):
        names = _names(settings)
        others = {k: v for k, v in page_address.read().items() if k not in names}
        page_address.write({**others, **wanted})
    written = (_names(settings), wanted)
    if st.session_state.get(_WRITTEN) not in (None, written):
        page_address.complain(_READER, ())  # the learner has gone on
    st.session_state[_WRITTEN] = written


def reset(settings: Sequence[Setting]) -> None:
    """Put every setting back to its default; for a button's callback."""
    for setting in settings:
        st.session_state[setting.name] = setting.default


_READER = "settings"
_WRITTEN = "settings_in_url"  # whose settings, and what of them: two labs may share a name


def _names(settings: Sequence[Setting]) -> tuple[str, ...]:
    return tuple(setting.name for setting in settings)


def _in_url(settings: Sequence[Setting]) -> dict[str, str]:
    address = page_address.read()
    return {s.name: address[s.name] for s in settings if s.name in address}


def complaint(setting: Setting, text: str, error: SettingError) -> str:
    """The sentence for a part of the URL that can't be read; the setting gets its default.

    Somebody may have made the address: what it says is shown, and nothing in it is obeyed.
    """
    shown = text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"
    return (
        f"The address asks for {setting.name} = “{as_markdown(shown)}”; {setting.label.lower()} "
        f"has to be {error}. The page uses its default, "
        f"{setting.text(setting.default)}."
    )
