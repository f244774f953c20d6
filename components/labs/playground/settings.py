"""The settings of the lab, declared once: widgets, URL and tests read this table."""

from components.concepts.playground import (
    MAX_BATCH,
    MAX_LAYERS,
    MAX_NODES,
    MAX_PENALTY,
    MAX_SEED,
    OPTIMISERS,
    REGULARISATIONS,
    PlaygroundPlan,
)
from components.concepts.playground_data import (
    FEATURES,
    MAX_NOISE,
    MAX_SHARE,
    MIN_SHARE,
    PROBLEMS,
)
from components.concepts.playground_weights import check_text
from components.concepts.training import MAX_LEARNING_RATE
from components.widgets.setting_values import value_of
from components.widgets.settings import Choice, Number, Setting, SettingError, Several, Switch, Text

SHOWN_ACTIVATIONS = {
    "tanh": "tanh",
    "relu": "ReLU",
    "sigmoid": "sigmoid",
    "linear": "identity",
    "leaky_relu": "leaky ReLU",
    "elu": "ELU",
    "softplus": "softplus",
}
START = PlaygroundPlan()
LIVE_HELP = "You can change it while the network trains."


class SavedWeights(Text):
    """Weights that were edited; empty where they are the seed's."""

    def text(self, value: str) -> str:
        """The word itself, and what the default is called in a sentence."""
        return value or "the seed's own"


def parse_layers(text: str) -> tuple[int, ...]:
    """Nodes of each hidden layer from "4.2"; "none" is no hidden layer. Raises SettingError."""
    if text == "none":
        return ()
    parts = text.split(".")
    if len(parts) > MAX_LAYERS or not all(p in map(str, range(1, MAX_NODES + 1)) for p in parts):
        raise SettingError(
            f"up to {MAX_LAYERS} numbers from 1 to {MAX_NODES} with dots between them, or none"
        )
    return tuple(int(part) for part in parts)


def write_layers(hidden: tuple[int, ...]) -> str:
    """The opposite of `parse_layers`."""
    return ".".join(str(n) for n in hidden) or "none"


DATA = Choice("data", "Data", START.data, {p.name: p.title for p in PROBLEMS.values()})
NOISE = Number("noise", "Noise, %", START.noise, 0, MAX_NOISE, step=5)
SHARE = Number("share", "To train on, %", START.share, MIN_SHARE, MAX_SHARE, step=10)
SEED = Number("seed", "Seed", START.seed, 0, MAX_SEED, help="Same seed, same points, same start.")
TEST = Switch("test", "Show test points", help="The points held out: hollow on the map.")
INPUTS = Several(
    "features",
    "Features",
    list(START.features),
    {feature.name: feature.title for feature in FEATURES.values()},
)
HIDDEN = Text("hidden", "Hidden layers", write_layers(START.hidden), parse_layers)
ACTIVATION = Choice("activation", "Activation", START.activation, SHOWN_ACTIVATIONS)
OPTIMISER = Choice("optimiser", "Optimiser", START.optimiser, OPTIMISERS)
RATE = Number(
    "rate", "Learning rate", START.learning_rate, 0.0, MAX_LEARNING_RATE, step=0.01, help=LIVE_HELP
)
BATCH = Number("batch", "Batch size", START.batch_size, 1, MAX_BATCH, step=5, help=LIVE_HELP)
PENALTY = Choice("penalty", "Regularisation", START.penalty, REGULARISATIONS)
PENALTY_RATE = Number("penalty_rate", "Its rate", START.penalty_rate, 0.0, MAX_PENALTY, step=0.001)
WEIGHTS = SavedWeights("weights", "Weights", "", check_text)
PANEL = Choice(
    "panel",
    "Settings",
    "training",
    {"training": "Training", "data": "Data", "network": "Network", "weights": "Weights"},
)

FIXED: tuple[Setting, ...] = (
    DATA, NOISE, SHARE, SEED, INPUTS, HIDDEN, ACTIVATION, OPTIMISER, PENALTY,
)  # fmt: skip
LIVE: tuple[Setting, ...] = (RATE, BATCH, PENALTY_RATE)
TABLE: tuple[Setting, ...] = (*FIXED, *LIVE, TEST, PANEL, WEIGHTS)


def plan_on_page() -> PlaygroundPlan:
    """What the settings describe; a field that was emptied counts as its default."""
    chosen = value_of(INPUTS)
    return PlaygroundPlan(
        data=value_of(DATA),
        noise=value_of(NOISE),
        share=value_of(SHARE),
        seed=value_of(SEED),
        features=tuple(word for word in FEATURES if word in chosen),
        hidden=parse_layers(value_of(HIDDEN)),
        activation=value_of(ACTIVATION),
        optimiser=value_of(OPTIMISER),
        penalty=value_of(PENALTY),
        learning_rate=value_of(RATE),
        batch_size=value_of(BATCH),
        penalty_rate=value_of(PENALTY_RATE),
    )
