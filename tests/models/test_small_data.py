"""The three ways on a small set, the leak, the program that does the same, and the download."""

import http.server
import runpy
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from components.concepts.leakage import LeakPlan, LeakRecord
from components.concepts.small_data import (
    BEFORE,
    DIGITS,
    FINE_TUNED,
    FROZEN,
    ORDER,
    PHOTOS,
    SCRATCH,
    Comparison,
    LabelledPictures,
    SmallDataPlan,
    SmallDataResult,
    cut_below,
)
from components.concepts.training import Event, PlanError
from components.keras_code.notebook import notebook
from components.keras_code.small_data import (
    BASE_FILE,
    PICTURES_FILE,
    pictures_file,
    small_data_script,
)
from components.models.clothing import fetch_clothing
from components.models.control import Control
from components.models.download import DownloadError
from components.models.leakage import train_with_leak
from components.models.small_data import compare_ways
from components.models.small_networks import (
    DIGIT_WEIGHTS_PATH,
    LOADERS,
    above,
    base_file,
    below,
    from_scratch,
)
from components.pictures.labelled import LabelledError, open_labelled
from components.pictures.small_digits import new_digits
from tests.labelled_files import colored, zipped

PLAN = SmallDataPlan(per_class=8, epochs=8, repeats=1, seed=4)


def few_digits(each: int = 20) -> LabelledPictures:
    """The new digits with fewer held out, so that measuring is quick."""
    digits = new_digits()
    some = np.concatenate(
        [np.flatnonzero(digits.validation_labels == c)[:each] for c in range(len(digits.classes))]
    )
    held_out, labels = digits.validation[some], digits.validation_labels[some]
    return replace(digits, validation=held_out, validation_labels=labels)


@pytest.fixture(scope="module")
def finished() -> tuple[Comparison, SmallDataResult]:
    """One finished comparison, for all tests that only look at it."""
    comparison = Comparison(PLAN)
    return comparison, compare_ways((PLAN, few_digits()), comparison.add, Control())


def test_every_way_is_measured_at_every_epoch(
    finished: tuple[Comparison, SmallDataResult],
) -> None:
    comparison, result = finished
    assert comparison.ended == "finished"
    assert comparison.is_complete
    for way in ORDER:
        points = comparison.points[way, 0]
        assert [point.epoch for point in points] == list(range(PLAN.epochs + 1))
        assert all(0 <= point.accuracy <= 1 for point in points)
        answers = comparison.answers[way, 0]
        right = (answers.predicted == few_digits().validation_labels).mean()
        assert right == pytest.approx(points[-1].accuracy, abs=0.011)
    assert {name: values.shape for name, values in result.features.items()} == {
        BEFORE: (100, 64),
        FINE_TUNED: (100, 64),
        SCRATCH: (100, 64),
    }


def test_borrowed_features_beat_chance_by_far_and_fine_tuning_begins_with_them(
    finished: tuple[Comparison, SmallDataResult],
) -> None:
    comparison, _ = finished
    frozen, tuned = comparison.points[FROZEN, 0], comparison.points[FINE_TUNED, 0]
    assert frozen[-1].accuracy > 0.6
    assert tuned[0].accuracy == pytest.approx(frozen[-1].accuracy, abs=0.011)
    assert tuned[0].seconds > frozen[0].seconds


def test_few_weights_learn_when_most_are_frozen(
    finished: tuple[Comparison, SmallDataResult],
) -> None:
    parameters = finished[0].parameters
    assert parameters[FROZEN] == 64 * 5 + 5
    assert parameters[FROZEN] < parameters[FINE_TUNED] < parameters[SCRATCH]


