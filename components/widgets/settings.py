"""The kinds of settings that a lab has: declared once, drawn as widgets.

How they stand in the page's URL is in `settings_in_url`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.concepts.plain_words import as_markdown

_HELD = "settings.held"


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
        _send_again(self.name)
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


def hold(names: Iterable[str]) -> None:
    """Before its widgets are drawn, a lab calls this for those that it does not always draw.

    Streamlit forgets what a widget said in a run that does not draw it; here it comes back.
    """
    held: dict[str, Any] = st.session_state.setdefault(_HELD, {})
    said = _said()
    for name in names:
        if name in st.session_state:
            held[name] = st.session_state[name]
        if name in held and name not in said:
            st.session_state[name] = held[name]


def _send_again(name: str) -> None:
    """Have Streamlit send the value with the widget, until the browser has said it.

    It does so by itself only in the run that set the value. Of two runs in quick succession the
    browser may draw the second alone; it would then show, and send back, the widget's first option.
    Sent with every run, it would take back what the visitor has chosen since the run began.
    """
    if name in st.session_state and name not in _said():
        st.session_state[name] = st.session_state[name]


def _said() -> set[str]:
    """The keys of the widgets whose values the browser has said, or that this run has drawn."""
    context = get_script_run_ctx()
    said = [] if context is None else context.session_state.get_widget_states()
    return {each.id.split("-", 2)[-1] for each in said}  # "$$ID-", a hash, "-" and the key
