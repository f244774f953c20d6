"""The answers to many pictures as a table, and as a CSV file that a spreadsheet opens safely."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.concepts.plain_words import as_cell

NOT_SURE = "not sure"


@dataclass(frozen=True)
class Answer:
    """What a network says of one picture. `ranked` has (class, probability), likeliest first.

    `sure` is whether the likeliest class reaches the threshold.
    """

    ranked: tuple[tuple[str, float], ...]
    sure: bool

    @property
    def word(self) -> str:
        """The class it names, or "not sure"."""
        return self.ranked[0][0] if self.sure else NOT_SURE


def answer_of(
    probabilities: NDArray[np.floating], classes: Sequence[str], threshold: float
) -> Answer:
    """The answer behind `probabilities` (n_classes,); sure from `threshold` (0 to 1) on."""
    order = np.argsort(-probabilities, kind="stable")
    ranked = tuple((classes[int(place)], float(probabilities[place])) for place in order)
    return Answer(ranked, ranked[0][1] >= threshold)


def to_csv(names: Iterable[str], answers: Iterable[Answer | None], classes: Sequence[str]) -> bytes:
    """A row for each picture: its name, what the network says, and each class's probability.

    A picture without an answer has empty cells. It begins with a byte-order mark, so that
    spreadsheets read it as UTF-8; what would be a formula to them gets an apostrophe in front.
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(as_cell(cell) for cell in ("picture", "answer", "likeliest", *classes))
    for name, answer in zip(names, answers, strict=True):
        cells = ["", "", *("" for _ in classes)]
        if answer is not None:
            chances = dict(answer.ranked)
            cells = [answer.word, answer.ranked[0][0], *(f"{chances[c]:.4f}" for c in classes)]
        writer.writerow(as_cell(cell) for cell in (name, *cells))
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")
