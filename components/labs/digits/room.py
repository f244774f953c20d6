"""Who reads best after a minute: everyone's best accuracy under the same budget of time."""

from collections.abc import Sequence

from components.classroom.entries import Entry, Value
from components.figures.room_bars import Bar, room_bars
from components.figures.theme import Figure
from components.labs.digits.runs import Run, runs
from components.room.mine import Topic, show_room

BUDGET_SECONDS = 60.0
MOST_SHOWN = 15
ABOUT = f"""
Who reads the validation digits best with **{BUDGET_SECONDS:g} seconds of training**? What counts
is your best epoch of all your runs up to then, in a run on the same digits in their place.
"""
NOTHING_YET = f"Train first: nothing of yours ended an epoch within {BUDGET_SECONDS:g} seconds yet."
DIGITS = {"sample": "5,000", "full": "70,000"}


def show_everyones() -> None:
    """The room's best, and this visit's best to send."""
    show_room(
        Topic("mnist_training", "The room's best runs", ABOUT, _draw, _say, NOTHING_YET), _mine
    )


def _mine() -> Value | None:
    found = best_within_budget(runs())
    if found is None:
        return None
    run, accuracy, seconds = found
    return {
        "accuracy": accuracy,
        "seconds": round(seconds, 1),
        "digits": run.record.data,
        "network": run.plan.network.name,
    }


def best_within_budget(kept: Sequence[Run]) -> tuple[Run, float, float] | None:
    """The best epoch within the budget: its run, validation accuracy, seconds. None without one."""
    ends = [
        (run, point.val_accuracy, point.seconds)
        for run in kept
        if not run.plan.shuffle_pixels
        for point in run.record.epoch_points
        if point.seconds <= BUDGET_SECONDS
    ]
    return max(ends, key=lambda end: end[1], default=None)


def _say(entry: Entry) -> str:
    digits = DIGITS.get(str(entry.value.get("digits")), "other")
    return (
        f"{100 * entry.number_of('accuracy'):.2f} % in {entry.number_of('seconds'):g} s, "
        f"{digits} digits, {entry.value.get('network')}"
    )


def _draw(entries: Sequence[Entry], visit: str) -> Figure | None:
    if not entries:
        return None
    best = sorted(entries, key=lambda each: -each.number_of("accuracy"))[:MOST_SHOWN]
    bars = [
        Bar(
            f"{place}. {each.name or 'without a name'}",
            each.number_of("accuracy"),
            f"{100 * each.number_of('accuracy'):.2f} %",
            each.visit == visit,
            _say(each),
        )
        for place, each in enumerate(best, start=1)
    ]
    return room_bars(bars, "Best accuracy")
