"""What this server trains on, and which data and weights it has."""

from collections import Counter

import streamlit as st

from components.concepts.photo_backbones import BACKBONES, TASKS
from components.engine.digits import data_report
from components.engine.engine import Device, Engine
from components.engine.jobs import EngineError
from components.engine.photos import networks_here
from components.engine.visit import get_engine

BUNDLED = (
    "5,000 MNIST digits",
    "A trained digit network, and a small photo network with heads for its tasks: "
    + ", ".join(task.title.lower() for task in TASKS.values()),
)
POLL_SECONDS = 1.0


def show_server() -> None:
    """Say what the server has; while its training process starts, look again every second."""
    engine = get_engine()
    if engine.state.status == "ready":
        _show_devices(engine.state.devices)
        _show_holdings(engine)
    else:
        st.fragment(_wait, run_every=POLL_SECONDS)(engine)


def _wait(engine: Engine) -> None:
    state = engine.state
    if state.status == "ready":
        st.rerun()
    elif state.status == "failed":
        st.error(state.sentence)
    else:
        st.markdown(state.sentence)


def _show_devices(devices: tuple[Device, ...]) -> None:
    for device, count in Counter(devices).items():
        name = f"{count} × {device.name}" if count > 1 else device.name
        st.markdown(f"It trains on **{name}**, with Keras {device.keras} on {device.backend}.")


def _networks(engine: Engine) -> dict[str, bool]:
    """The pretrained networks that are not bundled, and whether they are here."""
    here = networks_here(engine)
    return {
        f"{backbone.title}, ImageNet weights": here[key]
        for key, backbone in BACKBONES.items()
        if not backbone.is_bundled
    }


def _show_holdings(engine: Engine) -> None:
    try:
        report = data_report(engine) | _networks(engine)
    except EngineError as error:
        st.warning(str(error))
        return
    rows = [f"- :green[:material/check:] {each}, bundled" for each in BUNDLED]
    for name, is_here in report.items():
        rows.append(
            f"- :green[:material/check:] {name}"
            if is_here
            else f"- :gray[:material/remove:] {name}: not on this server"
        )
    with st.container(key="server-holdings"):
        st.markdown("\n".join(rows))
