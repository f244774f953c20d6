"""The lab "Teach it yourself": the classes on the right, how the learning goes on the left."""

from functools import partial

import streamlit as st

from components import lesson
from components.concepts.plain_words import as_markdown
from components.concepts.teaching import is_held_out
from components.engine.jobs import EngineError
from components.engine.visit import get_engine
from components.figures.class_bars import picture_row
from components.figures.teaching_curves import teaching_curves
from components.labs.address import run_page_if_moved
from components.labs.classify import download, settings
from components.labs.classify.whom import own_head
from components.labs.looking import look_seconds
from components.labs.teach import classes, state
from components.labs.teach.state import Teaching
from components.widgets.chart import show_chart
from components.widgets.setting_values import hold, value_of
from components.widgets.settings_in_url import publish_url

CURVE_HEIGHT = 210  # px
WAIT_SECONDS, RUN_SECONDS, WORK_SECONDS = 1.0, 0.25, 0.1


def pace() -> float | None:
    """How often the lab runs again by itself: while it waits for something."""
    if get_engine().state.status != "ready":
        return WAIT_SECONDS
    if classes.any_waiting():
        return WORK_SECONDS
    if download.current() is not None:
        return RUN_SECONDS
    now = state.teaching()
    return look_seconds(now.job, RUN_SECONDS) if now.active else None


def show_lab(ticking: float | None) -> None:
    """Draw the lab. `ticking` is the `pace` that the fragment around it was started with."""
    hold(settings.TABLE)
    download.follow()
    was_active = state.teaching().active
    state.follow()
    classes.open_some()
    now = state.teaching()
    picture, controls = lesson.lab(0.56)
    with controls, st.container(gap="xsmall"):
        settings.VIEW.draw(bare=True)
        classes.show_classes(now)
        _show_settings(now)
        _show_buttons(now)
        classes.show_arrivals()
    with picture:
        _show_progress(now)
        _show_curves(now)
        _show_pictures(now)
    publish_url(settings.TABLE)
    ended = was_active and not now.active
    run_page_if_moved(must_run=classes.was_changed() or ended or pace() != ticking)


# ---- The run


def _show_settings(now: Teaching) -> None:
    settings.NETWORK.draw_as_list()
    with st.container(horizontal=True, gap="xsmall"):
        for setting in (settings.EPOCHS, settings.RATE, settings.SEED):
            setting.draw(disabled=now.active)


def _show_buttons(now: Teaching) -> None:
    problem = state.problem()
    here = _network_is_here()
    able = not (problem or now.active) and here
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            "Train",
            type="primary",
            icon=":material/play_arrow:",
            on_click=state.train,
            disabled=not able,
        )
        if own_head() is not None:
            st.button(
                "Continue",
                icon=":material/fast_forward:",
                on_click=partial(state.train, go_on=True),
                disabled=not able or not state.can_continue(),
                help="Go on from what it has learnt, with the pictures that are here now.",
            )
        st.button("Stop", on_click=state.stop, disabled=not now.active)
        st.button("Reset", icon=":material/restart_alt:", on_click=_reset, disabled=now.active)
    if own_head() is not None and not now.active:
        st.button(
            "Classify pictures with it",
            key="teach.classify",
            icon=":material/image_search:",
            on_click=_classify,
            type="primary" if not state.n_new() else "secondary",
        )
    if problem:
        st.caption(problem)
    elif now.sentence:
        st.warning(now.sentence)


def _network_is_here() -> bool:
    """Whether the chosen network can be trained on; else a sentence, and the way to it."""
    engine = get_engine().state
    if engine.status != "ready":
        st.info(engine.sentence)
        return False
    try:
        backbone = value_of(settings.NETWORK)
        if download.is_here(backbone):
            return True
        download.offer(backbone)
    except EngineError as error:
        st.info(str(error))
    return False


def _reset() -> None:
    """Two empty classes, nothing learnt, every number at its start."""
    classes.give_up()
    state.start_over()
    for setting in (settings.EPOCHS, settings.RATE, settings.SEED, settings.NETWORK):
        st.session_state[setting.name] = setting.default
    classes.say_changed()


def _classify() -> None:
    st.session_state[settings.VIEW.name] = settings.CLASSIFY
    st.session_state[settings.TASK.name] = settings.OWN


# ---- The picture of it


def _show_progress(now: Teaching) -> None:
    share, text = _status(now)
    st.progress(share, text=text)


def _status(now: Teaching) -> tuple[float, str]:
    """How far the run is, 0 to 1, and in words."""
    record = now.record
    if now.job is not None and (waits_for := now.job.waits_for):
        return 0.0, waits_for
    if now.active and not record.points:
        if record.features_total:
            done, total = record.features_done, record.features_total
            return done / total, f"Looking at the pictures: {done} of {total}."
        return 0.0, "Getting ready."
    if record.points:
        last = record.points[-1]
        words = (
            f"Epoch {last.epoch} of {record.epochs} on {record.device}: "
            f"{100 * last.val_accuracy:.0f} % of {record.held_out_size} held out are right."
        )
        return min(last.epoch / max(record.epochs, 1), 1.0), words
    if state.problem():
        return 0.0, "Name your classes, and give each of them pictures."
    return 0.0, "Press **Train** and watch it learn."


def _show_curves(now: Teaching) -> None:
    epochs = now.record.epochs or value_of(settings.EPOCHS)
    curves = teaching_curves(now.record, epochs, CURVE_HEIGHT)
    show_chart(curves.accuracy, key="teach-accuracy")


def _show_pictures(now: Teaching) -> None:
    """The pictures of each class; those held out have a dashed frame."""
    if not now.photos:
        st.markdown(
            "Two classes are enough to begin with: your mug and your phone, say, eight "
            "pictures of each, from different sides and before different backgrounds. "
            "**Fill in an example** needs no pictures of yours."
        )
        return
    with st.container(height=230, border=False, gap="xsmall", key="teach-pictures"):
        for each in now.classes:
            held_out = [is_held_out(place) for place in range(len(each.photos))]
            st.markdown(
                f"**{as_markdown(each.name) or 'No name'}**: {len(each.photos)} pictures, "
                f"{sum(held_out)} of them held out (dashed)."
            )
            if each.photos:
                st.html(
                    picture_row(
                        [photo.thumbnail for photo in each.photos],
                        f"The pictures of {each.name}",
                        marked=held_out,
                    )
                )
