"""The lab of "Forward propagation": the network, its sliders, and the steps through it."""

from dataclasses import replace

import streamlit as st

from components import lesson
from components.concepts.dense_network import ForwardTrace
from components.concepts.wage_network import EDGES, WEIGHT_NAMES
from components.concepts.written_sums import number
from components.figures.network_diagram import draw_forward, written_out
from components.labs.address import run_page_if_moved
from components.labs.wage_network.settings import TABLE, preview, trace_of
from components.labs.wage_network.wage_question import CASE
from components.widgets.live_slider import live_sliders, set_sliders
from components.widgets.network_diagram import choose_edge, chosen_edge, network_diagram
from components.widgets.setting_values import hold, value_of
from components.widgets.settings import Choice, Number, Setting
from components.widgets.settings_in_url import adopt_url, publish_url
from components.widgets.stepping import Stepper

SLIDERS, DIAGRAM = "forward_propagation.sliders", "forward_propagation.network"
NO_EDGE = "none"

STEP = Number("step", "Step", 0, 0, 3)  # 0 shows all; then hidden 1, hidden 2, the wage
STEPPER = Stepper(STEP)
EDGE = Choice("edge", "Weight", NO_EDGE, {NO_EDGE: "none", **{name: name for name in EDGES}})
SETTINGS: tuple[Setting, ...] = (STEP, EDGE, CASE)


def adopt_address() -> None:
    """Take step and chosen weight from the URL, and say what makes no sense there."""
    before = st.session_state.get(EDGE.name)
    adopt_url(SETTINGS)
    name = value_of(EDGE)
    if name != before:
        choose_edge(DIAGRAM, EDGES.get(name))


def show_lab(ticking: bool) -> dict[str, float]:
    """Draw the lab; the weights and inputs that it shows, by name.

    `ticking` says whether the fragment around it runs again by itself; when that has to
    change, and when a slider came to rest, the whole page runs.
    """
    hold(SETTINGS)
    step = STEPPER.tick()
    picture, controls = lesson.lab(0.59)
    with controls:
        status = st.container()
        STEPPER.show_buttons(_reset)
        chosen = chosen_edge(DIAGRAM)
        values = live_sliders(
            TABLE, SLIDERS, reset=False, chosen=WEIGHT_NAMES.get(chosen) if chosen else None
        )
    trace = trace_of(values)
    status.markdown(_status(trace, step))
    with picture:
        diagram = draw_forward(trace, step or None, chosen)
        diagram = replace(diagram, sum=written_out(trace, step or None))
        chosen = network_diagram(diagram, DIAGRAM, can_choose=True, preview=preview(trace.network))
    st.session_state[EDGE.name] = WEIGHT_NAMES[chosen] if chosen else NO_EDGE
    if not STEPPER.is_playing:
        publish_url(SETTINGS)
    run_page_if_moved(must_run=STEPPER.is_playing != ticking)
    return values


def show_case() -> None:
    """The choice of whom the question is about."""
    CASE.draw()
    publish_url(SETTINGS)


def _status(trace: ForwardTrace, step: int) -> str:
    wage = f"**{number(trace.prediction)}** dollars an hour"
    if step == 0:
        return f"Predicted wage: {wage}"
    node = list(trace.network.nodes)[step - 1]
    found = f": {wage}" if step == STEP.high else ""
    return f"Step {step} of {STEP.high}: {trace.network.node_name(node)}{found}"


def _reset() -> None:
    """Sliders and choice as at the start; the step sees to itself."""
    set_sliders(SLIDERS, {setting.name: setting.default for setting in TABLE})
    choose_edge(DIAGRAM, None)
