"""A network's answers, kept for the visit: each question is asked once."""

from collections import OrderedDict
from hashlib import sha256
from typing import Any

import numpy as np
import streamlit as st

from components.engine.jobs import EngineError
from components.engine.looking import Bundled, ask
from components.engine.visit import get_engine
from components.labs.seeing.whom import Whom

ABOUT_BUNDLED_SETS = ("strongest", "evidence")
MOST_BYTES = 2 * 2**20  # of one visit: thirty share the server
_KEPT = "seeing.answers"


def answer(whom: Whom, question: str, *args: object) -> Any:
    """The network's answer to a question of `models.looking`. Raises EngineError."""
    state = get_engine().state
    if state.status != "ready":
        raise EngineError(state.sentence)
    key = (whom.identity, question, *(_name(each) for each in args))
    kept: OrderedDict[Any, Any] = st.session_state.setdefault(_KEPT, OrderedDict())
    if key in kept:
        kept.move_to_end(key)
        return kept[key]
    if isinstance(whom.address, Bundled) and question in ABOUT_BUNDLED_SETS:
        return _of_bundled(whom.identity, question, key, whom.address, args)
    found = ask(whom.address, question, *args)
    if whom.lasting:
        kept[key] = found
        while len(kept) > 1 and sum(_size(each) for each in kept.values()) > MOST_BYTES:
            kept.popitem(last=False)
    return found


@st.cache_data(show_spinner=False, max_entries=64)
def _of_bundled(
    identity: tuple[object, ...], question: str, key: object, _whom: Bundled, _args: Any
) -> Any:
    """What a bundled network says of a bundled set: the same for everybody, asked once."""
    return ask(_whom, question, *_args)


def _name(argument: object) -> object:
    """What tells one argument from another: an array's content, or the thing itself."""
    if isinstance(argument, np.ndarray):
        return argument.shape, sha256(np.ascontiguousarray(argument).data).hexdigest()
    return argument


def _size(found: object) -> int:
    """About how many bytes an answer takes."""
    if isinstance(found, np.ndarray):
        return int(found.nbytes)
    if isinstance(found, bytes):
        return len(found)
    if isinstance(found, dict):
        return sum(_size(each) for each in found.values())
    if isinstance(found, tuple):
        return sum(_size(each) for each in found)
    return 1000
