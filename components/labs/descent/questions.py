"""Predict, then reveal: where the next step leads, and who wins the race."""

import streamlit as st

from components import lesson
from components.concepts.gradient_descent import Walk
from components.concepts.race import Race, judge_bet
from components.concepts.slips import diagnose
from components.concepts.slips_in_walks import next_weight, slips_in_next_step
from components.concepts.written_sums import factor, number
from components.labs.descent.readout import DIGITS, NAMES
from components.labs.descent.settings import MAX_STEPS


def ask_for_next_step(walk: Walk) -> None:
    """Ask where one more step leads from the end of `walk`; for the first of its weights.

    Of a walk that diverged the question is about its start.
    """
    here = walk.until(0) if walk.diverged else walk
    name = NAMES[walk.landscape.n_weights][0]
    correct = next_weight(here)

    def check(answer: float) -> lesson.Verdict:
        found = diagnose(answer, correct, slips_in_next_step(here))
        return lesson.Verdict(found.right, found.sentence)

    lesson.predict_then_reveal(
        _question(here, name),
        lesson.Number(f"The new {name}", step=0.01),
        check,
        about=(walk.landscape.name, tuple(here.weights[-1].tolist()), here.learning_rate),
        reveal=lambda: _write_step(here, name, correct),
        name="next_step",
    )


def _question(walk: Walk, name: str) -> str:
    names = NAMES[walk.landscape.n_weights]
    place = ", ".join(
        f"{one} = {number(float(w))}" for one, w in zip(names, walk.weights[-1], strict=True)
    )
    rate = number(walk.learning_rate)
    if walk.landscape.name == "bowl":
        known = f"The loss is J(w) = {walk.landscape.formula}: work the slope out by hand."
    else:
        slopes = " and ".join(
            f"{number(float(s))} for {one}" for one, s in zip(names, walk.slopes[-1], strict=True)
        )
        known = f"The slope is {slopes}."
    return (
        f"You stand at **{place}**, and the learning rate is **{rate}**. {known} Where does the "
        f"next step lead: what is the new {name}?"
    )


def _write_step(walk: Walk, name: str, correct: float) -> None:
    before, slope = float(walk.weights[-1, 0]), float(walk.slopes[-1, 0])
    st.markdown(
        f"Old {name} minus learning rate times slope: `{number(before)} - "
        f"{number(walk.learning_rate)}·{factor(slope, DIGITS)} = {number(correct)}`. "
        "Press **Step** in the lab and look."
    )


def ask_for_winner(race: Race) -> None:
    """Ask who has the lowest loss at the end of the whole race."""
    names = tuple(racer.name for racer in race.racers)

    def check(answer: str) -> lesson.Verdict:
        return lesson.Verdict(*judge_bet(race, names.index(answer), MAX_STEPS))

    land, start = race.walks[0].landscape, race.walks[0].weights[0].tolist()
    lesson.predict_then_reveal(
        f"All three start on the {land.title} surface at w₁ = {number(start[0])}, w₂ = "
        f"{number(start[1])}. Who has the lowest loss after **{MAX_STEPS} steps**?",
        lesson.Choice(names),
        check,
        about=(land.name, tuple(start), names),
        name="winner",
    )
