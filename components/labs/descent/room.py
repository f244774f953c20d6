"""Where everyone's walk ended, on the loss that the lab shows."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from components.classroom.entries import Entry, Value
from components.concepts.gradient_descent import Walk
from components.concepts.loss_landscapes import ONE_WEIGHT, TWO_WEIGHTS, Landscape
from components.figures.room_points import Axes, Point, points_on_curve, points_on_surface
from components.figures.theme import Figure
from components.room.mine import Topic, show_room

N_CURVE, N_CELLS = 121, 40
ABOUT = """
Send where your walk has got to, with your start and your learning rate. Everyone who walked on
this loss is on the same picture.
"""
DIVERGED = "Your walk has left the picture. Take a smaller learning rate to send it."


def show_everyones(walk: Walk) -> None:
    """The room's walks on this landscape, and the one in the lab to send."""
    land = walk.landscape
    topic = Topic(
        "gradient_descent",
        "The room's walks",
        ABOUT,
        lambda entries, visit: _draw(land, entries, visit),
        _say,
        DIVERGED,
    )
    show_room(topic, lambda: _mine(walk))


def _mine(walk: Walk) -> Value | None:
    land, place = walk.landscape, walk.weights[-1]
    if walk.diverged or not np.all((land.low <= place) & (place <= land.high)):
        return None
    value: dict[str, str | float] = {
        "landscape": land.name,
        "rate": walk.learning_rate,
        "steps": len(walk.weights) - 1,
        "loss": float(walk.losses[-1]),
    }
    value.update({f"w{number}": float(w) for number, w in enumerate(place)})
    return value


def _say(entry: Entry) -> str:
    return (
        f"{entry.value.get('landscape')}, learning rate {entry.number_of('rate'):g}, "
        f"loss {entry.number_of('loss'):.4g} after {entry.number_of('steps'):g} steps"
    )


def _draw(land: Landscape, entries: Sequence[Entry], visit: str) -> Figure | None:
    here = [each for each in entries if each.value.get("landscape") == land.name]
    if not here:
        return None
    # On a curve the height is the loss; on a surface it is the second weight.
    up = "loss" if land.n_weights == 1 else "w1"
    points = [
        Point(
            each.number_of("w0"),
            each.number_of(up),
            each.number_of("loss"),
            each.name,
            each.visit == visit,
        )
        for each in here
    ]
    weights, loss = _ground(land.name)
    span = (land.low, land.high)
    if land.n_weights == 1:
        room = 0.06 * float(loss.max() - loss.min())
        heights = (float(loss.min()) - room, float(loss.max()) + room)
        return points_on_curve(
            weights, loss, points, Axes("weight w", "loss", "loss", span, heights)
        )
    axes = Axes("weight w₁", "weight w₂", "loss", span, span)
    return points_on_surface(weights, weights, loss, points, axes)


@lru_cache(maxsize=8)
def _ground(name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The weights along one side, and the losses: a curve, or a grid (n, n)."""
    land = (ONE_WEIGHT | TWO_WEIGHTS)[name]
    if land.n_weights == 1:
        weights = np.linspace(land.low, land.high, N_CURVE)
        return weights, land.value(weights[:, None])
    side = (land.high - land.low) / N_CELLS
    weights = np.linspace(land.low + side / 2, land.high - side / 2, N_CELLS)
    first, second = np.meshgrid(weights, weights)
    return weights, land.value(np.stack([first, second], axis=-1))
