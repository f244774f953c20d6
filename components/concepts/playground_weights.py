"""A network's weights as a word in the page's address."""

import base64
import binascii

from components.concepts.playground import PlaygroundPlan, Weights, pack, unpack
from components.concepts.training import PlanError

MAX_TEXT = 4000  # characters: the largest network needs about 2,100


def write_weights(weights: Weights) -> str:
    """All weights as letters, digits, "-" and "_", exactly."""
    return base64.urlsafe_b64encode(pack(weights)).decode().rstrip("=")


def read_weights(plan: PlaygroundPlan, text: str) -> Weights:
    """What `write_weights` wrote. Raises PlanError where it does not fit the plan's network."""
    return unpack(plan, _bytes_of(text))


def check_text(text: str) -> None:
    """Raise PlanError where `text` can't be the weights of any network."""
    if len(_bytes_of(text)) % 4:
        raise PlanError("a text as this page writes it")


def _bytes_of(text: str) -> bytes:
    if len(text) > MAX_TEXT:
        raise PlanError("a text as this page writes it, which is shorter")
    try:
        padded = text + "=" * (-len(text) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise PlanError("a text as this page writes it") from error
