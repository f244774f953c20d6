"""The photo networks, for their pages: pictures of any size go in, uint8 (height, width, 3)."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from components.concepts.model_cards import load_card, networks_for
from components.concepts.photo_backbones import BACKBONES
from components.concepts.photo_head import Features, Head
from components.concepts.training import Event
from components.engine.engine import Engine
from components.engine.jobs import Job, Task
from components.pictures.fit import Pixels, fit_square

MODULE = "components.models.photos"
DOWNLOAD = Task("components.models.imagenet:download_network", aside=True)
LOADING_SECONDS = 20.0  # the first question to a network loads it
SECONDS_PER_PICTURE = 0.5  # on a busy machine
Probabilities = NDArray[np.float32]


def side_for(backbone: str, task: str | None = None) -> int:
    """The side of the pictures that a network reads; with `task`, as fine-tuned for it."""
    if task is None or backbone not in networks_for(task):  # then the worker says what is amiss
        return BACKBONES[backbone].side
    return load_card(task, backbone).side


def networks_here(engine: Engine) -> dict[str, bool]:
    """Which networks the workers have, by their keys. Raises EngineError."""
    here: dict[str, bool] = engine.call("components.models.backbones:networks_here")
    return here


def raw_networks_here(engine: Engine) -> dict[str, bool]:
    """Of which networks `top_classes` can be asked. Raises EngineError."""
    here: dict[str, bool] = engine.call(f"{MODULE}:raw_networks_here")
    return here


def classify(engine: Engine, task: str, backbone: str, pictures: Sequence[Pixels]) -> Probabilities:
    """Calibrated probabilities (n, classes) of the classes of a task. Raises EngineError."""
    squares = _squares(pictures, side_for(backbone, task))
    found: Probabilities = engine.call(
        f"{MODULE}:classify", task, backbone, squares, patience=_patience(squares)
    )
    return found


def classify_with_head(engine: Engine, head: Head, pictures: Sequence[Pixels]) -> Probabilities:
    """Probabilities (n, classes) by a head of the visitor's own. Raises EngineError."""
    squares = _squares(pictures, side_for(head.backbone))
    found: Probabilities = engine.call(
        f"{MODULE}:classify_with_head", head, squares, patience=_patience(squares)
    )
    return found


def grad_cam(
    engine: Engine, task: str, backbone: str, picture: Pixels, target: int
) -> NDArray[np.float32]:
    """Where the network saw class `target`: (height, width) of its last maps, 0 and above.

    It lies over the largest square in the middle of the picture. Raises EngineError.
    """
    square = fit_square(picture, side_for(backbone, task))
    heat: NDArray[np.float32] = engine.call(
        f"{MODULE}:grad_cam", task, backbone, square, target, patience=LOADING_SECONDS
    )
    return heat


def grad_cam_with_head(
    engine: Engine, head: Head, picture: Pixels, target: int
) -> NDArray[np.float32]:
    """The same with a head of the visitor's own. Raises EngineError."""
    square = fit_square(picture, side_for(head.backbone))
    heat: NDArray[np.float32] = engine.call(
        f"{MODULE}:grad_cam_with_head", head, square, target, patience=LOADING_SECONDS
    )
    return heat


def top_classes(
    engine: Engine, backbone: str, pictures: Sequence[Pixels], k: int
) -> list[list[tuple[str, float]]]:
    """What the network says as it was pretrained: k names and probabilities for each picture.

    Raises EngineError, in a sentence, where its weights for this are not here.
    """
    squares = _squares(pictures, side_for(backbone))
    found: list[list[tuple[str, float]]] = engine.call(
        f"{MODULE}:top_classes", backbone, squares, k, patience=_patience(squares)
    )
    return found


def features(engine: Engine, backbone: str, pictures: Sequence[Pixels]) -> Features:
    """The features (n, n_features) of pictures, float32. Raises EngineError."""
    squares = _squares(pictures, side_for(backbone))
    found: Features = engine.call(
        "components.models.backbones:features", backbone, squares, patience=_patience(squares)
    )
    return found


def start_download(engine: Engine, backbone: str, on_event: Callable[[Event], None]) -> Job:
    """Fetch a network into the workers' Keras cache, beside all other work.

    Its events are those of `models.imagenet.download_network`; `stop` cancels it. A job that
    fails says why in its `sentence`.
    """
    return engine.submit(DOWNLOAD, backbone, on_event)


def _squares(pictures: Sequence[Pixels], side: int) -> Pixels:
    """The pictures as the network reads them, shrunk here so that little is sent."""
    if not len(pictures):
        return np.zeros((0, side, side, 3), np.uint8)
    return np.stack([fit_square(each, side) for each in pictures])


def _patience(squares: Pixels) -> float:
    return LOADING_SECONDS + SECONDS_PER_PICTURE * len(squares)
