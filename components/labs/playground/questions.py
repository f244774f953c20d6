"""Predict, then reveal: how many numbers one more layer makes to learn."""

from components import lesson
from components.concepts.playground import MAX_LAYERS, PlaygroundPlan
from components.concepts.slips import diagnose
from components.concepts.slips_in_counts import count_parameters, slips_in_counts, written_count

ADDED = 5  # nodes of the layer that the question adds


def asked_sizes(plan: PlaygroundPlan) -> tuple[int, ...]:
    """Nodes of every layer of the network that is asked about: one hidden layer more."""
    return (*plan.sizes[:-1], ADDED, 1)


def ask_for_parameters(plan: PlaygroundPlan) -> None:
    """Ask for the weights and biases of the network with one more layer; diagnose the answer."""
    sizes = asked_sizes(plan)
    correct = count_parameters(sizes)

    def check(answer: float) -> lesson.Verdict:
        found = diagnose(answer, correct, slips_in_counts(sizes, plan.sizes))
        worked = f" {written_count(sizes)}." if found.right else ""
        return lesson.Verdict(found.right, found.sentence + worked)

    n = len(plan.hidden)
    has = f"has {n} hidden layer{'' if n == 1 else 's'}" if n else "has no hidden layer"
    more = "more than fits into the lab, but on paper it works: " if n == MAX_LAYERS else ""
    lesson.predict_then_reveal(
        f"The network in the lab takes {plan.sizes[0]} features, {has}"
        f"{' of ' + ', '.join(map(str, plan.hidden)) + ' nodes' if n else ''}, and has one "
        f"output. Suppose you add one more layer, {more}**{ADDED} nodes** just before the "
        "output. How many weights and biases does the network have then?",
        lesson.Number("Weights and biases", minimum=0, step=1.0),
        check,
        about=sizes,
    )
