"""What stands below the lab: the two stacks, the same network in four libraries, this server."""

from collections import Counter

import streamlit as st

from components.concepts.stacks import THEN, TODAY, all_parts
from components.engine.engine import Device, Engine
from components.engine.visit import get_engine
from components.figures.stack_drawing import LOOKS, stack_drawing
from components.keras_code.libraries import LIBRARIES, Library, LibraryRun, recorded_runs

POLL_SECONDS = 1.0
BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch", "openvino": "OpenVINO"}


def show_stacks() -> None:
    """Both stacks side by side, and what became of every library."""
    st.header("The stack, then and now", anchor="stack")
    st.markdown(
        "You write a network in a high-level library. Below it, another one finds the slopes. "
        "Below that, kernels run on the processor. Of the workshop's stack, half has ended; the "
        "ideas have moved on into the rest."
    )
    here = names_here(get_engine().state.devices)
    left, right = st.columns(2, gap="large")
    left.html(stack_drawing(THEN))
    right.html(stack_drawing(TODAY, here))
    rows = [
        f"| **{part.name}** | {LOOKS[part.status][2]} | {part.fate} | "
        f"[{part.when}]({part.source}) |"
        for part in all_parts()
    ]
    head = (
        "| library | today | what became of it | when, and where it says so |\n|---|---|---|---|\n"
    )
    with st.expander("What became of each, with date and source", expanded=True):
        st.markdown(head + "\n".join(rows))


def names_here(devices: tuple[Device, ...]) -> set[str]:
    """The libraries of the stack that the workers run, by their names in it."""
    backends = {BACKENDS.get(device.backend.split()[0], "") for device in devices}
    return {"Keras", *backends} - {""} if devices else set()


def show_libraries() -> None:
    """The same small network in each living library, two beside each other."""
    st.header("One network, four libraries", anchor="libraries")
    st.markdown(
        "The wage network of *Forward propagation*, with the weights of the workshop: predict for "
        "education 13 and a tech job, take one step of gradient descent towards 30, predict again. "
        "Look for the sum, the activation and the slopes in each."
    )
    runs = recorded_runs()
    for pair in (LIBRARIES[:2], LIBRARIES[2:]):
        for column, library in zip(st.columns(2, gap="medium"), pair, strict=True):
            with column:
                _show_library(library, runs.get(library.key))


def _show_library(library: Library, run: LibraryRun | None) -> None:
    st.subheader(library.title, anchor=f"in-{library.key}")
    st.markdown(library.how)
    st.code(library.program, language="python", wrap_lines=True)
    if run is None:
        st.caption(":material/visibility: Read, not run: nobody has run this very program yet.")
    else:
        st.caption(
            f":material/check: Run with {library.title.split()[0]} {run.version}. It prints "
            f"`{run.printed}`."
        )


def show_server() -> None:
    """What this server computes with; while its training process starts, look again."""
    st.header("What this server runs", anchor="this-server")
    engine = get_engine()
    waiting = engine.state.status != "ready"
    st.fragment(_draw_server, run_every=POLL_SECONDS if waiting else None)(engine, waiting)


def _draw_server(engine: Engine, was_waiting: bool) -> None:
    state = engine.state
    if was_waiting and state.status == "ready":
        st.rerun()
    if state.status == "failed":
        st.error(state.sentence)
    elif state.status != "ready":
        st.markdown(state.sentence)
    else:
        rows = [
            f"| {count} | {device.name} | {device.kind.upper()} "
            f"| {device.keras} | {device.backend} |"
            for device, count in Counter(state.devices).items()
        ]
        head = "| workers | device | kind | Keras | backend |\n|---|---|---|---|---|\n"
        st.markdown(head + "\n".join(rows))
