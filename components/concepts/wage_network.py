"""The workshop's wage network: education and tech job in, two hidden nodes, a wage out.

Its eight weights have names. The sliders, the URL and the Keras programs use the same names,
so that a network set by hand on one page can be taken along to the next.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.concepts.dense_network import DenseLayer, DenseNetwork, Edge, predict

WORKSHOP_WEIGHTS: dict[str, float] = {
    "h1_bias": 0.0,
    "h1_education": 0.0,
    "h1_tech": 1.0,
    "h2_bias": -20.0,
    "h2_education": 1.0,
    "h2_tech": 10.0,
    "wage_h1": 2.0,
    "wage_h2": 12.0,
}

EDGES: dict[str, Edge] = {
    "h1_bias": Edge(0, None, 0),
    "h1_education": Edge(0, 0, 0),
    "h1_tech": Edge(0, 1, 0),
    "h2_bias": Edge(0, None, 1),
    "h2_education": Edge(0, 0, 1),
    "h2_tech": Edge(0, 1, 1),
    "wage_h1": Edge(1, 0, 0),
    "wage_h2": Edge(1, 1, 0),
}
WEIGHT_NAMES: dict[Edge, str] = {edge: name for name, edge in EDGES.items()}


def wage_network(
    weights: Mapping[str, float] = WORKSHOP_WEIGHTS, activation: str = "relu"
) -> DenseNetwork:
    """The network with the weights of that table; `weights` needs all eight names.

    The hidden layer has a bias, the wage has none and no activation, as in the workshop.
    """
    w = {name: float(weights[name]) for name in WORKSHOP_WEIGHTS}
    hidden = DenseLayer(
        ((w["h1_education"], w["h1_tech"]), (w["h2_education"], w["h2_tech"])),
        (w["h1_bias"], w["h2_bias"]),
        activation,
    )
    wage = DenseLayer(((w["wage_h1"], w["wage_h2"]),), None, "linear")
    return DenseNetwork((hidden, wage), ("education", "tech job"), ("wage",))


def weights_of(network: DenseNetwork) -> dict[str, float]:
    """The eight weights of a wage network by name, as `wage_network` takes them."""
    return {name: network.weight(edge) for name, edge in EDGES.items()}


WAGE_NETWORK = wage_network()


def interactions(network: DenseNetwork, educations: ArrayLike = (12, 13)) -> NDArray[np.float64]:
    """The table of predictions, shape (n_educations, 2): a row for each education, and a column
    each for tech job 0 and 1.
    """
    cells = [[education, tech] for education in np.asarray(educations) for tech in (0.0, 1.0)]
    return predict(network, cells).reshape(-1, 2)


def worth_of_a_year(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the step from the first row to the second is worth, shape (2,): outside and in tech.

    Where the two differ, education and tech job interact.
    """
    return table[1] - table[0]
