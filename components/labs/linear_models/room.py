"""Everyone's blanks on one surface: which weights the room tried, and how well they do."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from components.classroom.entries import Entry, Value
from components.concepts.linear_model import LinearModel
from components.concepts.wage_lines import typical_error, workers
from components.concepts.wage_surface import EDUCATION, INDUSTRY, WageSurface, wage_surface
from components.figures.room_points import Axes, Point, points_on_surface
from components.figures.theme import Figure
from components.labs.linear_models.settings import WEIGHTS
from components.room.mine import Topic, show_room

N_CELLS = 40  # along each side
ABOUT = """
Send the weights of education and industry that you found by hand. The ground is the lowest error
that these two weights allow when all other blanks are at their best: the fainter, the lower.
Your own error is that of your model as it stands, so it may be higher.
"""
PRODUCT = (
    "Switch off **Add education × industry** to send yours: the surface is the linear model's."
)


def show_everyones(model: LinearModel) -> None:
    """The room's models, and the one in the lab to send."""
    show_room(
        Topic("linear_models", "The room's models", ABOUT, _draw, _say, PRODUCT),
        lambda: _mine(model),
    )


def _mine(model: LinearModel) -> Value | None:
    if model.products:
        return None
    return {
        "education": model.weights[EDUCATION],
        "industry": model.weights[INDUSTRY],
        "error": typical_error(model.predict, workers()),
    }


def _say(entry: Entry) -> str:
    return (
        f"education {entry.number_of('education'):g}, industry {entry.number_of('industry'):g}, "
        f"error {entry.number_of('error'):.2f}"
    )


def _draw(entries: Sequence[Entry], visit: str) -> Figure | None:
    if not entries:
        return None
    points = [
        Point(
            each.number_of("education"),
            each.number_of("industry"),
            each.number_of("error"),
            each.name,
            each.visit == visit,
        )
        for each in entries
    ]
    surface = _surface()
    ranges = [(WEIGHTS[place].low, WEIGHTS[place].high) for place in (EDUCATION, INDUSTRY)]
    axes = Axes("weight of education", "weight of industry", "typical error", *ranges)
    return points_on_surface(surface.education, surface.industry, surface.error, points, axes)


@lru_cache(maxsize=1)
def _surface() -> WageSurface:
    grids = [_middles(WEIGHTS[place].low, WEIGHTS[place].high) for place in (EDUCATION, INDUSTRY)]
    return wage_surface(*grids)


def _middles(low: float, high: float) -> np.ndarray:
    """The middles of the cells between two borders."""
    side = (high - low) / N_CELLS
    return np.linspace(low + side / 2, high - side / 2, N_CELLS)
