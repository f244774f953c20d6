"""The lab of "Back-propagation": the sequence, the ledger, and the step that can be taken."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from components import lesson
from components.concepts.back_propagation import ledger, nudge
from components.concepts.dense_network import Edge
from components.concepts.one_step import OneStep, take_step
from components.concepts.wage_network import EDGES, WAGE_NETWORK, WEIGHT_NAMES
from components.concepts.written_sums import number, rounded, written_slope
from components.labs.address import run_page_if_moved
from components.labs.back_propagation import settings, stages
from components.widgets.live_slider import SliderSetting, live_sliders, set_sliders
from components.widgets.network_diagram import choose_edge, chosen_edge, network_diagram
from components.widgets.setting_values import hold, value_of
from components.widgets.settings_in_url import adopt_url, publish_url
from components.widgets.stepping import Stepper

STEPPER = Stepper(settings.STAGE)
SLIDERS, DIAGRAM = "back_propagation.sliders", "back_propagation.network"


def adopt_address() -> None:
    """Take stage, view and chosen weight from the URL, and say what makes no sense there."""
    before = st.session_state.get(settings.EDGE.name)
    adopt_url(settings.CHOICES)
    name = value_of(settings.EDGE)
    if name != before:
        choose_edge(DIAGRAM, EDGES.get(name))


def show_lab(ticking: bool) -> dict[str, float]:
    """Draw the lab; the settings that it shows, by name.

    `ticking` says whether the fragment around it runs again by itself; when that has to
    change, and when a slider came to rest, the whole page runs.
    """
    hold(settings.CHOICES)
    stage = STEPPER.tick()
    chosen = chosen_edge(DIAGRAM)
    picture, controls = lesson.lab(0.6)
    with controls, st.container(gap="xsmall"):
        view = _show_choices()
        STEPPER.show_buttons(_reset)
        values = _show_sliders(chosen)
        step = take_step(settings.back_trace(values), values[settings.RATE.name])
        _show_step(step, chosen)
    with picture:
        st.html(stages.stage_bar(stages.part_of(stage)))
        if view == "ledger":
            st.html(stages.draw_ledger(step, stage, chosen))
        else:
            diagram = stages.draw_stage(step, stage, chosen)
            chosen = network_diagram(diagram, DIAGRAM, can_choose=True)
    st.session_state[settings.EDGE.name] = WEIGHT_NAMES[chosen] if chosen else settings.NO_EDGE
    if not STEPPER.is_playing:
        publish_url(settings.CHOICES)
    run_page_if_moved(must_run=STEPPER.is_playing != ticking)
    return values


def _show_choices() -> str:
    """What to look at, and which sliders; the view chosen."""
    with st.container(key="back-choices", horizontal=True, gap="small"):
        view = settings.VIEW.draw()
        settings.PANEL.draw()
    return view


def _show_sliders(chosen: Edge | None) -> dict[str, float]:
    """The eight weights, or worker and step with the chosen weight; all settings by name."""
    name = WEIGHT_NAMES[chosen] if chosen else None
    table: tuple[SliderSetting, ...] = settings.SLIDERS
    shown = [setting.name for setting in settings.WEIGHTS]
    if value_of(settings.PANEL) == "worker":
        table = tuple(_by_itself(s) if s.name == name else s for s in table)
        shown = [s.name for s in (*settings.INPUTS, settings.ACTUAL, settings.RATE)]
        shown += [name] if name else []
    return live_sliders(table, SLIDERS, shown=shown, reset=False, chosen=name)


def _by_itself(weight: SliderSetting) -> SliderSetting:
    """A weight's slider without the others: its label says where the edge leads."""
    edge = EDGES[weight.name]
    start, end = WAGE_NETWORK.start_name(edge), WAGE_NETWORK.end_name(edge)
    label = f"{start} → {end}".replace(" node", "").replace("the ", "")
    return replace(weight, label=label, group="The chosen weight")


def _show_step(step: OneStep, chosen: Edge | None) -> None:
    """The numbers that matter, the chosen edge's account, and the button that takes the step."""
    before = step.before
    st.markdown(
        f"Prediction **{rounded(before.forward.prediction)}**, loss "
        f"**{rounded(before.loss_value, 3)}**. After one step: "
        f"**{rounded(step.after.prediction)}**, loss **{rounded(step.loss, 3)}**."
    )
    if chosen and value_of(settings.PANEL) == "worker":
        st.caption(_account(step, chosen))
    weights = settings.sliders_of(step.network)
    st.button(
        "Take this step",
        key="back_propagation.take",
        icon=":material/south_east:",
        type="primary",
        on_click=_take,
        args=(weights or {},),
        disabled=weights is None,
        help="Move all eight weights by this step, and predict again.",
    )
    if weights is None:
        st.caption("This step is too long for the sliders. Choose a smaller learning rate.")


def _account(step: OneStep, edge: Edge) -> str:
    """The ledger's row of one edge in a line, with the nudge test."""
    before, network = step.before, step.before.forward.network
    row = next(row for row in ledger(before) if row.edge == edge)
    test = nudge(before, edge)
    verdict = "agrees" if test.agrees(row.slope) else "differs"
    return (
        f"**{network.edge_name(edge)}:** {written_slope(row)}. Nudged: {number(test.slope)}, "
        f"{verdict}. The step moves it to {number(step.network.weight(edge))}."
    )


def _take(weights: Mapping[str, float]) -> None:
    """Move the sliders to the new weights, and look at all slopes there."""
    STEPPER.to_start()
    set_sliders(SLIDERS, weights)


def _reset() -> None:
    """Everything as at the start; the stage sees to itself."""
    set_sliders(SLIDERS, {setting.name: setting.default for setting in settings.SLIDERS})
    choose_edge(DIAGRAM, None)
    for setting in (settings.VIEW, settings.PANEL):
        st.session_state[setting.name] = setting.default
