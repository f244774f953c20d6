"""Questions about the inside of a network, as the page asks them: by name, on plain arrays."""

import functools
from collections.abc import Callable
from typing import Any

from components.concepts.digit_network import DigitNetwork
from components.concepts.photo_network import photo_stages
from components.concepts.stages import digit_stages
from components.models.bundled_digits import NETWORK, load_digit_network
from components.models.evidence import measure
from components.models.inside import Inside
from components.models.photo_network import load_photo_network
from components.models.reading import DigitReader, save_keras

PHOTO = "photo"


def _keras_file(inside: Inside) -> bytes:
    return save_keras(inside.model)


QUESTIONS: dict[str, Callable[..., Any]] = {
    "all_maps": Inside.all_maps,
    "maps_of": Inside.maps_of,
    "take_apart": Inside.take_apart,
    "occlusion": Inside.occlusion,
    "grad_cam": Inside.grad_cam,
    "strongest": Inside.strongest,
    "keras_file": _keras_file,
    "evidence": measure,
}


def ask_bundled(name: str, question: str, *args: object) -> Any:
    """The answer of a bundled network: "photo", or the digit network at a moment ("after").

    Raises KeyError for a question that is not in QUESTIONS.
    """
    return QUESTIONS[question](_open(name), *args)


def ask_run(
    reader: DigitReader, network: DigitNetwork, step: int | None, question: str, *args: object
) -> Any:
    """The answer of a run's network, which is built as `network`, at the checkpoint `step`."""
    with reader.model_at(step) as model:
        return QUESTIONS[question](Inside(model, digit_stages(network)), *args)


def run_steps(reader: DigitReader) -> tuple[int, ...]:
    """The steps whose weights a run has kept so far."""
    return reader.steps


@functools.cache
def _open(name: str) -> Inside:
    """A bundled network, loaded once in a worker."""
    if name == PHOTO:
        return Inside(load_photo_network(), photo_stages())
    return Inside(load_digit_network(name), digit_stages(NETWORK))
