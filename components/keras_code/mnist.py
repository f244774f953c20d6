"""The MNIST run of a page as a Keras program that a learner can read, run and change."""

import json
from collections.abc import Iterator

from components.concepts.digit_network import (
    OUTPUT_LAYER,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    summarize,
)
from components.concepts.digit_sample import DIGITS_PER_CLASS, HELD_OUT_PER_CLASS, SPLIT_SEED
from components.concepts.training import TrainingPlan

SAVED_NAME = "digits.keras"

_HEAD = """# %% [markdown]
# {title}: reads handwritten digits, {parameters:,} parameters.
# Needs `pip install keras tensorflow` (or jax with KERAS_BACKEND=jax). Run it from top to bottom.

# %%
{imports}

keras.utils.set_random_seed({seed})
"""

_FULL = """
# %% [markdown]
# The digits: 60,000 to train on, 10,000 that the network is tested on and never trained on.
# Keras downloads them once and keeps them. Pixels are 0 (black) to 255 (white).

# %%
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
"""

_SAMPLE = """
# %% [markdown]
# The digits: a sample of {size:,} from MNIST, {train:,} to train on and {held_out:,} held out.
# If mnist_sample.npz, which the page offers beside this program, lies in the same folder, it
# is read. If not, Keras downloads MNIST, and the very same digits are picked from it: the
# first {per_class} of each class in the training set, {held_out_per_class} of each held out.

# %%
if Path("mnist_sample.npz").exists():
    with np.load("mnist_sample.npz") as sample:
        x_train, y_train = sample["x_train"], sample["y_train"]
        x_test, y_test = sample["x_test"], sample["y_test"]
else:
    (images, labels), _ = keras.datasets.mnist.load_data()
    first = np.concatenate([np.flatnonzero(labels == digit)[:{per_class}] for digit in range(10)])
    images, labels = images[first], labels[first]
    rng = np.random.default_rng({split_seed})
    order = rng.permutation(len(labels))
    by_class = [order[labels[order] == digit] for digit in range(10)]
    train = rng.permutation(np.concatenate([places[{held_out_per_class}:] for places in by_class]))
    test = rng.permutation(np.concatenate([places[:{held_out_per_class}] for places in by_class]))
    x_train, y_train, x_test, y_test = images[train], labels[train], images[test], labels[test]
"""

_SHUFFLE = """
# %% [markdown]
# Every picture's pixels are put into one random order, the same for all pictures: what a
# convolution makes use of, which pixels are neighbours, is lost.

# %%
order_of_pixels = np.random.default_rng({seed}).permutation(28 * 28)
x_train = x_train.reshape(-1, 28 * 28)[:, order_of_pixels].reshape(-1, 28, 28)
x_test = x_test.reshape(-1, 28 * 28)[:, order_of_pixels].reshape(-1, 28, 28)
"""

_MODEL = """
# %% [markdown]
# The network, layer by layer. Beside each layer: its output, and its parameters.

# %%
model = keras.Sequential(
    [
        keras.Input((28, 28), dtype="uint8"),
        keras.layers.Rescaling(1 / 255),  # 0 to 255 becomes 0 to 1
        keras.layers.Reshape((28, 28, 1)),  # one channel: grey
{layers}
    ]
)
model.summary()
"""

_TRAIN = """
# %% [markdown]
# Train. {schedule_sentence}

# %%
epochs = {epochs}
batch_size = {batch_size}
{schedule}
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
model.fit(
    x_train,
    y_train,
    batch_size=batch_size,
    epochs=epochs,
    validation_data=(x_test, y_test),
    verbose=2,
)

# %% [markdown]
# How well does it read digits that it was never trained on?

# %%
loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
print(f"test loss {{loss:.4f}}, test accuracy {{accuracy:.4f}}")

# %%
model.save("{saved_name}")  # keras.saving.load_model reads it back
"""

