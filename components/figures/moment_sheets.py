"""The maps of one layer at several moments, side by side."""

from dataclasses import dataclass
from html import escape

from components.figures.map_sheet import MapSheet


@dataclass(frozen=True)
class MomentSheet:
    """All maps of a layer at one moment, with its name, a description, and its scale in words."""

    name: str
    sheet: MapSheet
    alternative: str
    caption: str


def moment_sheets(moments: list[MomentSheet]) -> str:
    """The sheets in equal parts of the width."""
    figures = "".join(
        f'<figure style="margin:0;min-width:0"><b>{escape(moment.name)}</b>'
        f'<img src="{moment.sheet.uri}" alt="{escape(moment.alternative)}" '
        'style="image-rendering:pixelated;width:100%;display:block">'
        f'<figcaption style="font-size:0.85rem">{escape(moment.caption)}</figcaption></figure>'
        for moment in moments
    )
    columns = f"repeat({max(1, len(moments))},minmax(0,1fr))"
    return (
        f'<div class="moments" style="display:grid;gap:0.8rem;grid-template-columns:{columns}">'
        f"{figures}</div>"
    )
