"""What a network diagram shows, whatever it looks like, and the same in words."""

from dataclasses import dataclass

from components.concepts.back_propagation import BackTrace
from components.concepts.dense_network import Edge, ForwardTrace, Node
from components.concepts.written_sums import (
    number,
    written_activation,
    written_products,
    written_sum,
)

UNKNOWN = "?"


@dataclass(frozen=True)
class NetworkView:
    """What one diagram shows, whatever its size: texts and strengths, and what is lit."""

    forward: ForwardTrace
    back: BackTrace | None
    known: frozenset[Node]
    current: Node | None
    selected: Edge | None

    def strength(self, edge: Edge) -> float | None:
        """The number on an edge, None while it is not known yet."""
        if self.back is None:
            return self.forward.network.weight(edge)
        return self.back.slope(edge) if Node(edge.layer, edge.end) in self.known else None

    def is_lit(self, edge: Edge) -> bool:
        """Whether an edge belongs to the step at hand; all do where there is no step."""
        return self.current is None or Node(edge.layer, edge.end) == self.current


def written_step(view: NetworkView, node: Node) -> str:
    """The step at a node written out with its numbers."""
    name = view.forward.network.node_name(node)
    if view.back is None:
        text = f"{name}: {written_sum(view.forward, node)}"
        activation = written_activation(view.forward, node)
        return f"{text}, {activation}" if activation else text
    return f"{name}: {_written_node_slope(view.back, node)}"


def _written_node_slope(back: BackTrace, node: Node) -> str:
    """How the slopes of a node come about: from its output's to its sum's."""
    network = back.forward.network
    following = [e for e in network.edges if e.layer == node.layer + 1 and e.start == node.index]
    output = number(back.output_slope(node))
    if following:
        pairs = ((back.sum_slope(Node(e.layer, e.end)), network.weight(e)) for e in following)
        text = f"slope of its output {written_products(pairs)} = {output}"
    else:
        text = f"slope of the {back.loss.title} {output}"
    layer = network.layers[node.layer]
    if layer.activation == "linear":
        return text
    steepness = number(float(layer.function.slope(back.forward.sum(node))))
    total, result = number(back.forward.sum(node)), number(back.sum_slope(node))
    return (
        f"{text}; {layer.function.title} at {total} has slope {steepness}, so its sum has {result}"
    )


def in_words(view: NetworkView) -> str:
    """The whole diagram as text, with the same numbers."""
    network, trace = view.forward.network, view.forward
    inputs = [
        f"{name} {number(value)}"
        for name, value in zip(network.input_names, trace.inputs.tolist(), strict=True)
    ]
    sentences = [f"Network. Inputs: {', '.join(inputs)}."]
    for node in network.nodes:
        name = network.node_name(node)
        if node not in view.known:
            what = "value" if view.back is None else "slope"
            sentences.append(f"{_capital(name)}: {what} not known yet.")
            continue
        sentences.append(f"{_capital(written_step(view, node))}.")
        if view.back is not None:
            slopes = [
                f"{network.start_name(edge)} {number(view.back.slope(edge))}"
                for edge in trace.edges_into(node)
            ]
            sentences.append(f"Slopes of its weights: {', '.join(slopes)}.")
    if view.current is not None:
        sentences.append(f"At hand: {network.node_name(view.current)}.")
    return " ".join(sentences)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
