"""How probable a network holds each of some named classes, as bars; and small pictures in rows."""

from collections.abc import Sequence
from html import escape

from components.figures import theme
from components.figures.digit_sheet import FRAME
from components.figures.probability_bars import write_share


def class_bars(
    ranked: Sequence[tuple[str, float]],
    title: str,
    highlight: bool = True,
    threshold: float | None = None,
) -> str:
    """Level bars for (class, probability), as they come; HTML for `st.html`.

    `title` is for screen readers. `highlight` draws the first bar in the colour of an answer,
    and `threshold` (0 to 1) a mark across all bars.
    """
    said = ", ".join(f"{name}: {write_share(chance)}" for name, chance in ranked)
    rows = "".join(
        _row(name, chance, highlight and place == 0, threshold)
        for place, (name, chance) in enumerate(ranked)
    )
    return (
        f'<div class="class-bars" role="img" aria-label="{escape(f"{title}: {said}")}" '
        'style="display:grid;grid-template-columns:minmax(4.5em,max-content) 1fr 4.4em;'
        "column-gap:0.5rem;row-gap:3px;align-items:center;font-size:0.9rem;line-height:1.3;"
        f'font-variant-numeric:tabular-nums">{rows}</div>'
    )


def _row(name: str, chance: float, is_top: bool, threshold: float | None) -> str:
    color = theme.BLUE if is_top else theme.GREY
    weight = "700" if is_top else "400"
    mark = ""
    if threshold is not None:
        mark = (
            f'<div style="position:absolute;left:{100 * threshold:.1f}%;top:-2px;bottom:-2px;'
            'border-left:2px dashed currentColor"></div>'
        )
    return (
        f'<div style="font-weight:{weight};max-width:11em;overflow:hidden;'
        f'text-overflow:ellipsis;white-space:nowrap">{escape(name)}</div>'
        '<div style="position:relative;height:1.05em;'
        'background:color-mix(in srgb,currentColor 9%,transparent)">'
        f'<div style="background:{color};height:100%;width:{min(100 * chance, 100):.2f}%"></div>'
        f"{mark}</div>"
        f'<div style="font-weight:{weight};text-align:right">{write_share(chance)}</div>'
    )


def picture_row(
    uris: Sequence[str], title: str, size: int = 40, marked: Sequence[bool] = ()
) -> str:
    """Small pictures side by side, in as many rows as they need; HTML for `st.html`.

    `uris` are data addresses, `size` is in pixels, and `marked` pictures get a dashed frame.
    """
    flags = list(marked) or [False] * len(uris)
    cells = "".join(
        f'<img src="{uri}" alt="" width="{size}" height="{size}" style="display:block;'
        f'{f"outline:3px dashed {theme.VALIDATION};outline-offset:-3px" if flag else FRAME}">'
        for uri, flag in zip(uris, flags, strict=True)
    )
    return (
        f'<div class="picture-row" role="img" aria-label="{escape(title)}" '
        f'style="display:flex;flex-wrap:wrap;gap:3px">{cells}</div>'
    )
