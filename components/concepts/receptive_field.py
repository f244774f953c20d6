"""What a value deep in a network has seen: its receptive field in the picture.

Pure arithmetic with the kernels, strides and paddings on the way. Both sides of a picture are
alike here, so all lengths are along one side, in pixels.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from components.concepts.convolution import Along, Padding


@dataclass(frozen=True)
class Step:
    """One convolution or pooling on the way from the picture to a map."""

    kernel: int
    stride: int = 1
    padding: Padding = "valid"
    pools: bool = False


def map_side(size: int, steps: Sequence[Step]) -> int:
    """How many values long a map is after these steps, from a picture of `size` pixels.

    Raises ConvolutionError where a kernel does not fit.
    """
    for step in steps:
        size = _along(size, step).output
    return size


def jump(steps: Sequence[Step]) -> int:
    """How many pixels lie between the fields of two neighbours: the strides multiplied."""
    return math.prod(step.stride for step in steps)


def field_size(steps: Sequence[Step]) -> int:
    """The length of the receptive field far from the border.

    It starts at 1; each step adds (kernel − 1) times the strides of all steps before it.
    """
    return 1 + sum((step.kernel - 1) * jump(steps[:place]) for place, step in enumerate(steps))


def fields(size: int, steps: Sequence[Step]) -> list[tuple[int, int]]:
    """For each place along a map, the first and the last pixel that its value depends on.

    At the border part of the field lies outside the picture, on the zeros of the padding; it is
    left out.
    """
    sizes = [size]
    for step in steps:
        sizes.append(_along(sizes[-1], step).output)
    found = [(place, place) for place in range(sizes[-1])]
    for step, before in zip(reversed(steps), reversed(sizes[:-1]), strict=True):
        along = _along(before, step)
        found = [_reads(along, first, last) for first, last in found]
    return found


def written_field(steps: Sequence[Step]) -> str:
    """The size of the field with its numbers put in: "1 + (2 − 1)·1 + (3 − 1)·2 = 6"."""
    parts = [f"({step.kernel} − 1)·{jump(steps[:place])}" for place, step in enumerate(steps)]
    return f"{' + '.join(['1', *parts])} = {field_size(steps)}"


def _along(size: int, step: Step) -> Along:
    return Along(size, step.kernel, step.stride, step.padding)


def _reads(along: Along, first: int, last: int) -> tuple[int, int]:
    """What the outputs from `first` to `last` read of the input, without the padding."""
    start = first * along.stride - along.before
    end = last * along.stride - along.before + along.reach - 1
    return max(start, 0), min(end, along.size - 1)