def test_the_program_measures_what_the_page_measures(
    finished: tuple[Comparison, SmallDataResult],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    script = small_data_script(PLAN, few_digits())
    (tmp_path / BASE_FILE).write_bytes(base_file(DIGITS))
    (tmp_path / PICTURES_FILE).write_bytes(pictures_file(few_digits()))
    (tmp_path / "program.py").write_text(script, "utf-8")
    monkeypatch.chdir(tmp_path)
    runpy.run_path("program.py", run_name="__main__")
    lines = [line.split() for line in capsys.readouterr().out.strip().splitlines()]
    printed = {way: float(value) for _, way, value in lines}
    for way in ORDER:
        expected = finished[0].points[way, 0][-1].accuracy
        assert printed[way] == pytest.approx(expected, abs=0.021), way
    assert notebook(script, "A small data set").startswith(b"{")


@pytest.mark.parametrize("network", [DIGITS, PHOTOS])
def test_below_and_above_a_cut_are_the_whole_network(network: str) -> None:
    base = LOADERS[network]()
    shape = (3, 28, 28) if network == DIGITS else (3, 64, 64, 3)
    pictures = np.random.default_rng(0).integers(0, 256, shape).astype(np.uint8)
    whole = np.asarray(base(pictures))
    for unfreeze in (1, 2):
        cut = cut_below(network, unfreeze)
        learner = above(base, cut, 4)
        assert np.allclose(learner.features(below(base, cut, pictures)), whole, atol=1e-4)


def test_from_scratch_begins_at_random_and_photo_norms_are_kept() -> None:
    base = LOADERS[PHOTOS]()
    keras.utils.set_random_seed(1)
    scratch = from_scratch(base, 4)
    kernel = base.get_layer("stem_conv").get_weights()[0]
    assert not np.allclose(scratch.features.get_layer("stem_conv").get_weights()[0], kernel)
    tuned = above(base, "", 4)
    norms = [w.path for w in tuned.model.trainable_weights if "norm" in w.path]
    assert not norms


def test_the_bundled_network_knows_what_its_file_says() -> None:
    with np.load(DIGIT_WEIGHTS_PATH) as file:
        assert float(file["accuracy"]) > 0.995
        assert int(file["n_train"]) == 30_596
    assert DIGIT_WEIGHTS_PATH.stat().st_size < 150_000


def test_photos_go_the_same_way() -> None:
    pictures = open_labelled(zipped(colored(9)), "colours.zip").pictures
    plan = SmallDataPlan(per_class=4, unfreeze=1, epochs=2, repeats=1)
    comparison = Comparison(plan)
    compare_ways((plan, pictures), comparison.add, Control())
    assert comparison.is_complete
    assert comparison.points[FROZEN, 0][-1].accuracy > 0.6


def test_a_stop_ends_it_and_keeps_what_was_measured() -> None:
    control, comparison = Control(), Comparison(PLAN)

    def report(event: Event) -> None:
        comparison.add(event)
        if event["kind"] == "point" and event["epoch"] == 1:
            control.stop()

    compare_ways((PLAN, few_digits()), report, control)
    assert comparison.ended == "stopped"
    assert len(comparison.points[FROZEN, 0]) == 2
    assert not comparison.answers


def test_a_plan_that_does_not_fit_is_refused() -> None:
    with pytest.raises(PlanError, match="3 blocks"):
        compare_ways((replace(PLAN, unfreeze=5), few_digits()), lambda event: None, Control())


def test_a_leak_makes_the_measured_accuracy_lie() -> None:
    leak = LeakPlan(replace(PLAN, per_class=3, epochs=25), SCRATCH, 100)
    record = LeakRecord(leak)
    train_with_leak((leak, few_digits()), record.add, Control())
    assert record.ended == "finished"
    assert (record.n_train, record.n_leaked, record.n_validation) == (15, 15, 15)
    measured, clean = record.bands()
    assert measured.middle[-1] > clean.middle[-1] + 0.1


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    """A server on this machine that has a small zip of pictures, and a page that is none."""
    files = {"/good.zip": zipped(colored(8, "set-main/train/")), "/page.html": b"<html></html>"}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = files.get(self.path)
            self.send_response(200 if content is not None else 404)
            self.end_headers()  # without a length, as GitHub sends archives
            if content is not None:
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_the_clothing_comes_with_progress(home: str) -> None:
    events: list[Event] = []
    found = fetch_clothing(None, events.append, Control(), url=f"{home}/good.zip")
    assert found.pictures.classes == ("blue", "green", "red")
    downloads = [event for event in events if event["kind"] == "download"]
    assert downloads[-1]["received"] > 1000
    assert downloads[-1]["total"] == 0  # not known
    assert events[-1]["kind"] == "reading"


def test_a_download_that_does_not_work_gets_a_sentence(home: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}/x.zip"
    with pytest.raises(DownloadError, match="no connection"):
        fetch_clothing(None, lambda event: None, Control(), url=nobody)
    with pytest.raises(DownloadError, match="no connection"):
        fetch_clothing(None, lambda event: None, Control(), url=f"{home}/missing.zip")
    with pytest.raises(LabelledError, match="not a zip file"):
        fetch_clothing(None, lambda event: None, Control(), url=f"{home}/page.html")


def test_a_download_can_be_cancelled(home: str) -> None:
    control = Control()
    control.stop()
    with pytest.raises(DownloadError, match="stopped"):
        fetch_clothing(None, lambda event: None, control, url=f"{home}/good.zip")
