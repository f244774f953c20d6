"""Teach it yourself, without Keras: what is held out, what can't be taught, what a run says."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.head_question import answer_to, slips_in
from components.concepts.photo_head import Head
from components.concepts.slips import diagnose
from components.concepts.teaching import (
    FEWEST_PICTURES,
    LONGEST_NAME,
    Taught,
    TeachingError,
    TeachingRecord,
    check_classes,
    clean_name,
    is_held_out,
)
from components.figures.class_bars import class_bars, picture_row
from components.figures.teaching_curves import teaching_curves


def test_every_fourth_picture_is_held_out_from_the_third_on() -> None:
    assert [place for place in range(12) if is_held_out(place)] == [2, 6, 10]
    assert sum(is_held_out(place) for place in range(FEWEST_PICTURES)) == 1


@pytest.mark.parametrize(
    ("names", "counts", "words"),
    [
        (["a"], [8], "2 to 10 classes"),
        (["a"] * 11, [8] * 11, "2 to 10 classes"),
        (["a", " "], [8, 8], "Class 2 has no name"),
        (["Mug", "mug "], [8, 8], "the same name"),
        (["mug", "phone"], [8, 2], "to class 2"),
    ],
)
def test_what_cannot_be_taught_gets_a_sentence(
    names: list[str], counts: list[int], words: str
) -> None:
    with pytest.raises(TeachingError, match=words):
        check_classes(names, counts)


def test_two_classes_of_three_pictures_are_enough() -> None:
    check_classes(["mug", "phone"], [3, 3])


@given(st.text(max_size=200))
def test_a_clean_name_is_short_on_one_line_and_stays_as_it_is(text: str) -> None:
    name = clean_name(text)
    assert len(name) <= LONGEST_NAME
    assert name.isprintable()
    assert clean_name(name) == name


def test_the_confusion_counts_the_pictures_held_out_alone() -> None:
    head = Head(
        kernel=np.zeros((256, 2), np.float32),
        bias=np.zeros(2, np.float32),
        classes=("mug", "phone"),
        backbone="bundled",
    )
    answers = np.array([[0.9, 0.1], [0.2, 0.8], [0.9, 0.1], [0.1, 0.9]], np.float32)
    taught = Taught(
        head,
        np.zeros((4, 256), np.float32),
        answers,
        labels=np.array([0, 0, 1, 1]),
        held_out=np.array([True, True, False, True]),
    )
    np.testing.assert_array_equal(taught.confusion, [[1, 1], [0, 1]])


def test_a_record_follows_its_run_and_the_curves_follow_the_record() -> None:
    record = TeachingRecord()
    device = {"device": "CPU", "train_size": 12, "held_out_size": 4, "epochs": 5}
    record.add({"kind": "started", **device})
    record.add({"kind": "features", "done": 8, "total": 16})
    measures = {"loss": 0.5, "accuracy": 0.75, "val_loss": math.nan, "val_accuracy": 0.5}
    record.add({"kind": "epoch", "epoch": 1, **measures})
    record.add({"kind": "ended", "how": "stopped", "message": ""})
    assert (record.features_done, record.ended, record.points[0].accuracy) == (8, "stopped", 0.75)
    curves = teaching_curves(record, 5, 200)
    assert list(curves.accuracy.data["value"]) == [0.75, 0.5]
    assert list(curves.loss.data["value"]) == [0.5]
    assert "75.00 % on the pictures learnt from, 50.00 % held out" in curves.accuracy.summary


def test_figures_escape_the_names_of_classes() -> None:
    name = '<img src=x onerror="alert(1)">'
    for html in (class_bars([(name, 0.4)], name), picture_row(["data:,"], name)):
        assert "<img src=x" not in html
        assert "&lt;img src=x" in html


@pytest.mark.parametrize(
    ("given_answer", "words"),
    [
        (768, "forgot the biases"),
        (514, "left out the class that is new"),
        (257, "one class alone"),
        (1_230_051, "counted the frozen network as well"),
    ],
)
def test_slips_in_the_parameters_of_a_head_are_named(given_answer: int, words: str) -> None:
    assert answer_to(256, 3) == 771
    found = diagnose(given_answer, 771.0, slips_in(256, 3, 1_229_280))
    assert words in found.sentence
