"""The classes that the visitor teaches, their pictures, and the run that learns them.

All of it lives in the memory of the visit. What changes it is for the callbacks of buttons.
"""

from dataclasses import dataclass, field

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.concepts.photo_backbones import BACKBONES
from components.concepts.photo_head import Head
from components.concepts.teaching import (
    FEWEST_CLASSES,
    MOST_CLASSES,
    MOST_PICTURES,
    Taught,
    TeachingError,
    TeachingPlan,
    TeachingRecord,
    check_classes,
    clean_name,
    is_held_out,
)
from components.engine.jobs import EngineError, Job
from components.engine.teaching import result_of, start_teaching
from components.engine.visit import current_visit
from components.labs.classify import settings
from components.labs.classify.whom import own_head, set_own_head
from components.pictures.door import Picture
from components.pictures.fit import fit_square
from components.pictures.photo import Photo, keep
from components.widgets.setting_values import value_of

_STATE = "teach.state"
MOST_PICTURES_IN_ALL = 400


@dataclass
class TaughtClass:
    """One class: its name, its pictures in the order they came, and a number for its widgets."""

    number: int
    name: str
    photos: list[Photo] = field(default_factory=list)


@dataclass
class Teaching:
    """All that the visitor has taught so far.

    `features` are those known, by network and number of the picture. `taught` is the result of
    the last run, and `trained` the numbers of the pictures that it learnt from or tested on.
    """

    classes: list[TaughtClass] = field(default_factory=list)
    count: int = 0
    job: Job | None = None
    numbers: tuple[int, ...] = ()
    record: TeachingRecord = field(default_factory=TeachingRecord)
    features: dict[tuple[str, int], NDArray[np.float32]] = field(default_factory=dict)
    taught: Taught | None = None
    trained: tuple[int, ...] = ()
    sentence: str = ""

    @property
    def active(self) -> bool:
        """Whether a run waits or goes on."""
        return self.job is not None

    @property
    def photos(self) -> list[Photo]:
        """All pictures, class by class."""
        return [photo for each in self.classes for photo in each.photos]


def teaching() -> Teaching:
    """What this visit has taught; two empty classes at first."""
    state: Teaching | None = st.session_state.get(_STATE)
    if state is None:
        state = st.session_state[_STATE] = Teaching()
        for _ in range(FEWEST_CLASSES):
            add_class()
    return state


def add_class() -> None:
    """One more class, empty."""
    state = teaching()
    if len(state.classes) < MOST_CLASSES:
        state.count += 1
        state.classes.append(TaughtClass(state.count, f"Class {state.count}"))


def remove_class(number: int) -> None:
    """Take a class away, with its pictures."""
    state = teaching()
    if len(state.classes) > FEWEST_CLASSES:
        state.classes = [each for each in state.classes if each.number != number]


def rename(number: int, name: str) -> None:
    """Give a class another name."""
    for each in teaching().classes:
        if each.number == number:
            each.name = clean_name(name)


def add_picture(now: Teaching, target: TaughtClass, picture: Picture) -> str | None:
    """Take a picture into a class; a sentence where it is not taken.

    A picture that is there already is left out: in two classes it would confuse the network,
    and learnt from as well as held out it would make it look better than it is.
    """
    photo = keep(picture)
    for each in now.classes:
        if any(known.fingerprint == photo.fingerprint for known in each.photos):
            where = "this class" if each is target else "another class"
            return f"{picture.name} is in {where} already."
    target.photos.append(photo)
    return None


def room_of(now: Teaching, each: TaughtClass) -> int:
    """How many more pictures a class takes."""
    in_all = MOST_PICTURES_IN_ALL - len(now.photos)
    return min(MOST_PICTURES - len(each.photos), in_all)


def remove_pictures(number: int, last_only: bool) -> None:
    """Take the last picture of a class away, or all."""
    for each in teaching().classes:
        if each.number == number:
            del each.photos[-1 if last_only else 0 :]


def problem() -> str:
    """Why the classes can't be taught yet; empty where they can."""
    state = teaching()
    try:
        check_classes(
            [each.name for each in state.classes], [len(each.photos) for each in state.classes]
        )
    except TeachingError as error:
        return str(error)
    return ""


