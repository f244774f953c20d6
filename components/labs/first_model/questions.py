"""Predict, then reveal: the parameters of the network with one more layer."""

from components import lesson
from components.concepts.first_model import FirstPlan
from components.concepts.slips import diagnose
from components.concepts.slips_in_counts import count_parameters, slips_in_counts, written_count

ADDED = 50  # nodes of the layer that the question adds


def ask_for_parameters(plan: FirstPlan) -> None:
    """Ask for the weights and biases after one more hidden layer; diagnose the answer."""
    sizes = (*plan.sizes[:-1], ADDED, plan.sizes[-1])
    correct = count_parameters(sizes)

    def check(answer: float) -> lesson.Verdict:
        found = diagnose(answer, correct, slips_in_counts(sizes, plan.sizes))
        worked = f" {written_count(sizes)}." if found.right else ""
        return lesson.Verdict(found.right, found.sentence + worked)

    lesson.predict_then_reveal(
        f"The network in the lab has {plan.n_parameters:,} weights and biases. Suppose you write "
        f"one line more, `layers.Dense({ADDED})`, just before the output layer. How many does it "
        "have then?",
        lesson.Number("Weights and biases", minimum=0, step=1.0),
        check,
        about=sizes,
    )
