"""The numbers that matter, and what became of the walk, in words."""

import streamlit as st

from components.concepts.gradient_descent import Outcome, Walk, explain
from components.concepts.race import Race
from components.concepts.written_sums import factor, number
from components.labs.descent.settings import MAX_STEPS

DIGITS = 4
SLOPE_DIGITS = 3
RATE_IS = {
    Outcome.DIVERGED: "Too large.",
    Outcome.SWINGING: "Too large.",
    Outcome.CREEPING: "Too small.",
    Outcome.ARRIVED: "Right.",
    Outcome.ON_THE_WAY: "",
}
NAMES = {1: ("w",), 2: ("w₁", "w₂")}


def finish(walk: Walk, until_arrival: bool = True) -> int:
    """The step at which there is nothing more to see: arrived, diverged, or the last."""
    if until_arrival:
        for n_steps in range(1, walk.n_steps + 1):
            if walk.until(n_steps).outcome is Outcome.ARRIVED:
                return n_steps
    return min(walk.n_steps + 1, MAX_STEPS) if walk.diverged else walk.n_steps


def say_walk(walk: Walk) -> None:
    """Where the walk stands, how it got there, and what became of it."""
    parts = [_place(walk)]
    if walk.n_steps == 0:
        parts.append("Press **Step** or **Play**. " + walk.landscape.note)
    else:
        parts.append("  \n".join(f"`{line}`" for line in written_steps(walk)))
        word = RATE_IS[walk.outcome] if walk.slopes.any() else ""
        parts.append(f"**{word}** {explain(walk)}" if word else explain(walk))
    land = walk.landscape
    if not walk.diverged and not all(land.low <= w <= land.high for w in walk.weights[-1]):
        parts.append("The walk has left the picture.")
    st.markdown("\n\n".join(parts))  # one element: quick to draw again


def _place(walk: Walk) -> str:
    """The step, the weights, the loss and the slopes, in one line."""
    names = NAMES[walk.landscape.n_weights]
    weights = ", ".join(
        f"{name} = **{_write(w)}**" for name, w in zip(names, walk.weights[-1], strict=True)
    )
    slopes = " and ".join(f"**{_write(slope, SLOPE_DIGITS)}**" for slope in walk.slopes[-1])
    loss = _write(walk.losses[-1])
    return f"**Step {walk.n_steps}**: {weights}, loss **{loss}**, slope {slopes}"


def written_steps(walk: Walk) -> list[str]:
    """The last step of each weight as a sum: "w: -3 - 0.1·(-10) = -2". Needs a step."""
    lines = []
    for place, name in enumerate(NAMES[walk.landscape.n_weights]):
        before, after = walk.weights[-2, place], walk.weights[-1, place]
        slope = factor(float(walk.slopes[-2, place]), DIGITS)
        lines.append(
            f"{name}: {_write(before)} - {number(walk.learning_rate)}·{slope} = {_write(after)}"
        )
    return lines


def say_race(race: Race, n_steps: int) -> None:
    """Who leads, and the loss of each."""
    leaders = race.leaders(n_steps)
    parts = []
    for place, (racer, walk) in enumerate(zip(race.racers, race.walks, strict=True)):
        loss = _write(walk.losses[-1])
        words = f"diverged at step {walk.n_steps + 1}" if walk.diverged else f"loss {loss}"
        leads = place in leaders and n_steps > 0
        parts.append(f"**{racer.lane} {words}**" if leads else f"{racer.lane} {words}")
    st.markdown(f"**Step {n_steps}**: " + ", ".join(parts) + ".")


def _write(value: float, digits: int = DIGITS) -> str:
    """A number in few digits; a big one in full."""
    return f"{value:,.0f}" if abs(value) >= 10**digits else number(float(value), digits)
