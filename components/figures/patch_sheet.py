"""The pictures that excite a map most, with the part that its value has seen."""

from dataclasses import dataclass
from html import escape

from components.concepts.written_sums import number
from components.figures import theme
from components.figures.digit_sheet import FRAME
from components.figures.feature_maps import Pixels
from components.figures.overlay import small_uri


@dataclass(frozen=True, eq=False)
class Patch:
    """A picture, the part of it that was seen (first and last row, first and last column), and
    the value that this part gives.
    """

    picture: Pixels
    field: tuple[int, int, int, int]
    value: float


def patch_sheet(patches: list[Patch], title: str, whole: bool = False) -> str:
    """The patches in a grid, each in its picture and alone; `whole` leaves the second out."""
    cells = "".join(_cell(patch, whole) for patch in patches)
    return (
        f'<div class="patch-sheet" role="list" aria-label="{escape(title)}" style="display:grid;'
        'gap:0.6rem;grid-template-columns:repeat(auto-fill,minmax(104px,1fr))">'
        f"{cells}</div>"
    )


def _cell(patch: Patch, whole: bool) -> str:
    top, bottom, left, right = patch.field
    side = patch.picture.shape[0]
    box = (
        f"left:{100 * left / side:.2f}%;top:{100 * top / side:.2f}%;"
        f"width:{100 * (right - left + 1) / side:.2f}%;"
        f"height:{100 * (bottom - top + 1) / side:.2f}%"
    )
    where = f"rows {top + 1} to {bottom + 1}, columns {left + 1} to {right + 1}"
    alternative = f"A picture; the value {number(patch.value, 3)} comes from {where}"
    alone = patch.picture[top : bottom + 1, left : right + 1]
    image = "image-rendering:pixelated;width:100%;display:block"
    is_all = alone.size == patch.picture.size
    part = (
        f'<img src="{small_uri(alone)}" alt="That part alone" style="{image};width:50%;'
        f'aspect-ratio:1;{FRAME}">'
    )
    return (
        '<div role="listitem"><div style="position:relative">'
        f'<img src="{small_uri(patch.picture)}" alt="{escape(alternative)}" '
        f'style="{image};{FRAME}">'
        f'<div style="position:absolute;box-sizing:border-box;{box};'
        f'border:2px solid {theme.VERMILLION};box-shadow:0 0 0 1px #FFFFFF"></div></div>'
        '<div style="display:flex;gap:0.4rem;align-items:center;margin-top:0.25rem;'
        f'font-size:0.85rem">{"" if whole or is_all else part}<span>{number(patch.value, 3)}</span>'
        "</div></div>"
    )
