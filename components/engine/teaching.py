"""Teach a head on classes of one's own, for its page."""

import pickle
from collections.abc import Callable

from components.concepts.photo_head import Head
from components.concepts.teaching import Taught, TeachingPlan
from components.concepts.training import Event
from components.engine.engine import Engine
from components.engine.jobs import Job, Task

TEACH = Task("components.models.teaching:teach")
FILES_SECONDS = 60.0  # a whole network is built and converted


def start_teaching(engine: Engine, plan: TeachingPlan, on_event: Callable[[Event], None]) -> Job:
    """Queue a run; its events go to `on_event`. Raises TeachingError for what can't be taught."""
    plan.check()
    return engine.submit(TEACH, plan, on_event)


def result_of(job: Job) -> Taught:
    """What a finished run left. Raises EngineError where there is nothing (any more)."""
    taught: Taught = pickle.loads(job.read_result())
    return taught


def keras_file(engine: Engine, head: Head) -> bytes:
    """The whole network, backbone and head, as a .keras file. Raises EngineError."""
    data: bytes = engine.call(
        "components.models.head_files:to_keras_file", head, patience=FILES_SECONDS
    )
    return data


def litert_file(engine: Engine, head: Head) -> bytes:
    """The whole network, backbone and head, as a LiteRT file. Raises EngineError."""
    data: bytes = engine.call(
        "components.models.head_files:to_litert", head, patience=FILES_SECONDS
    )
    return data


def backbone_file(engine: Engine, backbone: str) -> bytes:
    """The frozen backbone, from pictures to features, as a .keras file. Raises EngineError."""
    data: bytes = engine.call(
        "components.models.head_files:backbone_file", backbone, patience=FILES_SECONDS
    )
    return data


def fine_tuned_file(engine: Engine, task: str, backbone: str) -> bytes:
    """A bundled fine-tuned network as a .keras file. Raises EngineError."""
    data: bytes = engine.call(
        "components.models.head_files:fine_tuned_file", task, backbone, patience=FILES_SECONDS
    )
    return data
