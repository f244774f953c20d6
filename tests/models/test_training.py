"""A run: what it sends, what it obeys, how it ends."""

import pickle
import threading
from dataclasses import replace

import numpy as np
import pytest

from components.concepts.digit_network import PRESETS, DigitNetwork, Flatten, NetworkError
from components.concepts.training import Event, PlanError, TrainingPlan
from components.models import digits, run_monitor, training
from components.models.checkpoints import MOST_CHECKPOINTS
from components.models.control import Control
from components.models.digits import load_digits
from components.models.reading import DigitReader, load_reader
from components.models.run_clock import RunClock
from components.models.trained import TrainedDigits
from components.models.training import train_digits
from tests.models.conftest import Run


def test_a_run_tells_its_story_in_order(finished: tuple[Run, TrainedDigits]) -> None:
    run, trained = finished
    kinds = [event["kind"] for event in run.events]
    assert kinds[:2] == ["started", "snapshot"]
    assert kinds[-1] == "ended"
    assert (run.record.ended, trained.how) == ("finished", "finished")
    assert (run.record.train_size, run.record.validation_size) == (4000, 1000)
    assert run.record.batches_per_epoch == 40
    assert [point.epoch for point in run.record.epoch_points] == [1, 2, 3]
    assert [point.step for point in run.record.epoch_points] == [40, 80, 120]
    assert trained.step == 120
    steps = [point.step for point in run.record.batches]
    assert steps == sorted(set(steps))
    assert steps[-1] == 120
    assert run.record.batches[-1].epoch == 3.0
    assert run.record.images_per_second > 0


def test_a_network_learns(finished: tuple[Run, TrainedDigits]) -> None:
    run, _ = finished
    assert run.record.epoch_points[-1].val_accuracy > 0.85
    assert run.record.batches[-1].loss < run.record.batches[0].loss
    assert f"{run.record.epoch_points[-1].val_accuracy:.2%}" in run.record.message


def test_snapshots_are_the_networks_answers(finished: tuple[Run, TrainedDigits]) -> None:
    run, trained = finished
    reader, sample = load_reader(trained), load_digits("sample")
    last = run.record.snapshots[-1]
    probabilities = reader.probabilities(sample.validation_images)
    assert last.step == trained.step
    np.testing.assert_array_equal(last.predicted, probabilities.argmax(axis=1))
    sure = np.rint(255 * probabilities.max(axis=1))
    np.testing.assert_allclose(last.confidence.astype(int), sure, atol=1)
    right = (last.predicted == sample.validation_labels).mean()
    assert run.record.epoch_points[-1].val_accuracy == pytest.approx(right)
    assert run.record.snapshots[0].step == 0
    assert last.filters.shape == (2, 2, 8)
    assert np.abs(last.filters - run.record.snapshots[0].filters).max() > 0.01


def test_checkpoints_take_the_network_back(finished: tuple[Run, TrainedDigits]) -> None:
    run, trained = finished
    reader, sample = load_reader(trained), load_digits("sample")
    assert reader.steps[0] == 0
    assert reader.steps[-1] == trained.step
    assert 3 <= len(reader.steps) <= MOST_CHECKPOINTS
    assert sum(step < 40 for step in reader.steps) >= 3  # the start, and several early
    answers = {snapshot.step: snapshot.predicted for snapshot in run.record.snapshots}
    for step in reader.steps:
        then = reader.probabilities(sample.validation_images, step).argmax(axis=1)
        assert (then[: len(answers[step])] == answers[step]).mean() > 0.99  # half precision
    now = reader.probabilities(sample.validation_images).argmax(axis=1)
    np.testing.assert_array_equal(now, run.record.snapshots[-1].predicted)


def test_what_is_left_of_a_run_can_be_sent(finished: tuple[Run, TrainedDigits]) -> None:
    trained = finished[1]
    again = pickle.loads(pickle.dumps(trained))
    digit = load_digits("sample").validation_images[:1]
    before, after = (load_reader(each).probabilities(digit) for each in (trained, again))
    np.testing.assert_array_equal(before, after)
    assert again.plan == trained.plan


