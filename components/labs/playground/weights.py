"""The panel of weights: which one is chosen, its number, and all those of its layer."""

import html

import streamlit as st

from components.concepts.dense_network import DenseNetwork, Edge
from components.concepts.playground import MAX_WEIGHT, PlaygroundPlan, network_of
from components.labs.playground import runs
from components.widgets.renewed_fields import RenewedField, renewed_field

_EDGE = "pg.edge"
_SELECT, _VALUE = "pg.edge_select", "pg.edge_value"
_BOX = '<div style="max-height:9.5rem;overflow:auto;font-size:0.85rem">'
_MARK = ' style="outline:2px solid #E69F00"'


def chosen_edge(plan: PlaygroundPlan) -> Edge | None:
    """The chosen edge, where this network has it."""
    edge: Edge | None = st.session_state.get(_EDGE)
    if edge is None or edge.layer >= len(plan.sizes) - 1 or edge.end >= plan.sizes[edge.layer + 1]:
        return None
    return edge if edge.start is None or edge.start < plan.sizes[edge.layer] else None


def choose_edge(edge: Edge) -> None:
    """Let this edge stand out, with its number in the panel."""
    st.session_state[_EDGE] = edge


def show_weights(run: runs.Run) -> None:
    """Choose a weight or bias, see and set its number, and see those of its layer."""
    network = network_of(run.record.plan, run.latest.weights)
    edges = list(network.edges)
    edge = chosen_edge(run.record.plan) or edges[0]
    select = renewed_field(_SELECT, edges.index(edge), run.record.plan.sizes)
    number = renewed_field(_VALUE, float(f"{network.weight(edge):.6g}"), edge)
    with st.container(horizontal=True):
        st.selectbox(
            "Weight or bias",
            range(len(edges)),
            index=select.start,
            key=select.key,
            format_func=lambda place: _name(network, edges[place]),
            on_change=lambda: _selected(select, edges),
            width=210,
        )
        st.number_input(
            "Its value",
            min_value=-MAX_WEIGHT,
            max_value=MAX_WEIGHT,
            step=0.1,
            format="%.6g",
            value=number.start,
            key=number.key,
            disabled=run.active,
            on_change=lambda: _edited(number, edge),
            help="Training goes on from the value that you set.",
        )
    st.html(layer_table(network, edge))
    st.caption("Pause to change a weight." if run.active else "Or click an edge in the network.")


def _selected(select: RenewedField[int], edges: list[Edge]) -> None:
    if select.is_there:
        choose_edge(edges[select.said])
        runs.changed()


def _edited(number: RenewedField[float], edge: Edge) -> None:
    if number.is_there:
        choose_edge(edge)
        runs.edit(edge, number.said)


def _name(network: DenseNetwork, edge: Edge) -> str:
    return network.edge_name(edge).replace(" of hidden layer ", " of layer ")


def layer_table(network: DenseNetwork, chosen: Edge) -> str:
    """All weights into the layer of the chosen edge: a row for each node, the bias first."""
    layer = network.layers[chosen.layer]
    starts: list[int | None] = [None, *range(layer.n_inputs)]
    names = [network.start_name(Edge(chosen.layer, start, 0)) for start in starts]
    head = "".join(f"<th>{html.escape(_short(name))}</th>" for name in names)
    rows = ""
    for end in range(layer.n_nodes):
        edges = [Edge(chosen.layer, start, end) for start in starts]
        cells = "".join(
            f"<td{_MARK if edge == chosen else ''}>{network.weight(edge):.2f}</td>"
            for edge in edges
        )
        rows += f"<tr><th>to {end + 1}</th>{cells}</tr>"
    return f"{_BOX}<table><tr><th></th>{head}</tr>{rows}</table></div>"


def _short(name: str) -> str:
    return "from " + name.split()[2] if name.startswith(("node ", "hidden")) else name
