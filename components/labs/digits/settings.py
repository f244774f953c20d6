"""The settings of the lab, declared once: widgets, URL and tests read this table."""

import streamlit as st

from components.concepts.digit_network import PRESETS, DigitNetwork
from components.concepts.digit_network_text import from_text, to_text
from components.concepts.recipes import OWN_NETWORK, RECIPES
from components.concepts.training import MAX_BATCH, MAX_EPOCHS, MAX_LEARNING_RATE, TrainingPlan
from components.labs.digits.builder import LAYERS
from components.widgets.setting_values import value_of
from components.widgets.settings import Choice, Number, Setting, Switch, Text

OWN = "own"

NETWORK = Choice(
    "network",
    "Network",
    "workshop",
    {"workshop": "Workshop", "dense": "Dense", "strong": "Stronger", OWN: "My own"},
    help="The workshop's network, one without convolutions, a stronger one, or build your own.",
)
OWN_LAYERS = Text(LAYERS, "The layers", to_text(PRESETS["workshop"]), from_text)
DATA = Choice(
    "data",
    "Digits",
    "sample",
    {"sample": "5,000", "full": "70,000"},
    help="The 5,000 digits that come with this app, or all of MNIST where it can be had.",
)
SHUFFLE = Switch(
    "shuffle",
    "Shuffle the pixels",
    help="Put the pixels of every digit in another order, the same for all digits.",
)
START = RECIPES[NETWORK.default, DATA.default]
EPOCHS = Number(
    "epochs", "Epochs", START.epochs, 1, MAX_EPOCHS, help="How often it sees every digit."
)
BATCH = Number("batch", "Batch size", START.batch_size, 1, MAX_BATCH, step=32)
RATE = Number(
    "rate",
    "Learning rate",
    START.learning_rate,
    0.0,
    MAX_LEARNING_RATE,
    step=0.001,
    help="How big its steps are. You can change it while the network trains.",
)
SEED = Number("seed", "Seed", 0, 0, 9999, help="Same seed, same start, same order of digits.")

TABLE: tuple[Setting, ...] = (NETWORK, OWN_LAYERS, DATA, SHUFFLE, EPOCHS, BATCH, RATE, SEED)


def apply_recipe() -> None:
    """Another network or data set was chosen: set what goes well with it."""
    network, data = value_of(NETWORK), value_of(DATA)
    recipe = RECIPES.get((network, data)) or OWN_NETWORK[data]
    st.session_state[EPOCHS.name] = recipe.epochs
    st.session_state[BATCH.name] = recipe.batch_size
    st.session_state[RATE.name] = recipe.learning_rate


def network_on_page() -> DigitNetwork:
    """The network that the settings name; it may be impossible, `summarize` says so."""
    chosen = value_of(NETWORK)
    if chosen == OWN:
        return from_text(st.session_state[LAYERS], "My own network")
    return PRESETS[chosen]


def plan_on_page() -> TrainingPlan:
    """The training run that the settings describe, not yet checked."""
    return TrainingPlan(
        network_on_page(),
        data=value_of(DATA),
        shuffle_pixels=value_of(SHUFFLE),
        epochs=value_of(EPOCHS),
        batch_size=value_of(BATCH),
        learning_rate=value_of(RATE),
        seed=value_of(SEED),
    )
