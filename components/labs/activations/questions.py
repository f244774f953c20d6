"""Predict, then reveal: a cell of the table, and what a year is worth with another activation."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components import lesson
from components.concepts.activations import ACTIVATIONS
from components.concepts.dense_network import DenseNetwork, forward, predict
from components.concepts.slips import Slip, diagnose
from components.concepts.slips_in_predictions import slips_in_change, slips_in_prediction
from components.concepts.written_sums import factor, rounded
from components.figures.network_diagram import written_out
from components.labs.activations.interactions import educations_of
from components.labs.wage_network.settings import network_of

BY_HAND = ("linear", "relu", "leaky_relu")  # activations that need no calculator
KEPT_RELU = "kept the ReLU on the hidden nodes"
RULES = {
    "linear": "Without an activation a node passes on its sum, whatever it is.",
    "relu": "A node with a negative sum passes on 0.",
    "leaky_relu": "A node with a negative sum passes on 0.2 times the sum.",
}


def asked_activation(activation: str) -> str:
    """The activation of the first question: the lab's if it can be done by hand, else ReLU."""
    return activation if activation in BY_HAND else "relu"


def other_activation(activation: str) -> str:
    """The activation of the second question: none, or ReLU where the lab has none."""
    return "relu" if activation == "linear" else "linear"


def ask_for_cell(values: Mapping[str, float], activation: str) -> bool:
    """Ask for the prediction without a tech job; diagnose the answer. Whether it is revealed."""
    name = asked_activation(activation)
    network, inputs = network_of(values, name), (educations_of(values)[0], 0.0)
    slips = slips_of_cell(values, name, inputs)

    def check(answer: float) -> lesson.Verdict:
        correct = forward(network, inputs).prediction
        found = diagnose(answer, correct, slips)
        return lesson.Verdict(found.right, found.sentence)

    return lesson.predict_then_reveal(
        f"Take the network with the weights of *Table* and {_called(name)}. Which wage "
        f"does it predict for **education {inputs[0]:g}, tech job 0**? {RULES[name]}",
        lesson.Number("Wage in dollars an hour", step=0.01),
        check,
        about=(network, inputs),
        reveal=lambda: st.code(
            written_out(forward(network, inputs)), language=None, wrap_lines=True
        ),
        name="cell",
    )


def slips_of_cell(
    values: Mapping[str, float], name: str, inputs: tuple[float, float]
) -> tuple[Slip, ...]:
    """The usual slips, and two of this lesson: a ReLU that was kept, and the other kind of job."""
    network = network_of(values, name)
    in_tech = Slip("gave the wage with a tech job", forward(network, (inputs[0], 1)).prediction)
    kept = Slip(KEPT_RELU, forward(network_of(values, "relu"), inputs).prediction)
    own = (kept, in_tech) if name == "linear" else (in_tech,)
    return (*own, *slips_in_prediction(network, inputs))


def ask_for_worth(values: Mapping[str, float], activation: str) -> bool:
    """Ask what a year is worth with another activation; diagnose. Whether it is revealed."""
    name = other_activation(activation)
    network = network_of(values, name)
    before, after = [(years, 0.0) for years in educations_of(values)]
    slips = slips_of_worth(values, name, before, after)

    def check(answer: float) -> lesson.Verdict:
        found = diagnose(answer, _change(network, before, after), slips)
        return lesson.Verdict(found.right, found.sentence)

    return lesson.predict_then_reveal(
        f"Same weights, but now with {_called(name)}. What is the step from education "
        f"{before[0]:g} to {after[0]:g} worth **without a tech job** (tech job 0)? {RULES[name]}",
        lesson.Number("Change of the wage", step=0.01),
        check,
        about=(network, before),
        reveal=lambda: _show_worth(network, before, after),
        name="worth",
    )


def slips_of_worth(
    values: Mapping[str, float], name: str, before: Sequence[float], after: Sequence[float]
) -> tuple[Slip, ...]:
    """The usual slips, and two of this lesson: another activation, and the other kind of job."""
    network = network_of(values, name)
    kept = other_activation(name)
    verb = KEPT_RELU if kept == "relu" else "left out the ReLU"
    in_tech = [(years, 1.0) for years, _ in (before, after)]
    return (
        Slip(verb, _change(network_of(values, kept), before, after)),
        Slip("gave what the year is worth in a tech job", _change(network, *in_tech)),
        *slips_in_change(network, before, after),
    )


def _change(network: DenseNetwork, before: Sequence[float], after: Sequence[float]) -> float:
    first, last = predict(network, [before, after])[:, 0]
    return float(last - first)


def _show_sums(network: DenseNetwork, inputs: Sequence[float]) -> None:
    st.code(written_out(forward(network, inputs)), language=None, wrap_lines=True)


def _show_worth(network: DenseNetwork, before: Sequence[float], after: Sequence[float]) -> None:
    first, last = forward(network, before), forward(network, after)
    change = f"{rounded(last.prediction)} - {factor(first.prediction)}"
    change += f" = {rounded(last.prediction - first.prediction)}"
    st.code(
        f"Education {before[0]:g}\n{written_out(first)}\n\nEducation {after[0]:g}\n"
        f"{written_out(last)}\n\n{change}",
        language=None,
        wrap_lines=True,
    )


def _called(name: str) -> str:
    return "**no activation**" if name == "linear" else f"**{ACTIVATIONS[name].title}**"
