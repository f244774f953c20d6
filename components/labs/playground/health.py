"""What is wrong with a network, in a sentence."""

from collections import Counter

from components.concepts.playground import dead_nodes
from components.labs.playground.runs import Run


def diagnosis(run: Run) -> str:
    """Names dead nodes and what they do to the network; empty where there is nothing to say."""
    plan, latest = run.record.plan, run.latest
    dead = dead_nodes(plan, latest.weights)
    if not dead:
        return ""
    full = [layer for layer, n in Counter(node.layer for node in dead).items()
            if n == plan.hidden[layer]]  # fmt: skip
    if full:
        return (
            f"The network is dead: every node of layer {full[0] + 1} says the same for every "
            "point, so nothing of the inputs gets past it, and no slope gets back. Press Reset, "
            "and take a smaller learning rate or an activation with a slope everywhere."
        )
    names = ", ".join(f"{node.index + 1} of layer {node.layer + 1}" for node in dead[:4])
    more = f" and {len(dead) - 4} more" if len(dead) > 4 else ""
    nodes = "Dead node" if len(dead) == 1 else "Dead nodes"
    return f"{nodes}: {names}{more}. They say the same for every point, so they tell nothing."
