"""The four steps as Keras code: the lines on the panels, and the whole program."""

import csv
import inspect
import io

from components.concepts.examples import Examples
from components.concepts.first_model import OPTIMISERS, FirstPlan
from components.concepts.plain_words import as_cell
from components.concepts.table import N_WORKERS, WAGE_SEED, draw_wage_table

TABLE_FILE = "table.csv"

_HEAD = """# %% [markdown]
# Your first model in Keras: define, compile, fit, predict.
# Needs `pip install keras tensorflow` (or jax with KERAS_BACKEND=jax). Run it from top to bottom.

# %%
import keras
import numpy as np
from keras import callbacks, layers, optimizers

keras.utils.set_random_seed({seed})
"""

_WAGES = """
# %% [markdown]
# The workers are generated: nobody's data. The same seed draws the same {n_workers} workers.

# %%
Array = np.ndarray

{source}

workers = draw_wage_table({n_workers}, {seed})
inputs = np.column_stack([workers[name] for name in {names!a}])
target = workers[{target!a}]
"""

_FILE = """
# %% [markdown]
# The table that the page offers beside this program: first the inputs, last what is to be
# predicted. Every kind of word has become an input of 0 and 1.

# %%
table = np.loadtxt("{file}", delimiter=",", skiprows=1, encoding="utf-8")
inputs, target = table[:, :-1], table[:, -1]
"""

_SHUFFLE = """order = np.random.default_rng({seed}).permutation(len(target))
inputs, target = inputs[order], target[order]
"""

_HALVES = "target = target > {middle!r}  # two classes: {names}\n"
_ONE_HOT = "target = np.eye({n})[target.astype(int)]  # a column of 0 and 1 for each class\n"

_SCALE = """
# %% [markdown]
# Every input to mean 0 and spread 1, measured on the {n_train} rows to train on.

# %%
mean, spread = inputs[:{n_train}].mean(axis=0), inputs[:{n_train}].std(axis=0)
inputs = (inputs - mean) / spread
"""

_STEP = """
# %% [markdown]
# {title}

# %%
{code}
"""

_END = """
# %% [markdown]
# How good is it on the {n_validation} rows held back?

# %%
held_back = model.predict(inputs[{n_train}:], verbose=0)
{error}
print("error", error)
"""


def define_code(plan: FirstPlan) -> str:
    """The network, layer by layer."""
    hidden = "".join(f"    layers.Dense({n}{_activation(plan.activation)}),\n" for n in plan.hidden)
    return (
        f"model = keras.Sequential([\n    keras.Input(({plan.input_shape},)),\n{hidden}"
        f"    layers.Dense({plan.n_outputs}{_activation(plan.output_activation)}),\n])"
    )


def _activation(name: str) -> str:
    return "" if name == "linear" else f', "{name}"'


def compile_code(plan: FirstPlan) -> str:
    """Optimiser and loss."""
    optimiser = OPTIMISERS[plan.optimiser]
    metrics = '\n    metrics=["accuracy"],' if plan.n_classes else ""
    return (
        "model.compile(\n"
        f"    optimizers.{optimiser}({plan.learning_rate:g}),\n"
        f'    loss="{plan.loss}",{metrics}\n)'
    )


def fit_code(plan: FirstPlan) -> str:
    """The fit, with the rows held back and early stopping."""
    stop = ""
    if plan.patience:
        stop = (
            "    callbacks=[callbacks.EarlyStopping(\n"
            f"        patience={plan.patience}, restore_best_weights=True)],\n"
        )
    return (
        f"model.fit(inputs, target, epochs={plan.epochs},\n"
        f"    batch_size={plan.batch_size}, validation_split=0.3,\n{stop}    verbose=2)"
    )


def predict_code(plan: FirstPlan) -> str:
    """One row in, its prediction out."""
    if plan.scale:
        return "model.predict(\n    (row - mean) / spread)"
    return "model.predict(row)"


def table_file(examples: Examples) -> bytes:
    """The examples as a CSV file that the program reads, inputs first, then the target."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = [i.name for i in examples.input_names]
    writer.writerow([as_cell(name) for name in (*names, examples.target_name)])
    for row, target in zip(examples.inputs, examples.target, strict=True):
        writer.writerow([*(repr(float(v)) for v in row), repr(float(target))])
    return text.getvalue().encode("utf-8")


def first_model_script(
    plan: FirstPlan, examples: Examples, is_wage_table: bool, shuffle_seed: int | None
) -> str:
    """The program that fits the same network on the same examples as the page does."""
    n = examples.n_train
    parts = [_HEAD.format(seed=plan.seed)]
    parts.append(_wages(examples, shuffle_seed) if is_wage_table else _FILE.format(file=TABLE_FILE))
    if plan.n_classes:
        parts.append(_ONE_HOT.format(n=plan.n_classes))
    if plan.scale:
        parts.append(_SCALE.format(n_train=n))
    for title, code in (
        (f"Define: {plan.n_parameters:,} weights and biases.", define_code(plan)),
        ("Compile: how the network is to learn.", compile_code(plan)),
        (f"Fit: {n} rows to train on, the last {examples.n_validation} held back.", fit_code(plan)),
    ):
        parts.append(_STEP.format(title=title, code=code))
    error = "error = np.sqrt(np.mean((held_back[:, 0] - target[{n}:]) ** 2))"
    if plan.n_classes:
        error = "error = np.mean(held_back.argmax(axis=1) != target[{n}:].argmax(axis=1))"
    parts.append(
        _END.format(n_train=n, n_validation=examples.n_validation, error=error.format(n=n))
    )
    row = "row = inputs[:1]"
    if plan.scale:
        row += " * spread + mean  # as it stands in the table"
    title = "Predict: what does it say of the first row?"
    parts.append(_STEP.format(title=title, code=f"{row}\nprint({predict_code(plan)})"))
    return "".join(parts)


def _wages(examples: Examples, shuffle_seed: int | None) -> str:
    text = _WAGES.format(
        n_workers=N_WORKERS,
        seed=WAGE_SEED,
        source=inspect.getsource(draw_wage_table).rstrip() + "\n",
        names=[i.column for i in examples.input_names],
        target=examples.target_name,
    )
    if shuffle_seed is not None:
        text += _SHUFFLE.format(seed=shuffle_seed)
    if examples.middle is not None:
        names = " and ".join(examples.classes)
        text += _HALVES.format(middle=examples.middle, names=names)
    elif examples.classes:
        text += "target = np.searchsorted(np.unique(target), target)  # the class of each\n"
    return text
