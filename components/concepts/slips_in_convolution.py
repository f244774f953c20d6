"""The usual slips with a convolution: in one sum of products, and in the size of the output."""

import math
from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from components.concepts.convolution import Along, Array
from components.concepts.slips import Slip
from components.concepts.written_sums import number


def slips_in_sum(pixels: ArrayLike, kernel: ArrayLike) -> tuple[Slip, ...]:
    """The usual slips on the way to the sum of products of a window and a kernel, same shape."""
    window, weights = np.asarray(pixels, np.float64), np.asarray(kernel, np.float64)
    return tuple(_slips_in_sum(window, weights))


def _slips_in_sum(window: Array, weights: Array) -> Iterator[Slip]:
    right = window * weights
    yield Slip(
        "turned the kernel by half a turn first, as mathematics does; here it stays as it is",
        float((window * weights[::-1, ::-1]).sum()),
    )
    yield Slip(
        "read the kernel column by column instead of row by row",
        float((window * weights.T).sum()),
    )
    yield Slip("added up the pixels and left the weights out", float(window.sum()))
    yield Slip(
        "added pixels and weights instead of multiplying them", float((window + weights).sum())
    )
    yield Slip("lost the minus signs of the kernel", float((window * np.abs(weights)).sum()))
    yield Slip("turned the signs of the kernel round", float(-right.sum()))
    yield Slip("took the mean of the products and not their sum", float(right.mean()))
    for row, column in product(range(weights.shape[0]), range(weights.shape[1])):
        here = float(right[row, column])
        name = f"{number(window[row, column])}·{number(weights[row, column])}"
        where = f"in row {row + 1}, column {column + 1}"
        yield Slip(f"forgot the product {name} {where}", float(right.sum()) - here)
        if weights[row, column] < 0:
            lost = f"lost the minus sign of the weight {where}"
            yield Slip(lost, float(right.sum()) - 2 * here)


def slips_in_output_size(along: Along) -> tuple[Slip, ...]:
    """The usual slips in the output's length along one side."""
    size, padded, stride = along.size, along.padded, along.stride
    steps = along.room / stride
    undilated = size + padded - along.kernel
    other = (size if padded else size + along.reach - 1) - along.reach
    return (
        Slip("rounded up; the floor rounds down, as half a window gives nothing", _up(steps) + 1),
        Slip("forgot the floor: a number of windows is whole", steps + 1),
        Slip("forgot the + 1 for the window at the start", float(along.room // stride)),
        Slip("left out the dilation", float(undilated // stride + 1)),
        Slip("forgot the stride: the kernel does not stop at every pixel", float(along.room + 1)),
        Slip(
            "left out the padding" if padded else "added padding, and “valid” has none",
            float(max(other, 0) // stride + 1),
        ),
        Slip(
            "counted the padding of one side only",
            float(max(along.room - padded + along.before, 0) // stride + 1),
        ),
        Slip(
            "took the kernel's side away and did not add 1 again",
            float(max(undilated, 0) // stride),
        ),
        Slip("gave the size of the picture; the output is smaller", float(size)),
        Slip("divided the picture by the stride and forgot the kernel", float(size // stride)),
    )


def _up(value: float) -> float:
    return float(math.ceil(value))
