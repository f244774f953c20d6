"""Panel 3: Train, and the fit as it goes."""

import streamlit as st

from components.concepts.baseline import verdict, write_error
from components.concepts.first_model import FirstPlan, FitRecord
from components.concepts.table import as_code
from components.concepts.usual_mistakes import MISTAKES, mistakes_in, outcome
from components.engine.visit import get_engine
from components.figures.fit_curves import fit_curves
from components.keras_code.first_model import fit_code
from components.labs.first_model import runs, settings
from components.labs.first_model.data import LabData
from components.labs.looking import look_seconds
from components.widgets.chart import show_chart
from components.widgets.settings_in_url import reset

TICK_SECONDS, START_TICK_SECONDS = 0.25, 1.0
HEIGHT = 152  # px
_MISTAKES = "first.mistakes"  # whether the list of them is open
MISTAKE_HELP = "Make one of the usual mistakes, train with it, and see what Keras says."


def show_fit(plan: FirstPlan | None, data: LabData | None, ready: bool) -> None:
    """The controls, the chart that follows the fit, and what it came to."""
    pace = _pace()
    busy = pace is not None
    st.markdown("**3 · Fit**")
    with st.container(key="first-row-fit", horizontal=True, gap="xsmall"):
        settings.EPOCHS.draw(disabled=busy)
        settings.BATCH.draw(disabled=busy)
        settings.PATIENCE.draw(disabled=busy)
        settings.SEED.draw(disabled=busy)
    _show_buttons(busy, ready)
    starting = get_engine().state.status != "ready"
    ticking = pace or (START_TICK_SECONDS if starting else None)
    st.fragment(_draw, run_every=ticking)(pace, starting, plan, data)
    if plan is not None:
        st.code(fit_code(plan), language="python")


def _show_buttons(busy: bool, ready: bool) -> None:
    with st.container(key="stepping", horizontal=True, gap="xsmall"):
        st.button(
            "Train",
            type="primary",
            icon=":material/play_arrow:",
            on_click=runs.train,
            disabled=busy or not ready,
        )
        st.button("Stop", on_click=runs.stop, disabled=not busy)
        st.button("Reset", on_click=reset, args=(settings.TABLE,), disabled=busy)
        with st.popover(
            "Mistakes",
            help=MISTAKE_HELP,
            disabled=busy or not ready,
            key=_MISTAKES,
            on_change="rerun",
        ):
            for name, title in MISTAKES.items():
                st.button(title, on_click=_make_mistake, args=(name,), width="stretch")
            st.button("Put it right", icon=":material/check:", on_click=_put_right, width="stretch")


def _make_mistake(name: str) -> None:
    st.session_state[_MISTAKES] = False  # it would lie over what Keras says
    runs.train_mistake(name)


def _put_right() -> None:
    st.session_state[_MISTAKES] = False
    settings.put_right()


def _pace() -> float | None:
    """Seconds between two looks at the fit that waits or trains; None without."""
    run = runs.active_run()
    return look_seconds(run.job, TICK_SECONDS) if run else None


def _draw(
    pace: float | None, was_starting: bool, plan: FirstPlan | None, data: LabData | None
) -> None:
    if pace is not None and _pace() != pace:
        st.rerun()  # it has just ended: the buttons change, and the ticking; or its turn comes
    if was_starting and get_engine().state.status == "ready":
        st.rerun()
    run = runs.newest()
    record = run.record if run else FitRecord(plan.epochs if plan else 1)
    shown, on = (run.plan, run.data) if run else (plan, data)
    plain = on.baseline.losses.get(shown.loss) if on and shown else None
    show_chart(fit_curves(record, record.epochs, plain, HEIGHT), "first-fit")
    _say(run, plan, data)


def _say(run: runs.FitRun | None, plan: FirstPlan | None, data: LabData | None) -> None:
    """What goes on or came out, in a few sentences."""
    if runs.refusal():
        st.warning(runs.refusal())
    elif run is None:
        _say_what_to_do(data)
    elif run.active:
        st.caption(_progress(run))
    else:
        _say_result(run, plan, data)


def _say_what_to_do(data: LabData | None) -> None:
    state = get_engine().state
    if state.status != "ready":
        st.caption(state.sentence)
    elif data is not None:
        examples = data.examples
        st.caption(
            f"Press **Train**. {examples.n_train:,} rows are trained on, the last "
            f"{examples.n_validation:,} of {len(examples.target):,} are held back."
        )


def _progress(run: runs.FitRun) -> str:
    if waits_for := run.job.waits_for:
        return waits_for
    if not run.record.points:
        return "Keras builds the network."
    last = run.record.points[-1]
    return (
        f"Epoch {last.epoch} of {run.record.epochs} on {run.record.device}: validation loss "
        f"**{last.val_loss:.4g}**."
    )


def _say_result(run: runs.FitRun, plan: FirstPlan | None, data: LabData | None) -> None:
    examples, record = run.data.examples, run.record
    found = mistakes_in(run.plan, examples)
    error = record.error if run.done else None
    if found:
        before = runs.latest_without_mistake(run)
        compared = (str(before.number), before.record.error) if before else None
        text = f"{found[0].what} {found[0].cure} {outcome(examples, error, compared)}"
        st.warning(text.strip(), icon=":material/lightbulb:")
        if record.keras_said:
            st.caption(f"Keras says: {as_code(record.keras_said[0])}")
        return
    if not run.done:
        said = record.keras_said
        st.warning(f"Keras refused this: {as_code(said[0])}" if said else run.job.sentence)
        return
    st.caption(f"{verdict(examples, record.error, run.data.baseline)} {_ending(run)}")
    if plan is not None and data is not None and _changed(run, plan, data):
        st.caption("The settings have changed since. Press **Train** to fit what they say now.")


def _changed(run: runs.FitRun, plan: FirstPlan, data: LabData) -> bool:
    return run.plan != plan or run.data.signature != data.signature


def _ending(run: runs.FitRun) -> str:
    """Why it stopped, and which epoch's weights are kept."""
    record = run.record
    last = record.points[-1].epoch if record.points else 0
    kept = f"the weights of epoch {record.kept} are kept"
    reasons = {
        "finished": f"All {last} epochs are done",
        "early": f"It stopped after epoch {last}: {run.plan.patience} without a better loss",
        "stopped": f"You stopped it after epoch {last}",
        "budget": f"Its {run.plan.seconds:g} seconds were used up after epoch {last}",
    }
    return f"{reasons.get(record.how, 'It has ended')}; {kept}."


def write_run_error(run: runs.FitRun) -> str:
    """The error of a run that has left a network, "–" for others."""
    return write_error(run.data.examples, run.record.error) if run.done else "–"
