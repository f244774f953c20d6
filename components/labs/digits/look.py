"""Looking at a run: the digits it reads wrong, the confusion matrix, the first filters."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.concepts.classification import (
    Confusion,
    cell_indices,
    confusion_matrix,
    worst_confusions,
    wrong_indices,
)
from components.concepts.training import Snapshot
from components.engine.digits import validation_set
from components.engine.jobs import EngineError
from components.engine.visit import get_engine
from components.figures.confusion import confusion_chart, selected_cell
from components.figures.digit_sheet import digit_sheet, filters_sheet
from components.labs.digits.moment import moment_step
from components.labs.digits.runs import Run
from components.widgets.chart import show_chart

SHOWN_DIGITS = 24
MISTAKES = 5  # the most frequent ones, to choose from
MATRIX_HEIGHT = 420
FULL_CONFIDENCE = 255  # a snapshot keeps confidence as one byte

Digits = tuple[NDArray[np.uint8], NDArray[np.uint8]]


@st.cache_resource(show_spinner=False)
def _held_out(data: str) -> Digits:
    """The held-out digits, once for the whole server: they are the same for everybody."""
    return validation_set(get_engine(), data)


def show_wrong_digits(run: Run) -> None:
    """The most confident mistakes at that moment."""
    snapshot, digits = run.snapshot_at(moment_step(run)), _digits_of(run)
    if snapshot is None or digits is None:
        return
    images, labels = digits
    n = len(snapshot.predicted)
    wrong = wrong_indices(labels[:n], snapshot.predicted, snapshot.confidence)
    st.markdown(
        f"At epoch {snapshot.epoch:.4g} it reads **{len(wrong):,} of {n:,}** held-out digits wrong."
        + (f" The {SHOWN_DIGITS} it is most sure of:" if len(wrong) > SHOWN_DIGITS else "")
    )
    _show_digits(images, labels, snapshot, wrong[:SHOWN_DIGITS], "Digits read wrongly")


def show_confusion(run: Run) -> None:
    """The confusion matrix at that moment; a click on a cell shows its digits."""
    snapshot, digits = run.snapshot_at(moment_step(run)), _digits_of(run)
    if snapshot is None or digits is None:
        return
    images, labels = digits
    true = labels[: len(snapshot.predicted)]
    matrix = confusion_matrix(true, snapshot.predicted)
    chart, cell_digits = st.columns([0.5, 0.5], gap="medium")
    with chart:
        figure = confusion_chart(matrix, MATRIX_HEIGHT)
        event = show_chart(figure, key=f"confusion_{run.number}", selectable=True)
    with cell_digits:
        cell = _choose_cell(run, selected_cell(event), worst_confusions(matrix, MISTAKES))
        if cell is None:
            st.markdown("It makes no mistake on these digits. Click a cell to see its digits.")
            return
        inside = cell_indices(true, snapshot.predicted, snapshot.confidence, cell)
        st.markdown(f"**{len(inside):,}** digits that are a {cell[0]}, read as a {cell[1]}:")
        _show_digits(images, labels, snapshot, inside[:SHOWN_DIGITS], "Digits in the cell")


def _choose_cell(
    run: Run, clicked: tuple[int, int] | None, worst: tuple[Confusion, ...]
) -> tuple[int, int] | None:
    """The cell to look into: the one clicked or chosen last, else the most frequent mistake."""
    key, seen = f"mistake_{run.number}", f"clicked_{run.number}"
    if clicked != st.session_state.get(seen):
        st.session_state[seen] = clicked
        st.session_state[key] = None
    cells = {f"{c.true} → {c.predicted}": (c.true, c.predicted) for c in worst}
    if st.session_state.get(key) not in cells:
        st.session_state[key] = None
    chosen = st.pills("Click a cell, or choose a frequent mistake:", list(cells), key=key)
    if chosen is not None:
        return cells[chosen]
    return clicked or next(iter(cells.values()), None)


def show_filters(run: Run) -> None:
    """The kernels of the first convolution at that moment, and at the start."""
    snapshot = run.snapshot_at(moment_step(run))
    if snapshot is None:
        return
    first = run.record.snapshots[0]
    now, start = st.columns(2, gap="medium")
    with now:
        st.markdown(f"The first convolution at epoch {snapshot.epoch:.4g}")
        st.html(filters_sheet(snapshot.filters))
    with start:
        st.markdown("Before it had seen a digit")
        st.html(filters_sheet(first.filters))


def _digits_of(run: Run) -> Digits | None:
    if not run.record.data:
        st.info("The digits come as soon as the run begins.")
        return None
    try:
        return _held_out(run.record.data)
    except EngineError as error:
        st.warning(str(error))
        return None


def _show_digits(
    images: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    snapshot: Snapshot,
    indices: NDArray[np.int64],
    title: str,
) -> None:
    captions = [
        f"{labels[i]} → {snapshot.predicted[i]} "
        f"({100 * int(snapshot.confidence[i]) / FULL_CONFIDENCE:.0f} %)"
        for i in indices
    ]
    st.html(digit_sheet(images[indices], captions, title))
    st.caption("True digit → what it reads (how sure it is).")
