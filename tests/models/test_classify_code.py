"""Lesson 5.2 with Keras: a taught head, its files, and the programs of the page."""

import runpy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from components.concepts.photo_backbones import BACKBONES, TASKS
from components.concepts.teaching import (
    FIRST_HELD_OUT,
    HELD_OUT_EVERY,
    Taught,
    TeachingPlan,
    TeachingRecord,
    is_held_out,
)
from components.keras_code import classify
from components.keras_code.classify import Schedule, classify_script, teach_script
from components.keras_code.notebook import notebook
from components.models import heads
from components.models.control import Control
from components.models.head_files import (
    backbone_file,
    fine_tuned_file,
    to_keras_file,
    to_litert,
)
from components.models.photos import classify as classify_pictures
from components.models.reading import load_keras
from components.models.teaching import StoppedError, teach
from tests.litert import answers_of_litert, needs_tensorflow

BACKBONE = BACKBONES["bundled"]
N_EACH, EPOCHS, RATE = 8, 12, 0.02


def pictures() -> np.ndarray:
    """Eight reddish pictures with wide stripes, then eight bluish ones with narrow stripes."""
    rng = np.random.default_rng(3)
    side = BACKBONE.side
    found = rng.integers(0, 60, (2 * N_EACH, side, side, 3))
    found[:N_EACH, :, ::8, 0] += 180
    found[N_EACH:, ::2, :, 2] += 180
    return found.astype(np.uint8)


def plan() -> TeachingPlan:
    n = 2 * N_EACH
    return TeachingPlan(
        backbone=BACKBONE.key,
        classes=("reds", "blues"),
        labels=np.repeat([0, 1], N_EACH),
        held_out=np.array([is_held_out(place % N_EACH) for place in range(n)]),
        features=np.zeros((n, BACKBONE.n_features), np.float32),
        missing=np.arange(n),
        pictures=pictures(),
        epochs=EPOCHS,
        learning_rate=RATE,
        seed=0,
    )


@pytest.fixture(scope="module")
def run() -> tuple[TeachingRecord, Taught]:
    record = TeachingRecord()
    return record, teach(plan(), record.add, Control())


def test_two_classes_are_learnt_and_the_record_tells_how(
    run: tuple[TeachingRecord, Taught],
) -> None:
    record, taught = run
    assert np.trace(taught.confusion) == taught.confusion.sum() == 4
    assert (record.train_size, record.held_out_size, record.ended) == (12, 4, "finished")
    assert [point.epoch for point in record.points] == list(range(1, EPOCHS + 1))
    assert record.points[-1].loss < record.points[0].loss
    assert record.features_done == record.features_total == 16


def test_going_on_needs_no_picture_again(run: tuple[TeachingRecord, Taught]) -> None:
    before, taught = run
    record = TeachingRecord()
    more = replace(
        plan(), missing=np.array([], np.intp), features=taught.features, initial=taught.head
    )
    teach(more, record.add, Control())
    assert record.features_total == 0
    assert record.points[0].loss < before.points[0].loss


def test_a_run_that_is_stopped_at_once_says_so() -> None:
    control = Control()
    control.stop()
    with pytest.raises(StoppedError, match="Stopped before"):
        teach(plan(), lambda event: None, control)


def test_the_keras_file_gives_the_same_probabilities(run: tuple[TeachingRecord, Taught]) -> None:
    _, taught = run
    model = load_keras(to_keras_file(taught.head))
    found = model.predict(pictures(), verbose=0)
    np.testing.assert_allclose(found, taught.probabilities, atol=1e-4)


def test_the_litert_file_gives_the_same_probabilities(run: tuple[TeachingRecord, Taught]) -> None:
    needs_tensorflow()
    _, taught = run
    found = answers_of_litert(to_litert(taught.head), pictures())
    np.testing.assert_allclose(found, taught.probabilities, atol=1e-4)


def save_pictures(folder: Path, n: int = 2 * N_EACH) -> None:
    for place, pixels in enumerate(pictures()[:n]):
        name = ("reds", "blues")[place // N_EACH]
        (folder / name).mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(folder / name / f"{place:02}.png")


def test_the_teaching_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    save_pictures(tmp_path / classify.PICTURES)
    (tmp_path / classify.BACKBONE_FILE).write_bytes(backbone_file("bundled"))
    script = teach_script(BACKBONE, Schedule(EPOCHS, RATE, 0), HELD_OUT_EVERY, FIRST_HELD_OUT)
    (tmp_path / "program.py").write_text(script, "utf-8")
    monkeypatch.chdir(tmp_path)
    runpy.run_path("program.py", run_name="__main__")
    assert "held out: 4 pictures, accuracy 1.0000" in capsys.readouterr().out
    assert (tmp_path / classify.NETWORK_FILE).stat().st_size > 1_000_000
    assert notebook(script, "Teach").startswith(b"{")
    assert classify.WEIGHT_DECAY == heads.WEIGHT_DECAY


def test_the_classifying_program_says_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / classify.PICTURES
    folder.mkdir()
    side = load_side(tmp_path)
    pixels = np.random.default_rng(0).integers(0, 256, (side, side, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(folder / "a.png")
    classes = TASKS["cats_dogs"].classes
    (tmp_path / "program.py").write_text(classify_script(classes, 2, 0.0), "utf-8")
    monkeypatch.chdir(tmp_path)
    runpy.run_path("program.py", run_name="__main__")
    row = classify_pictures("cats_dogs", "bundled", pixels[None])[0]
    best = int(row.argmax())
    line = capsys.readouterr().out.strip().splitlines()[-1]
    assert line.startswith(f"a.png | {classes[best]} | {classes[best]} {row[best]:.3f}"[:-1])


def load_side(folder: Path) -> int:
    """Write the fine-tuned network to a folder; the side of the pictures that it reads."""
    data = fine_tuned_file("cats_dogs", "bundled")
    (folder / classify.NETWORK_FILE).write_bytes(data)
    return int(load_keras(data).input_shape[1])


def test_a_name_with_quotes_stays_a_string() -> None:
    script = classify_script(('a"; import os #', "b\\"), 2, 0.5)
    compile(script, "program", "exec")
    assert '["a\\"; import os #", "b\\\\"]' in script
