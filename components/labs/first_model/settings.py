"""The settings of the lab, declared once: widgets, URL and tests read this table."""

import streamlit as st

from components.concepts.examples import REGRESSION, TASKS
from components.concepts.first_model import (
    ACTIVATIONS,
    LOSSES,
    MAX_BATCH,
    MAX_EPOCHS,
    MAX_LAYERS,
    MAX_NODES,
    MAX_PATIENCE,
    MAX_SEED,
    OPTIMISERS,
    RECIPES,
    FirstPlan,
)
from components.concepts.table import wage_table
from components.concepts.training import MAX_LEARNING_RATE
from components.concepts.usual_mistakes import LOSS as LOSS_MISTAKE
from components.concepts.usual_mistakes import SHAPE as SHAPE_MISTAKE
from components.concepts.usual_mistakes import SOFTMAX as SOFTMAX_MISTAKE
from components.concepts.usual_mistakes import UNFIT_LOSS
from components.concepts.usual_mistakes import UNSCALED as UNSCALED_MISTAKE
from components.widgets.setting_values import value_of
from components.widgets.settings import Choice, Number, Setting, Several, Switch

WAGES, OWN = "wages", "own"
START = FirstPlan(1)


_NAMES = wage_table().names
TABLE_CHOICE = Choice("table", "Table", WAGES, {WAGES: "534 workers", OWN: "Your own CSV"})
TARGET = Choice("target", "Predict", _NAMES[0], {name: name for name in _NAMES})
INPUTS = Several("inputs", "From", list(_NAMES[1:]), {name: name for name in _NAMES})
TASK = Choice("task", "Task", REGRESSION, TASKS)
SCALE = Switch("scale", "Scale the inputs", True, help="Every input to mean 0 and spread 1.")
SHUFFLE = Switch(
    "shuffle",
    "Shuffle the rows first",
    help="Keras holds the last 30 % of the rows back. In a sorted table they are unlike the rest.",
)
LAYERS = Number("layers", "Hidden layers", len(RECIPES[REGRESSION].hidden), 0, MAX_LAYERS)
NODES = Number("nodes", "Nodes in each", RECIPES[REGRESSION].hidden[0], 1, MAX_NODES, step=10)
ACTIVATION = Choice("activation", "Activation", START.activation, ACTIVATIONS)
OPTIMISER = Choice("optimiser", "Optimizer", START.optimiser, OPTIMISERS)
RATE = Number("rate", "Learning rate", START.learning_rate, 0.0, MAX_LEARNING_RATE, step=0.001)
LOSS = Choice("loss", "Loss", START.loss, LOSSES)
EPOCHS = Number("epochs", "Epochs", START.epochs, 1, MAX_EPOCHS, step=10)
BATCH = Number("batch", "Batch", START.batch_size, 1, MAX_BATCH, step=16)
PATIENCE = Number(
    "patience",
    "Patience",
    START.patience,
    0,
    MAX_PATIENCE,
    help="It stops after so many epochs without a better validation loss. 0: it never does.",
)
SEED = Number("seed", "Seed", START.seed, 0, MAX_SEED, help="Same seed, same start weights.")
WRONG_SHAPE = Switch("wrong_shape", "Wrong input shape")
SOFTMAX = Switch("softmax_of_one", "Softmax with one output")

TABLE: tuple[Setting, ...] = (
    TABLE_CHOICE, TARGET, INPUTS, TASK, SCALE, SHUFFLE, LAYERS, NODES, ACTIVATION, OPTIMISER,
    RATE, LOSS, EPOCHS, BATCH, PATIENCE, SEED, WRONG_SHAPE, SOFTMAX,
)  # fmt: skip


def plan_on_page(n_inputs: int, n_classes: int) -> FirstPlan:
    """The plan that the settings describe, for so many inputs and classes."""
    return FirstPlan(
        n_inputs,
        n_classes,
        hidden=(value_of(NODES),) * value_of(LAYERS),
        activation=value_of(ACTIVATION),
        optimiser=value_of(OPTIMISER),
        learning_rate=value_of(RATE),
        loss=value_of(LOSS),
        epochs=value_of(EPOCHS),
        batch_size=value_of(BATCH),
        patience=value_of(PATIENCE),
        scale=value_of(SCALE),
        seed=value_of(SEED),
        wrong_shape=value_of(WRONG_SHAPE),
        softmax_of_one=value_of(SOFTMAX),
    )


def apply_recipe() -> None:
    """Another task was chosen: set the workshop's network and loss for it."""
    recipe = RECIPES[value_of(TASK)]
    st.session_state[LAYERS.name] = len(recipe.hidden)
    st.session_state[NODES.name] = recipe.hidden[0]
    st.session_state[LOSS.name] = recipe.loss


def put_right() -> None:
    """Take the usual mistakes back."""
    st.session_state[WRONG_SHAPE.name] = st.session_state[SOFTMAX.name] = False
    st.session_state[SCALE.name] = True
    st.session_state[LOSS.name] = RECIPES[value_of(TASK)].loss


def make_mistake(name: str) -> None:
    """Make this one of the usual mistakes, and no other."""
    put_right()
    match name:
        case m if m == SHAPE_MISTAKE:
            st.session_state[WRONG_SHAPE.name] = True
        case m if m == SOFTMAX_MISTAKE:
            st.session_state[SOFTMAX.name] = True
        case m if m == UNSCALED_MISTAKE:
            st.session_state[SCALE.name] = False
        case m if m == LOSS_MISTAKE:
            st.session_state[LOSS.name] = UNFIT_LOSS[value_of(TASK)]
