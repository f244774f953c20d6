"""Four predictions in a table of two by two: does a year of education count alike in both jobs?"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from components.concepts.wage_network import worth_of_a_year
from components.concepts.written_sums import rounded

UNKNOWN = "?"
N_CELLS = 4
COLUMNS = ("Tech job 0", "Tech job 1")

_STYLE = """<style>
.interactions table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums;
  font-size: 1.15rem; table-layout: fixed; }
.interactions th, .interactions td { border: 1px solid rgb(128 140 150 / 55%);
  padding: 0.34rem 0.7rem; text-align: center; }
.interactions th { font-weight: 600; font-size: 1rem; }
.interactions th:first-child { text-align: left; }
.interactions td { font-size: 1.4rem; }
.interactions td.current { outline: 4px solid var(--st-primary-color, #0072B2);
  outline-offset: -4px; font-weight: 700; }
.interactions .worth td { font-weight: 700; font-size: 1.15rem; }
.interactions .worth th, .interactions .worth td { border-top: 3px double currentColor; }
</style>"""


def place_of(cell: int) -> tuple[int, int]:
    """Row (education) and column (tech job) of the cell that is filled as number `cell`, from 1.

    The column without a tech job comes first.
    """
    return (cell - 1) % 2, (cell - 1) // 2


def interaction_table(table: NDArray[np.float64], educations: Sequence[float], known: int) -> str:
    """The predictions of shape (2, 2) as an HTML table of which the first `known` cells are filled.

    The latest one stands out, unless the table is full or empty. Below each full column stands
    what the further year is worth there.
    """
    head = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    rows = "".join(_rows(table, educations, known))
    worth = "".join(f"<td>{text}</td>" for text in worths(table, known))
    return (
        f'{_STYLE}<div class="interactions"><table><thead><tr><th scope="col">Predicted wage</th>'
        f"{head}</tr></thead><tbody>{rows}"
        f'<tr class="worth"><th scope="row">One more year is worth</th>{worth}</tr>'
        "</tbody></table></div>"
    )


def worths(table: NDArray[np.float64], known: int) -> tuple[str, str]:
    """What a further year is worth in each column, a question mark until it is known."""
    values = worth_of_a_year(table)
    return (
        rounded(float(values[0])) if known >= 2 else UNKNOWN,
        rounded(float(values[1])) if known >= N_CELLS else UNKNOWN,
    )


def _rows(table: NDArray[np.float64], educations: Sequence[float], known: int) -> Iterator[str]:
    places = [place_of(cell) for cell in range(1, N_CELLS + 1)]
    for row, education in enumerate(educations):
        cells = []
        for column in range(2):
            number = places.index((row, column)) + 1
            text = rounded(float(table[row, column])) if number <= known else UNKNOWN
            kind = ' class="current"' if number == known < N_CELLS else ""
            cells.append(f'<td{kind} data-cell="{row}-{column}">{text}</td>')
        yield f'<tr><th scope="row">Education {education:g}</th>{"".join(cells)}</tr>'
