"""The network that the lab looks into: the visitor's own run, or a bundled one."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from components.concepts.digit_network import PRESETS
from components.concepts.moments import DIGIT_WEIGHTS, Moment, pick_moments
from components.concepts.photo_network import PHOTO_SHAPE, PHOTO_WEIGHTS, photo_stages
from components.concepts.stages import Stage, digit_stages
from components.concepts.training import pixel_permutation
from components.engine.jobs import EngineError
from components.engine.looking import Bundled, OfRun, steps_of
from components.engine.visit import get_engine
from components.labs.digits.runs import Run, shown_run
from components.labs.seeing import settings
from components.labs.seeing.source import Pixels, fit
from components.widgets.setting_values import value_of

ASSETS = Path(__file__).resolve().parents[3] / "assets"
DIGIT_PICTURE = (28, 28)
WORKSHOP = PRESETS["workshop"]


@dataclass(frozen=True)
class Whom:
    """A network at one moment. `identity` tells it from all others in this visit.

    `lasting` says that it answers the same for ever; a network that trains does not.
    """

    name: str
    identity: tuple[object, ...]
    address: Bundled | OfRun
    stages: tuple[Stage, ...]
    classes: tuple[str, ...]
    about: str
    lasting: bool = True
    run: Run | None = None

    def takes(self, pixels: Pixels) -> Pixels:
        """A picture as this network gets it; shuffled, where its run shuffled the pixels."""
        if self.stages[0].reads == PHOTO_SHAPE:
            return fit(pixels, PHOTO_SHAPE)
        small = fit(pixels, DIGIT_PICTURE)
        order = pixel_permutation(self.run.plan) if self.run else None
        return small if order is None else small.ravel()[order].reshape(small.shape)

    @property
    def reads_digits(self) -> bool:
        """Whether it is a digit network."""
        return self.stages[0].reads != PHOTO_SHAPE


def own_run() -> Run | None:
    """The visitor's run, where it has a network to look into."""
    run = shown_run()
    if run is None or run.job.state not in ("running", "done"):
        return None
    return run


def run_on_page() -> Run | None:
    """The visitor's run, where the settings name it; None for a bundled network."""
    is_own = value_of(settings.WHOSE) == settings.OWN
    is_digits = value_of(settings.NETWORK) == settings.DIGITS
    return own_run() if is_own and is_digits else None


def whom_on_page(moment: str | None = None) -> Whom:
    """The network that the settings name; with `moment` the same one at another moment.

    Raises EngineError where the run can't be asked.
    """
    if value_of(settings.NETWORK) == settings.PHOTO:
        return _photo()
    key = moment or value_of(settings.MOMENT)
    run = run_on_page()
    return _bundled(key) if run is None else _of_run(run, key)


def _photo() -> Whom:
    facts = photo_facts()
    about = (
        f"The photo network: {facts.parameters:,} parameters, {facts.classes} classes. It names "
        f"{100 * facts.accuracy:.1f} % of {facts.measured_on:,} pictures right that it was not "
        "trained on."
    )
    address = Bundled(get_engine(), "photo")
    return Whom("Photo network", ("photo",), address, photo_stages(), photo_classes(), about)


def _bundled(key: str) -> Whom:
    moment = next(each for each in bundled_moments() if each.key == key)
    about = (
        f"Bundled: after {moment.step:,} batches it reads {100 * (moment.accuracy or 0):.1f} % of "
        "the digits held out."
    )
    return Whom(
        "Digit network",
        ("digits", key),
        Bundled(get_engine(), key),
        digit_stages(WORKSHOP),
        digit_classes(),
        about,
    )


def _of_run(run: Run, key: str) -> Whom:
    moment = None if key == "after" else moment_of(run, key)
    step = None if moment is None else moment.step
    when = "as it is now" if step is None else f"after {step:,} batches"
    network = run.plan.network
    address = OfRun(run.job, network, step)
    return Whom(
        run.name,
        ("run", run.number, step),
        address,
        digit_stages(network),
        digit_classes(),
        f"Your run **{run.name}**, {when}.",
        lasting=run.job.state == "done",
        run=run,
    )


def moment_of(run: Run, key: str) -> Moment:
    """The run's moment of this name. Raises EngineError while it has kept too few."""
    steps = steps_of(run.job)
    per_epoch = max(1, run.record.batches_per_epoch)
    moments = pick_moments(steps, [step / per_epoch for step in steps])
    for moment in moments:
        if moment.key == key:
            return moment
    raise EngineError("Your run has kept too few moments yet. Let it train a little longer.")


@cache
def bundled_moments() -> tuple[Moment, ...]:
    """The three moments of the bundled digit network, with their measured accuracy."""
    with np.load(ASSETS / DIGIT_WEIGHTS, allow_pickle=False) as file:
        steps, epochs = file["steps"].tolist(), file["epochs"].tolist()
        accuracies = file["accuracies"].tolist()
    picked = zip(("before", "during", "after"), steps, epochs, accuracies, strict=True)
    return tuple(Moment(*each) for each in picked)


@cache
def photo_classes() -> tuple[str, ...]:
    """The names of the photo network's classes."""
    with np.load(ASSETS / PHOTO_WEIGHTS, allow_pickle=False) as file:
        return tuple(str(name) for name in file["classes"])


@dataclass(frozen=True)
class PhotoFacts:
    """What the photo network's file says of it."""

    parameters: int
    classes: int
    accuracy: float
    measured_on: int


@cache
def photo_facts() -> PhotoFacts:
    """Parameters counted in the file, and the accuracy that was measured when it was made."""
    with np.load(ASSETS / PHOTO_WEIGHTS, allow_pickle=False) as file:
        parameters = sum(file[name].size for name in file.files if "." in name)
        accuracy, measured_on = float(file["accuracy"]), int(file["measured_on"])
    return PhotoFacts(parameters, len(photo_classes()), accuracy, measured_on)


def digit_classes() -> tuple[str, ...]:
    """The names of the ten digits."""
    return tuple(str(digit) for digit in range(10))


def stages_on_page() -> tuple[Stage, ...]:
    """The layers of the network that the settings name."""
    if value_of(settings.NETWORK) == settings.PHOTO:
        return photo_stages()
    run = run_on_page()
    return digit_stages(WORKSHOP if run is None else run.plan.network)


def stage_on_page(whom: Whom) -> Stage:
    """The layer that is looked at."""
    return whom.stages[value_of(settings.LAYER) - 1]
