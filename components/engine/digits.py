"""The jobs and calls of the MNIST lesson, for its page."""

import numpy as np
from numpy.typing import NDArray

from components.concepts.training import TrainingPlan, TrainingRecord
from components.engine.engine import Engine
from components.engine.jobs import Job, Task

TRAIN_DIGITS = Task(
    "components.models.training:train_digits", "components.models.reading:load_reader"
)


def start_training(engine: Engine, plan: TrainingPlan, record: TrainingRecord) -> Job:
    """Queue the run that `plan` describes; `record` follows it.

    Raises PlanError or NetworkError, in a sentence, for a plan that can't be trained.
    """
    plan.check()
    return engine.submit(TRAIN_DIGITS, plan, record.add)


def probabilities(
    job: Job, images: NDArray[np.uint8], step: int | None = None
) -> NDArray[np.float32]:
    """Class probabilities (n, 10) of digits (n, 28, 28), by the network of the job.

    With `step`, by the network as it was then. Raises EngineError.
    """
    answer: NDArray[np.float32] = job.call(
        "components.models.reading:DigitReader.probabilities", images, step
    )
    return answer


def keras_file(job: Job) -> bytes:
    """The trained network as a .keras file. Raises EngineError."""
    data: bytes = job.call("components.models.reading:DigitReader.to_keras_file")
    return data


def litert_file(job: Job) -> bytes:
    """The trained network as a LiteRT file. Raises EngineError."""
    data: bytes = job.engine.call("components.models.export:to_litert", keras_file(job))
    return data


def validation_set(engine: Engine, data: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Images (n, 28, 28) and labels (n,) of the digits that are held out. Raises EngineError."""
    images, labels = engine.call("components.models.digits:validation_set", data)
    return images, labels


def data_report(engine: Engine) -> dict[str, bool]:
    """Which digits the workers have beyond the bundled ones, by name. Raises EngineError."""
    report: dict[str, bool] = engine.call("components.models.digits:data_report")
    return report
