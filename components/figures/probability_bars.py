"""How sure a network is of each digit, as ten bars."""

from html import escape

import numpy as np
from numpy.typing import NDArray

from components.concepts.digit_network import N_CLASSES
from components.figures import theme

OTHERS = theme.GREY


def probability_bars(probabilities: NDArray[np.floating]) -> str:
    """Ten level bars for the digits 0 to 9 with their shares, the likeliest highlighted.

    `probabilities` has shape (10,). The string is HTML for `st.html`. Raises ValueError for
    anything but ten finite numbers from 0 to 1.
    """
    values = np.asarray(probabilities, dtype=np.float64)
    if values.shape != (N_CLASSES,):
        raise ValueError(f"Ten digits have ten probabilities, not {values.shape}.")
    if not (np.isfinite(values).all() and values.min() >= 0 and values.max() <= 1 + 1e-6):
        raise ValueError("A probability is a number from 0 to 1.")
    top = int(values.argmax())
    rows = "".join(_row(digit, float(values[digit]), digit == top) for digit in range(N_CLASSES))
    order = np.argsort(-values, kind="stable")[:3]
    likeliest = ", ".join(f"{digit}: {write_share(float(values[digit]))}" for digit in order)
    label = escape(f"Likeliest digits: {likeliest}")
    return (
        f'<div class="probability-bars" role="img" aria-label="{label}" '
        'style="display:grid;grid-template-columns:1.2em 1fr 4.2em;column-gap:0.5rem;'
        f'row-gap:3px;align-items:center;font-variant-numeric:tabular-nums">{rows}</div>'
    )


def write_share(value: float) -> str:
    """A probability in per cent: "92.1 %", and "< 0.1 %" for what would be written as 0.0."""
    return "< 0.1 %" if 0 < value < 0.0005 else f"{100 * value:.1f} %"


def _row(digit: int, value: float, is_top: bool) -> str:
    color = theme.BLUE if is_top else OTHERS
    weight = "700" if is_top else "400"
    percent = min(100 * value, 100)
    return (
        f'<div style="font-weight:{weight};text-align:right">{digit}</div>'
        '<div style="background:color-mix(in srgb,currentColor 9%,transparent);height:1.15em">'
        f'<div style="background:{color};height:100%;width:{percent:.2f}%"></div></div>'
        f'<div style="font-weight:{weight};text-align:right">{write_share(value)}</div>'
    )
