"""What went wrong in an answer: the usual slips, each with the number it would give.

A slip is worked out on the network of the page, never kept as a fixed sentence for a fixed
answer. `slips_in_predictions` and `slips_in_slopes` list the slips; here they are compared
with what the learner said.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from components.concepts.written_sums import number

ROUNDING = 0.005  # an answer may be rounded to two decimals
SHARE = 0.001  # or, when it is big, to about three digits
MOST_NAMED = 3  # slips in one sentence


@dataclass(frozen=True)
class Slip:
    """A mistake and the answer it leads to. `what` goes on from "you …".

    `is_general` marks a mistake made everywhere ("every bias"): it is named only where no
    single one explains the answer.
    """

    what: str
    value: float
    is_general: bool = False


@dataclass(frozen=True)
class Diagnosis:
    """What an answer tells. `slips` are those that explain it, none where it is right or where
    no single usual slip does.
    """

    answer: float
    correct: float
    right: bool
    slips: tuple[Slip, ...]

    @property
    def sentence(self) -> str:
        """The diagnosis for the learner: names the slip, or says that none fits."""
        said = number(self.answer)
        if self.right:
            return f"It is {number(self.correct)}."
        if not self.slips:
            return (
                f"{said} does not come from one of the usual slips. The answer is "
                f"{number(self.correct)}: write the sums out node by node, and compare."
            )
        if len(self.slips) == 1:
            return f"{said}: you {self.slips[0].what}."
        named = ", or you ".join(slip.what for slip in self.slips[:MOST_NAMED])
        n_more = len(self.slips) - MOST_NAMED
        more = f". {n_more} more would do it too." if n_more > 0 else "."
        return f"{said} can come about in more than one way: you {named}{more}"


def is_close(answer: float, value: float) -> bool:
    """Whether an answer, perhaps rounded, means this value."""
    return abs(answer - value) <= max(ROUNDING, SHARE * abs(value)) * (1 + 1e-9)


def diagnose(answer: float, correct: float, slips: Iterable[Slip]) -> Diagnosis:
    """Compare an answer with the right one and with what the slips would give.

    A slip that gives the right number is no slip here. An answer that may be rounded is right,
    unless it is nearer to a slip's number than to the right one. Of the slips, those that come
    nearest are named: all of them, where several give the same number.
    """
    wrong = [slip for slip in slips if not _same(slip.value, correct)]
    near = [slip for slip in wrong if is_close(answer, slip.value)]
    nearest = min((abs(answer - slip.value) for slip in near), default=float("inf"))
    off = abs(answer - correct)
    if is_close(answer, correct) and (off <= nearest or _same(answer, correct)):
        return Diagnosis(answer, correct, True, ())
    best = [slip for slip in near if _same(abs(answer - slip.value), nearest, answer)]
    single = [slip for slip in best if not slip.is_general]
    by_name = {slip.what: slip for slip in single or best}
    return Diagnosis(answer, correct, False, tuple(by_name.values()))


def _same(one: float, other: float, scale: float = 0.0) -> bool:
    """Equal but for the rounding of the machine, for numbers of about the size of `scale`."""
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other), abs(scale))
