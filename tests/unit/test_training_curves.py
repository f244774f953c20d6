"""The curves of a run: what is drawn, what is left out, and what the words say."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.training import BatchPoint, EpochPoint, TrainingRecord
from components.figures import theme
from components.figures.run_comparison import runs_by_epoch
from components.figures.theme import Figure
from components.figures.training_curves import (
    MAX_POINTS,
    MOMENT,
    TRAINING,
    VALIDATION,
    loss_and_accuracy_by_batch,
    thin,
)

NAN, INF = float("nan"), float("inf")


def run(
    epochs: int = 5, done: int = 3, batches_per_epoch: int = 32, loss: float | None = None
) -> TrainingRecord:
    """A run of `done` epochs whose loss falls and whose accuracy rises."""
    record = TrainingRecord(epochs=epochs, train_size=4096)
    for step in range(1, done * batches_per_epoch + 1):
        epoch = step / batches_per_epoch
        record.batches.append(
            BatchPoint(step, epoch, loss or 2 / (1 + epoch), epoch / 10, learning_rate=0.001)
        )
    for epoch in range(1, done + 1):
        step = epoch * batches_per_epoch
        values = (0.5, 0.8, loss or 1 / epoch, 0.9 + epoch / 100)
        record.epoch_points.append(EpochPoint(epoch, step, *values, seconds=1.0))
    return record


def rows(figure: Figure, kind: str) -> list[tuple[float, float]]:
    data = figure.data[figure.data["kind"] == kind]
    return list(zip(data["epoch"], data["value"], strict=True))


def scale(figure: Figure, channel: str) -> dict[str, Any]:
    found: dict[str, Any] = figure.spec["layer"][0]["encoding"][channel]["scale"]
    return found


def test_points_are_those_of_the_record() -> None:
    accuracy, loss = loss_and_accuracy_by_batch(run())
    assert rows(accuracy, VALIDATION) == [(1, 0.91), (2, 0.92), (3, 0.93)]
    assert rows(loss, VALIDATION) == [(1, 1), (2, 1 / 2), (3, 1 / 3)]
    line = rows(loss, TRAINING)
    assert len(line) == 96  # fewer than 300 are drawn as they are
    assert line[31] == (1.0, 1.0)


def test_axes_stay_while_it_trains() -> None:
    early, late = loss_and_accuracy_by_batch(run(done=1)), loss_and_accuracy_by_batch(run(done=5))
    assert early.accuracy.spec == late.accuracy.spec and early.loss.spec == late.loss.spec
    assert early.accuracy.alt == late.accuracy.alt  # another text would redraw the chart
    assert scale(early.loss, "x")["domain"] == [0, 5]
    assert scale(early.accuracy, "y")["domain"] == [0, 1]
    assert early.accuracy.spec["layer"][0]["encoding"]["y"]["axis"]["format"].endswith("%")


def test_drawn_points_stay_as_more_arrive() -> None:
    """All but the piece of the run that is still growing."""
    short = rows(loss_and_accuracy_by_batch(run(done=2, batches_per_epoch=400)).loss, TRAINING)
    long = rows(loss_and_accuracy_by_batch(run(done=5, batches_per_epoch=400)).loss, TRAINING)
    assert long[: len(short) - 1] == short[:-1]
    assert len(long) == MAX_POINTS


def test_training_and_validation_differ_by_color_and_dash() -> None:
    line = loss_and_accuracy_by_batch(run()).loss.spec["layer"][0]["encoding"]
    assert line["color"]["scale"]["domain"] == line["strokeDash"]["scale"]["domain"]
    assert line["color"]["scale"]["range"] == [theme.TRAINING, theme.VALIDATION]
    dashes = line["strokeDash"]["scale"]["range"]
    assert dashes[0] != dashes[1]


def test_the_moment_is_data_and_not_a_new_chart() -> None:
    without, with_it = loss_and_accuracy_by_batch(run()), loss_and_accuracy_by_batch(run(), 1.5)
    assert rows(without.loss, MOMENT) == []
    assert [epoch for epoch, _ in rows(with_it.loss, MOMENT)] == [1.5]
    assert [epoch for epoch, _ in rows(with_it.accuracy, MOMENT)] == [1.5]
    assert without.loss.spec == with_it.loss.spec


@pytest.mark.parametrize("bad", [NAN, INF, -INF])
def test_what_is_not_finite_is_never_drawn(bad: float) -> None:
    record = run(done=2)
    record.batches.append(BatchPoint(65, 2.03, bad, bad, 0.001))
    record.epoch_points.append(EpochPoint(3, 96, bad, bad, bad, bad, 1.0))
    for figure in loss_and_accuracy_by_batch(record, moment_epoch=bad):
        curves = figure.data[figure.data["kind"] != MOMENT]
        assert curves[["epoch", "value"]].map(math.isfinite).all(axis=None)
        assert rows(figure, MOMENT) == [] and len(rows(figure, VALIDATION)) == 2
        assert "nan" not in figure.summary and "inf" not in figure.summary
    for figure in runs_by_epoch([("diverged", record)]):
        assert figure.data["value"].map(math.isfinite).all() and len(figure.data) == 2


def test_a_run_that_diverges_at_once_gives_empty_charts() -> None:
    record = run(done=1, loss=NAN)
    loss = loss_and_accuracy_by_batch(record).loss
    assert loss.data.empty
    assert loss.summary == "Loss of the run: nothing to show yet."


def test_a_run_that_has_not_begun() -> None:
    for figure in (*loss_and_accuracy_by_batch(TrainingRecord()), *runs_by_epoch([])):
        assert figure.data.empty and "yet" in figure.summary


def test_logarithmic_loss_leaves_out_what_has_no_logarithm() -> None:
    record = run(done=1)
    record.batches.append(BatchPoint(33, 1.03, 0.0, 1.0, 0.001))
    figure = loss_and_accuracy_by_batch(record, log_loss=True).loss
    assert scale(figure, "y")["type"] == "log"
    assert len(figure.data) == 33 and figure.data["value"].min() > 0
    assert len(loss_and_accuracy_by_batch(record).loss.data) == 34


def test_summary_has_the_numbers() -> None:
    accuracy, loss = loss_and_accuracy_by_batch(run())
    assert accuracy.summary == (
        "Accuracy of the run up to epoch 3.0 of 5. Training: first 0.31 %, last 30.00 %. "
        "Validation after epoch 3: 93.00 %."
    )
    assert loss.summary.endswith("Validation after epoch 3: 0.3333.")


def test_runs_side_by_side() -> None:
    figures = runs_by_epoch(
        [("first", run(epochs=5, done=2)), ("second", run(epochs=8, done=1))],
        ("the workshop's run", 0.9827),
    )
    data = figures.accuracy.data
    points = data[data["label"] == ""]
    assert points[["run", "epoch", "value"]].to_numpy().tolist() == [
        ["first", 1, 0.91],
        ["first", 2, 0.92],
        ["second", 1, 0.91],
    ]
    mark = data[data["label"] != ""].iloc[0]
    assert mark["label"] == "the workshop's run: 98.27 %" and mark["value"] == 0.9827
    assert math.isnan(mark["epoch"])
    assert scale(figures.accuracy, "x")["domain"] == [0, 8]
    assert (figures.loss.data["label"] == "").all() and len(figures.loss.spec["layer"]) == 2
    assert figures.accuracy.summary == (
        "Validation accuracy by epoch. Best of each run: first: 92.00 %; second: 91.00 %. "
        "the workshop's run: 98.27 %."
    )


def test_runs_differ_by_color_dash_and_marker() -> None:
    line, points, *_ = runs_by_epoch([("one", run())]).accuracy.spec["layer"]
    assert line["encoding"]["color"]["scale"]["range"] == list(theme.SERIES_COLORS)
    assert len(line["encoding"]["strokeDash"]["scale"]["range"]) == len(theme.SERIES_DASHES)
    assert points["encoding"]["shape"]["scale"]["range"] == list(theme.SERIES_SHAPES)


def test_runs_need_names_of_their_own() -> None:
    with pytest.raises(ValueError, match="same name"):
        runs_by_epoch([("run", run()), ("run", run())])


def test_charts_are_small() -> None:
    record = run(epochs=100, done=100, batches_per_epoch=90)
    for figure in (*loss_and_accuracy_by_batch(record), *runs_by_epoch([("run", record)])):
        assert len(json.dumps(figure.spec)) < 4_000
        assert len(figure.data) <= MAX_POINTS + 100


@given(
    st.lists(st.tuples(st.floats(0, 5), st.floats(allow_nan=True)), max_size=200),
    st.integers(1, 50),
)
def test_thinning_keeps_to_its_number_and_its_range(
    points: list[tuple[float, float]], n: int
) -> None:
    thinned = thin(points, 5, n)
    assert len(thinned) <= n
    finite = [y for _, y in points if math.isfinite(y)]
    for x, y in thinned:
        assert 0 <= x <= 5 + 1e-9
        slack = 1e-9 * max(map(abs, finite))
        assert min(finite) - slack <= y <= max(finite) + slack


def test_thinning_takes_means() -> None:
    assert thin([(0.1, 1), (0.3, 3), (0.9, 7)], 1, 2) == [(0.2, 2), (0.9, 7)]
