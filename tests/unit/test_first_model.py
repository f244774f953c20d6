"""The wage table, the examples, the golden counts, the baseline, the usual mistakes."""

import json
import math

import numpy as np
import pytest

from components.concepts.baseline import fit_baseline, verdict
from components.concepts.examples import CLASSIFICATION, REGRESSION, make_examples, n_train
from components.concepts.first_model import (
    RECIPES,
    FirstPlan,
    FitRecord,
    layer_counts,
    written_total,
)
from components.concepts.table import (
    NumberColumn,
    Table,
    TableError,
    WordColumn,
    draw_wage_table,
    wage_table,
)
from components.concepts.training import PlanError
from components.concepts.usual_mistakes import LOSS, SHAPE, SOFTMAX, UNSCALED, mistakes_in
from components.figures.fit_curves import fit_curves
from components.tables.door import open_table
from tests.table_files import lines, text

WAGE, *OTHERS = wage_table().names
WAGES = make_examples(wage_table(), WAGE, OTHERS, REGRESSION)


def test_the_workshops_network_has_11201_parameters() -> None:
    plan = FirstPlan(9)
    assert [layer.sum for layer in layer_counts(plan.sizes)] == [
        "9·100 + 100", "100·100 + 100", "100·1 + 1",
    ]  # fmt: skip
    assert written_total(plan.sizes) == "1,000 + 10,100 + 101 = 11,201"
    assert plan.n_parameters == 11_201
    recipe = RECIPES[CLASSIFICATION]
    plan = FirstPlan(9, 2, hidden=recipe.hidden, loss=recipe.loss)
    assert plan.sizes == (9, 100, 100, 100, 2)
    assert (plan.output_activation, plan.loss) == ("softmax", "categorical_crossentropy")


def test_the_wage_table_is_the_workshops_in_shape() -> None:
    assert wage_table().n_rows == 534
    assert wage_table().names == (
        "wage_per_hour", "union", "education_yrs", "experience_yrs", "age", "female", "marr",
        "south", "manufacturing", "construction",
    )  # fmt: skip
    drawn = draw_wage_table(534, 1985)
    for column in wage_table().columns:
        assert isinstance(column, NumberColumn)
        np.testing.assert_array_equal(column.values, drawn[column.name])
    assert drawn["wage_per_hour"].min() >= 1 and drawn["wage_per_hour"].max() <= 44.5
    assert drawn["education_yrs"].max() <= 18 and drawn["age"].max() <= 64
    assert set(drawn["manufacturing"] + drawn["construction"]) == {0.0, 1.0}


def test_373_rows_are_trained_on_and_161_held_back() -> None:
    assert (WAGES.n_train, WAGES.n_validation, WAGES.n_inputs) == (373, 161, 9)
    assert [n_train(n) for n in (10, 20, 100)] == [math.floor(n * (1 - 0.3)) for n in (10, 20, 100)]


def test_words_become_inputs_and_numbers_become_classes() -> None:
    table = open_table(text(lines(60)), "t.csv")
    examples = make_examples(table, "price", ["size", "city"], CLASSIFICATION)
    assert [i.name for i in examples.input_names] == [
        "size", "city = Hull", "city = Leeds", "city = York",
    ]  # fmt: skip
    np.testing.assert_array_equal(examples.inputs[0], [30, 0, 1, 0])
    np.testing.assert_array_equal(examples.row({"size": 50, "city": "York"}), [50, 0, 0, 1])
    assert len(examples.classes) == 2 and examples.middle is not None
    words = make_examples(table, "city", ["size"], CLASSIFICATION)
    assert words.classes == ("Hull", "Leeds", "York")
    union = make_examples(wage_table(), "union", [WAGE, "age"], CLASSIFICATION)
    assert union.classes == ("0", "1") and union.middle is None


def test_shuffled_rows_stay_together_and_the_seed_decides() -> None:
    one, other = (make_examples(wage_table(), WAGE, OTHERS, REGRESSION, s) for s in (1, 2))
    order = np.random.default_rng(1).permutation(534)
    np.testing.assert_array_equal(one.inputs, WAGES.inputs[order])
    np.testing.assert_array_equal(one.target, WAGES.target[order])
    assert (one.target != other.target).any()


@pytest.mark.parametrize(
    ("target", "inputs", "task", "words"),
    [
        (WAGE, [], REGRESSION, "at least one column"),
        (WAGE, [WAGE], REGRESSION, "Take it off the inputs"),
        ("salary", ["age"], REGRESSION, "no column `salary`"),
        ("city", ["size"], REGRESSION, "has words"),
        ("late", ["size"], REGRESSION, "the same in every row that is trained on"),
    ],
)
def test_a_choice_that_makes_no_sense_gets_a_sentence(
    target: str, inputs: list[str], task: str, words: str
) -> None:
    table = wage_table()
    if target in ("city", "late"):
        size = NumberColumn("size", np.arange(40.0))
        late = NumberColumn("late", (np.arange(40) > 35).astype(float))
        city = WordColumn("city", np.arange(40) % 2, ("a", "b"))
        table = Table("t", (size, late, city))
    with pytest.raises(TableError, match=words):
        make_examples(table, target, inputs, task)


