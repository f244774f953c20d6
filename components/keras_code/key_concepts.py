"""The five lessons of Key Concepts as Keras programs, with the values now on the page.

Each function gives a script that a learner can read and run; its last line of output is the
page's number. Cells are marked so that the script can be made a notebook.
"""

from collections.abc import Sequence

from components.concepts import wage_data
from components.concepts.back_propagation import BackTrace
from components.concepts.dense_network import DenseLayer, DenseNetwork, Node
from components.concepts.gradient_descent import Walk
from components.concepts.linear_model import LinearModel

_HEAD = """# %% [markdown]
# {title}
# Needs `pip install keras tensorflow` (or jax with KERAS_BACKEND=jax). Run it from top to bottom.

# %%
import keras
import numpy as np
"""

_WORKERS = """
# %% [markdown]
# The workers, drawn from the same process and the same seed as on the page: their education
# and experience in years, 1 for a big city, 1 for technology (0 for construction).

# %%
rng = np.random.default_rng({seed})
n_workers = {n_workers}
industry = rng.integers(0, 2, n_workers)
education = np.clip(np.round(rng.normal(12.5 + 1.5 * industry, 2.2)), 8, 18)
experience = np.round(rng.uniform(0, 35, n_workers))
region = rng.integers(0, 2, n_workers)
worth_of_a_year = np.where(industry == 1, {technology}, {construction})
wage = (
    {base}
    + worth_of_a_year * (education - {equal_at})
    + {per_experience} * experience
    + {in_city} * region
    + rng.normal(0, {noise}, n_workers)
)
wage = np.maximum(np.round(wage, 2), 4.0)
"""

_LINEAR = """
# %% [markdown]
# A linear model is one Dense node without an activation. What goes in: {terms}.

# %%
inputs = np.column_stack([{columns}]).astype("float32")
model = keras.Sequential([keras.Input(({n_terms},)), keras.layers.Dense(1)])
model.set_weights([np.array({weights}), np.array([{bias!r}])])

# %% [markdown]
# The typical size of its error, in dollars an hour.

# %%
predicted = model.predict(inputs, verbose=0)[:, 0]
print(np.sqrt(np.mean((predicted - wage) ** 2)))
"""

_MODEL = """
# %% [markdown]
# The network. In Keras a bias is no input of its own: it stands apart from the weights, and
# `use_bias=False` leaves it out. Each row of weights belongs to one value that comes in.

# %%
model = keras.Sequential(
    [
        keras.Input(({n_inputs},)),  # {input_names}
{layers}
    ]
)
model.set_weights(
    [
{weights}
    ]
)
"""

_FORWARD = """
# %% [markdown]
# The forward pass: first the hidden layer{plural}, then the prediction.

# %%
inputs = np.array([{inputs}])
values = inputs
for layer in model.layers:
    values = layer(values)
    print(layer.name, np.array(values)[0])

# %%
print(float(model.predict(inputs, verbose=0)[0, 0]))
"""

_ACTIVATION = """
# %% [markdown]
# The activation by itself, for a node whose sum is {x:g}.

# %%
f = keras.activations.get("{activation}")
print(float(f(keras.ops.convert_to_tensor({x!r}))))
"""

_INTERACTIONS = """
# %% [markdown]
# Four predictions: a row for each education, a column each for tech job 0 and 1.

# %%
cells = np.array([[education, tech] for education in {educations} for tech in (0, 1)], "float32")
table = model.predict(cells, verbose=0).reshape(2, 2)
print(table)

# %% [markdown]
# How much more the further education is worth in a tech job than elsewhere: 0 is no interaction.

# %%
worth = table[1] - table[0]
print(float(worth[1] - worth[0]))
"""

_DESCENT = """
# %% [markdown]
# The loss is a layer with the weights to learn. It takes no notice of its input.

# %%
keras.config.set_floatx("float64")  # as many digits as on the page


class Loss(keras.layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=({n_weights},), name="w")

    def call(self, inputs):
        w = self.w
        return 0 * inputs + ({loss})


nothing = np.zeros((1, 1))
layer = Loss()
model = keras.Sequential([keras.Input((1,)), layer])
layer.w.assign({start})

# %% [markdown]
# Walk downhill: each epoch is one step, with the slopes that Keras finds by itself.{note}

# %%
model.compile(
    optimizer={optimiser},
    loss=lambda nothing, loss: keras.ops.mean(loss),
)
if {n_steps} > 0:
    model.fit(nothing, nothing, epochs={n_steps}, verbose=0)
print("w =", np.array(layer.w))
print(float(model.predict(nothing, verbose=0)[0, 0]))
"""

