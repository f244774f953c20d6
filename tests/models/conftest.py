"""Quick plans, and a recorder of what a run sends."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from components.concepts.digit_network import PRESETS
from components.concepts.training import Event, TrainingPlan, TrainingRecord
from components.models.control import Control
from components.models.trained import TrainedDigits
from components.models.training import train_digits


class Run:
    """A run, its events in order, and the record they add up to."""

    def __init__(self) -> None:
        self.control = Control()
        self.events: list[Event] = []
        self.record = TrainingRecord()
        self.when: list[Callable[[Event, Control], None]] = []

    def report(self, event: Event) -> None:
        """Keep an event; whoever waits for one may then steer the run."""
        assert not self.record.ended, f"{event['kind']} came after the end"
        for key, value in event.items():
            assert not isinstance(value, float) or math.isfinite(value), f"{key} is {value}"
        self.events.append(event)
        self.record.add(event)
        for react in self.when:
            react(event, self.control)

    def on(self, kind: str, act: Callable[[], None]) -> None:
        """Do `act` at every event of this kind."""

        def react(event: Event, control: Control) -> None:
            if event["kind"] == kind:
                act()

        self.when.append(react)

    def train(self, plan: TrainingPlan) -> TrainedDigits:
        """Train as planned, to the end."""
        return train_digits(plan, self.report, self.control)

    def of_kind(self, kind: str) -> list[Event]:
        """The events of one kind, in order."""
        return [event for event in self.events if event["kind"] == kind]


@pytest.fixture
def run() -> Run:
    return Run()


@pytest.fixture(scope="session")
def quick_plan() -> TrainingPlan:
    """Two epochs of the plain dense network on the sample: well under two seconds."""
    return replace(
        TrainingPlan(PRESETS["dense"]), epochs=2, batch_size=100, learning_rate=0.004, seed=3
    )


@pytest.fixture(scope="session")
def finished(quick_plan: TrainingPlan) -> tuple[Run, TrainedDigits]:
    """One finished run of the workshop's network, for all tests that only look at it."""
    done = Run()
    plan = replace(quick_plan, network=PRESETS["workshop"], epochs=3)
    return done, done.train(plan)