def test_least_squares_finds_a_linear_rule_and_beats_guessing() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(50, 2))
    columns = (NumberColumn("a", x[:, 0]), NumberColumn("b", x[:, 1]),
               NumberColumn("y", 3 + 2 * x[:, 0] - x[:, 1]))  # fmt: skip
    examples = make_examples(Table("t", columns), "y", ["a", "b"], REGRESSION)
    baseline = fit_baseline(examples)
    np.testing.assert_allclose(baseline.coefficients[:, 0], [3, 2, -1], atol=1e-9)
    assert baseline.error < 1e-9 < baseline.guess_error
    assert baseline.predict([1.0, 1.0])[0, 0] == pytest.approx(4)
    assert fit_baseline(WAGES).error < fit_baseline(WAGES).guess_error


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.8, "**beats** least squares by 20%"), (1.0, "does **not beat**"), (1.3, "better one")],
)
def test_the_page_says_whether_the_network_was_worth_it(share: float, words: str) -> None:
    baseline = fit_baseline(WAGES)
    assert words in verdict(WAGES, share * baseline.error, baseline)


def test_every_usual_mistake_is_named_from_the_plan() -> None:
    def names(**how: object) -> list[str]:
        plan = FirstPlan(9, **how)  # type: ignore[arg-type]
        return [mistake.name for mistake in mistakes_in(plan, WAGES)]

    assert names() == []
    assert names(wrong_shape=True) == [SHAPE]
    assert names(softmax_of_one=True) == [SOFTMAX]
    assert names(scale=False) == [UNSCALED]
    assert names(loss="categorical_crossentropy") == [LOSS]
    assert names(n_classes=2, loss="sparse_categorical_crossentropy") == [LOSS]
    assert names(n_classes=2, loss="mean_squared_error") == [LOSS]
    assert names(n_classes=2, loss="categorical_crossentropy") == []
    shape = mistakes_in(FirstPlan(9, wrong_shape=True), WAGES)[0]
    assert "rows of 10 numbers" in shape.what and "keras.Input((9,))" in shape.cure


@pytest.mark.parametrize(
    "how",
    [{"hidden": (0,)}, {"hidden": (1,) * 6}, {"epochs": 0}, {"batch_size": 0}, {"patience": -1},
     {"learning_rate": math.nan}, {"loss": "hinge"}, {"optimiser": "lion"}],
)  # fmt: skip
def test_a_plan_that_makes_no_sense_gets_a_sentence(how: dict[str, object]) -> None:
    with pytest.raises(PlanError):
        FirstPlan(9, **how).check()  # type: ignore[arg-type]


def test_the_chart_marks_the_best_epoch_and_the_stop() -> None:
    record = FitRecord(10)
    losses = [9.0, 4.0, 5.0, 6.0]
    record.add({"kind": "epochs", "rows": [(n, 8.0 / n, v) for n, v in enumerate(losses, 1)]})
    kinds = list(fit_curves(record, 10, 5.5, 200).data["kind"])
    assert kinds.count("best epoch") == 1 and "stopped" not in kinds
    record.add({"kind": "ended", "how": "early", "kept": 2, "error": 2.0, "seconds": 1.0})
    drawn = fit_curves(record, 10, 5.5, 200)
    marks = drawn.data.set_index("kind")["epoch"]
    assert (marks["best epoch"], marks["stopped"]) == (2, 4)
    assert "best 4 at epoch 2" in drawn.summary and "stopped after epoch 4" in drawn.summary


def test_the_chart_names_least_squares_only_where_its_loss_is_known() -> None:
    compared, alone = (fit_curves(FitRecord(3), 3, plain, 200) for plain in (5.5, None))
    assert "least squares" in compared.alt and "least squares" in json.dumps(compared.spec)
    assert "least squares" not in alone.alt
    lines = alone.spec["layer"][0]["encoding"]
    assert lines["color"]["scale"]["domain"] == ["training", "validation"]
    assert lines["strokeDash"]["scale"]["domain"] == ["training", "validation"]
    assert "nothing to show" in alone.summary


def test_the_axis_of_losses_has_a_length_whatever_there_is_to_show() -> None:
    """On one without, all ticks would fall upon each other."""
    record = FitRecord(10)
    assert fit_curves(record, 10, None, 200).data["value"].max() == 1
    record.add({"kind": "epochs", "rows": [(1, 0.3, 0.2), (2, math.inf, math.nan)]})
    assert fit_curves(record, 10, None, 200).data.iloc[-1]["value"] == 1
    record.add({"kind": "epochs", "rows": [(3, 80.0, 0.2)]})
    drawn = fit_curves(record, 10, None, 200).data
    assert drawn.iloc[-1]["value"] == 80
