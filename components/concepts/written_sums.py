"""Sums written out with the real numbers, as a person would on paper: 1·(-20) + 12·1 = -8."""

from collections.abc import Iterable

from components.concepts.back_propagation import LedgerRow
from components.concepts.dense_network import ForwardTrace, Node


def number(value: float, digits: int = 6) -> str:
    """A number with at most `digits` significant digits, never "-0"."""
    text = f"{value:.{digits}g}"
    return "0" if text == "-0" else text


def rounded(value: float, places: int = 4) -> str:
    """A number with at most so many decimal places, for numbers that are compared on a page.

    From ten million on it is written with six significant digits.
    """
    if abs(value) >= 1e7:
        return number(value)
    text = f"{value:.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def factor(value: float, digits: int = 6) -> str:
    """A number as it stands behind a multiplication sign: a negative one in brackets."""
    text = number(value, digits)
    return f"({text})" if text.startswith("-") else text


def written_products(pairs: Iterable[tuple[float, float]], digits: int = 6) -> str:
    """Products added up, "1·(-20) + 12·1": each value in front of its weight."""
    terms = [f"{factor(value, digits)}·{factor(weight, digits)}" for value, weight in pairs]
    return " + ".join(terms) if terms else "0"


def written_sum(trace: ForwardTrace, node: Node, digits: int = 6) -> str:
    """A node's sum, "1·(-20) + 12·1 + 1·10 = 2"."""
    pairs = (
        (trace.start_value(edge), trace.network.weight(edge)) for edge in trace.edges_into(node)
    )
    return f"{written_products(pairs, digits)} = {number(trace.sum(node), digits)}"


def written_activation(trace: ForwardTrace, node: Node, digits: int = 6) -> str:
    """What the activation makes of a node's sum, "ReLU(2) = 2"; empty where there is none."""
    layer = trace.network.layers[node.layer]
    if layer.activation == "linear":
        return ""
    total, output = number(trace.sum(node), digits), number(trace.output(node), digits)
    return f"{layer.function.title}({total}) = {output}"


def written_slope(row: LedgerRow, digits: int = 6) -> str:
    """An edge's account, "13 × 192 = 2496": value at its start × slope at its end."""
    start, end = factor(row.start_value, digits), factor(row.end_slope, digits)
    return f"{start} × {end} = {number(row.slope, digits)}"