def test_the_same_plan_gives_the_same_run(quick_plan: TrainingPlan) -> None:
    first, again, other = Run(), Run(), Run()
    first.train(quick_plan)
    again.train(quick_plan)
    other.train(replace(quick_plan, seed=quick_plan.seed + 1))
    losses = [[point.loss for point in run.record.epoch_points] for run in (first, again, other)]
    assert losses[0] == pytest.approx(losses[1], rel=1e-3)
    assert losses[0] != pytest.approx(losses[2], rel=1e-3)


def test_stop_ends_within_the_execution_at_hand(run: Run, quick_plan: TrainingPlan) -> None:
    stopped_at: list[int] = []

    def stop(event: Event, control: Control) -> None:
        if event["kind"] == "batch" and not stopped_at:
            stopped_at.append(event["step"])
            control.stop()

    run.when.append(stop)
    trained = run.train(replace(quick_plan, epochs=50))
    assert run.record.ended == trained.how == "stopped"
    assert trained.step - stopped_at[0] <= training.MOST_STEPS_PER_EXECUTION
    assert trained.checkpoints[-1].step == trained.step
    assert run.record.snapshots[-1].step == trained.step
    assert "You stopped" in run.record.message


def test_a_run_stopped_before_it_began_does_not_train(run: Run, quick_plan: TrainingPlan) -> None:
    run.control.stop()
    trained = run.train(quick_plan)
    assert (trained.how, trained.step) == ("stopped", 0)
    assert not run.record.batches
    assert load_reader(trained).probabilities(np.zeros((1, 28, 28), np.uint8)).shape == (1, 10)


def test_a_pause_holds_the_run(run: Run, quick_plan: TrainingPlan) -> None:
    def pause_once(event: Event, control: Control) -> None:
        if event["kind"] == "batch" and not run.of_kind("paused"):
            control.pause()

    run.when.append(pause_once)
    run.on("paused", lambda: threading.Timer(0.2, run.control.resume).start())
    run.train(quick_plan)
    kinds = [event["kind"] for event in run.events]
    paused = kinds.index("paused")
    assert kinds[paused + 1] == "resumed"
    assert kinds.count("paused") == 1
    assert run.record.ended == "finished"


def test_neither_pauses_nor_snapshots_count_as_training(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("components.models.run_clock.time.perf_counter", lambda: now[0])
    clock = RunClock()
    now[0] += 2
    with clock.pause():
        now[0] += 10
    with clock.aside():
        now[0] += 1
    assert clock.seconds == 3
    assert clock.training_seconds == 2


def test_a_paused_run_can_be_stopped(run: Run, quick_plan: TrainingPlan) -> None:
    run.on("batch", run.control.pause)
    run.on("paused", run.control.stop)
    assert run.train(replace(quick_plan, epochs=50)).how == "stopped"
    assert not run.of_kind("resumed")


def test_a_pause_without_end_ends_the_run(
    run: Run, quick_plan: TrainingPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_monitor, "MAX_PAUSE_SECONDS", 0.2)
    monkeypatch.setattr(run_monitor, "PAUSE_CHECK_SECONDS", 0.1)
    run.on("batch", run.control.pause)
    assert run.train(replace(quick_plan, epochs=50)).how == "stopped"
    assert "others wait for their turn" in run.record.message


@pytest.mark.parametrize("schedule", ["constant", "cosine"])
def test_a_new_learning_rate_takes_effect(
    schedule: str, run: Run, quick_plan: TrainingPlan
) -> None:
    set_at: list[int] = []

    def change(event: Event, control: Control) -> None:
        if event["kind"] == "batch" and not set_at:
            set_at.append(event["step"])
            control.set_learning_rate(0.0)

    run.when.append(change)
    run.train(replace(quick_plan, epochs=4, schedule=schedule))
    assert [event["value"] for event in run.of_kind("learning_rate")] == [0.0]
    later = [p for p in run.record.batches if p.step > set_at[0] + 16]
    assert later
    assert all(point.learning_rate == 0.0 for point in later)
    scores = [point.val_loss for point in run.record.epoch_points]
    assert scores[-1] == pytest.approx(scores[1], abs=1e-6)  # nothing is learnt any more


def test_the_learning_rate_follows_its_cosine(finished: tuple[Run, TrainedDigits]) -> None:
    rates = [point.learning_rate for point in finished[0].record.batches]
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] < 0.1 * finished[1].plan.learning_rate


