"""The ledger of back-propagation as a table: value × slope for every edge, and the nudge test."""

from collections.abc import Collection, Iterator
from html import escape

from components.concepts.back_propagation import BackTrace, LedgerRow, ledger, nudge
from components.concepts.dense_network import DenseNetwork, Edge, Node
from components.concepts.written_sums import number, written_slope
from components.figures.network_diagram import edge_key

AGREES, DIFFERS = "✓", "✗"
UNKNOWN = "?"
CORNER = "◣"  # the nudge crossed a corner, where the two sides differ
DIGITS = 6

_STYLE = """<style>
.ledger table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
.ledger th, .ledger td { padding: 0.24rem 0.5rem; text-align: right; border: 0; }
.ledger th:first-child, .ledger td:first-child { text-align: left; }
.ledger thead th { border-bottom: 2px solid currentColor; font-weight: 600; }
.ledger .node th { border-top: 1px solid rgb(128 140 150 / 55%); padding-top: 0.4rem; }
.ledger .node th { font-weight: 600; text-align: left; }
.ledger .chosen { background: rgb(128 140 150 / 22%); }
.ledger .chosen td:first-child { box-shadow: inset 4px 0 0 currentColor; }
.ledger caption { caption-side: bottom; text-align: left; padding-top: 0.35rem; font-size: 0.9em; }
@media (max-width: 640px) {
  .ledger table { font-size: 0.8rem; }
  .ledger th, .ledger td { padding: 0.24rem 0.2rem; }
}
</style>"""


def slope_ledger(
    trace: BackTrace,
    updated: DenseNetwork | None = None,
    chosen: Edge | None = None,
    known: Collection[Node] | None = None,
) -> str:
    """The account of every edge as an HTML table, from the prediction back to the inputs.

    Each row is written out with its numbers, and beside it stands what the nudge test finds.
    `updated` adds the weights after a step; `chosen` marks a row. The rows of nodes that are
    not `known` yet hold question marks; without it all are known.
    """
    step = "<th scope='col'>Weight</th>"
    nodes = set(trace.forward.network.nodes if known is None else known)
    head = (
        "<thead><tr><th scope='col'>Edge from</th><th scope='col'>Value × slope</th>"
        f"<th scope='col'>Nudged</th>{step}</tr></thead>"
    )
    rows = "".join(_rows(trace, updated, chosen, nodes))
    return (
        f'{_STYLE}<div class="ledger"><table>{head}<tbody>{rows}</tbody>'
        f"<caption>{escape(caption(trace, nodes))}</caption></table></div>"
    )


def caption(trace: BackTrace, known: Collection[Node]) -> str:
    """What the nudge tests of the known nodes' edges say together."""
    tests = [
        (nudge(trace, row.edge), row.slope) for row in ledger(trace) if _end(row.edge) in known
    ]
    if not tests:
        return "No slope is known yet: they come with the way back."
    n_agreeing = sum(test.agrees(slope) for test, slope in tests)
    text = (
        "Nudged: the weight moved a little up and down, and the loss computed anew. "
        f"{n_agreeing} of {len(tests)} agree."
    )
    if any(test.at_corner for test, _ in tests):
        text += f" {CORNER}: the nudge crosses a corner; the slope differs on its two sides."
    return text


def _end(edge: Edge) -> Node:
    return Node(edge.layer, edge.end)


def _rows(
    trace: BackTrace, updated: DenseNetwork | None, chosen: Edge | None, known: Collection[Node]
) -> Iterator[str]:
    node = None
    for row in ledger(trace):
        if _end(row.edge) != node:
            node = _end(row.edge)
            yield (
                '<tr class="node"><th scope="rowgroup" colspan="4">'
                f"{escape(_heading(trace, node, node in known))}</th></tr>"
            )
        yield _row(trace, row, updated, node in known, row.edge == chosen)


def _heading(trace: BackTrace, node: Node, is_known: bool) -> str:
    """A node with its slopes: of its output, and of its sum where that is not the same."""
    name = trace.forward.network.node_name(node).removeprefix("the ")
    if not is_known:
        return f"To {name}: slope {UNKNOWN}"
    output, total = trace.output_slope(node), trace.sum_slope(node)
    text = f"To {name}: slope {number(output)}"
    if trace.forward.network.layers[node.layer].activation == "linear":
        return text
    return f"{text} at its output, {number(total)} at its sum"


def _row(
    trace: BackTrace,
    row: LedgerRow,
    updated: DenseNetwork | None,
    is_known: bool,
    is_chosen: bool,
) -> str:
    account, found = _account(trace, row) if is_known else (UNKNOWN, UNKNOWN)
    weight = number(row.weight, DIGITS)
    if updated:
        weight += f" → {number(updated.weight(row.edge), DIGITS)}"
    name = escape(trace.forward.network.start_name(row.edge))
    kind = ' class="chosen"' if is_chosen else ""
    return (
        f'<tr{kind} data-row="{edge_key(row.edge)}"><td>{name}</td><td>{account}</td>'
        f"<td>{found}</td><td>{weight}</td></tr>"
    )


def _account(trace: BackTrace, row: LedgerRow) -> tuple[str, str]:
    """An edge's product written out, and what the nudge found, marked where it agrees."""
    test = nudge(trace, row.edge)
    agrees = test.agrees(row.slope)
    corner = f" {CORNER}" if test.at_corner else ""
    mark, said = (AGREES, "agrees") if agrees else (DIFFERS, "differs")
    found = f"{_found(test.slope, test.rounding)}{corner}"
    return written_slope(row), f'{found} <span role="img" aria-label="{said}">{mark}</span>'


def _found(slope: float, rounding: float) -> str:
    """What a nudge found, without the digits that are rounding."""
    return "0" if abs(slope) <= rounding else number(slope, DIGITS)
