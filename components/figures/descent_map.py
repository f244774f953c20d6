"""Two weights: the loss as a contour map, seen from above, with walks over it.

The ground is a picture of see-through blue, so that it fits the light and the dark theme; axes
and words have the page's own text colour.
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import numpy as np
from PIL import Image

from components.concepts.gradient_descent import Walk
from components.concepts.loss_landscapes import TWO_WEIGHTS, Landscape
from components.concepts.minima import minima
from components.concepts.race import LANES
from components.concepts.written_sums import number
from components.figures import theme
from components.figures.race_chart import LANE_COLORS, LANE_DASHES

SIZE = 440  # of the map, in units of the drawing
TOP, RIGHT = 14, 16  # room beside the map
N_PIXELS = 440  # of the ground's picture
N_BANDS = 14
STEEPENING = 1.6  # bands lie closer together near the lowest loss
FAINTEST, STRONGEST, LINE = 12, 150, 225  # opacity of bands and of contour lines, of 255
TICKS = 4  # spaces between ticks
FAR = 3.0  # a path is drawn this many widths beyond the map; then it is cut


@dataclass(frozen=True)
class DescentMap:
    """A drawing as SVG, in words, and where the map lies in it.

    `ground` is the whole drawing but for the walks, which go into its group "walks": the ground
    stays while they move, and need not be drawn again. `frame` is left, top, width and height
    of the map in the drawing's units, `low` and `high` are the weights at its edges.
    """

    ground: str
    walks: str
    alt: str
    frame: tuple[float, float, float, float]
    low: float
    high: float


def descent_map(walks: Sequence[Walk], text_size: int = theme.LABEL_SIZE) -> DescentMap:
    """Walks over the same landscape of two weights, each in its own colour and dash.

    `text_size` is in the drawing's units: a map that is shown small needs a bigger one. A
    single walk has the colour of the first lane. Raises ValueError for other landscapes.
    """
    land = walks[0].landscape
    if land.n_weights != 2:
        raise ValueError(f"A map is for two weights, and “{land.name}” has {land.n_weights}.")
    paths = "".join(_path(walk, place, len(walks) > 1) for place, walk in enumerate(walks))
    left, bottom = 24 + 2 * text_size, 18 + 2 * text_size  # room for ticks and names
    ground = (
        f'<svg viewBox="{-left} {-TOP} {left + SIZE + RIGHT} {TOP + SIZE + bottom}" '
        f'xmlns="http://www.w3.org/2000/svg" font-size="{text_size}" fill="currentColor">'
        f'<clipPath id="map"><rect width="{SIZE}" height="{SIZE}"/></clipPath>'
        f'{_ground(land.name, text_size)}<g class="walks" clip-path="url(#map)"></g></svg>'
    )
    return DescentMap(ground, paths, _in_words(walks), (0, 0, SIZE, SIZE), land.low, land.high)


def place_on_map(land: Landscape, weights: Sequence[float]) -> tuple[float, float]:
    """Where weights lie in the drawing; the first runs to the right, the second up."""
    span = land.high - land.low
    across, up = ((float(w) - land.low) / span for w in weights)
    return across * SIZE, (1 - up) * SIZE


# ---- The ground: bands of equal loss, axes, minima


@lru_cache(maxsize=len(TWO_WEIGHTS) * 2)
def _ground(name: str, text_size: int) -> str:
    """All that stays while walks go over it."""
    land = TWO_WEIGHTS[name]
    picture = (
        f'<image width="{SIZE}" height="{SIZE}" preserveAspectRatio="none" '
        f'href="data:image/png;base64,{_bands(land)}"/>'
        f'<rect width="{SIZE}" height="{SIZE}" fill="none" '
        'stroke="currentColor" stroke-opacity="0.5"/>'
    )
    crosses = "".join(_minimum(land, place, text_size) for place in minima(land))
    return picture + _axes(land, text_size) + crosses


def _bands(land: Landscape) -> str:
    """The map's ground as a PNG in base64: the stronger the blue, the higher the loss."""
    weights = np.linspace(land.low, land.high, N_PIXELS)
    across, up = np.meshgrid(weights, weights[::-1])
    losses = land.value(np.stack([across, up], axis=-1))
    low, high = float(losses.min()), float(losses.max())
    share = ((losses - low) / (high - low)) ** (1 / STEEPENING)
    band = np.minimum((share * N_BANDS).astype(int), N_BANDS - 1)
    opacity = FAINTEST + band * (STRONGEST - FAINTEST) // (N_BANDS - 1)
    is_line = np.zeros_like(band, dtype=bool)
    is_line[:-1] |= band[:-1] != band[1:]
    is_line[:, :-1] |= band[:, :-1] != band[:, 1:]
    pixels = np.empty((N_PIXELS, N_PIXELS, 4), dtype=np.uint8)
    pixels[..., :3] = [int(theme.BLUE[place : place + 2], 16) for place in (1, 3, 5)]
    pixels[..., 3] = np.where(is_line, LINE, opacity)
    file = io.BytesIO()
    Image.fromarray(pixels).quantize(2 * N_BANDS + 2).save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode()