_COSINE = """steps = epochs * math.ceil(len(x_train) / batch_size)
learning_rate = keras.optimizers.schedules.CosineDecay({learning_rate}, decay_steps=steps)
"""


def mnist_script(plan: TrainingPlan) -> str:
    """A plain Keras program, split into cells at "# %%", that does what `plan` says.

    It trains with the planned learning rate: one that the learner changed in mid-run is not
    in the plan. Raises PlanError or NetworkError where the plan can't be trained.
    """
    plan.check()
    parameters = sum(summary.parameters for summary in summarize(plan.network))
    parts = [
        _HEAD.format(
            title=_one_line(plan.network.name),
            parameters=parameters,
            imports=_imports(plan),
            seed=plan.seed,
        ),
        _data(plan),
        _SHUFFLE.format(seed=plan.seed) if plan.shuffle_pixels else "",
        _MODEL.format(layers="\n".join(_layer_lines(plan))),
        _training(plan),
    ]
    return "".join(parts)


def _one_line(text: str) -> str:
    """A name as it may stand in a comment: on one line."""
    return " ".join(text.split())


def _imports(plan: TrainingPlan) -> str:
    """What the program needs, and no more."""
    sample = plan.data == "sample"
    standard = ["import math"] if plan.schedule == "cosine" else []
    standard += ["from pathlib import Path"] if sample else []
    others = ["import keras"] + (["import numpy as np"] if sample or plan.shuffle_pixels else [])
    return "\n".join([*standard, *([""] if standard else []), *others])


def _data(plan: TrainingPlan) -> str:
    if plan.data == "full":
        return _FULL
    return _SAMPLE.format(
        size=10 * DIGITS_PER_CLASS,
        train=10 * (DIGITS_PER_CLASS - HELD_OUT_PER_CLASS),
        held_out=10 * HELD_OUT_PER_CLASS,
        per_class=DIGITS_PER_CLASS,
        held_out_per_class=HELD_OUT_PER_CLASS,
        split_seed=SPLIT_SEED,
    )


def _layer_lines(plan: TrainingPlan) -> Iterator[str]:
    """One line of program for each layer, with its output and its parameter sum beside it."""
    for summary in summarize(plan.network):
        shape = " × ".join(f"{size:,}" for size in summary.output_shape)
        comment = f"{shape}"
        if summary.parameters:
            comment += f"; {summary.parameter_sum} = {summary.parameters:,}"
        yield f"        keras.layers.{_call(summary.layer)},  # {comment}"


def _call(layer: Layer) -> str:
    match layer:
        case Conv2D(filters, kernel_size, activation, padding):
            same = ', padding="same"' if padding == "same" else ""
            return f"Conv2D({filters}, {kernel_size}, activation={_quoted(activation)}{same})"
        case MaxPooling2D(pool_size):
            return f"MaxPooling2D({pool_size})"
        case BatchNormalization():
            return "BatchNormalization()"
        case Dropout(rate):
            return f"Dropout({rate:g})"
        case Flatten():
            return "Flatten()"
        case Dense(units, activation):
            name = ', name="probabilities"' if layer is OUTPUT_LAYER else ""
            return f"Dense({units}, activation={_quoted(activation)}{name})"
    raise TypeError(f"{layer!r} is no layer of a digit network")


def _quoted(text: str) -> str:
    return json.dumps(text)


def _training(plan: TrainingPlan) -> str:
    rate = f"{plan.learning_rate!r}"
    cosine = plan.schedule == "cosine"
    sentence = (
        f"The learning rate falls from {plan.learning_rate:g} to 0 along half a cosine."
        if cosine
        else f"The learning rate stays at {plan.learning_rate:g}."
    )
    return _TRAIN.format(
        schedule_sentence=sentence,
        epochs=plan.epochs,
        batch_size=plan.batch_size,
        schedule=_COSINE.format(learning_rate=rate) if cosine else f"learning_rate = {rate}\n",
        saved_name=SAVED_NAME,
    )
