"""One measured figure and the budget it is held to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured: `budget` says in words what it should be, `note` how it was measured."""

    name: str
    value: float
    unit: str
    budget: str
    note: str = ""
