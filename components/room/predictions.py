"""What the room predicted, after a visitor has committed to an answer of their own."""

import hashlib
from collections.abc import Hashable, Sequence

from components.classroom.entries import Entry
from components.figures.room_bars import answer_bars, room_bars
from components.figures.theme import Figure
from components.room.mine import Topic, show_room

ABOUT = "Send your answer, and see what the others answered to this question."


def show_predictions(slug: str, name: str, asked: Hashable, answer: str | float) -> None:
    """The room's answers to the same question; another number in it is another question."""
    question = digest(asked)

    def draw(entries: Sequence[Entry], visit: str) -> Figure | None:
        alike = [each for each in entries if each.value.get("question") == question]
        if not alike:
            return None
        mine = next((each.value["answer"] for each in alike if each.visit == visit), None)
        return room_bars(answer_bars([each.value["answer"] for each in alike], mine), "Answers")

    topic = Topic(
        f"predict.{slug}.{name}",
        "The room's answers",
        ABOUT,
        draw,
        lambda each: str(each.value["answer"]),
    )
    show_room(topic, lambda: {"question": question, "answer": answer})


def digest(asked: Hashable) -> str:
    """A short word for a question, the same in every visit."""
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]
