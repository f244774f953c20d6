"""Jobs without Keras, to test the engine with: they run on its workers."""

import os
import time
from typing import Any

from components.concepts.training import Event
from components.models.control import Control


class PretendNetwork:
    """Stands for a network: knows the number it was trained on."""

    def __init__(self, number: int) -> None:
        self.number = number


def train(number: int, report: Any, control: Control, publish: Any) -> int:
    """Count steps until told to stop, 20 ms a step; `number` steps at most."""
    publish(PretendNetwork(number))
    rate = 0.0
    steps = 0
    while steps < number and not control.stop_wanted:
        wish = control.take_learning_rate()
        rate = rate if wish is None else wish
        for what, value in control.take_wishes():
            report({"kind": "wish", "what": what, "value": value})
        if not control.wait_until_going(0.02):
            continue
        time.sleep(0.02)
        steps += 1
        event: Event = {"kind": "step", "step": steps, "rate": rate, "bytes": bytes([steps % 256])}
        report(event)
    report({"kind": "ended", "step": steps})
    return number


def load(number: int) -> PretendNetwork:
    """The network of a finished run."""
    return PretendNetwork(number)


def ask(network: PretendNetwork, plus: int) -> int:
    """A call on a network."""
    return network.number + plus


def fail(number: int, report: Any, control: Control, publish: Any) -> int:
    """A job that breaks."""
    raise ValueError(f"no run with {number}")


def pid() -> int:
    """The process of the worker."""
    return os.getpid()


def live_jobs() -> int:
    """How many jobs run on the worker."""
    from components.engine import worker

    return len(worker._live_jobs)
