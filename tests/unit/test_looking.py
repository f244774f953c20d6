"""How often a lab looks at a job."""

from typing import cast

import pytest

from components.concepts.digit_network import PRESETS
from components.concepts.training import TrainingPlan, TrainingRecord
from components.engine.jobs import Job
from components.labs.digits.picture import LATER, pace
from components.labs.digits.runs import Run
from components.labs.looking import QUEUE_SECONDS, look_seconds


class Placed:
    """A job at a place in the queue; 0 once it runs."""

    def __init__(self, place: int) -> None:
        self.place = place


@pytest.mark.parametrize("live", [0.08, 0.25, 2.0])
def test_who_trains_or_is_next_looks_often_and_others_once_a_second(live: float) -> None:
    seconds = [look_seconds(cast(Job, Placed(place)), live) for place in range(4)]
    behind = max(live, QUEUE_SECONDS)
    assert seconds == [live, live, behind, behind]
    assert look_seconds(None, live) == live


def test_a_long_run_of_digits_is_looked_at_half_as_often() -> None:
    record = TrainingRecord()
    run = Run(1, "Run 1", TrainingPlan(PRESETS["workshop"]), cast(Job, Placed(0)), record)
    young = pace(run)
    record.seconds = LATER
    assert pace(run) == 2 * young
    run.job = cast(Job, Placed(2))
    assert pace(run) == QUEUE_SECONDS
