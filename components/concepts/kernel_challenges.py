"""Challenges with many right answers: a kernel is judged by what it does, not by its weights.

A detector is tried out on test pictures; a kernel that was to be found is compared by its
output. Every kernel that does the job passes.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.concepts.convolution import Array, convolve
from components.concepts.written_sums import number

SIDE = 12  # of the test pictures
DARK, BRIGHT = 0.0, 200.0
SMALL = 0.1  # a reaction this small a share of the wanted one counts as none
SAME = 1e-6  # outputs that differ by less than this share of their size are the same


@dataclass(frozen=True)
class Finding:
    """One property, whether the kernel has it, and in a sentence what the test showed."""

    holds: bool
    sentence: str


@dataclass(frozen=True)
class Challenge:
    """A task, and the properties by which an answer is judged."""

    name: str
    task: str
    judge: Callable[[Array], tuple[Finding, ...]]

    def solved(self, kernel: Array) -> bool:
        """Whether the kernel has every property."""
        return all(finding.holds for finding in self.judge(kernel))


def flat(level: float = BRIGHT) -> Array:
    """A picture of one grey."""
    return np.full((SIDE, SIDE), level)


def vertical_edge() -> Array:
    """Dark on the left, bright on the right."""
    picture = flat(DARK)
    picture[:, SIDE // 2 :] = BRIGHT
    return picture


def horizontal_edge() -> Array:
    """Dark above, bright below."""
    return vertical_edge().T


def reaction(kernel: Array, picture: Array) -> float:
    """The number farthest from 0 that the kernel gives on a picture, with its sign."""
    output = convolve(picture, kernel)
    return float(output.ravel()[np.abs(output).argmax()])


def _finds_edges(
    wanted: Array, unwanted: Array, names: tuple[str, str]
) -> Callable[[Array], tuple[Finding, ...]]:
    """A judge of edge detectors. `names` are those of the wanted and the unwanted edge."""

    def judge(kernel: Array) -> tuple[Finding, ...]:
        strong = reaction(kernel, wanted)
        limit = max(SMALL * abs(strong), SAME)
        on_flat, on_other = reaction(kernel, flat()), reaction(kernel, unwanted)
        return (
            Finding(
                abs(strong) > SAME,
                f"On a {names[0]} edge it gives {number(strong)}; it has to react.",
            ),
            Finding(
                abs(on_flat) <= limit,
                f"On a picture of one grey it gives {number(on_flat)}; there is no edge, so it "
                "has to stay near 0.",
            ),
            Finding(
                abs(on_other) <= limit,
                f"On a {names[1]} edge it gives {number(on_other)}; it has to stay near 0.",
            ),
        )

    return judge


def _smooths(kernel: Array) -> tuple[Finding, ...]:
    """A judge of blurs: they keep the brightness and make noise smaller."""
    noise = 100 + 40 * np.random.default_rng(0).standard_normal((40, 40))
    before, after = float(noise.std()), float(convolve(noise, kernel).std())
    on_flat = reaction(kernel, flat())
    return (
        Finding(
            abs(on_flat - BRIGHT) <= 0.01 * BRIGHT,
            f"A picture of {number(BRIGHT)} throughout becomes {number(on_flat)}; it has to keep "
            "its brightness.",
        ),
        Finding(
            after <= 0.6 * before,
            f"Noise that varies by {number(before, 3)} afterwards varies by {number(after, 3)}; "
            f"it has to be at most {number(0.6 * before, 3)}.",
        ),
    )


def _moves_left(kernel: Array) -> tuple[Finding, ...]:
    """A judge of shifts: every pixel of the output is its right neighbour's value."""
    picture = np.random.default_rng(1).integers(0, 256, (SIDE, SIDE)).astype(np.float64)
    output = convolve(picture, kernel, padding="same")
    far = float(np.abs(output[1:-1, 1:-1] - picture[1:-1, 2:]).max())
    return (
        Finding(
            far <= 1.0,
            f"The output differs by up to {number(far, 4)} from the picture one pixel further "
            "left; it has to be the same.",
        ),
    )


CHALLENGES: dict[str, Challenge] = {
    "vertical": Challenge(
        "Vertical edges",
        "Make a detector of vertical edges: it reacts where dark meets bright side by side, and "
        "to nothing else.",
        _finds_edges(vertical_edge(), horizontal_edge(), ("vertical", "horizontal")),
    ),
    "horizontal": Challenge(
        "Horizontal edges",
        "Make a detector of horizontal edges: it reacts where dark meets bright one above the "
        "other, and to nothing else.",
        _finds_edges(horizontal_edge(), vertical_edge(), ("horizontal", "vertical")),
    ),
    "smooth": Challenge(
        "Smooth",
        "Make a kernel that smooths noise and keeps the brightness of the picture.",
        _smooths,
    ),
    "shift": Challenge(
        "Move",
        "Make a kernel that moves the picture by one pixel to the left.",
        _moves_left,
    ),
}


@dataclass(frozen=True)
class Riddle:
    """A picture and a hidden kernel, of which only the output is shown."""

    picture: Array
    kernel: Array

    @property
    def output(self) -> Array:
        """What the hidden kernel makes of the picture."""
        return convolve(self.picture, self.kernel)


@dataclass(frozen=True)
class Comparison:
    """An output beside the wanted one: the place (row, column) where they differ most, and both
    numbers there.
    """

    same: bool
    place: tuple[int, int]
    wanted: float
    got: float


def make_riddle(seed: int, picture: NDArray[np.generic]) -> Riddle:
    """A riddle on this picture, with a hidden 3 × 3 kernel of two to four small weights.

    Its output is never 0 throughout, unless the picture is.
    """
    rng = np.random.default_rng(seed)
    values = np.asarray(picture, np.float64)
    while True:
        kernel = np.zeros(9)
        places = rng.choice(9, rng.integers(2, 5), replace=False)
        kernel[places] = rng.choice([-2.0, -1.0, 1.0, 2.0], len(places))
        riddle = Riddle(values, kernel.reshape(3, 3))
        if riddle.output.any() or not values.any():
            return riddle


def compare(riddle: Riddle, kernel: Array) -> Comparison:
    """Whether this kernel gives the riddle's output, whatever its weights are."""
    wanted, got = riddle.output, convolve(riddle.picture, kernel)
    far = np.abs(got - wanted)
    row, column = (int(index) for index in np.unravel_index(far.argmax(), far.shape))
    same = bool(far.max() <= SAME * max(1.0, float(np.abs(wanted).max())))
    return Comparison(same, (row, column), float(wanted[row, column]), float(got[row, column]))
