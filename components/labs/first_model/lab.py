"""The lab: the table on top, and the four steps as four panels side by side."""

import streamlit as st

from components.concepts.examples import REGRESSION
from components.concepts.first_model import FirstPlan, layer_counts, written_total
from components.concepts.table import TableError, as_code
from components.concepts.training import PlanError
from components.keras_code.first_model import compile_code, define_code
from components.labs.first_model import runs, settings
from components.labs.first_model.data import OWN_COLUMNS, LabData, data_on_page, show_data
from components.labs.first_model.fit import show_fit
from components.labs.first_model.predict import show_predict
from components.widgets.setting_values import hold
from components.widgets.settings_in_url import publish_url

SHARES = (0.235, 0.2, 0.34, 0.225)  # of the width: define, compile, fit, predict


def show_lab() -> tuple[LabData, FirstPlan] | None:
    """Draw the lab; what it stands at, None where that can't be trained."""
    busy = runs.active_run() is not None
    hold(settings.TABLE, OWN_COLUMNS)
    with st.container(key="lab", gap="small"):
        data, problem = _show_bar(busy)
        plan = None
        if data is not None:
            plan = settings.plan_on_page(data.examples.n_inputs, len(data.examples.classes))
            try:
                plan.check()
            except PlanError as error:
                problem = str(error)
        if problem:
            st.error(problem, icon=":material/error:")
        with st.container(key="first-panels"):
            define, compiling, fit, predict = st.columns(SHARES, gap="small")
        with define:
            _show_define(plan, busy)
        with compiling:
            _show_compile(plan, data, busy)
        with fit:
            show_fit(plan, data, ready=not problem)
        with predict:
            show_predict(plan, data)
    publish_url(settings.TABLE)
    return (data, plan) if data is not None and plan is not None and not problem else None


def _show_bar(busy: bool) -> tuple[LabData | None, str]:
    """The table, the task and the scaling, on one line; the data or what is wrong with them."""
    with st.container(key="first-bar", horizontal=True, vertical_alignment="center"):
        with st.popover("Table", icon=":material/table:", disabled=False):
            show_data(busy)
        settings.TASK.draw(on_change=settings.apply_recipe, disabled=busy, bare=True)
        settings.SCALE.draw(disabled=busy)
        try:
            data = data_on_page()
        except TableError as error:
            return None, str(error)
        st.markdown(_about(data), width="stretch")
    return data, ""


def _about(data: LabData) -> str:
    """What is predicted from what, in a line."""
    examples = data.examples
    whose = "generated" if data.is_wage_table else "yours"
    n = examples.n_inputs
    return (
        f"{as_code(examples.target_name)} from {n} input{'' if n == 1 else 's'}; "
        f"{len(examples.target):,} rows ({whose})"
    )


def _show_define(plan: FirstPlan | None, busy: bool) -> None:
    st.markdown("**1 · Define**")
    with st.container(key="first-row-sizes", horizontal=True, gap="xsmall"):
        settings.LAYERS.draw(disabled=busy)
        settings.NODES.draw(disabled=busy)
    settings.ACTIVATION.draw_as_list(disabled=busy)
    if plan is None:
        return
    _code(define_code(plan))
    sums = " ".join(f"({layer.sum})" for layer in layer_counts(plan.sizes))
    st.caption(f"**{written_total(plan.sizes)}** parameters: {sums.replace(') (', ') + (')}")


def _show_compile(plan: FirstPlan | None, data: LabData | None, busy: bool) -> None:
    st.markdown("**2 · Compile**")
    settings.OPTIMISER.draw_as_list(disabled=busy)
    settings.RATE.draw(disabled=busy)
    settings.LOSS.draw_as_list(disabled=busy)
    if plan is None or data is None:
        return
    _code(compile_code(plan))
    st.caption(_guessing(data))


def _guessing(data: LabData) -> str:
    """What to beat, before anything is trained."""
    examples, baseline = data.examples, data.baseline
    if examples.task == REGRESSION:
        return (
            f"To beat: always saying the mean is off by **{baseline.guess_error:.4g}**, least "
            f"squares by **{baseline.error:.4g}**."
        )
    return (
        f"To beat: always saying the same class is wrong for **{baseline.guess_error:.1%}**, "
        f"least squares for **{baseline.error:.1%}**."
    )


def _code(code: str) -> None:
    st.code(code, language="python")
