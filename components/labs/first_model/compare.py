"""The fits of this visit in one table, with the plain model beside them."""

import streamlit as st

from components.concepts.baseline import write_error
from components.concepts.first_model import LOSSES, OPTIMISERS
from components.concepts.usual_mistakes import MISTAKES, mistakes_in
from components.labs.first_model import runs
from components.labs.first_model.fit import write_run_error


def show_runs() -> None:
    """A row for each fit: what was set, what came out, and least squares on the same rows."""
    st.header("Your fits", anchor="fits")
    if not runs.runs():
        st.markdown(
            "Every fit gets a row here. Press **Train**, then switch *Scale the inputs* off and "
            "train again."
        )
        return
    st.dataframe([_row(run) for run in reversed(runs.runs())], hide_index=True)
    st.caption(
        "The error is measured on the rows held back: the typical error of a number, or the "
        "share of rows whose class is wrong."
    )


def _row(run: runs.FitRun) -> dict[str, str | int]:
    plan, examples = run.plan, run.data.examples
    hidden = "-".join(str(n) for n in plan.hidden) or "none"
    wrong = ", ".join(MISTAKES[mistake.name] for mistake in mistakes_in(plan, examples))
    best = run.record.best
    return {
        "Fit": run.number,
        "Predicts": examples.target_name,
        "Hidden layers": hidden,
        "Scaled": "yes" if plan.scale else "no",
        "Optimizer": f"{OPTIMISERS[plan.optimiser]} {plan.learning_rate:g}",
        "Loss": LOSSES[plan.loss],
        "Epochs": len(run.record.points),
        "Best epoch": str(best.epoch) if best else "–",
        "Error": write_run_error(run),
        "Least squares": write_error(examples, run.data.baseline.error),
        "Mistake": wrong or "none",
    }
