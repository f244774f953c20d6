"""The lab itself: the blanks, the two lines, and the error that is left."""

import streamlit as st

from components import lesson
from components.concepts.linear_model import LinearModel
from components.concepts.wage_data import NOISE
from components.concepts.wage_lines import (
    three_fits,
    trend_of_errors,
    typical_error,
    workers,
)
from components.concepts.written_sums import number
from components.figures.wage_chart import error_chart, wage_chart
from components.labs.address import run_page_if_moved
from components.labs.linear_models.settings import (
    BIAS,
    BLANKS,
    PRODUCT,
    PRODUCT_WEIGHT,
    SHOW,
    TABLE,
    WAGE,
    WEIGHTS,
    model_of,
    values_of,
)
from components.widgets.chart import show_chart
from components.widgets.live_slider import live_sliders, set_sliders
from components.widgets.settings_in_url import publish_url, reset

SLIDERS = "linear_models.blanks"
CHART_HEIGHT = 400  # px
CLOSE = 1.1  # times the noise; an error up to there is what chance makes


def show_lab() -> LinearModel:
    """Draw the lab; the model with its blanks as they are now.

    When the address changes the whole page runs: its lower parts rest on the settings.
    """
    picture, controls = lesson.lab(0.58)
    with controls:
        with_product = PRODUCT.draw()
        shown = [BIAS.name, *(setting.name for setting in WEIGHTS)]
        shown += [PRODUCT_WEIGHT.name] if with_product else []
        values = live_sliders(BLANKS, SLIDERS, shown, reset=False)
        model = model_of(values, with_product)
        _show_buttons(with_product)
        _say(model)
    with picture:
        _draw(model, SHOW.draw())
    publish_url(TABLE)
    run_page_if_moved()
    return model


def _draw(model: LinearModel, show: str) -> None:
    draw = wage_chart if show == WAGE else error_chart
    show_chart(draw(model.predict, workers(), CHART_HEIGHT), f"linear-{show}")
    st.markdown(written_model(model, bold=True))


def _show_buttons(with_product: bool) -> None:
    fits = three_fits()
    best = fits.with_product if with_product else fits.linear
    with st.container(key="linear-buttons", horizontal=True, gap="small"):
        st.button(
            "Fit by least squares",
            type="primary",
            icon=":material/target:",
            on_click=set_sliders,
            args=(SLIDERS, values_of(best)),
        )
        st.button("Reset", icon=":material/restart_alt:", on_click=_reset)


def _reset() -> None:
    """Blanks, product and picture as at the start."""
    set_sliders(SLIDERS, {setting.name: setting.default for setting in BLANKS})
    reset(TABLE)


def _say(model: LinearModel) -> None:
    """The error, what a year is worth in each industry, and what the error looks like."""
    data = workers()
    error = typical_error(model.predict, data)
    in_technology, in_construction = worth_of_a_year(model)
    lines = "parallel" if in_technology == in_construction else "not parallel"
    parts = (
        f"Typical error: **{error:.2f}** dollars an hour. Chance alone makes about {NOISE:.2f}.",
        f"One more year of education: **{number(in_technology, 4)}** in technology, "
        f"**{number(in_construction, 4)}** in construction. The lines are **{lines}**.",
        _pattern(model, error),
    )
    st.markdown("\n\n".join(parts))  # one element: quick to draw again


def worth_of_a_year(model: LinearModel) -> tuple[float, float]:
    """What one more year of education is worth in technology and in construction."""
    in_construction = model.weights[0]
    return in_construction + sum(model.product_weights), in_construction


def _pattern(model: LinearModel, error: float) -> str:
    """Whether the error that is left goes with education: then it is not noise."""
    data = workers()
    trends = [trend_of_errors(model.predict, data, here) for here in (True, False)]
    if not any(trend.is_clear for trend in trends):
        if error > CLOSE * NOISE:
            return "The error does not go with education, but it is large: other blanks are off."
        return "The error that is left does not go with education: it looks like chance."
    told = [
        f"**{trend.slope:+.2f}** a year in {name}"
        for name, trend in zip(("technology", "construction"), trends, strict=True)
    ]
    return f"The error that is left goes with education: {', '.join(told)}. That is no chance."


def written_model(model: LinearModel, bold: bool = False) -> str:
    """The model with its blanks filled in: "wage = 10 + 1·education + …"."""
    mark = "**" if bold else ""
    text = f"wage = {mark}{number(model.bias)}{mark}"
    weights = (*model.weights, *model.product_weights)
    for name, weight in zip(model.term_names(), weights, strict=True):
        text += f" {'-' if weight < 0 else '+'} {mark}{number(abs(weight))}{mark}·{name}"
    return text
