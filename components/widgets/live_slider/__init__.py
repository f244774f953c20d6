"""Sliders that send while they are dragged, with the URL as their state.

Streamlit's own slider tells the server its value on release only. These send each value as
soon as the result of the last one is back, so what depends on them moves along. One component
holds a group of them: eight weights cost one message.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from components.figures import theme
from components.widgets import marks, page_address
from components.widgets.live_slider.setting import SliderSetting, read_url, write
from components.widgets.live_slider.state import SliderState, adopt, clip, take_message, to_url
from components.widgets.settings import SettingError

__all__ = [
    "SettingError",
    "SliderSetting",
    "live_sliders",
    "read_url",
    "set_sliders",
    "write",
]

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "live_sliders",
    html=(_HERE / "live_slider.html").read_text("utf-8"),
    css=(_HERE / "live_slider.css").read_text("utf-8"),
    js="\n".join(
        (_HERE / name).read_text("utf-8") for name in ("slider_values.js", "live_slider.js")
    ),
)


def live_sliders(
    settings: Sequence[SliderSetting],
    key: str,
    shown: Sequence[str] | None = None,
    reset: bool = True,
    chosen: str | None = None,
) -> dict[str, float]:
    """Show a group of sliders and return every setting's value by name.

    Put them in a fragment, together with what depends on them: it reruns while a slider is
    dragged. A value that came to rest (on release, after a key or a typed number) goes into
    the URL, unless it is the default. The values come from the URL at first, and when the
    address changes from outside; what makes no sense there is named in a sentence, until a
    slider has moved, and has its default. Other parameters of the URL are left alone.

    `shown` names the settings whose sliders are drawn, all by default; the others keep their
    values. `reset` adds a button that puts the shown ones back to their defaults. `chosen`
    names a slider that stands out; when it changes, that slider gets the focus. A test seeds
    `st.session_state[key]` with `{"moved": {"values": {name: text}, "settled": True}}`.
    """
    state = _state(key)
    marks.note(settings)
    _bring_up_to_date(settings, state, key)
    page_address.show_complaints(key)
    visible = {s.name for s in settings} if shown is None else set(shown)
    data = {
        "settings": [_describe(setting) for setting in settings if setting.name in visible],
        "values": {name: write(value) for name, value in state.values.items()},
        "answered": state.answered,
        "version": state.version,
        "colors": [theme.NEGATIVE, theme.POSITIVE],
        "reset": reset,
        "chosen": chosen,
        "marked": sorted(marks.marked()),
    }
    _mount(key=key, data=data, on_moved_change=lambda: None)
    return dict(state.values)


def set_sliders(key: str, values: Mapping[str, float]) -> None:
    """Move sliders from the page, for the button that fits or takes a step. Goes into the URL.

    Call it in the button's `on_click`. Values outside a slider's range end up at its border,
    those that are no number at its default. Names that the group `key` lacks are ignored.
    """
    state = _state(key)
    for name in state.values.keys() & values.keys():
        state.values[name] = state.settled[name] = float(values[name])
    state.is_set = True
    state.version += 1


def _state(key: str) -> SliderState:
    """What this group remembers from run to run, with the browser's latest message.

    It starts afresh when the sliders were away (on another page): the URL holds the values.
    """
    component = st.session_state.get(key)
    own = f"{key}.sliders"
    before = st.session_state.get(own)
    if not isinstance(before, SliderState) or (component is None and before.was_shown):
        st.session_state[own] = SliderState()
    state: SliderState = st.session_state[own]
    state.was_shown = component is not None
    state.message = component.get("moved") if isinstance(component, Mapping) else None
    return state


def _bring_up_to_date(settings: Sequence[SliderSetting], state: SliderState, key: str) -> None:
    """Values from the URL and from the browser's message, and back into the URL."""
    address = page_address.read()
    in_url = {s.name: address[s.name] for s in settings if s.name in address}
    is_first = state.values.keys() != {setting.name for setting in settings}
    if is_first:
        page_address.complain(key, adopt(state, settings, in_url))
    is_new = take_message(state, settings)
    is_moved = not is_first and (is_new or state.is_set)
    if not (is_first or is_moved or in_url == state.left_in_url):  # changed from outside
        page_address.complain(key, adopt(state, settings, in_url))
    clip(state, settings)
    state.is_set = False
    state.left_in_url = to_url(state, settings)
    if state.left_in_url != in_url:
        others = {k: v for k, v in address.items() if k not in state.values}
        page_address.write({**others, **state.left_in_url})
        if is_moved:
            page_address.complain(key, ())  # the learner has gone on


def _describe(setting: SliderSetting) -> dict[str, Any]:
    """A setting as the browser needs it."""
    return {
        "name": setting.name,
        "label": setting.label,
        "default": setting.default,
        "low": setting.low,
        "high": setting.high,
        "step": setting.step,
        "logarithmic": setting.logarithmic,
        "group": setting.group,
        "signed": setting.signed,
    }
