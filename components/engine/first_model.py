"""The jobs and calls of the first Keras model, for its page."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from components.concepts.dense_network import DenseNetwork
from components.concepts.examples import Examples
from components.concepts.first_model import FirstPlan, FitRecord
from components.engine.engine import Engine
from components.engine.jobs import Job, Task

FIT_TABLE = Task(
    "components.models.first_model:fit_table", "components.models.first_model:load_predictor"
)


def start_fit(engine: Engine, plan: FirstPlan, examples: Examples, record: FitRecord) -> Job:
    """Queue a fit; `record` follows it. Raises PlanError where the plan can't be trained."""
    plan.check()
    return engine.submit(FIT_TABLE, (plan, examples), record.add)


def predict(job: Job, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Outputs (n, n_outputs) for rows (n, n_inputs) as in the table. Raises EngineError."""
    outputs: NDArray[np.float64] = job.call(
        "components.models.first_model:Predictor.predict", inputs
    )
    return outputs


def predict_by_keras(engine: Engine, network: DenseNetwork, inputs: Sequence[float]) -> float:
    """What Keras says with the weights of a network set by hand. Raises EngineError."""
    said: float = engine.call(
        "components.models.first_model:predict_by_keras", network, tuple(inputs)
    )
    return said
