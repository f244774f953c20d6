"""Random networks and inputs for the property tests."""

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from components.concepts.activations import ACTIVATIONS
from components.concepts.dense_network import DenseNetwork, random_network


class Case(NamedTuple):
    """A network with inputs, and what the outputs should have been."""

    network: DenseNetwork
    inputs: NDArray[np.float64]
    actual: NDArray[np.float64]


@st.composite
def cases(draw: st.DrawFn, n_outputs: int | None = None, max_hidden: int = 4) -> Case:
    """Networks of random depth, width, activation, weights and inputs."""
    outputs = n_outputs or draw(st.integers(1, 3))
    hidden = draw(st.lists(st.integers(1, 4), max_size=max_hidden))
    sizes = [draw(st.integers(1, 4)), *hidden, outputs]
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    activation = draw(st.sampled_from(list(ACTIVATIONS)))
    network = random_network(sizes, activation, rng, bias=draw(st.booleans()))
    return Case(network, rng.normal(0, 2, sizes[0]), rng.normal(0, 2, outputs))
