"""A playground run as a Keras program: the same points, the same start, the same steps."""

import inspect
import json
from collections.abc import Sequence

import numpy as np

from components.concepts.playground import PlaygroundPlan, place_of, start_weights
from components.concepts.playground_data import FEATURES, N_POINTS, PROBLEMS
from components.concepts.playground_run import Change, PlaygroundRecord, PlaygroundState

EPOCHS_OF_A_NEW_RUN = 100  # what the program trains where the page has not trained yet

_HEAD = """# %% [markdown]
# A network on two inputs: {title}, {parameters} weights and biases.
# Needs `pip install keras tensorflow` (or jax with KERAS_BACKEND=jax). Run it from top to bottom.

# %%
import keras
import numpy as np

seed = {seed}

# %% [markdown]
# The points, as on the page: {n_points} of them, moved by noise, {share} % to train on.

# %%
{source}

rng = np.random.default_rng([seed, 1])
points, targets = {function}({n_points}, rng)
points = points + rng.normal(0, {noise}, points.shape)
order = rng.permutation(len(points))
points, targets = points[order], targets[order]
n_train = len(points) * {share} // 100

# %% [markdown]
# The features: what the network gets to see of a point.

# %%
x1, x2 = points[:, 0], points[:, 1]
inputs = np.column_stack([{features}]).astype("float32")
targets = targets.astype("float32")[:, None]
x_train, y_train = inputs[:n_train], targets[:n_train]
x_test, y_test = inputs[n_train:], targets[n_train:]

# %% [markdown]
# The network.

# %%
model = keras.Sequential(
    [
        keras.Input(({n_features},)),
{layers}
    ]
)
loss = "{loss}"
model.compile(keras.optimizers.{optimiser}({learning_rate!r}), loss=loss)
"""

_SEED_START = """
# %% [markdown]
# Its start: the weights that the page drew from the seed, uniform as Glorot proposed.

# %%
rng = np.random.default_rng([seed, 2])
weights = []
for before, n in {pairs}:
    limit = np.sqrt(6 / (before + n))
    weights += [rng.uniform(-limit, limit, (before, n)), np.zeros(n)]
model.set_weights(weights)
"""

_GIVEN_START = """
# %% [markdown]
# Its start: the weights that were set on the page.

# %%
model.set_weights(
    [
{weights}
    ]
)
"""

_CHANGES = """
# %% [markdown]
# What was changed on the page while it trained: after so many steps, what, and its new value.

# %%
changes = [
{changes}
]


def apply(what, value):
    global batch_size
    if what == "learning_rate":
        model.optimizer.learning_rate = value
    elif what == "batch_size":
        batch_size = int(value)
    elif what == "penalty_rate":
        for layer in model.layers:
            layer.kernel_regularizer.{penalty} = value
        model.compile(model.optimizer, loss=loss)
    elif what == "fresh_optimiser":
        rate = float(model.optimizer.learning_rate)
        for variable in model.optimizer.variables:
            variable.assign(np.zeros(variable.shape, variable.dtype))
        model.optimizer.learning_rate = rate
    else:  # a weight: the number of its array, its place there, and its value
        array, place, weight = value
        weights = model.get_weights()
        weights[array][place] = weight
        model.set_weights(weights)
"""

_TRAIN = """
# %% [markdown]
# Train: {n_steps:,} steps, {epochs}. The points come in a new order in each epoch.

# %%
def order_of(epoch):
    return np.random.default_rng([seed, 3, epoch]).permutation(n_train)


batch_size = {batch_size}
seen, epoch, order = 0, 0, order_of(0)
for step in range({n_steps}{plus}):
{apply}    batch = []
    for at in range(seen, seen + batch_size):
        if at // n_train != epoch:
            epoch, order = at // n_train, order_of(at // n_train)
        batch.append(order[at % n_train])
    model.train_on_batch(x_train[batch], y_train[batch])
    seen += batch_size

# %% [markdown]
# How well does it do? The loss without the price on large weights, if there is one.

# %%
measure = keras.losses.get(loss)
for name, x, y in (("train", x_train, y_train), ("test", x_test, y_test)):
    print(f"{{name}} loss {{float(np.mean(measure(y, model.predict(x, verbose=0)))):.6f}}")
"""


