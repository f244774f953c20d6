"""What the room answered: counts for the bars, and a table to take home."""

import csv
import io
from collections.abc import Sequence

from components.classroom.store import ROUNDS, AnswerSet
from components.classroom.survey import Question, Survey
from components.concepts.plain_words import as_cell


def count(question: Question, answer_sets: Sequence[AnswerSet]) -> tuple[int, ...]:
    """How many took each choice of a question, in the order of the choices."""
    taken = [choice for each in answer_sets for choice in each.answers.get(question.name, ())]
    return tuple(taken.count(choice) for choice in question.choices)


def to_csv(survey: Survey, answer_sets: Sequence[AnswerSet]) -> bytes:
    """All answers as a table, a row for each visit and round, in UTF-8 as spreadsheets like it.

    Visits are numbered in an order that says nothing about when they answered. A text that a
    spreadsheet would run as a formula gets an apostrophe in front.
    """
    names = [question.name for question in survey.questions]
    asked_before = {name for each in answer_sets for name in each.answers} - set(names)
    names += sorted(asked_before)
    texts = {question.name: question.text for question in survey.questions}
    number = {visit: i for i, visit in enumerate(sorted({a.visit for a in answer_sets}), start=1)}
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(["round", "visit", *(as_cell(texts.get(name, name)) for name in names)])
    in_order = sorted(answer_sets, key=lambda each: (ROUNDS.index(each.round), each.visit))
    for each in in_order:
        taken = (as_cell("; ".join(each.answers.get(name, ()))) for name in names)
        table.writerow([each.round, number[each.visit], *taken])
    return written.getvalue().encode("utf-8-sig")
