"""One hidden node close up, for the idea: what comes in, its weights, and what it passes on."""

import streamlit as st

from components.concepts.dense_network import DenseLayer, DenseNetwork, ForwardTrace, Node, forward
from components.figures.network_diagram import draw_forward
from components.widgets.network_diagram import network_diagram


def close_up(trace: ForwardTrace, node: Node) -> ForwardTrace:
    """The forward pass through this node alone, as a network of one node."""
    layer, before = trace.network.layers[node.layer], trace.layers[node.layer].inputs
    bias = None if layer.bias is None else (layer.bias[node.index],)
    alone = DenseLayer((layer.weights[node.index],), bias, layer.activation)
    return forward(DenseNetwork((alone,), trace.network.input_names, ("node",)), before)


def show_one_node(trace: ForwardTrace, node: Node) -> None:
    """Draw a node of the first hidden layer by itself, with its sum written under it."""
    with st.container(width=560):
        network_diagram(draw_forward(close_up(trace, node), step=1), "forward_propagation.node")
