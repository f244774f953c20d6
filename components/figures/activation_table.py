"""All activations at one sum, side by side, as a table."""

from html import escape

from components.concepts.activations import ACTIVATIONS
from components.concepts.written_sums import rounded

_STYLE = """<style>
.activations table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
.activations th, .activations td { border: 0; line-height: 1.25; padding: 0.14rem 0.5rem;
  text-align: right; }
.activations th:first-child { text-align: left; font-weight: inherit; }
.activations thead th { border-bottom: 2px solid currentColor; font-weight: 600; }
.activations .chosen { background: rgb(128 140 150 / 22%); font-weight: 700; }
.activations .chosen th { box-shadow: inset 4px 0 0 currentColor; }
</style>"""


def activation_table(x: float, chosen: str) -> str:
    """Value and slope of every activation at `x` as an HTML table; `chosen` stands out."""
    rows = "".join(
        f"<tr{_mark(name == chosen)}><th scope='row'>{escape(activation.title)}</th>"
        f"<td>{approximately(float(activation.value(x)))}</td>"
        f"<td>{approximately(float(activation.slope(x)))}</td></tr>"
        for name, activation in ACTIVATIONS.items()
    )
    return (
        f'{_STYLE}<div class="activations"><table><thead><tr><th scope="col">at x = {x:g}</th>'
        '<th scope="col">value</th><th scope="col">slope</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def approximately(value: float) -> str:
    """A value with four decimals; one that only looks like a whole number gets a sign for it."""
    text = rounded(value)
    return f"≈ {text}" if "." not in text and float(text) != value else text


def _mark(is_chosen: bool) -> str:
    return ' class="chosen" aria-current="true"' if is_chosen else ""