def test_a_learning_rate_of_0_says_that_nothing_changes(run: Run, quick_plan: TrainingPlan) -> None:
    trained = run.train(replace(quick_plan, learning_rate=0.0, schedule="constant"))
    assert run.record.note == training.NOTHING_CHANGES
    assert trained.checkpoints[0].weights == trained.checkpoints[-1].weights


@pytest.mark.parametrize("preset", ["dense", "workshop", "strong"])
def test_a_learning_rate_of_a_billion_diverges_and_says_so(
    preset: str, run: Run, quick_plan: TrainingPlan
) -> None:
    plan = replace(quick_plan, network=PRESETS[preset], learning_rate=1e9)
    trained = run.train(plan)
    assert run.record.ended == trained.how == "diverged"
    assert "learning rate of 1e+09" in run.record.message
    assert "ten times smaller" in run.record.message
    digit = load_digits("sample").validation_images[:5]
    assert np.isfinite(load_reader(trained).probabilities(digit)).all()


def test_a_budget_of_seconds_ends_the_run(run: Run, quick_plan: TrainingPlan) -> None:
    trained = run.train(replace(quick_plan, epochs=100, seconds=0.5))
    assert run.record.ended == trained.how == "budget"
    assert "0.5 seconds" in run.record.message
    assert trained.step < 100 * 40
    assert all(e["seconds_left"] <= 0.5 for e in run.of_kind("batch"))


def test_shuffled_pixels_are_shuffled_for_the_reader_too(
    run: Run, quick_plan: TrainingPlan
) -> None:
    trained = run.train(replace(quick_plan, shuffle_pixels=True, epochs=3))
    sample, reader = load_digits("sample"), load_reader(trained)
    answers = reader.probabilities(sample.validation_images).argmax(axis=1)
    accuracy = (answers == sample.validation_labels).mean()
    assert accuracy == pytest.approx(run.record.epoch_points[-1].val_accuracy)
    assert accuracy > 0.8  # in any order a dense network learns as well


def test_drawn_digits_are_read_while_it_trains(run: Run, quick_plan: TrainingPlan) -> None:
    readers: list[DigitReader] = []
    answers: list[np.ndarray] = []
    digit = load_digits("sample").validation_images[:1]
    over = threading.Event()

    def keep_asking() -> None:
        while not over.is_set():
            answers.append(readers[0].probabilities(digit))

    asker = threading.Thread(target=keep_asking)

    def publish(reader: DigitReader) -> None:
        readers.append(reader)
        asker.start()

    trained = train_digits(replace(quick_plan, epochs=5), run.report, run.control, publish)
    over.set()
    asker.join()
    assert run.record.ended == "finished"
    assert len(answers) > 5
    assert all(np.isfinite(each).all() and each.shape == (1, 10) for each in answers)
    assert np.abs(answers[0] - readers[0].probabilities(digit)).max() > 0.01
    np.testing.assert_allclose(
        readers[0].probabilities(digit), load_reader(trained).probabilities(digit), atol=1e-6
    )


def test_a_network_of_the_output_layer_alone_trains(run: Run, quick_plan: TrainingPlan) -> None:
    plan = replace(quick_plan, network=DigitNetwork("Bare", (Flatten(),)), batch_size=2048)
    trained = run.train(plan)
    assert trained.step == 4
    assert run.record.snapshots[-1].filters.size == 0


def test_a_plan_that_cannot_be_trained_is_refused(run: Run, quick_plan: TrainingPlan) -> None:
    with pytest.raises(PlanError):
        run.train(replace(quick_plan, epochs=0))
    with pytest.raises(NetworkError):
        run.train(replace(quick_plan, network=DigitNetwork("No row", ())))
    assert not run.events


def test_without_the_full_set_a_run_goes_on_with_the_sample(
    run: Run,
    quick_plan: TrainingPlan,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    monkeypatch.setenv("KERAS_HOME", str(tmp_path_factory.mktemp("keras")))
    monkeypatch.setattr(digits, "FULL_ORIGIN", "http://127.0.0.1:9/mnist.npz")
    trained = run.train(replace(quick_plan, data="full", epochs=1))
    assert trained.data == run.record.data == "sample"
    assert digits.GOES_ON in run.record.note
    assert run.record.ended == "finished"
