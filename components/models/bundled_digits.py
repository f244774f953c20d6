"""The bundled digit network: the workshop's, as it was before, during and after its training."""

from pathlib import Path

import keras
import numpy as np

from components.concepts.digit_network import PRESETS
from components.concepts.moments import DIGIT_WEIGHTS, MOMENTS
from components.models.architectures import build
from components.models.checkpoints import unpack

WEIGHTS_PATH = Path(__file__).parents[2] / "assets" / DIGIT_WEIGHTS
NETWORK = PRESETS["workshop"]


def load_digit_network(moment: str, path: Path = WEIGHTS_PATH) -> keras.Model:
    """The network at "before", "during" or "after". Raises ValueError for another word."""
    place = list(MOMENTS).index(moment)
    model = build(NETWORK, seed=0)
    with np.load(path, allow_pickle=False) as file:
        packed = file["weights"][place].tobytes()
    model.set_weights(unpack(packed, model.get_weights()))
    return model
