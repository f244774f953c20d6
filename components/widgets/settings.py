"""The kinds of settings that a lab has: declared once, drawn as widgets.

How they stand in the page's URL is in `settings_in_url`, what is set in `setting_values`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

import streamlit as st

from components.concepts.plain_words import as_markdown
from components.widgets.setting_values import value_of

N = TypeVar("N", int, float)


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
class Number(Generic[N]):
    """A number from `low` to `high`; an integer where `default` is one."""

    name: str
    label: str
    default: N
    low: float
    high: float
    step: float = 1
    help: str | None = None

    def parse(self, text: str) -> N:
        """Raises SettingError for what is no number, or out of range."""
        try:
            value = type(self.default)(text)
        except ValueError as error:
            raise SettingError(self._expected()) from error
        if not self.low <= value <= self.high:  # NaN fails this too
            raise SettingError(self._expected())
        return value

    def text(self, value: float) -> str:
        """The shortest text that gives the same number back."""
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)

    def draw(self, on_change: Callable[[], None] | None = None, disabled: bool = False) -> N | None:
        """Draw the number field; its value, None while it is empty."""
        kind = type(self.default)
        return st.number_input(
            self.label,
            min_value=kind(self.low),
            max_value=kind(self.high),
            value=kind(value_of(self)),
            step=kind(self.step),
            format="%d" if kind is int else "%g",
            key=self.name,
            help=self.help,
            on_change=on_change,
            disabled=disabled,
        )

    def draw_as_slider(self, high: int, disabled: bool = False) -> None:
        """Draw a slider for a whole number, up to `high`, which is above `low`."""
        # With another range it is another slider to Streamlit, which begins with its default.
        st.slider(
            self.label,
            int(self.low),
            high,
            min(int(value_of(self)), high),
            int(self.step),
            key=self.name,
            help=self.help,
            disabled=disabled,
        )

    def _expected(self) -> str:
        kind = "a whole number" if isinstance(self.default, int) else "a number"
        return f"{kind} from {self.low:,g} to {self.high:,g}"


@dataclass(frozen=True)
class Index(Number[int]):
    """The number of one of a few things that are known only when they are drawn."""

    def draw_as_list(
        self,
        numbers: Sequence[int],
        word: Callable[[int], str],
        on_change: Callable[[], None] | None = None,
        bare: bool = False,
    ) -> int:
        """Draw the things as a list to open, each number with its `word`; the number chosen. One
        that stands for none of them gives way to the default. `bare` leaves the label above the
        list out.
        """
        if value_of(self) not in numbers:
            st.session_state[self.name] = self.default
        return st.selectbox(
            self.label,
            numbers,
            index=numbers.index(value_of(self)),
            format_func=word,
            key=self.name,
            help=None if bare else self.help,
            on_change=on_change,
            label_visibility="collapsed" if bare else "visible",
        )


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
        among: Sequence[str] = (),
    ) -> str:
        """Draw the choice as one row of buttons; the word chosen. `bare` leaves the label above
        it out; `among` are the options that there are just now, if not all.
        """
        choice = st.segmented_control(
            self.label,
            among or list(self.options),
            default=value_of(self),
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
        disabled: bool = False,
        bare: bool = False,
        width: int | Literal["stretch"] = "stretch",
    ) -> str:
        """Draw a choice with many or long options as a list to open, `width` pixels wide; the
        word chosen. `bare` leaves the label above it out.
        """
        words = list(self.options)
        choice = st.selectbox(
            self.label,
            words,
            index=words.index(value_of(self)),
            format_func=lambda word: self.options[word],
            key=self.name,
            help=None if bare else self.help,
            on_change=on_change,
            disabled=disabled,
            label_visibility="collapsed" if bare else "visible",
            width=width,
        )
        return choice or self.default


@dataclass(frozen=True)
class Several:
    """Some of a few words, in the order of `options`; in the URL with dots between them."""

    name: str
    label: str
    default: list[str]
    options: dict[str, str]

    def parse(self, text: str) -> list[str]:
        """Raises SettingError where a word is no option."""
        words = text.split(".") if text else []
        if not set(words) <= set(self.options):
            raise SettingError(f"some of {', '.join(self.options)} with dots between them")
        return [word for word in self.options if word in words]

    def text(self, value: Collection[str]) -> str:
        """The words with dots between them."""
        return ".".join(word for word in self.options if word in value)

    def draw(self) -> None:
        """Draw the words as buttons, of which some can be pressed."""
        st.pills(
            self.label,
            list(self.options),
            selection_mode="multi",
            default=value_of(self),
            format_func=lambda word: self.options[word],
            key=self.name,
        )


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
        return st.toggle(
            self.label,
            value_of(self),
            key=self.name,
            help=self.help,
            on_change=on_change,
            disabled=disabled,
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
