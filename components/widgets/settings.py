"""The settings of a lab: declared once, drawn as widgets, kept in the page's URL.

A lab declares its settings in a table and calls `adopt_url` before its widgets and
`publish_url` after them. The URL then always says what the widgets show: a setting at its
default is left out, and Reset empties the address. Streamlit's own `bind="query-params"` is not
used: it does not reach our own components, it puts labels where we want short words, and it
drops what it can't read without a sentence.

A change of the address from outside, by a link or the browser's back button, is adopted. What
can't be read is put to its default, and a sentence says so.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import streamlit as st

from components.concepts.plain_words import as_markdown
from components.widgets import marks


class SettingError(ValueError):
    """A text in the URL that is no value of its setting; the message says what is."""


class Setting(Protocol):
    """One setting: its name in the URL and in the session state, its label, its default."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def default(self) -> Any: ...

    def parse(self, text: str) -> Any:
        """The value that `text` stands for. Raises SettingError."""

    def text(self, value: Any) -> str:
        """The value as it stands in the URL."""


@dataclass(frozen=True)
class Number:
    """A number from `low` to `high`; an integer where `default` is one."""

    name: str
    label: str
    default: float
    low: float
    high: float
    step: float = 1
    help: str | None = None

    def parse(self, text: str) -> float:
        """Raises SettingError for what is no number, or out of range."""
        try:
            value = int(text) if isinstance(self.default, int) else float(text)
        except ValueError as error:
            raise SettingError(self._expected()) from error
        if not self.low <= value <= self.high:  # NaN fails this too
            raise SettingError(self._expected())
        return value

    def text(self, value: float) -> str:
        """The shortest text that gives the same number back."""
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)

    def draw(
        self, on_change: Callable[[], None] | None = None, disabled: bool = False
    ) -> float | None:
        """Draw the number field; its value, None while it is empty."""
        whole = isinstance(self.default, int)
        _send_again(self.name, always=False)
        value: float | None = st.number_input(
            self.label,
            min_value=int(self.low) if whole else float(self.low),
            max_value=int(self.high) if whole else float(self.high),
            step=int(self.step) if whole else float(self.step),
            format="%d" if whole else "%g",
            key=self.name,
            help=self.help,
            on_change=on_change,
            disabled=disabled,
        )
        return value

    def _expected(self) -> str:
        kind = "a whole number" if isinstance(self.default, int) else "a number"
        return f"{kind} from {self.low:,g} to {self.high:,g}"


@dataclass(frozen=True)
class Choice:
    """One of a few words; `options` gives for each word in the URL the label on the page."""

    name: str
    label: str
    default: str
    options: dict[str, str]
    help: str | None = None

    def parse(self, text: str) -> str:
        """Raises SettingError for a word that is no option."""
        if text not in self.options:
            raise SettingError(f"one of {', '.join(self.options)}")
        return text

    def text(self, value: str) -> str:
        """The word itself."""
        return value

    def draw(
        self,
        on_change: Callable[[], None] | None = None,
        disabled: bool = False,
        bare: bool = False,
    ) -> str:
        """Draw the choice as one row of buttons; the word chosen. `bare` leaves the label above
        it out.
        """
        _send_again(self.name)
        choice = st.segmented_control(
            self.label,
            list(self.options),
            required=True,
            format_func=lambda word: self.options[word],
            key=self.name,
            help=None if bare else self.help,
            on_change=on_change,
            disabled=disabled,
            label_visibility="collapsed" if bare else "visible",
        )
        return choice or self.default

    def draw_as_list(
        self,
        on_change: Callable[[], None] | None = None,
        bare: bool = False,
        width: int | Literal["stretch"] = "stretch",
    ) -> str:
        """Draw a choice with many or long options as a list to open, `width` pixels wide; the
        word chosen. `bare` leaves the label above it out.
        """
        _send_again(self.name)
        choice = st.selectbox(
            self.label,
            list(self.options),
            format_func=lambda word: self.options[word],
            key=self.name,
            help=None if bare else self.help,
            on_change=on_change,
            label_visibility="collapsed" if bare else "visible",
            width=width,
        )
        return choice or self.default


