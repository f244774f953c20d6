"""The MNIST lesson as a plain Keras program with the settings of the page."""

from components.concepts.digit_network import (
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    LayerSummary,
    MaxPooling2D,
    count_parameters,
    summarize,
)
from components.concepts.training import TrainingPlan

SAMPLE_FILE = "mnist_sample.npz"
STEPS_PER_EXECUTION = 8


def mnist_script(plan: TrainingPlan) -> str:
    """A program that trains what `plan` describes, as the page does, and saves it.

    `# %%` marks the cells of the notebook. Raises NetworkError for an impossible network.
    """
    parts = [_head(plan), _data(plan), _model(plan), _compile(plan), _FIT, _SAVE]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _head(plan: TrainingPlan) -> str:
    return f"""
# %% {plan.network.name}, {count_parameters(plan.network):,} parameters
import keras
import numpy as np
from keras import layers

SEED = {plan.seed}
EPOCHS = {plan.epochs}
BATCH_SIZE = {plan.batch_size}
LEARNING_RATE = {plan.learning_rate!r}

keras.utils.set_random_seed(SEED)
"""


def _data(plan: TrainingPlan) -> str:
    source = _FULL if plan.data == "full" else _SAMPLE
    return source + (_SHUFFLE if plan.shuffle_pixels else "")


_FULL = """
# %% The 70,000 digits: 60,000 to train on, 10,000 held out
(train_x, train_y), (val_x, val_y) = keras.datasets.mnist.load_data()
"""

_SAMPLE = f"""
# %% The 5,000 digits of the lesson: 4,000 to train on, 1,000 held out.
# Download {SAMPLE_FILE} from the lesson's page and put it beside this program.
with np.load("{SAMPLE_FILE}") as digits:
    train_x, train_y = digits["train_images"], digits["train_labels"]
    val_x, val_y = digits["validation_images"], digits["validation_labels"]
"""

_SHUFFLE = """
# The same new order of the 784 pixels for every digit
order = np.random.default_rng(SEED).permutation(784)
train_x = train_x.reshape(-1, 784)[:, order].reshape(-1, 28, 28)
val_x = val_x.reshape(-1, 784)[:, order].reshape(-1, 28, 28)
"""


def _model(plan: TrainingPlan) -> str:
    hidden = summarize(plan.network)[:-1]
    output = summarize(plan.network)[-1]
    lines = [
        "# %% Define",
        "model = keras.Sequential(",
        "    [",
        '        keras.Input((28, 28), dtype="uint8"),',
        "        layers.Rescaling(1 / 255),",
        "        layers.Reshape((28, 28, 1)),",
        *(f"        {_layer(summary.layer)},{_comment(summary)}" for summary in hidden),
        f'        layers.Dense(10, activation="softmax"),{_comment(output)}',
        "    ]",
        ")",
        "model.summary()",
    ]
    return "\n".join(lines)


def _comment(summary: LayerSummary) -> str:
    if not summary.parameters:
        return ""
    return f"  # {summary.parameter_sum} = {summary.parameters:,} parameters"


def _layer(layer: Layer) -> str:
    match layer:
        case Conv2D(filters, kernel_size, activation, padding):
            same = ', padding="same"' if padding == "same" else ""
            return f'layers.Conv2D({filters}, {kernel_size}, activation="{activation}"{same})'
        case MaxPooling2D(pool_size):
            return f"layers.MaxPooling2D({pool_size})"
        case BatchNormalization():
            return "layers.BatchNormalization()"
        case Dropout(rate):
            return f"layers.Dropout({rate!r})"
        case Flatten():
            return "layers.Flatten()"
        case Dense(units, activation):
            return f'layers.Dense({units}, activation="{activation}")'
    raise TypeError(f"{layer!r} is no layer of a digit network")


def _compile(plan: TrainingPlan) -> str:
    if plan.schedule == "cosine":
        rate = (
            "# The learning rate falls to 0 along a cosine\n"
            "steps = EPOCHS * -(-len(train_x) // BATCH_SIZE)\n"
            "rate = keras.optimizers.schedules.CosineDecay(LEARNING_RATE, steps)\n"
        )
    else:
        rate = "rate = LEARNING_RATE\n"
    return f"""
# %% Compile
{rate}model.compile(
    optimizer=keras.optimizers.Adam(rate),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
    steps_per_execution={STEPS_PER_EXECUTION},  # several batches in one go: faster, same result
)
"""


_FIT = """
# %% Fit
model.fit(
    train_x,
    train_y,
    batch_size=BATCH_SIZE,
    epochs=EPOCHS,
    validation_data=(val_x, val_y),
    validation_batch_size=1000,
    verbose=2,
)
"""

_SAVE = """
# %% Evaluate and save
loss, accuracy = model.evaluate(val_x, val_y, batch_size=1000, verbose=0)
model.save("digits.keras")
print(f"validation accuracy {accuracy:.4f}")
"""
