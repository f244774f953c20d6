"""The usual slips when the question is where the next step of a walk leads."""

import numpy as np
from numpy.typing import NDArray

from components.concepts.gradient_descent import Walk
from components.concepts.slips import Slip
from components.concepts.slips_in_slopes import slips_in_step


def next_weight(walk: Walk, place: int = 0) -> float:
    """Where plain gradient descent goes next from the end of a walk, for one of its weights."""
    here, slope = walk.weights[-1, place], walk.slopes[-1, place]
    return float(here - walk.learning_rate * slope)


def slips_in_next_step(walk: Walk, place: int = 0) -> tuple[Slip, ...]:
    """What the usual slips give for weight number `place` after one more step.

    All are worked out from the walk's own landscape, place and learning rate. On the bowl, a
    square, the slope is worked out by hand, and its 2 can be forgotten.
    """
    here, slopes = walk.weights[-1], walk.slopes[-1]
    weight, slope, rate = float(here[place]), float(slopes[place]), walk.learning_rate
    after = here - rate * slopes
    again = after - rate * walk.landscape.slope(after)
    is_square = walk.landscape.name == "bowl"
    slips = [*slips_in_step(weight, slope, rate, squared_error=is_square)]
    slips += [
        Slip("gave the slope, and not where it leads", slope),
        Slip("stayed where you stand", weight),
        Slip("gave the loss where you stand", float(walk.losses[-1])),
        Slip("gave the loss after the step, and not the weight", _loss(walk, after)),
        Slip("took two steps", float(again[place])),
        Slip("divided by the learning rate", weight - slope / rate),
    ]
    for other in range(len(here)):
        if other != place:
            name, own = f"w{_INDEX[other]}", f"w{_INDEX[place]}"
            slips += [
                Slip(f"used the slope of {name} for {own}", weight - rate * float(slopes[other])),
                Slip(f"gave the new {name}", float(after[other])),
            ]
    if walk.n_steps:
        start = float(walk.weights[0, place])
        what = "went from the start, and not from where you stand"
        slips.append(Slip(what, start - rate * slope))
    return tuple(slip for slip in slips if np.isfinite(slip.value))


_INDEX = "₁₂"


def _loss(walk: Walk, weights: NDArray[np.float64]) -> float:
    return float(walk.landscape.value(weights))