@dataclass(frozen=True)
class Switch:
    """On or off."""

    name: str
    label: str
    default: bool = False
    help: str | None = None

    def parse(self, text: str) -> bool:
        """Raises SettingError for anything but on and off."""
        if text not in ("on", "off"):
            raise SettingError("on or off")
        return text == "on"

    def text(self, value: bool) -> str:
        """ "on" or "off"."""
        return "on" if value else "off"

    def draw(self, on_change: Callable[[], None] | None = None, disabled: bool = False) -> bool:
        """Draw the switch; whether it is on."""
        _send_again(self.name)
        return st.toggle(
            self.label, key=self.name, help=self.help, on_change=on_change, disabled=disabled
        )


@dataclass(frozen=True)
class Text:
    """A word of the lab's own; `check` raises ValueError, in a sentence, for one it can't read."""

    name: str
    label: str
    default: str
    check: Callable[[str], object]
    help: str | None = None

    def parse(self, text: str) -> str:
        """Raises SettingError with what `check` has to say."""
        try:
            self.check(text)
        except ValueError as error:
            # It may quote what the address says: to be shown, and never obeyed.
            raise SettingError(as_markdown(str(error))) from error
        return text

    def text(self, value: str) -> str:
        """The word itself."""
        return value


SHOWN_CHARACTERS = 40  # of a text from the URL that is quoted in a sentence


def adopt_url(settings: Sequence[Setting]) -> list[str]:
    """Take the settings from the URL into the session state, before their widgets are drawn.

    Does nothing while the URL is as `publish_url` left it. Returns a sentence for each part of
    the URL that can't be read; such a setting gets its default.
    """
    marks.note(settings)
    in_url = _in_url(settings)
    known = all(setting.name in st.session_state for setting in settings)
    if known and st.session_state.get(_WRITTEN) == (_names(settings), in_url):
        return []
    complaints = []
    for setting in settings:
        value = setting.default
        if setting.name in in_url:
            text = in_url[setting.name]
            try:
                value = setting.parse(text)
            except SettingError as error:
                complaints.append(complaint(setting, text, error))
        st.session_state[setting.name] = value
    st.session_state[_ADOPTED] = time.monotonic()
    return complaints


def fill_in(settings: Sequence[Setting]) -> None:
    """Give back the settings that Streamlit dropped when a run was cut short, from the URL.

    For the runs of a fragment, whose URL may lag behind: a setting that is there stays as it is,
    whatever the URL says.
    """
    for setting in settings:
        if setting.name not in st.session_state:
            try:
                value = setting.parse(st.query_params[setting.name])
            except (KeyError, SettingError):
                value = setting.default
            st.session_state[setting.name] = value


def publish_url(settings: Sequence[Setting]) -> None:
    """Write the settings that are not at their default into the URL, after the widgets."""
    wanted = {
        setting.name: setting.text(st.session_state[setting.name])
        for setting in settings
        if st.session_state.get(setting.name) not in (None, setting.default)
    }
    if wanted != _in_url(settings):
        others = {k: v for k, v in st.query_params.items() if k not in {s.name for s in settings}}
        st.query_params.from_dict({**others, **wanted})
    st.session_state[_WRITTEN] = (_names(settings), wanted)


def reset(settings: Sequence[Setting]) -> None:
    """Put every setting back to its default; for a button's callback."""
    for setting in settings:
        st.session_state[setting.name] = setting.default


def _send_again(name: str, always: bool = True) -> None:
    """Have Streamlit send the value with the widget.

    It does so by itself only in the run that set the value. Of two runs in quick succession the
    browser may draw the second alone; it would then show, and send back, the widget's first option.
    Not `always` is for fields that somebody may be typing in: they get their value for some
    seconds after the URL was adopted.
    """
    adopted = st.session_state.get(_ADOPTED)
    recent = adopted is not None and time.monotonic() - adopted < SENT_AGAIN_SECONDS
    if (always or recent) and name in st.session_state:
        st.session_state[name] = st.session_state[name]


SENT_AGAIN_SECONDS = 6.0
_ADOPTED = "settings_adopted"  # when, by time.monotonic()
_WRITTEN = "settings_in_url"  # whose settings, and what of them: two labs may share a name


def _names(settings: Sequence[Setting]) -> tuple[str, ...]:
    return tuple(setting.name for setting in settings)


def _in_url(settings: Sequence[Setting]) -> dict[str, str]:
    return {s.name: st.query_params[s.name] for s in settings if s.name in st.query_params}


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
