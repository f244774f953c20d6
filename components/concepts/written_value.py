"""The arithmetic behind one value of a map, written out line by line."""

from components.concepts.value_behind import Part, ValueTrace
from components.concepts.written_sums import factor, number

DIGITS = 4
MOST_PRODUCTS = 12  # written out in all; those of further channels are given as their sum
MOST_PARTS = 3  # channels that are named; the others are given as one sum
COLOURS = ("red", "green", "blue")
FUNCTIONS = {"relu": "ReLU", "tanh": "tanh", "sigmoid": "sigmoid"}


def written_value(trace: ValueTrace, from_picture: bool) -> list[str]:
    """The lines of the sum behind a value, the last one ending with the value itself.

    `from_picture` says that the stage reads the picture: its channels are colours then.
    """
    if trace.how == "largest":
        values = ", ".join(_n(value) for value in trace.parts[0].values.ravel().tolist())
        return [f"the largest of {values} = {_n(trace.value)}"]
    if trace.how == "mean":
        part = trace.parts[0]
        return [f"the mean of the {part.values.size} values of map {part.channel + 1}"
                f" = {_n(trace.value)}"]  # fmt: skip
    if trace.how == "norm":
        lines = [f"value {_n(trace.collected)}"]
        return [*lines, _scaled(trace)]
    return [*_products(trace, from_picture), *_rest(trace)]


def _products(trace: ValueTrace, from_picture: bool) -> list[str]:
    """The channels that count most, strongest first, and the sum of all the others."""
    by_size = sorted(trace.parts, key=lambda part: -abs(part.total))
    shown, others = by_size[:MOST_PARTS], by_size[MOST_PARTS:]
    if len(others) == 1:
        shown, others = by_size, []
    lines, room = [], MOST_PRODUCTS
    for part in shown:
        name = _name(part, len(trace.parts), from_picture)
        room -= part.values.size
        lines.append(f"{name}: {_sum_of(part, room >= 0)} = {_n(part.total)}")
    if others:
        count = sum(part.values.size for part in others)
        total = _n(sum(part.total for part in others))
        lines.append(f"{len(others)} more, {count:,} products: {total}")
    if len(trace.parts) > 1:
        lines.append(f"all products: {_n(trace.collected)}")
    return lines


def _rest(trace: ValueTrace) -> list[str]:
    """Bias, batch-norm, shortcut and activation."""
    lines, value = [], trace.collected
    if trace.bias is not None:
        value += trace.bias
        lines.append(f"+ bias {factor(trace.bias, DIGITS)} = {_n(value)}")
    if trace.scale is not None:
        lines.append(_scaled(trace))
    if trace.shortcut is not None:
        lines.append(f"+ shortcut {factor(trace.shortcut, DIGITS)} = {_n(trace.before)}")
    if trace.stage.activation in FUNCTIONS:
        function = FUNCTIONS[trace.stage.activation]
        lines.append(f"{function}({_n(trace.before)}) = {_n(trace.value)}")
    elif trace.stage.activation == "softmax":
        lines.append(
            f"softmax: e^{factor(trace.before, DIGITS)} ÷ the sum of e^z over all "
            f"{trace.stage.shape[2]} nodes = {_n(trace.value)}"
        )
    return lines


def _scaled(trace: ValueTrace) -> str:
    """What the batch-norm does."""
    start = trace.collected + (trace.bias or 0.0)
    scale, shift = trace.scale or 0.0, trace.shift or 0.0
    return (
        f"batch-norm: {factor(start, DIGITS)}·{factor(scale, DIGITS)} + {factor(shift, DIGITS)}"
        f" = {_n(start * scale + shift)}"
    )


def _sum_of(part: Part, in_full: bool) -> str:
    pairs = list(zip(part.values.ravel().tolist(), part.weights.ravel().tolist(), strict=True))
    if not in_full and len(pairs) > 1:
        return f"{len(pairs)} products"
    return " + ".join(f"{_f(value)}·{_f(weight)}" for value, weight in pairs)


def _name(part: Part, n_channels: int, from_picture: bool) -> str:
    if not from_picture:
        return f"map {part.channel + 1}"
    return "picture" if n_channels == 1 else COLOURS[part.channel]


def _n(value: float) -> str:
    return number(float(value), DIGITS)


def _f(value: float) -> str:
    return factor(float(value), 3)
