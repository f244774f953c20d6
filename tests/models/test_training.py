"""Training as the page starts it: what it says, how it obeys, what it leaves."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from components.concepts.digit_network import PRESETS, count_parameters
from components.concepts.training import Event, PlanError, TrainingPlan, TrainingRecord
from components.keras_code.mnist import SAMPLE_FILE, mnist_script
from components.models.control import Control
from components.models.digits import SAMPLE_FILE as SAMPLE_PATH
from components.models.digits import load_digits
from components.models.export import litert_file
from components.models.progress import CHECKPOINTS
from components.models.reading import DigitReader, TrainedDigits, load_reader
from components.models.training import train_digits

WORKSHOP = TrainingPlan(PRESETS["workshop"], epochs=2, batch_size=64)
DENSE = TrainingPlan(PRESETS["dense"], epochs=2, batch_size=64)


def run(
    plan: TrainingPlan,
    watch: Callable[[Event, Control], None] = lambda event, control: None,
) -> tuple[TrainedDigits, list[Event], TrainingRecord]:
    """Train; `watch` sees every event and may steer."""
    events: list[Event] = []
    record, control = TrainingRecord(), Control()

    def report(event: Event) -> None:
        events.append(event)
        record.add(event)
        watch(event, control)

    return train_digits(plan, report, control, lambda reader: None), events, record


@pytest.fixture(scope="module")
def workshop() -> tuple[TrainedDigits, list[Event], TrainingRecord]:
    """One run of the workshop's network on the sample."""
    return run(WORKSHOP)


def test_what_a_run_says(workshop: tuple[TrainedDigits, list[Event], TrainingRecord]) -> None:
    _, events, record = workshop
    assert events[0]["kind"] == "started"
    assert events[-1] == {"kind": "ended", "how": "finished", "message": ""}
    assert (record.train_size, record.validation_size) == (4_000, 1_000)
    assert [point.epoch for point in record.epoch_points] == [1, 2]
    assert record.epoch_points[-1].step == 2 * 63
    assert record.epoch_points[-1].val_accuracy > 0.88
    steps = [point.step for point in record.batches]
    assert steps == sorted(set(steps))
    assert record.batches[-1].loss < record.batches[0].loss


def test_snapshots_hold_the_answers_of_the_moment(
    workshop: tuple[TrainedDigits, list[Event], TrainingRecord],
) -> None:
    _, _, record = workshop
    labels = load_digits("sample").validation_labels
    last = record.snapshots[-1]
    accuracy = (last.predicted == labels).mean()
    assert accuracy == pytest.approx(record.epoch_points[-1].val_accuracy)
    assert record.snapshots[0].step == 0
    assert (record.snapshots[0].predicted == labels[:1000]).mean() < 0.4
    assert last.filters.shape == (2, 2, 8)
    assert not np.allclose(last.filters, record.snapshots[0].filters)


def test_the_network_that_is_left_reads_as_it_did(
    workshop: tuple[TrainedDigits, list[Event], TrainingRecord],
) -> None:
    trained, _, record = workshop
    reader = load_reader(trained)
    digits = load_digits("sample")
    now = reader.probabilities(digits.validation_images)
    assert (now.argmax(1) == record.snapshots[-1].predicted).all()
    then = reader.probabilities(digits.validation_images, step=0)
    assert (then.argmax(1) == record.snapshots[0].predicted).mean() > 0.99
    assert len(trained.checkpoints) <= CHECKPOINTS


def test_litert_gives_the_same_probabilities(
    workshop: tuple[TrainedDigits, list[Event], TrainingRecord],
) -> None:
    tf = pytest.importorskip("tensorflow")
    reader = load_reader(workshop[0])
    image = load_digits("sample").validation_images[:1]
    interpreter = tf.lite.Interpreter(model_content=litert_file(reader))
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], image)
    interpreter.invoke()
    answer = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    assert answer == pytest.approx(reader.probabilities(image), abs=1e-4)


def test_same_plan_same_run() -> None:
    _, _, one = run(DENSE)
    _, _, other = run(DENSE)
    assert one.epoch_points[-1].val_loss == pytest.approx(other.epoch_points[-1].val_loss, rel=1e-3)


def test_the_exported_script_trains_the_same_network(
    tmp_path: Path, workshop: tuple[TrainedDigits, list[Event], TrainingRecord]
) -> None:
    (tmp_path / SAMPLE_FILE).write_bytes(SAMPLE_PATH.read_bytes())
    script = tmp_path / "script.py"
    script.write_text(mnist_script(WORKSHOP))
    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    accuracy = float(done.stdout.strip().rsplit(" ", 1)[1])
    # 1,000 digits at about 93 %: two runs of the same network differ by about 1 point.
    assert accuracy == pytest.approx(workshop[2].epoch_points[-1].val_accuracy, abs=0.025)
    assert f"{count_parameters(WORKSHOP.network):,}" in done.stdout
    assert (tmp_path / "digits.keras").is_file()


