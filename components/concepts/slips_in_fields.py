"""The usual slips with the receptive field, and with the size of the maps on the way."""

import math
from collections.abc import Sequence

from components.concepts.receptive_field import Step, field_size, jump, map_side
from components.concepts.slips import Slip


def slips_in_field_size(steps: Sequence[Step]) -> tuple[Slip, ...]:
    """The usual slips in the length of the receptive field after these steps."""
    last = steps[-1]
    too_far = sum((s.kernel - 1) * jump(steps[: place + 1]) for place, s in enumerate(steps))
    own = sum((s.kernel - 1) * s.stride for s in steps)
    unpooled = [step for step in steps if not step.pools]
    return (
        Slip(
            "forgot the strides: after a stride of 2, one step on the map is two pixels",
            float(1 + sum(step.kernel - 1 for step in steps)),
        ),
        Slip(
            "added up the kernels without taking 1 off each: they overlap",
            float(sum(step.kernel for step in steps)),
        ),
        Slip(
            "took the whole kernel each time, and not the kernel − 1",
            float(1 + sum(s.kernel * jump(steps[:place]) for place, s in enumerate(steps))),
        ),
        Slip("forgot the 1 that it starts with", float(field_size(steps) - 1)),
        Slip("looked at the last layer only", float(last.kernel)),
        Slip("multiplied the kernels", float(math.prod(step.kernel for step in steps))),
        Slip(
            "let a layer's own stride count for its own kernel; it counts from the next layer on",
            float(1 + too_far),
        ),
        Slip("took each layer's own stride alone, and not all strides before it", float(1 + own)),
        Slip("left out the pooling", float(field_size(unpooled))),
        Slip("left out the last layer", float(field_size(steps[:-1]))),
        Slip("gave the area, and not the side", float(field_size(steps) ** 2)),
    )


def slips_in_map_side(size: int, steps: Sequence[Step]) -> tuple[Slip, ...]:
    """The usual slips in how long a map is after these steps, from a picture of `size`."""
    shrunk = size - sum(s.kernel for s in steps if s.padding == "valid" and not s.pools)
    strides = jump(steps)
    return (
        Slip("forgot the strides and the pooling", float(_without_strides(size, steps))),
        Slip(
            "left out the pixels that a kernel without padding costs",
            float(size // strides),
        ),
        Slip(
            "took the whole kernel off the map, and not the kernel − 1",
            float(max(shrunk, 0) // strides),
        ),
        Slip("left out the last layer", float(map_side(size, steps[:-1]))),
        Slip("gave the size of the picture", float(size)),
        Slip("rounded up where half a window gives nothing", float(math.ceil(size / strides))),
    )


def _without_strides(size: int, steps: Sequence[Step]) -> int:
    lost = sum(s.kernel - 1 for s in steps if s.padding == "valid" and not s.pools)
    return max(size - lost, 0)
