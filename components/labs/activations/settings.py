"""The settings of the lab, declared once: sliders, URL and tests read these tables.

Weights and inputs are those of the wage network, by the same names as in the other lessons.
"""

from components.concepts.activations import ACTIVATIONS
from components.concepts.hinges import CURVES, MAX_HINGES
from components.labs.wage_network.settings import EDUCATION, TABLE, WEIGHTS
from components.widgets.live_slider import SliderSetting
from components.widgets.settings import Choice, Number, Setting, Switch

# The workshop's example: education 12 and tech job 1, both weights 1.
EXAMPLE_INPUTS, EXAMPLE_WEIGHTS = (12.0, 1.0), (1.0, 1.0)
EXAMPLE_SUM = sum(a * b for a, b in zip(EXAMPLE_INPUTS, EXAMPLE_WEIGHTS, strict=True))

X = SliderSetting("x", "sum x of the node", EXAMPLE_SUM, -15.0, 15.0, 0.5)
SLIDERS: tuple[SliderSetting, ...] = (X, *TABLE)

FUNCTION, INTERACTIONS, HINGES = "function", "table", "hinges"
VIEW = Choice(
    "view",
    "Look at",
    FUNCTION,
    {FUNCTION: "One node", INTERACTIONS: "Table", HINGES: "Curves"},
)
ACTIVATION = Choice(
    "activation",
    "Activation",
    "relu",
    {
        name: "none (identity)" if name == "linear" else each.title
        for name, each in ACTIVATIONS.items()
    },
)
NEAR = Switch("near", "Look closely around 0")
CELL = Number("cell", "Cells filled", 0, 0, 4)
CURVE = Choice("curve", "Curve", "wave", {name: each.title for name, each in CURVES.items()})
N_HINGES = Number("hinges", "ReLU nodes", 0, 0, MAX_HINGES)
CHOICES: tuple[Setting, ...] = (VIEW, ACTIVATION, NEAR, CELL, CURVE, N_HINGES)

SHOWN_SLIDERS: dict[str, tuple[str, ...]] = {
    FUNCTION: (X.name,),
    INTERACTIONS: (EDUCATION.name, *(setting.name for setting in WEIGHTS)),
    HINGES: (),
}