def test_shuffled_pixels_hurt_a_convolution_and_not_a_dense_network() -> None:
    def accuracy(network: str, shuffled: bool) -> float:
        plan = TrainingPlan(
            PRESETS[network], epochs=4, batch_size=64, shuffle_pixels=shuffled, seed=1
        )
        trained, _, record = run(plan)
        digits = load_digits("sample")
        # The reader takes digits with pixels in their places and shuffles them itself.
        answers = load_reader(trained).probabilities(digits.validation_images).argmax(1)
        assert (answers == record.snapshots[-1].predicted).all()
        return record.epoch_points[-1].val_accuracy

    assert accuracy("workshop", True) < accuracy("workshop", False)
    assert accuracy("dense", True) == pytest.approx(accuracy("dense", False), abs=0.03)


def test_stop_keeps_what_was_learnt() -> None:
    def stop_soon(event: Event, control: Control) -> None:
        if event["kind"] == "batch":
            control.stop()

    trained, events, record = run(TrainingPlan(PRESETS["dense"], epochs=50), stop_soon)
    assert record.ended == "stopped"
    assert len(record.epoch_points) <= 1
    assert events[-1]["kind"] == "ended"
    assert load_reader(trained).model.count_params() == count_parameters(PRESETS["dense"])


def test_pause_holds_and_resume_goes_on() -> None:
    paused = threading.Event()

    def pause_once(event: Event, control: Control) -> None:
        if event["kind"] == "batch" and not paused.is_set():
            paused.set()
            control.pause()
        elif event["kind"] == "paused":
            threading.Timer(0.5, control.resume).start()

    _, events, record = run(DENSE, pause_once)
    kinds = [event["kind"] for event in events]
    assert kinds.count("paused") == kinds.count("resumed") == 1
    assert "batch" not in kinds[kinds.index("paused") : kinds.index("resumed")]
    assert record.ended == "finished"


def test_a_new_learning_rate_is_taken_over() -> None:
    def slow_down(event: Event, control: Control) -> None:
        if event["kind"] == "epoch" and event["epoch"] == 1:
            control.set_learning_rate(1e-6)

    plan = TrainingPlan(PRESETS["dense"], epochs=2, batch_size=64, schedule="constant")
    _, _, record = run(plan, slow_down)
    assert record.batches[0].learning_rate == pytest.approx(0.002)
    assert record.batches[-1].learning_rate == pytest.approx(1e-6)


@pytest.mark.parametrize("rate", [3.0, 1e9])
def test_a_run_that_diverges_says_so_and_sends_no_nan(rate: float) -> None:
    plan = TrainingPlan(PRESETS["workshop"], epochs=3, learning_rate=rate)
    trained, events, record = run(plan)
    assert record.ended == "diverged"
    assert "learning rate" in record.message
    numbers = [v for event in events for v in event.values() if isinstance(v, float)]
    assert np.isfinite(numbers).all()
    shares = load_reader(trained).probabilities(load_digits("sample").validation_images[:3])
    assert np.isfinite(shares).all()


def test_a_learning_rate_of_zero_learns_nothing_and_says_so() -> None:
    _, _, record = run(TrainingPlan(PRESETS["dense"], epochs=1, learning_rate=0.0))
    assert "learns nothing" in record.note
    first, last = record.snapshots[0], record.snapshots[-1]
    assert (first.predicted == last.predicted[: len(first.predicted)]).all()


def test_the_budget_of_seconds_ends_a_run() -> None:
    _, _, record = run(TrainingPlan(PRESETS["workshop"], epochs=100, seconds=0.5))
    assert record.ended == "budget"


def test_a_plan_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(PlanError, match="epochs"):
        run(TrainingPlan(PRESETS["dense"], epochs=0))
    with pytest.raises(PlanError, match="learning rate"):
        run(TrainingPlan(PRESETS["dense"], learning_rate=float("nan")))


def test_a_reader_follows_the_training() -> None:
    readers: list[DigitReader] = []
    image = load_digits("sample").validation_images[:1]
    answers = []

    def report(event: Event) -> None:
        if event["kind"] == "epoch":
            answers.append(readers[0].probabilities(image))

    train_digits(DENSE, report, Control(), readers.append)
    assert len(answers) == 2
    assert (answers[0] != answers[1]).any()
