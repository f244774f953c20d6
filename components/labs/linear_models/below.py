"""Below the lab: three fits side by side, the count of products, and the question."""

import streamlit as st

from components import lesson
from components.concepts.linear_model import LinearModel, count_products
from components.concepts.slips import diagnose
from components.concepts.slips_in_linear_models import interaction, slips_in_interaction
from components.concepts.wage_data import EDUCATION_BY_INDUSTRY
from components.concepts.wage_lines import Predict, three_fits, typical_error, workers
from components.concepts.written_sums import number
from components.figures.product_counts import product_counts
from components.figures.wage_chart import wage_chart
from components.labs.linear_models.lab import worth_of_a_year, written_model
from components.labs.linear_models.settings import N_INPUTS
from components.widgets.chart import show_chart
from components.widgets.live_slider import live_sliders

SMALL_HEIGHT = 250  # px
COUNTER = "linear_models.count"


def show_three_fits() -> None:
    """Linear, with the product, and a small network: three charts with their errors."""
    fits = three_fits()
    n_linear, n_product = len(fits.linear.weights) + 1, len(fits.with_product.weights) + 2
    hidden = fits.network.network.layers[0].n_nodes
    rows: list[tuple[str, int, Predict]] = [
        ("Linear", n_linear, fits.linear.predict),
        ("With the product", n_product, fits.with_product.predict),
        (f"A small network, {hidden} hidden nodes", fits.network_size, fits.network.predict),
    ]
    st.header("Three fits side by side", anchor="three-fits")
    for place, (column, (title, size, predict)) in enumerate(zip(st.columns(3), rows, strict=True)):
        with column:
            error = typical_error(predict, workers())
            st.metric(title, f"{error:.2f} dollars an hour")
            st.caption(f"Typical error, with {size} numbers to find.")
            show_chart(wage_chart(predict, workers(), SMALL_HEIGHT), f"fit-{place}")
    st.markdown(
        f"All three are fitted to the same {len(workers().wage)} workers. "
        "For the second model somebody had to know which product to add. The network got the four "
        "inputs only, and found by itself that education and industry belong together."
    )


@st.fragment
def show_counts() -> None:
    """How many products n inputs have; a slider for n."""
    st.header("How many products?", anchor="how-many-products")
    chart, controls = st.columns([0.55, 0.45], gap="medium")
    with controls:
        n = round(live_sliders([N_INPUTS], COUNTER, reset=False)[N_INPUTS.name])
        pairs, triples = count_products(n), count_products(n, 3)
        st.markdown(
            f"**{n} inputs** have\n\n"
            f"- n(n − 1)/2 = {n}·{n - 1}/2 = **{pairs:,} pairs**,\n"
            f"- n(n − 1)(n − 2)/6 = {n}·{n - 1}·{n - 2}/6 = **{triples:,} triples**,\n\n"
            "and each would be one more blank. Nobody knows beforehand which of them matter. "
            "We want a model that finds them by itself."
        )
    with chart:
        show_chart(product_counts(n), "product-counts")


def ask_for_interaction(model: LinearModel) -> None:
    """Ask how much more a year is worth in technology; diagnose the answer on this model."""
    correct = interaction(model, EDUCATION_BY_INDUSTRY)

    def check(answer: float) -> lesson.Verdict:
        found = diagnose(answer, correct, slips_in_interaction(model, EDUCATION_BY_INDUSTRY))
        return lesson.Verdict(found.right, found.sentence)

    lesson.predict_then_reveal(
        f"The blanks are filled in as in the lab: `{written_model(model)}`. Industry is 1 in "
        "technology and 0 in construction. How much **more** is one more year of education worth "
        "in technology than in construction, according to this model?",
        lesson.Number("Dollars an hour", step=0.01),
        check,
        about=model,
        reveal=lambda: _reveal(model),
        name="interaction",
    )


def _reveal(model: LinearModel) -> None:
    in_technology, in_construction = worth_of_a_year(model)
    sum_of = f"{number(in_technology)} - {number(in_construction)}"
    st.markdown(
        f"One more year is worth {number(in_technology)} in technology and "
        f"{number(in_construction)} in construction: `{sum_of} = "
        f"{number(in_technology - in_construction)}`."
    )
    if not model.products:
        st.markdown(
            "In a linear model the answer is 0 whatever the blanks say. In the data it is not: "
            "switch on **Add education × industry** and fit again."
        )