def playground_script(record: PlaygroundRecord, state: PlaygroundState) -> str:
    """A plain Keras program that does the record's run again, up to `state`.

    Where the run has not begun, it trains for EPOCHS_OF_A_NEW_RUN. It ends with the losses that
    the page shows: "train loss …", "test loss …".
    """
    plan = record.plan
    changes = [change for change in record.changes if change.step <= state.step]
    n_train = len(plan.points().train)
    n_steps = state.step or EPOCHS_OF_A_NEW_RUN * n_train // plan.batch_size
    return "".join(
        [_head(plan), _start(record), _changes(plan, changes), _training(plan, changes, n_steps)]
    )


def _head(plan: PlaygroundPlan) -> str:
    problem = PROBLEMS[plan.data]
    return _HEAD.format(
        title=problem.title,
        parameters=plan.n_parameters,
        seed=plan.seed,
        n_points=N_POINTS,
        share=plan.share,
        source=inspect.getsource(problem.draw).rstrip() + "\n",
        function=problem.draw.__name__,
        noise=repr(3 * plan.noise / 100),
        features=", ".join(FEATURES[name].code for name in plan.features),
        n_features=len(plan.features),
        layers="\n".join(_layer_lines(plan)),
        loss="mean_squared_error" if plan.regression else "binary_crossentropy",
        optimiser={"sgd": "SGD", "adam": "Adam"}[plan.optimiser],
        learning_rate=plan.learning_rate,
    )


def _layer_lines(plan: PlaygroundPlan) -> list[str]:
    penalty = ""
    if plan.penalty != "none":
        name, rate = plan.penalty.upper(), plan.penalty_rate
        penalty = f", kernel_regularizer=keras.regularizers.{name}({rate!r})"
    last = "linear" if plan.regression else "sigmoid"
    nodes = [*((n, plan.activation) for n in plan.hidden), (1, last)]
    return [
        f"        keras.layers.Dense({n}, activation={json.dumps(activation)}{penalty}),"
        for n, activation in nodes
    ]


def _start(record: PlaygroundRecord) -> str:
    plan, first = record.plan, record.start
    pairs = list(zip(plan.sizes, plan.sizes[1:], strict=False))
    drawn = start_weights(plan)
    if all(np.array_equal(one, other) for one, other in zip(first, drawn, strict=True)):
        return _SEED_START.format(pairs=pairs)
    lines = "\n".join(f"        np.array({array.tolist()})," for array in first)
    return _GIVEN_START.format(weights=lines)


def _changes(plan: PlaygroundPlan, changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    lines = [f"    ({c.step}, {json.dumps(c.what)}, {_value(c)!r})," for c in changes]
    penalty = plan.penalty if plan.penalty != "none" else "l2"
    return _CHANGES.format(changes="\n".join(lines), penalty=penalty)


def _value(change: Change) -> object:
    if change.edge is None:
        return change.value
    array, place = place_of(change.edge)
    return array, place, change.value


def _training(plan: PlaygroundPlan, changes: Sequence[Change], n_steps: int) -> str:
    """The training loop. What was changed after the last step takes one round more."""
    apply = ""
    if changes:
        apply = (
            "    for _, what, value in [c for c in changes if c[0] == step]:\n"
            "        apply(what, value)\n"
            f"    if step == {n_steps}:\n"
            "        break  # changed after the last step\n"
        )
    epochs = n_steps * plan.batch_size / len(plan.points().train)
    changed = any(change.what == "batch_size" for change in changes)
    return _TRAIN.format(
        n_steps=n_steps,
        epochs="with batches as they were set" if changed else f"{epochs:.1f} epochs",
        batch_size=plan.batch_size,
        plus=" + 1" if changes else "",
        apply=apply,
    )
