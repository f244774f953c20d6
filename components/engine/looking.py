"""Questions about the inside of a network, for the page "How a deep network sees"."""

from dataclasses import dataclass
from typing import Any

from components.concepts.digit_network import DigitNetwork
from components.engine.engine import Engine
from components.engine.jobs import Job

PATIENCE = 8.0  # seconds that a page waits for an answer
LONG_PATIENCE = 20.0  # where many pictures go through a network
ABOUT_MANY = ("strongest", "evidence", "occlusion")
MODULE = "components.models.looking"


@dataclass(frozen=True)
class Bundled:
    """A network that comes with the project: "photo", or the digit network at a moment."""

    engine: Engine
    name: str


@dataclass(frozen=True)
class OfRun:
    """The network of a run of this visit, as it was at `step`; None for as it is now."""

    job: Job
    network: DigitNetwork
    step: int | None


def ask(whom: Bundled | OfRun, question: str, *args: object) -> Any:
    """The answer of a network to a question of `models.looking`.

    Raises EngineError, in a sentence, where none comes within a few seconds.
    """
    patience = LONG_PATIENCE if question in ABOUT_MANY else PATIENCE
    if isinstance(whom, Bundled):
        path = f"{MODULE}:ask_bundled"
        return whom.engine.call(path, whom.name, question, *args, patience=patience)
    path = f"{MODULE}:ask_run"
    return whom.job.call(path, whom.network, whom.step, question, *args, patience=patience)


def steps_of(job: Job) -> tuple[int, ...]:
    """The steps of a run whose weights it has kept so far. Raises EngineError."""
    steps: tuple[int, ...] = job.call(f"{MODULE}:run_steps", patience=PATIENCE)
    return steps
