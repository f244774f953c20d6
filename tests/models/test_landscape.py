"""One point of accuracy against data, measured; its program; the programs in four libraries."""

import subprocess
import sys
from pathlib import Path

import pytest

from components.concepts import data_appetite
from components.concepts.data_appetite import ASSETS, BATCH_SIZE, N_SEEN, Check
from components.concepts.digit_sample import SAMPLE_FILE
from components.concepts.training import Event
from components.keras_code import landscape
from components.keras_code.landscape import landscape_script
from components.keras_code.libraries import LIBRARIES, Library, recorded_runs
from components.models.appetite import examples_of, measure
from components.models.control import Control
from tools.run_libraries import installed_version, run_program


def test_a_point_is_measured_the_same_twice_and_not_by_another_seed() -> None:
    events: list[Event] = []
    check = Check("wages", "dense", 100, 7)
    first = measure(check, events.append, Control())
    assert first is not None
    assert 0.8 < first < 1
    assert events[-1] == {"kind": "measured", "accuracy": first}
    shares = [event["share"] for event in events if event["kind"] == "training"]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    other = measure(Check("wages", "dense", 100, 8), events.append, Control())
    again = measure(check, events.append, Control())
    assert again == pytest.approx(first, abs=1e-3)
    assert other != pytest.approx(first, abs=1e-6)


def test_what_is_tested_is_never_trained_on() -> None:
    examples = examples_of(Check("digits", "linear", 4000, 0))
    assert examples.train_inputs.shape == (4000, 28, 28, 1)
    trained = {picture.tobytes() for picture in examples.train_inputs}
    assert not any(picture.tobytes() in trained for picture in examples.test_inputs)


def test_a_stopped_measurement_has_no_result() -> None:
    control = Control()
    control.stop()
    events: list[Event] = []
    assert measure(Check("wages", "linear", 20, 0), events.append, control) is None
    assert not any(event["kind"] == "measured" for event in events)


# Convolutions on several cores add their sums in an order of their own each time. Over thousands of
# steps on 50 digits that grows to some pictures of the thousand; over 40 steps it is nothing yet.
@pytest.mark.parametrize(
    ("check", "n_seen"),
    [(Check("wages", "linear", 60, 7), N_SEEN), (Check("digits", "conv", 50, 3), 40 * BATCH_SIZE)],
)
def test_the_program_measures_what_the_page_does(
    check: Check, n_seen: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (data_appetite, landscape):
        monkeypatch.setattr(module, "N_SEEN", n_seen)
    (tmp_path / SAMPLE_FILE).write_bytes((ASSETS / SAMPLE_FILE).read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", landscape_script(check)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    expected = measure(check, lambda event: None, Control())
    assert float(done.stdout.strip().splitlines()[-1]) == pytest.approx(expected, abs=2e-3)


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.key)
def test_the_program_in_each_installed_library(library: Library) -> None:
    if installed_version(sys.executable, library) is None:
        pytest.skip(
            f"{library.title} is not installed here; python -m tools.run_libraries says how"
        )
    assert run_program(sys.executable, library) == "38.0000 33.9493"
    run = recorded_runs().get(library.key)
    assert run is not None, "the program has changed: run python -m tools.run_libraries"
    assert run.printed == "38.0000 33.9493"