def _axes(land: Landscape, text_size: int) -> str:
    """Ticks with numbers on both axes, and their names."""
    parts = []
    centred, below = 'text-anchor="middle"', SIZE + 6 + text_size
    for value in np.linspace(land.low, land.high, TICKS + 1):
        x, y = place_on_map(land, (value, value))
        words = number(float(value), 3).replace("-", "−")
        parts.append(
            f'<path d="M{x:.1f} {SIZE}v5M0 {y:.1f}h-5" stroke="currentColor"/>'
            f'<text x="{x:.1f}" y="{below}" {centred}>{words}</text>'
            f'<text x="-9" y="{y + text_size / 3:.1f}" text-anchor="end">{words}</text>'
        )
    place = f"translate({-14 - text_size * 1.4:.1f} {SIZE / 2}) rotate(-90)"
    parts.append(
        f'<text x="{SIZE / 2}" y="{below + 4 + text_size}" {centred}>weight w₁</text>'
        f'<text transform="{place}" {centred}>weight w₂</text>'
    )
    return "".join(parts)


def _minimum(land: Landscape, place: Sequence[float], text_size: int) -> str:
    """A cross at a minimum, with its loss."""
    x, y = place_on_map(land, place)
    loss = number(float(land.value(place)), 3)
    return (
        f'<path d="M{x - 6:.1f} {y:.1f}h12m-6 -6v12" stroke="currentColor" stroke-width="2"/>'
        f'<text x="{x:.1f}" y="{y + 8 + text_size:.1f}" text-anchor="middle" '
        f'font-weight="600">{loss}</text>'
    )


# ---- The walks


def _path(walk: Walk, place: int, is_race: bool) -> str:
    """A walk as a line with its points, the start ringed, the end with a mark."""
    land = walk.landscape
    reach = FAR * SIZE
    places = [place_on_map(land, weights) for weights in walk.weights.tolist()]
    seen = [(x, y) for x, y in places if abs(x) < reach and abs(y) < reach]
    color = LANE_COLORS[place]
    dash = " ".join(str(length) for length in LANE_DASHES[place])
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in seen)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2"/>' for x, y in seen[1:])
    (start_x, start_y), (x, y) = places[0], places[-1]
    halo = 'fill="none" stroke="var(--map-background)"'
    parts = [
        f'<polyline points="{line}" {halo} stroke-width="6" stroke-opacity="0.75"/>',
        f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2.5" '
        f'stroke-dasharray="{dash}"/>',
        f'<g fill="{color}">{dots}</g>',
        f'<circle cx="{start_x:.1f}" cy="{start_y:.1f}" r="8" fill="var(--map-background)" '
        f'stroke="{theme.GREY if is_race else color}" stroke-width="3.5"/>',
    ]
    if len(seen) == len(places) and walk.n_steps:
        parts.append(_end(x, y, color, LANES[place] if is_race else ""))
    return f'<g class="walk" data-steps="{walk.n_steps}">{"".join(parts)}</g>'


def _end(x: float, y: float, color: str, lane: str) -> str:
    mark = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="{color}" '
        'stroke="var(--map-background)" stroke-width="2"/>'
    )
    if not lane:
        return mark
    return mark + (
        f'<text x="{x:.1f}" y="{y + 4.5:.1f}" text-anchor="middle" font-size="13" '
        f'font-weight="700" fill="#FFFFFF">{escape(lane)}</text>'
    )


def _in_words(walks: Sequence[Walk]) -> str:
    """The map for who can't see it, with the numbers that matter."""
    land = walks[0].landscape
    hollows = "; ".join(
        f"w₁ {number(x, 3)}, w₂ {number(y, 3)}, loss {number(float(land.value((x, y))), 3)}"
        for x, y in minima(land)
    )
    parts = [f"Contour map of the {land.title} surface. Its minima: {hollows}."]
    for place, walk in enumerate(walks):
        name = f"Walk {LANES[place]}" if len(walks) > 1 else "The walk"
        (a, b), (c, d) = walk.weights[0].tolist(), walk.weights[-1].tolist()
        parts.append(
            f"{name} starts at w₁ {number(a, 3)}, w₂ {number(b, 3)}. After step {walk.n_steps} it "
            f"is at w₁ {number(c, 3)}, w₂ {number(d, 3)}, with a loss of "
            f"{number(float(walk.losses[-1]), 4)}."
        )
    return " ".join(parts)
