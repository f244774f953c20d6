"""What a browser needs to follow a drawn network while a slider is dragged.

It then computes the few values by itself, and does not have to wait for the server, whose
drawing follows and counts. A browser test holds the two to each other.
"""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from components.concepts.dense_network import DenseNetwork, Edge, Node

KNOWN_ACTIVATIONS = ("relu", "linear")  # those that network_preview.js has


class NodePreview(TypedDict):
    """A node by the names of the settings that hold its weights; `bias` is empty for none."""

    name: str
    bias: str
    weights: list[str]


class LayerPreview(TypedDict):
    """A layer: the name of its activation in a sum written out, empty for none, and its nodes."""

    activation: str
    nodes: list[NodePreview]


class NetworkPreview(TypedDict):
    """A network whose numbers are settings: the names of its inputs, and its layers."""

    inputs: list[str]
    layers: list[LayerPreview]


def preview_of(
    network: DenseNetwork, weights: Mapping[Edge, str], inputs: Sequence[str]
) -> NetworkPreview | None:
    """The network by the names of its sliders; None where an activation is too much for it.

    `weights` has the name of every edge's setting, `inputs` those of the inputs in order.
    """
    if any(layer.activation not in KNOWN_ACTIVATIONS for layer in network.layers):
        return None
    layers: list[LayerPreview] = []
    for number, layer in enumerate(network.layers):
        nodes: list[NodePreview] = [
            {
                "name": network.node_name(Node(number, index)),
                "bias": "" if layer.bias is None else weights[Edge(number, None, index)],
                "weights": [weights[Edge(number, start, index)] for start in range(layer.n_inputs)],
            }
            for index in range(layer.n_nodes)
        ]
        activation = "" if layer.activation == "linear" else layer.function.title
        layers.append({"activation": activation, "nodes": nodes})
    return {"inputs": list(inputs), "layers": layers}
