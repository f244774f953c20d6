"""Before, during and after training: which three moments of a run are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

MOMENTS = {"before": "Before training", "during": "During training", "after": "After training"}
DIGIT_WEIGHTS = "digit_network.npz"  # in assets/: the workshop's network at three moments
_EARLY = 2  # the checkpoint that counts as "during": training has begun and is far from its end


@dataclass(frozen=True)
class Moment:
    """One moment of a run: `key` is its word in the URL, `step` how many batches it had seen."""

    key: str
    step: int
    epoch: float
    accuracy: float | None = None  # on digits held out, where it was measured

    @property
    def name(self) -> str:
        """What it is called on the page."""
        return MOMENTS[self.key]


def pick_moments(steps: Sequence[int], epochs: Sequence[float]) -> tuple[Moment, ...]:
    """Three of a run's checkpoints, rising; the last one alone where there are fewer."""
    if len(steps) < len(MOMENTS):
        return (Moment("after", steps[-1], epochs[-1]),) if steps else ()
    places = (0, min(_EARLY, len(steps) - 2), len(steps) - 1)
    return tuple(
        Moment(key, steps[place], epochs[place]) for key, place in zip(MOMENTS, places, strict=True)
    )
