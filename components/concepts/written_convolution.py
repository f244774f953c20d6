"""A convolution in writing: its sum of products, and the size of its output."""

from components.concepts.convolution import Along, Window
from components.concepts.written_sums import number, written_products

WRITTEN_PRODUCTS = 9  # a larger window is written row by row


def written_window(window: Window, digits: int = 6) -> str:
    """A window's sum, "200·1.5 + … = 600"; of a large one the sums of its rows."""
    total = number(window.total, digits)
    if window.weights.size <= WRITTEN_PRODUCTS:
        pairs = zip(window.pixels.ravel(), window.weights.ravel(), strict=True)
        return f"{written_products(((float(p), float(w)) for p, w in pairs), digits)} = {total}"
    rows = [number(float(row.sum()), digits) for row in window.products]
    sums = " + ".join(f"({row})" if row.startswith("-") else row for row in rows)
    return f"{sums} = {total}"


def written_size(along: Along) -> str:
    """The output's size by its formula, "⌊(28 + 0 − 1·(2 − 1) − 1) ÷ 1⌋ + 1 = 27"."""
    quotient = number(along.room / along.stride)
    return (
        f"⌊({along.size} + {along.padded} − {along.dilation}·({along.kernel} − 1) − 1) ÷ "
        f"{along.stride}⌋ + 1 = ⌊{quotient}⌋ + 1 = {along.output}"
    )


def written_rest(along: Along) -> str:
    """What the floor takes away, in a sentence."""
    rest = along.dropped
    if rest == 0:
        return "The windows come out even: the floor takes nothing away."
    lines = "row and column" if rest == 1 else f"{rest} rows and columns"
    end = "padding included" if along.padded else "shaded"
    return f"The floor rounds down: the last {lines} ({end}) get no window."
