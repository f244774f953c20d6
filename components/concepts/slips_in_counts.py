"""The usual slips when the weights and biases of a dense network are counted."""

from collections.abc import Iterator
from itertools import pairwise

from components.concepts.slips import Slip


def count_parameters(sizes: tuple[int, ...]) -> int:
    """Weights and biases of a dense network; (2, 4, 1) has 2 inputs, 4 hidden nodes, 1 output."""
    return sum((before + 1) * n for before, n in pairwise(sizes))


def written_count(sizes: tuple[int, ...]) -> str:
    """The count as a sum: "(2 + 1)·4 + (4 + 1)·1 = 17"."""
    terms = " + ".join(f"({before} + 1)·{n}" for before, n in pairwise(sizes))
    return f"{terms} = {count_parameters(sizes)}"


def slips_in_counts(sizes: tuple[int, ...], before: tuple[int, ...]) -> Iterator[Slip]:
    """Slips for the network `sizes`, made from the network `before` by one more layer."""
    yield Slip("forgot the biases", sum(a * b for a, b in pairwise(sizes)))
    hidden = sum((a + 1) * b for a, b in pairwise(sizes[:-1]))
    yield Slip("forgot the weights and the bias of the output", hidden)
    yield Slip("counted nodes, not the connections between them", sum(sizes))
    yield Slip(
        "kept the old output as well: its weights are replaced by those from the new layer",
        count_parameters(sizes) + (before[-2] + 1) * before[-1],
    )
    yield Slip("left the network as it is", count_parameters(before))
    added = (before[-2] + 1) * sizes[-2]
    yield Slip("counted the new layer alone", added)
    yield Slip("forgot that the output gets other weights", count_parameters(before) + added)
