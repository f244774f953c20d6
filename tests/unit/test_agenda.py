"""The table of lessons is consistent, and its neighbours are neighbours."""

import itertools
import re

import pytest

from components import agenda


def test_numbers_follow_the_topics_and_rise() -> None:
    numbers = [tuple(map(int, lesson.number.split("."))) for lesson in agenda.LESSONS[1:]]
    assert numbers == sorted(set(numbers))
    for lesson in agenda.LESSONS[1:]:
        assert lesson.topic is not None
        assert lesson.number.split(".")[0] == str(agenda.TOPICS.index(lesson.topic) + 1)


def test_welcome_comes_first_and_has_no_topic() -> None:
    welcome = agenda.LESSONS[0]
    assert (welcome.slug, welcome.number, welcome.topic) == ("welcome", "", None)


def test_slugs_are_plain_words() -> None:
    for lesson in agenda.LESSONS:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", lesson.slug)


def test_the_aim_ends_a_sentence_that_the_frame_begins() -> None:
    for lesson in agenda.LESSONS:
        assert lesson.aim[0].islower() and not lesson.aim.endswith(".")


def test_every_lesson_is_in_exactly_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tuple(
        agenda.Lesson(f"{n}.1", f"lesson_{word}", word, topic, "", word)
        for n, (word, topic) in enumerate(zip("abcde", agenda.TOPICS, strict=True), start=1)
    )
    monkeypatch.setattr(agenda, "LESSONS", rows)
    assert sum((agenda.lessons_of(topic) for topic in agenda.TOPICS), ()) == rows
    assert agenda.before("lesson_a") is None and agenda.after("lesson_e") is None
    for one, other in itertools.pairwise(rows):
        assert agenda.after(one.slug) is other and agenda.before(other.slug) is one


def test_a_lesson_that_is_not_there_is_named() -> None:
    with pytest.raises(agenda.AgendaError, match="“nowhere” is not in the agenda"):
        agenda.lesson("nowhere")
