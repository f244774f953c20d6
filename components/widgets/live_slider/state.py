"""What a group of sliders remembers, and what it makes of a message from the browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from components.widgets.live_slider.setting import SliderSetting, read_url
from components.widgets.settings import SettingError

_MAX_NUMBER = 2**53  # beyond it JavaScript's numbers are no longer whole


@dataclass
class SliderState:
    """`values` are those shown, `settled` those that came to rest and stand in the URL.

    `message` is the browser's latest, `taken` the one last taken over, `answered` its running
    number. `version` counts how often the page itself moved the sliders.
    """

    values: dict[str, float] = field(default_factory=dict)
    settled: dict[str, float] = field(default_factory=dict)
    left_in_url: dict[str, str] | None = None
    message: object = None
    taken: object = None
    answered: int = 0
    version: int = 0
    is_set: bool = False
    was_shown: bool = False


def take_message(state: SliderState, settings: Sequence[SliderSetting]) -> bool:
    """Take over the browser's latest message; False where there is none that is new.

    Only what makes sense is taken: a text that is no value of its slider, as a browser that
    was tampered with may send, leaves the slider where it is.
    """
    if state.message is None or state.message == state.taken:
        return False
    state.taken = state.message
    message = state.message if isinstance(state.message, dict) else {}
    state.answered = _whole(message.get("number"))
    sent = message.get("values")
    texts = sent if isinstance(sent, dict) else {}
    for setting in settings:
        text = texts.get(setting.name)
        if setting.name in state.values and isinstance(text, str):
            try:
                state.values[setting.name] = setting.parse(text)
            except SettingError:
                continue
    if message.get("settled") is True:
        state.settled = dict(state.values)
    return True


def adopt(
    state: SliderState, settings: Sequence[SliderSetting], in_url: Mapping[str, str]
) -> list[str]:
    """Take all values from the URL; a sentence for each part of it that makes no sense."""
    state.values, complaints = read_url(settings, in_url)
    state.settled = dict(state.values)
    state.version += 1
    return complaints


def clip(state: SliderState, settings: Sequence[SliderSetting]) -> None:
    """Keep every value where its slider can show it."""
    for values in (state.values, state.settled):
        values.update({setting.name: setting.clip(values[setting.name]) for setting in settings})


def to_url(state: SliderState, settings: Sequence[SliderSetting]) -> dict[str, str]:
    """The values that came to rest as they stand in the URL, without those at their default."""
    return {
        setting.name: setting.text(state.settled[setting.name])
        for setting in settings
        if state.settled[setting.name] != setting.default
    }


def _whole(number: object) -> int:
    """The running number of a message, 0 for anything that is none."""
    if not isinstance(number, int) or isinstance(number, bool):
        return 0
    return number if 0 <= number < _MAX_NUMBER else 0
