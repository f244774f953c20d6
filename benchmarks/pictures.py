"""Pictures: through the door, the heaviest files and a phone's photo; and to probabilities."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks.figure import Figure
from benchmarks.own_engine import ready_engine
from components.concepts.model_cards import networks_for
from components.concepts.photo_backbones import TASKS
from components.engine.photos import classify, networks_here
from components.pictures.door import PictureError, open_picture
from tests.picture_files import HEAVY, noise, saved

ROUNDS = 3
MANY = 100


def run() -> Iterator[Figure]:
    """Seconds from the bytes to the pixels, median of three, and on to the probabilities."""
    photo = saved(noise(4000, 3000), "JPEG", quality=80)
    yield Figure("a photo of 12 megapixels, to pixels", _seconds(photo), "s", "part of the next")
    yield from _probabilities(photo)
    times = {name: _seconds(make()) for name, make in HEAVY.items()}
    slowest = max(times, key=lambda name: times[name])
    yield Figure("the slowest of the heaviest files", times[slowest], "s", "3 s", slowest)


def _probabilities(photo: bytes) -> Iterator[Figure]:
    """The same photo through door, engine and network, once everything is loaded; and many."""
    with ready_engine() as engine:
        here = networks_here(engine)
        small = [noise_pixels(i) for i in range(MANY)]
        for task in TASKS:
            for key in networks_for(task):
                if not here[key]:
                    continue

                def once(task: str = task, key: str = key) -> None:
                    classify(engine, task, key, [open_picture(photo, "photo.jpg").pixels])

                once()  # loads the network
                name = f"12 megapixels to probabilities, {key}, {task}"
                yield Figure(name, median(_timed(once) for _ in range(ROUNDS)), "s", "1 s, warm")
        key, task = "bundled", next(iter(TASKS))
        many = _timed(lambda: classify(engine, task, key, small))
        yield Figure(f"{MANY} pictures to probabilities, {key}", many, "s", "with progress")


def noise_pixels(seed: int) -> NDArray[np.uint8]:
    """A picture of the size of a small photo, uint8 (300, 400, 3)."""
    return np.random.default_rng(seed).integers(0, 256, (300, 400, 3)).astype(np.uint8)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _seconds(data: bytes) -> float:
    def once() -> float:
        start = time.perf_counter()
        with suppress(PictureError):
            open_picture(data, "file")
        return time.perf_counter() - start

    return median(once() for _ in range(ROUNDS))
