"""All runs of the visit beside each other, and one of them to take home."""

from collections.abc import Callable

import streamlit as st

from components.concepts.digit_network import count_parameters
from components.engine.digits import keras_file, litert_file
from components.engine.jobs import EngineError, Job
from components.figures.run_comparison import Reference, runs_by_epoch
from components.labs.digits.runs import (
    LONGEST_NAME,
    Run,
    forget,
    rename,
    run_page_if_changed,
    runs,
    show_run,
    shown_run,
)
from components.widgets.chart import show_chart

WORKSHOP_RESULT = Reference("The workshop's run, 60,000 digits", 0.9827)
DATA_NAMES = {"sample": "5,000", "full": "70,000", "": "–"}


@st.fragment
def show_comparison() -> None:
    """The runs on one chart and in a table, and what can be done with one of them."""
    kept = [run for run in runs() if run.record.started]
    if not kept:
        st.markdown("Your runs will be compared here.")
        return
    curves = runs_by_epoch([(run.name, run.record) for run in kept], WORKSHOP_RESULT)
    left, right = st.columns(2)
    with left:
        show_chart(curves.accuracy, key="runs_accuracy")
    with right:
        show_chart(curves.loss, key="runs_loss")
    st.dataframe([_row(run) for run in kept], hide_index=True)
    _show_actions(kept)


def _row(run: Run) -> dict[str, str | int | float | None]:
    record, best = run.record, run.record.best_val_accuracy
    return {
        "Run": run.name,
        "Digits": DATA_NAMES[record.data],
        "Pixels": "shuffled" if run.plan.shuffle_pixels else "in place",
        "Parameters": count_parameters(run.plan.network),
        "Epochs": len(record.epoch_points),
        "Best validation accuracy, %": None if best is None else round(100 * best, 2),
        "Seconds": round(record.seconds, 1),
        "Images a second": round(
            len(record.epoch_points) * record.train_size / record.seconds if record.seconds else 0
        ),
    }


def _show_actions(kept: list[Run]) -> None:
    names = {run.number: run.name for run in kept}
    current = shown_run()
    numbers = list(names)
    index = numbers.index(current.number) if current and current.number in names else 0
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Run", numbers, index=index, format_func=lambda n: names.get(n, ""), width=280
        )
        run = next(run for run in kept if run.number == chosen)
        st.button("Show this run", on_click=show_run, args=(run.number,), disabled=current is run)
        name = st.text_input("New name", max_chars=LONGEST_NAME, key=_name_key(run), width=240)
        st.button("Rename", on_click=_rename, args=(run,), disabled=not name.strip())
        st.button("Forget it", on_click=forget, args=(run,), disabled=run.active)
    run_page_if_changed()


def _name_key(run: Run) -> str:
    return f"name_{run.number}"


def _rename(run: Run) -> None:
    rename(run, st.session_state[_name_key(run)])


def show_take_home() -> None:
    """The trained network of the run on the page, as files."""
    run = shown_run()
    if run is None or run.job.state != "done":
        st.markdown("Once a run has ended you can save its network here.")
        return
    st.markdown(f"The network of **{run.name}**, trained as you saw it:")
    with st.container(horizontal=True):
        st.download_button(
            "Save as .keras",
            lambda: _file(keras_file, run),
            "digits.keras",
            "application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
            help="Architecture and weights. Open it with keras.models.load_model.",
        )
        st.download_button(
            "Save as LiteRT (.tflite)",
            lambda: _file(litert_file, run),
            "digits.tflite",
            "application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
            help="For phones and small devices; the format was called TFLite before.",
        )


def _file(make: Callable[[Job], bytes], run: Run) -> bytes:
    try:
        return make(run.job)
    except EngineError as error:
        # Streamlit shows a failed download with its own message; the sentence is in the file.
        return str(error).encode()
