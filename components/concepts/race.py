"""A race: several optimisers walk downhill from the same start, and the lowest loss wins."""

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from components.concepts.gradient_descent import Walk, descend
from components.concepts.loss_landscapes import Landscape
from components.concepts.optimisers import Optimiser

LANES = ("A", "B", "C")
LEVEL = 0.001  # losses that differ by a smaller share count as level


@dataclass(frozen=True)
class Racer:
    """One runner: its lane, what it does with a slope, and its learning rate."""

    lane: str
    optimiser: Optimiser
    learning_rate: float

    @property
    def name(self) -> str:
        """What the learner knows it by: "A: momentum, 0.03"."""
        return f"{self.lane}: {self.optimiser.title}, {self.learning_rate:g}"


@dataclass(frozen=True)
class Race:
    """The racers and the walk of each, in the order of the lanes."""

    racers: tuple[Racer, ...]
    walks: tuple[Walk, ...]

    def until(self, n_steps: int) -> "Race":
        """The beginning of the race."""
        return Race(self.racers, tuple(walk.until(n_steps) for walk in self.walks))

    def loss(self, place: int, step: int) -> float:
        """A racer's loss after `step` steps, infinite for one that has diverged by then."""
        walk = self.walks[place]
        return float(walk.losses[step]) if step <= walk.n_steps else float("inf")

    def leaders(self, step: int) -> tuple[int, ...]:
        """The places of those with the lowest loss after `step` steps; several if level."""
        losses = [self.loss(place, step) for place in range(len(self.walks))]
        best = min(losses)
        if best == float("inf"):
            return ()
        return tuple(p for p, loss in enumerate(losses) if loss <= best + LEVEL * abs(best))


def run_race(landscape: Landscape, start: ArrayLike, racers: Sequence[Racer], n_steps: int) -> Race:
    """Let all racers walk `n_steps` steps from `start`, shape (n_weights,)."""
    walks = (
        descend(landscape, start, racer.optimiser, racer.learning_rate, n_steps) for racer in racers
    )
    return Race(tuple(racers), tuple(walks))


def judge_bet(race: Race, bet: int, n_steps: int) -> tuple[bool, str]:
    """Whether the racer at place `bet` leads after `n_steps`, and in a sentence what happened."""
    leaders = race.leaders(n_steps)
    standings = "; ".join(_standing(race, place, n_steps) for place in range(len(race.racers)))
    if not leaders:
        return False, f"All of them diverged: {standings}."
    if bet in leaders:
        level = " Others are level with it." if len(leaders) > 1 else ""
        return True, f"After {n_steps} steps: {standings}.{level}"
    name, winner = race.racers[bet].lane, race.racers[leaders[0]].lane
    return (
        False,
        f"{_why_not(race, bet, name, winner, n_steps)} After {n_steps} steps: {standings}.",
    )


def _standing(race: Race, place: int, n_steps: int) -> str:
    lane, walk = race.racers[place].lane, race.walks[place]
    if walk.n_steps < n_steps:
        return f"{lane} diverged at step {walk.n_steps + 1}"
    return f"{lane} has a loss of {race.loss(place, n_steps):.4g}"


def _why_not(race: Race, bet: int, name: str, winner: str, n_steps: int) -> str:
    """How the racer that was bet on lost."""
    if race.walks[bet].n_steps < n_steps:
        rate = race.racers[bet].learning_rate
        return f"{name} diverged: a learning rate of {rate:g} is too large for it here."
    led = [step for step in range(1, n_steps + 1) if bet in race.leaders(step)]
    if led:
        return f"{name} led at step {led[-1]}, and was overtaken: {winner} wins."
    lowest = min(float(loss) for loss in race.walks[bet].losses)
    end = race.loss(bet, n_steps)
    if lowest < end * (1 - LEVEL):
        return f"{name} swings: it had a loss of {lowest:.4g} and went up again. {winner} wins."
    return f"{name} never led: {winner} wins."
