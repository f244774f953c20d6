"""Two visitors fit first models at once on a real worker, and nothing mixes."""

from dataclasses import replace

import numpy as np

from components.concepts.examples import CLASSIFICATION, REGRESSION, make_examples
from components.concepts.first_model import RECIPES, FirstPlan, FitRecord
from components.concepts.table import wage_table
from components.concepts.wage_network import wage_network
from components.engine.engine import Engine
from components.engine.first_model import predict, predict_by_keras, start_fit
from components.engine.visit import Visit
from tests.engine.driving import wait_for

WAGE, *OTHERS = wage_table().names
WAGES = make_examples(wage_table(), WAGE, OTHERS, REGRESSION)
CLASSES = make_examples(wage_table(), WAGE, OTHERS[:3], CLASSIFICATION)


def test_two_visitors_train_at_once_and_do_not_mix(engine: Engine) -> None:
    visits = (Visit(engine), Visit(engine))
    plans = (
        FirstPlan(9, epochs=3, batch_size=128, hidden=(8,)),
        FirstPlan(3, 2, loss=RECIPES[CLASSIFICATION].loss, epochs=4, batch_size=128, hidden=(5,)),
    )
    given = (WAGES, CLASSES)
    records = [FitRecord(plan.epochs) for plan in plans]
    jobs = [
        visit.submit(lambda e, p=plan, x=examples, r=record: start_fit(e, p, x, r))  # type: ignore[misc]
        for visit, plan, examples, record in zip(visits, plans, given, records, strict=True)
    ]
    wait_for(lambda: not any(job.active for job in jobs), "the end of both fits")
    assert [job.state for job in jobs] == ["done", "done"], [job.sentence for job in jobs]
    wait_for(lambda: all(record.how for record in records), "the last events")
    assert [len(record.points) for record in records] == [3, 4]
    regression, classes = (
        predict(job, examples.inputs[:6]) for job, examples in zip(jobs, given, strict=True)
    )
    assert regression.shape == (6, 1) and classes.shape == (6, 2)
    np.testing.assert_allclose(classes.sum(axis=1), 1, rtol=1e-5)
    assert predict_by_keras(engine, wage_network(), (13, 1)) == 38
    visits[0].end()
    assert predict(jobs[1], CLASSES.inputs[:1]).shape == (1, 2)  # the other one's goes on
    visits[1].end()


def test_what_keras_refuses_comes_back_as_a_sentence(engine: Engine) -> None:
    record = FitRecord()
    plan = replace(FirstPlan(9), epochs=1, wrong_shape=True)
    job = start_fit(engine, plan, WAGES, record)
    wait_for(lambda: not job.active, "the end of the fit")
    assert job.state == "failed" and job.sentence.startswith("Keras refused")
    wait_for(lambda: record.keras_said, "Keras's own words")
    job.release()
