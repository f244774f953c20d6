"""One small network in each library that is alive: the wage network of "Forward propagation".

Each program builds it from the same weights, predicts, takes one step of gradient descent on the
squared error, and prints the prediction before and after. All print the same two numbers.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RECORD_PATH = Path(__file__).parents[2] / "assets" / "library_runs.json"

_KERAS = """import keras
import numpy as np

x, y = np.array([[13.0, 1.0]]), np.array([[30.0]])
model = keras.Sequential(
    [
        keras.Input((2,)),
        keras.layers.Dense(2, activation="relu"),
        keras.layers.Dense(1, use_bias=False),
    ]
)
hidden, bias, output = [[0.0, 1.0], [1.0, 10.0]], [0.0, -20.0], [[2.0], [12.0]]
model.set_weights([np.array(hidden), np.array(bias), np.array(output)])
model.compile(keras.optimizers.SGD(1e-5), loss="mean_squared_error")
before = model.predict(x, verbose=0)[0, 0]
model.train_on_batch(x, y)
after = model.predict(x, verbose=0)[0, 0]
print(f"{before:.4f} {after:.4f}")
"""

_TENSORFLOW = """import tensorflow as tf

x, y = tf.constant([[13.0, 1.0]]), 30.0
hidden = tf.Variable([[0.0, 1.0], [1.0, 10.0]])
bias = tf.Variable([0.0, -20.0])
output = tf.Variable([[2.0], [12.0]])


def predict():
    return (tf.nn.relu(x @ hidden + bias) @ output)[0, 0]


with tf.GradientTape() as tape:
    before = predict()
    loss = (before - y) ** 2
weights = [hidden, bias, output]
for weight, slope in zip(weights, tape.gradient(loss, weights)):
    weight.assign_sub(1e-5 * slope)
print(f"{before:.4f} {predict():.4f}")
"""

_JAX = """import jax
import jax.numpy as jnp

x, y = jnp.array([13.0, 1.0]), 30.0
weights = {
    "hidden": jnp.array([[0.0, 1.0], [1.0, 10.0]]),
    "bias": jnp.array([0.0, -20.0]),
    "output": jnp.array([2.0, 12.0]),
}


def predict(w):
    return jax.nn.relu(x @ w["hidden"] + w["bias"]) @ w["output"]


def loss(w):
    return (predict(w) - y) ** 2


before, slopes = predict(weights), jax.grad(loss)(weights)
weights = jax.tree.map(lambda w, slope: w - 1e-5 * slope, weights, slopes)
print(f"{before:.4f} {predict(weights):.4f}")
"""

_PYTORCH = """import torch

x, y = torch.tensor([[13.0, 1.0]]), torch.tensor([[30.0]])
model = torch.nn.Sequential(
    torch.nn.Linear(2, 2),
    torch.nn.ReLU(),
    torch.nn.Linear(2, 1, bias=False),
)
with torch.no_grad():
    model[0].weight.copy_(torch.tensor([[0.0, 1.0], [1.0, 10.0]]))
    model[0].bias.copy_(torch.tensor([0.0, -20.0]))
    model[2].weight.copy_(torch.tensor([[2.0, 12.0]]))
optimizer = torch.optim.SGD(model.parameters(), lr=1e-5)
before = model(x)
loss = torch.nn.functional.mse_loss(before, y)
loss.backward()
optimizer.step()
after = model(x)
print(f"{before.item():.4f} {after.item():.4f}")
"""


@dataclass(frozen=True)
class Library:
    """A library, the package that installs it, and the program in it. `how` says in one
    sentence what is particular about writing a network in it."""

    key: str
    title: str
    package: str
    how: str
    program: str

    @property
    def fingerprint(self) -> str:
        """Stays the same while the program does."""
        return hashlib.sha256(self.program.encode()).hexdigest()


LIBRARIES: tuple[Library, ...] = (
    Library("keras", "Keras 3", "keras", "You name layers; Keras does the rest.", _KERAS),
    Library(
        "tensorflow",
        "TensorFlow",
        "tensorflow",
        "You write the sums; a tape records them, and gives the slopes.",
        _TENSORFLOW,
    ),
    Library(
        "jax",
        "JAX",
        "jax",
        "You write a function of the weights; JAX makes the function of its slopes.",
        _JAX,
    ),
    Library(
        "torch",
        "PyTorch",
        "torch",
        "You name layers; each result remembers where it came from, and goes back.",
        _PYTORCH,
    ),
)


@dataclass(frozen=True)
class LibraryRun:
    """A program was run: with which version of its library, and what it printed."""

    version: str
    printed: str


def read_runs(text: str) -> dict[str, LibraryRun]:
    """The runs on record, by the library's key. A run of another program than the one shown
    does not count: that one has been read, and not run."""
    record = json.loads(text)
    return {
        library.key: LibraryRun(record[library.key]["version"], record[library.key]["printed"])
        for library in LIBRARIES
        if record.get(library.key, {}).get("fingerprint") == library.fingerprint
    }


@cache
def recorded_runs() -> dict[str, LibraryRun]:
    """What the bundled record says of the programs that are shown."""
    return read_runs(RECORD_PATH.read_text("utf-8"))
