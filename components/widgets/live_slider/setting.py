"""A number that a slider sets: declared once, and read by its slider, the URL and the tests."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.widgets.settings import SettingError
from components.widgets.settings_in_url import complaint

MAX_TEXT = 24  # characters of a number in the URL
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


@dataclass(frozen=True)
class SliderSetting:
    """A number that a slider sets. It is a setting like those of `widgets.settings`.

    `name` is its name in the URL. `step` is what one press of an arrow key changes, in the
    setting's unit; on a `logarithmic` slider it is a share of a factor of ten. A typed number
    may lie between two steps. Sliders with the same `group` stand under it as their heading.
    `signed` marks a weight: its track is blue for positive and orange for negative values.
    """

    name: str
    label: str
    default: float
    low: float
    high: float
    step: float = 1.0
    logarithmic: bool = False
    group: str = ""
    signed: bool = False

    def __post_init__(self) -> None:
        if not self.low <= self.default <= self.high or self.low >= self.high:
            raise ValueError(f"{self.name}: the default has to lie between low and high.")
        if self.step <= 0 or (self.logarithmic and self.low <= 0):
            raise ValueError(f"{self.name}: a step has to be positive, and so a logarithm's low.")

    def parse(self, text: str) -> float:
        """The value written in `text`. Raises SettingError for what is none or out of range."""
        value = math.nan
        if len(text) <= MAX_TEXT and _NUMBER.fullmatch(text):
            value = float(text)
        if not self.low <= value <= self.high:  # NaN is out of range too
            raise SettingError(f"a number from {write(self.low)} to {write(self.high)}")
        return value

    def text(self, value: float) -> str:
        """The value as it stands in the URL."""
        return write(value)

    def clip(self, value: float) -> float:
        """The nearest value that the slider can show; the default where there is no number."""
        return self.default if math.isnan(value) else min(max(value, self.low), self.high)


def write(value: float) -> str:
    """A value as it stands in the URL, with at most ten digits: "-20", "0.00001"."""
    text = f"{value:.10g}"
    if "e" in text:
        text = f"{value:.16f}".rstrip("0").rstrip(".") if 1e-8 <= abs(value) < 1 else text
    return "0" if text in ("-0", "") else text


def read_url(
    settings: Sequence[SliderSetting], parameters: Mapping[str, str]
) -> tuple[dict[str, float], list[str]]:
    """The values in the URL's parameters, and a sentence for each that makes no sense.

    What is missing or makes no sense has its default. Other parameters are left alone.
    """
    values, complaints = {}, []
    for setting in settings:
        values[setting.name] = setting.default
        if setting.name in parameters:
            text = parameters[setting.name]
            try:
                values[setting.name] = setting.parse(text)
            except SettingError as error:
                complaints.append(complaint(setting, text, error))
    return values, complaints
