"""What a comparison on a small data set shows, in words worked out from its measurements."""

from dataclasses import dataclass

from components.concepts.small_data import (
    FINE_TUNED,
    FROZEN,
    RATES,
    SCRATCH,
    WAYS,
    Band,
    Comparison,
)

POINT = 0.01  # of accuracy
LEARNT_BY_HEART = 0.95  # of the small set


@dataclass(frozen=True)
class Advice:
    """A sentence about the learning rate; `kind` is "ruin", "faint" or "good"."""

    kind: str
    sentence: str


def percent(value: float) -> str:
    """A share in per cent, with one digit after the point: "83.4 %"."""
    return f"{100 * value:.1f} %"


def spread(band: Band) -> str:
    """Where a band ends: "83.4 % (80.0 to 85.2)", or the number alone after one repeat."""
    if band.n_repeats == 1:
        return percent(band.middle[-1])
    return f"{percent(band.middle[-1])} ({100 * band.low[-1]:.1f} to {100 * band.high[-1]:.1f})"


def rate_advice(comparison: Comparison) -> Advice | None:
    """What the learning rate of the fine-tuning did, as measured; None before there is a run.

    Fine-tuning begins where the frozen network ended: with its features and its trained head.
    So what it loses at first, or for good, it had.
    """
    band = comparison.band(FINE_TUNED)
    if band is None or len(band.middle) < comparison.plan.epochs + 1:
        return None
    began, ended, lowest = band.middle[0], band.middle[-1], band.middle.min()
    rate = comparison.plan.rate
    went = f"from {percent(began)} to {percent(ended)}"
    smaller = max((each for each in RATES if each < rate), default=rate)
    larger = min((each for each in RATES if each > rate), default=rate)
    if ended < began - POINT:
        return Advice(
            "ruin",
            f"Fine-tuning at {rate:g} went {went}: its steps are so large that they destroy what "
            f"the network had learnt. Try {smaller:g}.",
        )
    if lowest < began - 2 * POINT:
        return Advice(
            "ruin",
            f"Fine-tuning at {rate:g} fell from {percent(began)} to {percent(lowest)} before it "
            f"ended at {percent(ended)}: its first steps destroyed much of what had been learnt. "
            f"Try {smaller:g}.",
        )
    if ended < began + POINT:
        return Advice(
            "faint",
            f"Fine-tuning at {rate:g} went {went}: it hardly changed the network. Try {larger:g}, "
            "or more epochs.",
        )
    return Advice(
        "good",
        f"Fine-tuning at {rate:g} went {went}: it adapts what was learnt and keeps it.",
    )


def winner(comparison: Comparison) -> Band:
    """The way with the highest middle accuracy at its end. Raises ValueError before any run."""
    return max(comparison.bands(), key=lambda band: band.middle[-1])


def judge_guess(comparison: Comparison, way: str) -> tuple[bool, str]:
    """Whether `way` did best in a complete comparison, and why, from what was measured.

    A way whose middle lies in the winner's band is as good: the repeats can't tell them apart.
    """
    best, guess = winner(comparison), comparison.band(way)
    if guess is None:
        raise ValueError("The comparison is not complete.")
    every = "; ".join(f"{WAYS[band.way].lower()} {spread(band)}" for band in comparison.bands())
    if way == best.way:
        return True, f"Measured: {every}. {_reason(comparison, best.way)}"
    if guess.middle[-1] >= best.low[-1]:
        return True, (
            f"Measured: {every}. {WAYS[best.way]} is ahead by "
            f"{100 * (best.middle[-1] - guess.middle[-1]):.1f} points, less than the repeats "
            "differ among themselves: it could be chance."
        )
    return False, f"Measured: {every}. {_slip(comparison, way)} {_reason(comparison, best.way)}"


def _slip(comparison: Comparison, way: str) -> str:
    """Why the way that was guessed fell behind."""
    band = comparison.band(way)
    assert band is not None
    if way == SCRATCH:
        if band.training[-1] >= LEARNT_BY_HEART:
            return (
                f"From scratch the network gets {percent(band.training[-1])} of its "
                f"{comparison.n_train} pictures right and {percent(band.middle[-1])} of new ones: "
                f"with {comparison.parameters[SCRATCH]:,} weights to set it learnt them by heart."
            )
        return (
            f"From scratch all {comparison.parameters[SCRATCH]:,} weights begin at random, and "
            f"{comparison.n_train} pictures are few to set them by: it gets "
            f"{percent(band.training[-1])} of even these right."
        )
    if way == FROZEN:
        return (
            f"Frozen, only {comparison.parameters[FROZEN]:,} weights can learn: the features stay "
            "those of the old task, and the new one needs others as well."
        )
    advice = rate_advice(comparison)
    return advice.sentence if advice is not None else ""


def _reason(comparison: Comparison, way: str) -> str:
    """Why the best way was ahead."""
    n = comparison.n_train
    if way == SCRATCH:
        return (
            f"With {n} pictures, features made for just this task beat borrowed ones: what the "
            "pretrained network has learnt is too far from it, or was spoilt in fine-tuning."
        )
    if way == FROZEN:
        return (
            f"With {n} pictures it pays to change little: the borrowed features tell the classes "
            "apart as they are, and fine-tuning had nothing to add."
        )
    return (
        f"Fine-tuning began with borrowed features and let the {n} pictures bend them a little "
        "to the new task."
    )
