"""Well-known kernels, of any size, and kernels written as text."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from components.concepts.convolution import Array
from components.concepts.written_sums import number

MAX_SIDE = 7
MAX_WEIGHT = 1000.0
EDGE_STRENGTH = 3.0  # what the positive weights of an edge kernel add up to
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)


@dataclass(frozen=True)
class KernelKind:
    """A kernel to choose: `make` gives it for a side of `smallest` pixels or more."""

    name: str
    does: str
    make: Callable[[int], Array]
    smallest: int = 1

    def of(self, side: int) -> Array:
        """The kernel (side, side). Raises ValueError where it can't be that small."""
        if side < self.smallest:
            raise ValueError(
                f"“{self.name}” compares neighbours: its kernel has to be {self.smallest} × "
                f"{self.smallest} at least."
            )
        return self.make(side)


def identity(side: int) -> Array:
    """One weight of 1 in the middle."""
    kernel = np.zeros((side, side))
    kernel[(side - 1) // 2, (side - 1) // 2] = 1
    return kernel


def blur(side: int) -> Array:
    """All weights alike, 1 together: the mean of the window."""
    return np.full((side, side), 1 / side**2)


def horizontal_edges(side: int) -> Array:
    """Positive rows over negative ones: the workshop's kernel where the side is 2."""
    half = side // 2
    kernel = np.zeros((side, side))
    kernel[:half], kernel[side - half :] = 1, -1
    return kernel * EDGE_STRENGTH / (side * half)


def vertical_edges(side: int) -> Array:
    """Positive columns left of negative ones."""
    return horizontal_edges(side).T


def sharpen(side: int) -> Array:
    """The pixel in the middle, and its difference to the others of its row and column."""
    middle = (side - 1) // 2
    kernel = np.zeros((side, side))
    kernel[middle, :] = kernel[:, middle] = -1
    kernel[middle, middle] = 2 * side - 1
    return kernel


def outline(side: int) -> Array:
    """The difference between the pixel in the middle and all others: 0 where all are alike."""
    kernel = np.full((side, side), -1.0)
    kernel[(side - 1) // 2, (side - 1) // 2] = side**2 - 1
    return kernel


def emboss(side: int) -> Array:
    """Light from the upper left: weights rise towards the lower right, 1 together."""
    places = np.arange(side)
    return np.add.outer(places, places) - (side - 1.0) + identity(side)


KINDS: dict[str, KernelKind] = {
    "horizontal": KernelKind(
        "Horizontal edges", "Finds edges between light above and dark below.", horizontal_edges, 2
    ),
    "vertical": KernelKind(
        "Vertical edges", "Finds edges between light on the left and dark.", vertical_edges, 2
    ),
    "sharpen": KernelKind("Sharpen", "Makes each pixel differ more from its neighbours.", sharpen),
    "blur": KernelKind("Blur", "Takes the mean of the neighbourhood.", blur),
    "emboss": KernelKind("Emboss", "Looks as if light fell from one corner.", emboss, 2),
    "outline": KernelKind("Outline", "Leaves only what differs from its neighbours.", outline, 2),
    "identity": KernelKind("Identity", "Leaves the picture as it is.", identity),
}

WORKSHOP_KERNEL = horizontal_edges(2)  # (1.5, 1.5; -1.5, -1.5)


def parse_kernel(text: str) -> Array:
    """The kernel written in `text`: rows end with a semicolon, "1 0 -1; 2 0 -2; 1 0 -1".

    Raises ValueError, in a sentence, for what is no square kernel of 1 to 7 pixels a side.
    """
    rows = [row.replace(",", " ").split() for row in text.strip().strip(";").split(";")]
    side = len(rows)
    if not 1 <= side <= MAX_SIDE or any(len(row) != side for row in rows):
        raise ValueError(
            f"a square of 1 to {MAX_SIDE} rows with as many numbers each, and a semicolon after "
            "each row"
        )
    if not all(_NUMBER.fullmatch(weight) for row in rows for weight in row):
        raise ValueError("made of numbers such as 1, -2 or 0.5")
    kernel = np.array(rows, np.float64)
    if not np.abs(kernel).max() <= MAX_WEIGHT:
        raise ValueError(f"made of numbers from -{MAX_WEIGHT:g} to {MAX_WEIGHT:g}")
    return kernel


def write_kernel(kernel: Array) -> str:
    """The kernel as text, the way `parse_kernel` reads it."""
    return "; ".join(" ".join(number(weight) for weight in row) for row in kernel)


def kind_of(kernel: Array) -> str | None:
    """The key in KINDS of the well-known kernel that this one is, None where it is none."""
    for key, kind in KINDS.items():
        side = len(kernel)
        if side >= kind.smallest and np.allclose(kind.of(side), kernel, rtol=0, atol=1e-5):
            return key
    return None


def output_range(kernel: Array, brightest: float = 255.0) -> tuple[float, float]:
    """The least and the greatest number the kernel can give, for pixels from 0 to `brightest`."""
    return (
        brightest * math.fsum(kernel[kernel < 0].ravel()),
        brightest * math.fsum(kernel[kernel > 0].ravel()),
    )