_BACK = """
# %% [markdown]
# Forward pass and loss: what the network says, and how wrong that is.

# %%
inputs = np.array([{inputs}])
actual = np.array([[{actual!r}]])
model.compile(optimizer=keras.optimizers.SGD(learning_rate=1.0), loss="{loss}")
print("prediction", float(model.predict(inputs, verbose=0)[0, 0]))

# %% [markdown]
# Back-propagation. A step with a learning rate of 1 takes each slope off its weight, so the
# slopes are the difference between the weights before and after.

# %%
before = model.get_weights()
print("loss", float(model.train_on_batch(inputs, actual)))
slopes = [b - a for b, a in zip(before, model.get_weights())]
for slope in slopes:
    print(slope)

# %% [markdown]
# One step of learning: every weight minus learning rate times its slope. Then predict again.

# %%
learning_rate = {learning_rate!r}
model.set_weights([weight - learning_rate * slope for weight, slope in zip(before, slopes)])
print(float(model.predict(inputs, verbose=0)[0, 0]))
"""


def linear_models(model: LinearModel) -> str:
    """Lesson 1.1: the filled-in blanks on the generated workers; prints the typical error."""
    columns = [*model.input_names]
    columns += [f"{model.input_names[a]} * {model.input_names[b]}" for a, b in model.products]
    workers = _WORKERS.format(
        seed=wage_data.SEED,
        n_workers=wage_data.N_WORKERS,
        technology=wage_data.TECHNOLOGY_PER_YEAR,
        construction=wage_data.CONSTRUCTION_PER_YEAR,
        base=wage_data.BASE_WAGE,
        equal_at=wage_data.EQUAL_AT,
        per_experience=wage_data.PER_YEAR_OF_EXPERIENCE,
        in_city=wage_data.IN_A_BIG_CITY,
        noise=wage_data.NOISE,
    )
    linear = _LINEAR.format(
        terms=", ".join(model.term_names()),
        columns=", ".join(columns),
        n_terms=len(columns),
        weights=[[weight] for weight in model.weights + model.product_weights],
        bias=model.bias,
    )
    return _HEAD.format(title="A linear model of the wage.") + workers + linear


def forward_propagation(network: DenseNetwork, inputs: Sequence[float]) -> str:
    """Lesson 1.2: the network set by hand; prints its prediction. Needs one output."""
    forward = _FORWARD.format(
        inputs=_row(inputs), plural="s, one by one" if len(network.layers) > 2 else ""
    )
    return _HEAD.format(title="Forward propagation.") + _model(network) + forward


def activation_functions(
    network: DenseNetwork, x: float, educations: tuple[float, float] = (12.0, 13.0)
) -> str:
    """Lesson 1.3: the activation at x, and the table of predictions; prints the interaction.

    The network takes education and tech job, as the wage network does.
    """
    activation = _ACTIVATION.format(x=float(x), activation=network.layers[0].activation)
    table = _INTERACTIONS.format(educations=tuple(float(value) for value in educations))
    head = _HEAD.format(title="Activation functions and interactions.")
    return head + activation + _model(network) + table


def gradient_descent(walk: Walk) -> str:
    """Lesson 1.4: the same walk downhill; prints the loss at its end."""
    note = "\n# On the page the walk diverged; this one stops where it was last in sight."
    start = [float(weight) for weight in walk.weights[0]]
    descent = _DESCENT.format(
        n_weights=walk.landscape.n_weights,
        loss=walk.landscape.keras_code,
        start=start,
        optimiser=walk.optimiser.keras.format(repr(walk.learning_rate)),
        n_steps=walk.n_steps,
        note=note if walk.diverged else "",
    )
    return _HEAD.format(title=f"Gradient descent on the {walk.landscape.title}.") + descent


def back_propagation(trace: BackTrace, learning_rate: float) -> str:
    """Lesson 1.5: all slopes, and one step; prints the prediction after it. Needs one output."""
    network = trace.forward.network
    back = _BACK.format(
        inputs=_row(trace.forward.inputs.tolist()),
        actual=float(trace.actual[0]),
        loss=trace.loss.name,
        learning_rate=learning_rate,
    )
    return _HEAD.format(title="Back-propagation and one step of learning.") + _model(network) + back


def _model(network: DenseNetwork) -> str:
    """The network as a Keras model with these weights."""
    weights = [line for layer in network.layers for line in _weight_lines(layer)]
    layers = [
        f"        {_layer_line(layer)},  # "
        + ", ".join(network.node_name(Node(place, index)) for index in range(layer.n_nodes))
        for place, layer in enumerate(network.layers)
    ]
    return _MODEL.format(
        n_inputs=len(network.input_names),
        input_names=", ".join(network.input_names),
        layers="\n".join(layers),
        weights="\n".join(f"        np.array({line})," for line in weights),
    )


def _layer_line(layer: DenseLayer) -> str:
    options = [str(layer.n_nodes)]
    options += [f'activation="{layer.activation}"'] if layer.activation != "linear" else []
    options += ["use_bias=False"] if layer.bias is None else []
    return f"keras.layers.Dense({', '.join(options)})"


def _weight_lines(layer: DenseLayer) -> list[str]:
    """A layer's weights as Keras has them, (n_inputs, n_nodes), and its biases."""
    kernel = [list(column) for column in zip(*layer.weights, strict=True)]
    return [str(kernel)] + ([] if layer.bias is None else [str(list(layer.bias))])


def _row(values: Sequence[float]) -> str:
    return str([float(value) for value in values])
