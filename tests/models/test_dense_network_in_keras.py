"""The textbook against Keras, on random networks: predictions, slopes, optimisers, activations."""

from collections.abc import Sequence

import keras
import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray

from components.concepts.activations import ACTIVATIONS
from components.concepts.back_propagation import back_propagate
from components.concepts.dense_network import DenseNetwork, forward, predict, random_network
from components.concepts.losses import LOSSES
from components.concepts.optimisers import OPTIMISERS, empty_memory
from components.concepts.wage_network import WAGE_NETWORK

SIZES: list[Sequence[int]] = [(2, 2, 1), (3, 4, 1), (1, 3, 3, 2), (4, 2, 3, 2, 1)]


def in_keras(network: DenseNetwork) -> keras.Sequential:
    """The same network in Keras, in double precision: a bias stands apart from the weights."""
    layers = [
        keras.layers.Dense(
            layer.n_nodes,
            activation=layer.activation,
            use_bias=layer.bias is not None,
            dtype="float64",
        )
        for layer in network.layers
    ]
    model = keras.Sequential([keras.Input((len(network.input_names),), dtype="float64"), *layers])
    weights: list[NDArray[np.float64]] = []
    for layer in network.layers:
        weights.append(np.array(layer.weights).T)
        weights += [] if layer.bias is None else [np.array(layer.bias)]
    model.set_weights(weights)
    return model


@pytest.fixture(params=[(n, a) for n in range(len(SIZES)) for a in ACTIVATIONS], ids=str)
def network(request: pytest.FixtureRequest) -> DenseNetwork:
    place, activation = request.param
    rng = np.random.default_rng(place)
    return random_network(SIZES[place], activation, rng, bias=place % 2 == 0)


def test_the_same_predictions(network: DenseNetwork) -> None:
    rng = np.random.default_rng(7)
    inputs = rng.normal(0, 2, (20, len(network.input_names)))
    np.testing.assert_allclose(
        in_keras(network).predict_on_batch(inputs), predict(network, inputs), atol=1e-5
    )


@pytest.mark.parametrize("loss", LOSSES)
def test_the_same_slopes(network: DenseNetwork, loss: str) -> None:
    rng = np.random.default_rng(8)
    inputs = rng.normal(0, 2, len(network.input_names))
    actual = rng.normal(0, 2, len(network.output_names))
    trace = back_propagate(network, inputs, actual, LOSSES[loss])
    model = in_keras(network)
    with tf.GradientTape() as tape:
        value = keras.losses.get(loss)(actual[None], model(inputs[None]))[0] * len(actual)
    slopes = tape.gradient(value, [weight.value for weight in model.trainable_weights])
    ours: list[NDArray[np.float64]] = []
    for layer in trace.layers:
        ours.append(layer.weights.T)
        ours += [] if layer.bias is None else [layer.bias]
    assert float(value) == pytest.approx(trace.loss_value, rel=1e-5)
    for theirs, mine in zip(slopes, ours, strict=True):
        np.testing.assert_allclose(theirs, mine, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("education", [12.0, 13.0])
def test_the_wage_network_with_its_bias(education: float) -> None:
    predicted = in_keras(WAGE_NETWORK).predict_on_batch(np.array([[education, 1.0]]))
    assert float(predicted[0, 0]) == forward(WAGE_NETWORK, [education, 1]).prediction


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_and_their_slopes(name: str) -> None:
    x = np.linspace(-6, 6, 241)  # the corner at 0 is one of them
    tensor = tf.Variable(x)
    with tf.GradientTape() as tape:
        values = keras.activations.get(name)(tensor)
    slopes = tape.gradient(values, tensor)
    np.testing.assert_allclose(ACTIVATIONS[name].value(x), values, atol=1e-5)
    np.testing.assert_allclose(ACTIVATIONS[name].slope(x), slopes, atol=1e-5)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_optimisers_take_the_same_steps(name: str) -> None:
    rng = np.random.default_rng(9)
    slopes = rng.normal(0, 1, (30, 3))
    weights, memory = np.array([1.0, -2.0, 0.5]), empty_memory(np.zeros(3))
    variable = keras.Variable(weights, dtype="float64")
    optimiser = eval(OPTIMISERS[name].keras.format(0.05), {"keras": keras})
    for slope in slopes:
        weights, memory = OPTIMISERS[name].step(weights, slope, memory, 0.05)
        optimiser.apply([keras.ops.convert_to_tensor(slope)], [variable])
    np.testing.assert_allclose(np.array(variable), weights, rtol=1e-5)
