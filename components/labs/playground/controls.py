"""The controls of the lab: stories, Step, Play, Pause, Reset, and four panels of settings."""

import streamlit as st

from components.concepts.playground import MAX_LAYERS, MAX_NODES
from components.concepts.playground_stories import STORIES
from components.concepts.training import PlanError
from components.labs.address import run_page_if_moved
from components.labs.playground import runs, settings
from components.labs.playground.health import diagnosis
from components.labs.playground.stories import choose_story, story_on_page
from components.labs.playground.weights import show_weights
from components.widgets.renewed_fields import RenewedField, renewed_field
from components.widgets.setting_values import hold, value_of
from components.widgets.settings_in_url import publish_url


@st.fragment
def show_controls() -> None:
    """Draw the controls; a change of what is trained makes a new run."""
    hold(settings.TABLE)
    choose_story()
    run = runs.current_run()
    _show_buttons(run)
    _show_sentence(run)
    panel = settings.PANEL.draw()
    if panel == "training":
        _show_training()
    elif panel == "data":
        _show_data()
    elif panel == "network":
        _show_network()
    else:
        show_weights(runs.current_run())
    publish_url(settings.TABLE)
    runs.run_page_if_changed()
    run_page_if_moved()


def _show_buttons(run: runs.Run) -> None:
    ready = _problem() == ""
    diverged = run.state.how == "diverged"
    with st.container(key="stepping", horizontal=True, gap="xsmall"):
        st.button(
            "Step",
            icon=":material/skip_next:",
            on_click=runs.step,
            disabled=run.active or not ready or diverged,
            help="Train for one epoch.",
        )
        st.button(
            "Play",
            type="primary",
            icon=":material/play_arrow:",
            on_click=runs.play,
            disabled=run.active or not ready or diverged,
        )
        st.button("Pause", icon=":material/pause:", on_click=runs.pause, disabled=not run.playing)
        st.button("Reset", icon=":material/restart_alt:", on_click=runs.start_again)


def _show_sentence(run: runs.Run) -> None:
    """What there is to say about the run: a problem, what it shows, or what to watch."""
    problem = _problem()
    if problem:
        st.error(problem, icon=":material/error:")
        return
    story = STORIES.get(story_on_page())
    n = run.record.plan.n_parameters
    st.caption(story.watch if story else f"{n} weights and biases.")
    said = run.sentence or (diagnosis(run) if not run.active else "")
    if said:
        st.warning(said, icon=":material/lightbulb:")


def _problem() -> str:
    try:
        settings.plan_on_page().check()
    except PlanError as error:
        return str(error)
    return ""


def _show_training() -> None:
    with st.container(horizontal=True):
        settings.RATE.draw(on_change=runs.pass_on)
        settings.BATCH.draw(on_change=runs.pass_on)
    with st.container(horizontal=True):
        settings.PENALTY.draw_as_list()
        settings.PENALTY_RATE.draw(
            on_change=runs.pass_on, disabled=value_of(settings.PENALTY) == "none"
        )
    settings.OPTIMISER.draw_as_list()


def _show_data() -> None:
    settings.DATA.draw_as_list()
    with st.container(horizontal=True):
        settings.NOISE.draw()
        settings.SHARE.draw()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        settings.SEED.draw()
        settings.TEST.draw(on_change=runs.changed)


def _show_network() -> None:
    settings.INPUTS.draw()
    hidden = settings.parse_layers(value_of(settings.HIDDEN))
    layers = renewed_field("pg.n_layers", len(hidden))
    with st.container(horizontal=True):
        st.number_input(
            "Hidden layers",
            0,
            MAX_LAYERS,
            layers.start,
            key=layers.key,
            on_change=_set_layers,
            args=(layers,),
        )
        settings.ACTIVATION.draw_as_list()
    if hidden:
        _show_nodes(hidden)


def _show_nodes(hidden: tuple[int, ...]) -> None:
    """A small field for each hidden layer, all on one line."""
    st.markdown("Nodes of each layer")
    with st.container(horizontal=True, gap="xsmall"):
        for place, n in enumerate(hidden):
            nodes = renewed_field(f"pg.nodes_{place}", n)
            st.number_input(
                f"Nodes of layer {place + 1}",
                1,
                MAX_NODES,
                nodes.start,
                key=nodes.key,
                on_change=_set_nodes,
                args=(place, nodes),
                width=54,
                label_visibility="collapsed",
            )


def _set_layers(layers: RenewedField[int]) -> None:
    if layers.is_there:
        hidden = settings.parse_layers(value_of(settings.HIDDEN))
        following = hidden[-1] if hidden else 4
        wanted = (*hidden, *(following,) * layers.said)[: layers.said]
        st.session_state[settings.HIDDEN.name] = settings.write_layers(wanted)


def _set_nodes(place: int, nodes: RenewedField[int]) -> None:
    if nodes.is_there:
        hidden = settings.parse_layers(value_of(settings.HIDDEN))
        wanted = (*hidden[:place], nodes.said, *hidden[place + 1 :])
        st.session_state[settings.HIDDEN.name] = settings.write_layers(wanted)
