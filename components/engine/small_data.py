"""The jobs of the lesson on small data sets, for its page."""

import pickle
from collections.abc import Callable

from components.concepts.leakage import LeakPlan
from components.concepts.small_data import LabelledPictures, SmallDataPlan, SmallDataResult
from components.concepts.training import Event
from components.engine.engine import Engine
from components.engine.jobs import Job, Task
from components.pictures.labelled import Labelled

COMPARE_WAYS = Task("components.models.small_data:compare_ways")
TRAIN_WITH_LEAK = Task("components.models.leakage:train_with_leak")
FETCH_CLOTHING = Task("components.models.clothing:fetch_clothing", aside=True)

OnEvent = Callable[[Event], None]


def start_comparison(
    engine: Engine, plan: SmallDataPlan, pictures: LabelledPictures, on_event: OnEvent
) -> Job:
    """Queue the comparison of the three ways. Raises PlanError."""
    plan.check(pictures.network, pictures.most_per_class)
    return engine.submit(COMPARE_WAYS, (plan, pictures), on_event)


def start_leak(
    engine: Engine, leak: LeakPlan, pictures: LabelledPictures, on_event: OnEvent
) -> Job:
    """Queue a run with validation pictures in its training set. Raises PlanError."""
    leak.check(pictures.network, pictures.most_per_class)
    return engine.submit(TRAIN_WITH_LEAK, (leak, pictures), on_event)


def start_fetching(engine: Engine, on_event: OnEvent) -> Job:
    """Queue the download of the clothing pictures; its events are "download" and "reading"."""
    return engine.submit(FETCH_CLOTHING, None, on_event)


def result_of(job: Job) -> SmallDataResult:
    """The features that a comparison kept. Raises EngineError where there are none (any more)."""
    result: SmallDataResult = pickle.loads(job.read_result())
    return result


def fetched(job: Job) -> Labelled:
    """The clothing pictures that a job has fetched. Raises EngineError where there are none."""
    labelled: Labelled = pickle.loads(job.read_result())
    return labelled


def base_file(engine: Engine, network: str) -> bytes:
    """The pretrained network up to its features, as a .keras file. Raises EngineError."""
    data: bytes = engine.call("components.models.small_networks:base_file", network)
    return data
