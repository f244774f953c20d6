"""The settings of the lab, declared once: sliders, widgets, URL and tests read these tables."""

from collections.abc import Mapping

from components.concepts.linear_model import LinearModel
from components.concepts.wage_data import EDUCATION_BY_INDUSTRY, INPUT_NAMES
from components.figures.product_counts import FEWEST, MOST
from components.widgets.live_slider import SliderSetting
from components.widgets.settings import Choice, Setting, Switch

WAGE, ERROR = "wage", "error"
SHOW = Choice("show", "Show", WAGE, {WAGE: "The wage", ERROR: "The error that is left"})
PRODUCT = Switch(
    "product", "Add education × industry", help="One more blank, for the product of the two."
)
TABLE: tuple[Setting, ...] = (SHOW, PRODUCT)

BIAS = SliderSetting("bias", "start (bias)", 10.0, -40.0, 40.0, step=0.5, signed=True)
WEIGHTS = (
    SliderSetting("education", "education", 1.0, -5.0, 5.0, step=0.1, signed=True),
    SliderSetting("experience", "experience", 0.0, -1.0, 1.0, step=0.01, signed=True),
    SliderSetting("region", "region", 0.0, -10.0, 10.0, step=0.1, signed=True),
    SliderSetting("industry", "industry", 0.0, -30.0, 30.0, step=0.5, signed=True),
)
PRODUCT_WEIGHT = SliderSetting(
    "interaction", "education × industry", 0.0, -5.0, 5.0, step=0.1, signed=True
)
BLANKS: tuple[SliderSetting, ...] = (BIAS, *WEIGHTS, PRODUCT_WEIGHT)
N_INPUTS = SliderSetting("inputs", "inputs n", len(INPUT_NAMES), FEWEST, MOST)

DECIMALS = 3  # of a fitted blank


def model_of(values: Mapping[str, float], with_product: bool) -> LinearModel:
    """The model with these blanks filled in; without the product its blank does not count."""
    weights = tuple(values[setting.name] for setting in WEIGHTS)
    if not with_product:
        return LinearModel(INPUT_NAMES, values[BIAS.name], weights)
    return LinearModel(
        INPUT_NAMES,
        values[BIAS.name],
        weights,
        (EDUCATION_BY_INDUSTRY,),
        (values[PRODUCT_WEIGHT.name],),
    )


def values_of(model: LinearModel) -> dict[str, float]:
    """The blanks of a model, rounded as the sliders show them."""
    names = [setting.name for setting in (BIAS, *WEIGHTS)]
    values = dict(zip(names, (model.bias, *model.weights), strict=True))
    if model.products:
        values[PRODUCT_WEIGHT.name] = model.product_weights[0]
    return {name: round(value, DECIMALS) for name, value in values.items()}
