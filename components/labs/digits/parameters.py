"""Predict, then reveal: the parameters of a network that is not on the page yet."""

from components import lesson
from components.concepts.digit_network import NetworkError
from components.concepts.parameter_question import ask, diagnose
from components.labs.digits.settings import network_on_page


def ask_for_parameters() -> None:
    """Ask what a change to the network on the page does to the layer after it."""
    network = network_on_page()
    try:
        question = ask(network)
    except NetworkError:
        return  # the builder says what is wrong with the network
    lesson.predict_then_reveal(
        f"Take the network on this page. {question.text}",
        lesson.Number("Parameters", minimum=0, step=1.0),
        lambda answer: lesson.Verdict(
            answer == question.answer, diagnose(question, round(answer)).removeprefix("Right: ")
        ),
        about=network,
    )
