"""The colours of the theme can be read: contrasts as WCAG 2.1 counts them."""

import tomllib
from pathlib import Path

import pytest

from tests.contrast import TEXT_CONTRAST, contrast

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
GRAPHICS_CONTRAST = 3.0  # WCAG 2.1, 1.4.11, level AA
TEXT_COLOURS = [
    "textColor",
    "linkColor",
    "blueTextColor",
    "orangeTextColor",
    "greenTextColor",
    "redTextColor",
    "violetTextColor",
    "yellowTextColor",
    "grayTextColor",
]
GROUNDS = ["backgroundColor", "secondaryBackgroundColor"]


def theme(name: str) -> dict[str, str]:
    colours: dict[str, str] = tomllib.loads(CONFIG.read_text("utf-8"))["theme"][name]
    return colours


def blend(colour: str, ground: str, share: float) -> str:
    """What `colour` at this opacity looks like over `ground`."""
    pairs = ((int(c[place : place + 2], 16) for c in (colour, ground)) for place in (1, 3, 5))
    return "#" + "".join(
        f"{round(share * over + (1 - share) * under):02x}" for over, under in pairs
    )


def test_the_ratio_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXT_COLOURS)
def test_text_can_be_read(name: str, ground: str, text: str) -> None:
    colours = theme(name)
    assert contrast(colours[text], colours[ground]) >= TEXT_CONTRAST


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(
    "quiet",
    ['[data-testid="stCaptionContainer"] {', '[data-testid="stWidgetLabel"][disabled] {'],
    ids=["caption", "label of a field that waits"],
)
def test_quiet_words_can_be_read(name: str, quiet: str) -> None:
    style = (CONFIG.parent.parent / "assets" / "style.css").read_text("utf-8")
    rule = next(line for line in style.splitlines() if line.startswith(quiet))
    opacity = float(rule.partition("opacity: ")[2].partition(";")[0])
    colours = theme(name)
    words = blend(colours["textColor"], colours["backgroundColor"], opacity)
    assert contrast(words, colours["backgroundColor"]) >= TEXT_CONTRAST


@pytest.mark.parametrize("name", ["light", "dark"])
def test_accent_and_code_stand_out(name: str) -> None:
    colours = theme(name)
    assert contrast(colours["primaryColor"], colours["backgroundColor"]) >= GRAPHICS_CONTRAST
    assert contrast(colours["codeTextColor"], colours["codeBackgroundColor"]) >= TEXT_CONTRAST


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_main_series_of_a_chart_stand_out(name: str) -> None:
    colours = theme(name)
    for colour in colours["chartCategoricalColors"][:3]:
        assert contrast(colour, colours["backgroundColor"]) >= GRAPHICS_CONTRAST
