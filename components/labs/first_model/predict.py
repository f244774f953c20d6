"""Panel 4: set the inputs with sliders, and the trained network predicts as they move."""

import numpy as np
import streamlit as st

from components.concepts.examples import REGRESSION
from components.concepts.first_model import FirstPlan
from components.concepts.table import Array, NumberColumn, WordColumn, as_code
from components.engine.first_model import predict
from components.engine.jobs import EngineError
from components.keras_code.first_model import predict_code
from components.labs.first_model import runs
from components.labs.first_model.data import LabData
from components.widgets.live_slider import SliderSetting, live_sliders

SLIDERS = "first.sliders"
HEIGHT = 290  # px; more inputs scroll
STEPS = 100  # of a slider over numbers that are not whole


def show_predict(plan: FirstPlan | None, data: LabData | None) -> None:
    """The inputs, the line of code, and what the network says."""
    st.markdown("**4 · Predict**")
    if data is None or plan is None:
        return
    _draw(plan, data)


@st.fragment
def _draw(plan: FirstPlan, data: LabData) -> None:
    run = runs.trained_on(data)
    answer = st.container(key="first-answer", gap="xsmall")
    with st.container(height=HEIGHT, key="first-inputs", border=False):
        row = data.examples.row(_values(data))
    st.code(predict_code(run.plan if run else plan), language="python")
    with answer:
        _say(run, data, row)


def _values(data: LabData) -> dict[str, float | str]:
    """A field for every column; the value of each."""
    columns = data.examples.columns
    numbers = [column for column in columns if isinstance(column, NumberColumn)]
    values: dict[str, float | str] = {}
    if numbers:
        sliders = sliders_of(data)
        moved = live_sliders(sliders, f"{SLIDERS}.{_kind(data)}", reset=False)
        for number, slider in zip(numbers, sliders, strict=True):
            values[number.name] = moved[slider.name]
    for place, column in enumerate(columns):
        if isinstance(column, WordColumn):
            values[column.name] = st.selectbox(
                as_code(column.name), column.words, key=f"first.word.{_kind(data)}.{place}"
            )
    return values


def _kind(data: LabData) -> str:
    """Tells the fields of one table and choice of columns from those of another."""
    return f"{data.signature[0]}." + ".".join(str(data.signature[2]).split())


def sliders_of(data: LabData) -> tuple[SliderSetting, ...]:
    """A slider for every column of numbers, from its lowest to its highest value."""
    sliders = []
    for place, column in enumerate(data.examples.columns):
        if not isinstance(column, NumberColumn):
            continue
        low, high = float(column.values.min()), float(column.values.max())
        whole = bool((column.values == np.round(column.values)).all())
        step = 1.0 if whole else (high - low) / STEPS
        middle = float(np.median(column.values))
        # An own table's names stay out of the address.
        name = f"x_{column.name}" if data.is_wage_table else f"own_{place + 1}"
        sliders.append(SliderSetting(name, column.name, middle, low, high, step))
    return tuple(sliders)


def _say(run: runs.FitRun | None, data: LabData, row: Array) -> None:
    examples = data.examples
    plain = data.baseline.predict(row)[0]
    name = as_code(examples.target_name)
    if run is None:
        st.markdown(f"{name}, by the network: **train it first**")
        outputs = None
    else:
        outputs = _ask(run, row)
    if examples.task == REGRESSION:
        if outputs is not None:
            st.markdown(f"{name}, by the network: **{outputs[0]:.4g}**")
        st.caption(f"By least squares: {plain[0]:.4g}")
        return
    guess = as_code(examples.classes[int(plain.argmax())])
    if outputs is not None and len(outputs) == len(examples.classes):
        shares = zip(examples.classes, outputs, strict=True)
        likely = sorted(shares, key=lambda pair: -pair[1])[:3]
        st.markdown("  \n".join(f"{as_code(word)} **{share:.1%}**" for word, share in likely))
    elif outputs is not None:
        st.markdown(f"Its only output says **{outputs[0]:.4g}**")
    st.caption(f"By least squares: {guess}")


def _ask(run: runs.FitRun, row: Array) -> Array | None:
    """The network's outputs; None where it gives no answer, and the page says so."""
    try:
        return predict(run.job, row[None])[0]
    except EngineError as error:
        st.warning(str(error))
        return None
