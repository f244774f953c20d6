"""The hinges of a fit as a table: where each bends the line, and by how much."""

from components.concepts.hinges import HingeFit
from components.concepts.written_sums import rounded

_STYLE = """<style>
.hinges table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
.hinges th, .hinges td { border: 0; line-height: 1.2; padding: 0.12rem 0.5rem; text-align: right; }
.hinges th:first-child { text-align: left; font-weight: inherit; }
.hinges thead th { border-bottom: 2px solid currentColor; font-weight: 600; }
.hinges .latest { background: rgb(128 140 150 / 22%); font-weight: 700; }
</style>"""


def hinge_table(fit: HingeFit) -> str:
    """A row for each node, in the order they were added; the latest stands out.

    A node passes on ReLU(x − place): its bias is minus the place. The weight to the output says
    how much steeper the line gets there.
    """
    rows = "".join(
        f"<tr{' class=latest' if number == len(fit.places) else ''}>"
        f"<th scope='row'>ReLU(x − {place:g})</th><td>{place:g}</td>"
        f"<td>{rounded(size, 3)}</td></tr>"
        for number, (place, size) in enumerate(zip(fit.places, fit.sizes, strict=True), start=1)
    )
    return (
        f'{_STYLE}<div class="hinges"><table><thead><tr><th scope="col">node</th>'
        '<th scope="col">bends at</th><th scope="col">weight</th></tr></thead>'
        f"<tbody>{rows}<tr><th scope='row'>bias</th><td></td><td>{rounded(fit.bias, 3)}</td></tr>"
        "</tbody></table></div>"
    )