def can_continue() -> bool:
    """Whether the last classifier knows these classes on this network, so that it may go on."""
    head = own_head()
    if head is None:
        return False
    names = tuple(each.name for each in teaching().classes)
    return head.backbone == value_of(settings.NETWORK) and (
        names[: len(head.classes)] == head.classes
    )


def n_new() -> int:
    """How many pictures have come since the last run."""
    state = teaching()
    return len({photo.number for photo in state.photos} - set(state.trained))


def train(go_on: bool = False) -> None:
    """Start a run: anew, or from what was learnt before."""
    state = teaching()
    if state.active:
        return
    plan = _plan(state, go_on and can_continue())
    record = TeachingRecord(epochs=plan.epochs)
    try:
        state.job = current_visit().submit(lambda engine: start_teaching(engine, plan, record.add))
    except (TeachingError, EngineError) as error:
        state.sentence = str(error)
        return
    state.record, state.sentence = record, ""
    state.numbers = tuple(photo.number for photo in state.photos)


def stop() -> None:
    """End the run; what it has learnt is kept."""
    state = teaching()
    if state.job is None:
        return
    try:
        state.job.stop()
    except EngineError as error:
        st.toast(str(error))


def follow() -> None:
    """Take over what a finished run left."""
    state = teaching()
    job = state.job
    if job is None or job.active:
        return
    state.job = None
    try:
        if job.state == "done":
            _take(state, result_of(job))
        else:
            state.sentence = job.sentence
    except EngineError as error:
        state.sentence = str(error)
    current_visit().release(job)


def _take(state: Teaching, taught: Taught) -> None:
    for number, row in zip(state.numbers, taught.features, strict=True):
        state.features[taught.head.backbone, number] = row
    state.taught, state.trained = taught, state.numbers
    set_own_head(taught.head)


def start_over() -> None:
    """Back to two empty classes; nothing learnt, no pictures kept."""
    state = teaching()
    if state.job is not None:
        current_visit().release(state.job)
    del st.session_state[_STATE]
    set_own_head(None)


def _plan(state: Teaching, go_on: bool) -> TeachingPlan:
    """What to learn, with the settings as they are now."""
    backbone = BACKBONES[value_of(settings.NETWORK)]
    photos = state.photos
    names = tuple(each.name for each in state.classes)
    places = [place for each in state.classes for place in range(len(each.photos))]
    labels = [k for k, each in enumerate(state.classes) for _ in each.photos]
    features = np.zeros((len(photos), backbone.n_features), np.float32)
    missing = []
    for row, photo in enumerate(photos):
        known = state.features.get((backbone.key, photo.number))
        if known is None:
            missing.append(row)
        else:
            features[row] = known
    side = backbone.side
    pictures = [fit_square(photos[row].pixels, side) for row in missing]
    return TeachingPlan(
        backbone=backbone.key,
        classes=names,
        labels=np.array(labels, np.intp),
        held_out=np.array([is_held_out(place) for place in places], bool),
        features=features,
        missing=np.array(missing, np.intp),
        pictures=np.stack(pictures) if pictures else np.zeros((0, side, side, 3), np.uint8),
        epochs=value_of(settings.EPOCHS),
        learning_rate=value_of(settings.RATE),
        seed=value_of(settings.SEED),
        initial=_initial(own_head(), names) if go_on else None,
    )


def adopt_classes(head: Head) -> None:
    """Take over the classes of a loaded classifier, where there are no pictures yet to lose."""
    state = teaching()
    if state.photos or state.active:
        return
    state.taught, state.trained, state.record = None, (), TeachingRecord()
    state.classes = []
    for name in head.classes:
        add_class()
        state.classes[-1].name = name
    st.session_state[settings.NETWORK.name] = head.backbone


def _initial(head: Head | None, names: tuple[str, ...]) -> Head | None:
    """The head learnt before, with a column of zeros for each class that is new."""
    if head is None:
        return None
    n_more = len(names) - len(head.classes)
    return Head(
        kernel=np.pad(head.kernel, ((0, 0), (0, n_more))),
        bias=np.pad(head.bias, (0, n_more)),
        classes=names,
        backbone=head.backbone,
        temperature=1.0,
    )
