"""The three ways to learn a small data set, as the page compares them by default."""

import time
from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.own_engine import ready_engine
from components.concepts.small_data import Comparison, SmallDataPlan
from components.engine.small_data import start_comparison
from components.pictures.small_digits import new_digits

GIVEN_UP = 600.0  # s


def run() -> Iterator[Figure]:
    """Seconds from Train to the last point of the default comparison, on the bundled digits."""
    plan = SmallDataPlan()
    comparison = Comparison(plan)
    with ready_engine() as engine:
        start = time.perf_counter()
        job = start_comparison(engine, plan, new_digits(), comparison.add)
        while job.active and time.perf_counter() < start + GIVEN_UP:
            time.sleep(0.05)
        seconds = time.perf_counter() - start
        yield Figure(
            f"three ways, {plan.repeats} repeats, {plan.epochs} epochs",
            seconds,
            "s",
            "≤ 60 s",
            f"{comparison.device}; {job.state}",
        )
