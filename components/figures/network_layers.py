"""A digit network layer by layer: shapes, parameters and the sums behind them."""

import math
from collections.abc import Sequence
from html import escape

from components.concepts.digit_network import DIGIT_SHAPE, LayerSummary
from components.figures import theme
from components.figures.digit_sheet import svg_uri

FAINT = "color-mix(in srgb,currentColor 35%,transparent)"
GLYPH_WIDTH, GLYPH_HEIGHT = 64, 48
MAPS_DRAWN = 4  # of a layer's feature maps, one behind the other


def network_layers(summaries: Sequence[LayerSummary]) -> str:
    """The network as a row of boxes that wraps, with its total, in HTML for `st.html`.

    Each box has the layer's name, a picture of its output (feature maps as squares, a row of
    numbers as a bar), the output's shape, and the number of parameters with its sum.
    """
    boxes = [_box("input", DIGIT_SHAPE, None)]
    boxes += [_box(summary.title, summary.output_shape, summary) for summary in summaries]
    total = sum(summary.parameters for summary in summaries)
    counts = [f"{s.parameters:,}" for s in summaries if s.parameters]
    equation = f"{' + '.join(counts)} = " if len(counts) > 1 else ""
    return (
        '<div class="network-layers">'
        '<div role="list" aria-label="Layers of the network, from the picture to the answer" '
        'style="display:flex;flex-wrap:wrap;gap:0.5rem 0.3rem;align-items:stretch">'
        f'{"".join(boxes)}</div><div class="network-total" style="margin-top:0.5rem">'
        f"{equation}<strong>{total:,} parameters</strong></div></div>"
    )


def _box(name: str, shape: tuple[int, ...], summary: LayerSummary | None) -> str:
    arrow = "" if summary is None else _arrow()
    lines = [
        f'<div style="font-weight:600;line-height:1.25">{escape(name)}</div>',
        _glyph(shape),
        f"<div>{_shape_text(shape)}</div>",
    ]
    if summary is not None:
        lines.append(_parameters(summary))
    return (
        f'<div role="listitem" style="display:flex;align-items:center;gap:0.3rem">{arrow}'
        f'<div style="border:1px solid {FAINT};border-radius:0.4rem;padding:0.4rem 0.6rem;'
        "height:100%;box-sizing:border-box;text-align:center;font-size:0.85rem;"
        'display:flex;flex-direction:column;align-items:center;gap:0.15rem;min-width:6.2rem">'
        f"{''.join(lines)}</div></div>"
    )


def _shape_text(shape: tuple[int, ...]) -> str:
    text = " × ".join(f"{size:,}" for size in shape)
    return text if len(shape) == 3 else f"{text} values"


def _parameters(summary: LayerSummary) -> str:
    if not summary.parameters:
        return "<div>no parameters</div>"
    return (
        f'<div style="white-space:nowrap">{escape(summary.parameter_sum)}<br>'
        f"= <strong>{summary.parameters:,}</strong></div>"
    )


def _arrow() -> str:
    return '<span aria-hidden="true">→</span>'


def _glyph(shape: tuple[int, ...]) -> str:
    """A layer's output drawn small: squares for feature maps, a bar for a row of numbers."""
    parts = _maps(shape[0], shape[2]) if len(shape) == 3 else _row(shape[0])
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {GLYPH_WIDTH} {GLYPH_HEIGHT}">{parts}</svg>'
    )
    size = f"width:{GLYPH_WIDTH}px;height:{GLYPH_HEIGHT}px"
    return f'<img src="{svg_uri(svg)}" alt="" style="{size}">'


def _maps(height: int, channels: int) -> str:
    """Squares one behind the other; their side goes with the maps' height."""
    side = max(4.0, 32 * height / DIGIT_SHAPE[0])
    drawn = min(channels, MAPS_DRAWN)
    left = (GLYPH_WIDTH - side - 5 * (drawn - 1)) / 2
    top = (GLYPH_HEIGHT - side + 4 * (drawn - 1)) / 2
    squares = (
        f'<rect x="{left + 5 * i:.1f}" y="{top - 4 * i:.1f}" width="{side:.1f}" '
        f'height="{side:.1f}" fill="{theme.mix(theme.BLUE, "#FFFFFF", 0.55)}" '
        f'stroke="{theme.BLUE}"/>'
        for i in reversed(range(drawn))
    )
    return "".join(squares)


def _row(units: int) -> str:
    """A bar whose height goes with the logarithm of the number of values."""
    height = max(6.0, min(1.0, math.log10(units + 1) / 4) * (GLYPH_HEIGHT - 2))
    return (
        f'<rect x="{GLYPH_WIDTH / 2 - 5}" y="{(GLYPH_HEIGHT - height) / 2:.1f}" width="10" '
        f'height="{height:.1f}" fill="{theme.mix(theme.BLUE, "#FFFFFF", 0.55)}" '
        f'stroke="{theme.BLUE}"/>'
    )
