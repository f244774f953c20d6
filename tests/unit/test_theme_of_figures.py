"""The look of the charts: contrast in both themes, and what a chart hands to the page."""

from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest

from components.figures import theme

BACKGROUNDS = (theme.LIGHT_BACKGROUND, theme.DARK_BACKGROUND)
COLORS = {*theme.SERIES_COLORS, theme.POSITIVE, theme.NEGATIVE, theme.TECHNOLOGY}
COLORS |= {theme.CONSTRUCTION, theme.TRAINING, theme.VALIDATION}


def test_contrast_as_wcag_gives_it() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=1e-3)
    assert theme.contrast("#FFFFFF", "#777777") == theme.contrast("#777777", "#FFFFFF")


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("color", sorted(COLORS))
def test_data_colors_stand_out_in_both_themes(color: str, background: str) -> None:
    assert theme.contrast(color, background) >= 3


def test_page_text_can_be_read_in_both_themes() -> None:
    assert theme.contrast(theme.LIGHT_TEXT, theme.LIGHT_BACKGROUND) >= 4.5
    assert theme.contrast(theme.DARK_TEXT, theme.DARK_BACKGROUND) >= 4.5


def test_every_text_takes_the_color_of_the_page() -> None:
    """Streamlit's own label colour has 3.7 : 1 in the light theme."""
    for part in ("axis", "legend"):
        assert theme.CONFIG[part]["labelColor"] == "currentColor"
        assert theme.CONFIG[part]["titleColor"] == "currentColor"
    assert theme.CONFIG["title"]["color"] == theme.CONFIG["text"]["color"] == "currentColor"


def test_sizes_can_be_read_on_a_projector() -> None:
    sizes = [
        value
        for part in theme.CONFIG.values()
        if isinstance(part, dict)
        for name, value in part.items()
        if name.lower().endswith("fontsize")
    ]
    assert len(sizes) >= 5 and min(sizes) >= 13


def test_dashes_and_markers_tell_apart_what_shares_a_color() -> None:
    looks = {
        (
            theme.SERIES_COLORS[i % len(theme.SERIES_COLORS)],
            theme.SERIES_DASHES[i % len(theme.SERIES_DASHES)],
            theme.SERIES_SHAPES[i % len(theme.SERIES_SHAPES)],
        )
        for i in range(30)
    }
    assert len(looks) == 30


def test_mix() -> None:
    assert theme.mix("#FFFFFF", "#0072B2", 0) == "#FFFFFF"
    assert theme.mix("#FFFFFF", "#0072B2", 1) == "#0072B2"
    assert theme.mix("#000000", "#FF8000", 0.5) == "#804000"


def test_specification_holds_the_look_and_no_data() -> None:
    frame = pd.DataFrame({"x": [1.0], "y": [2.0]})
    layers = alt.layer(*(alt.Chart(frame).mark_point().encode(x="x", y="y") for _ in range(2)))
    spec = theme.to_spec(layers)
    assert spec["config"] == theme.CONFIG
    assert "datasets" not in spec and "data" not in spec
    assert len(spec["layer"]) == 2 and all("data" not in layer for layer in spec["layer"])


def test_a_figure_does_not_share_its_specification() -> None:
    spec: dict[str, Any] = {"layer": [{"mark": "line"}]}
    one = theme.figure(spec, pd.DataFrame(), "alt", "summary")
    one.spec["layer"][0]["mark"] = "bar"
    assert theme.figure(spec, pd.DataFrame(), "alt", "summary").spec["layer"][0]["mark"] == "line"


def test_backgrounds_are_those_of_the_app() -> None:
    """The colours above are checked against the backgrounds the app really has."""
    config = Path(__file__).parents[2] / ".streamlit" / "config.toml"
    if not config.exists():
        pytest.skip("this checkout has no .streamlit/config.toml")
    import tomllib

    colors = tomllib.loads(config.read_text("utf-8"))["theme"]
    assert colors["light"]["backgroundColor"].upper() == theme.LIGHT_BACKGROUND
    assert colors["dark"]["backgroundColor"].upper() == theme.DARK_BACKGROUND
    assert colors["light"]["textColor"].upper() == theme.LIGHT_TEXT
    assert colors["dark"]["textColor"].upper() == theme.DARK_TEXT
