"""The lab: which network, which picture, and what the one says of the other."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import lesson
from components.concepts.plain_words import as_markdown
from components.engine.jobs import EngineError
from components.engine.visit import get_engine
from components.labs.address import run_page_if_moved
from components.labs.classify import answers, download, gallery, picture, settings, work
from components.labs.classify.whom import Whom, own_head, title_of, whom_on_page
from components.widgets import picture_files
from components.widgets.live_slider import live_sliders, set_sliders
from components.widgets.setting_values import hold, value_of
from components.widgets.settings_in_url import publish_url, reset

SLIDERS = "classify.sliders"
TILE = 54  # px
TASK_WIDTH, NETWORK_WIDTH = 185, 275  # px: side by side on a projector, each a line on a phone
WAIT_SECONDS, WORK_SECONDS, DOWNLOAD_SECONDS = 1.0, 0.1, 0.4
_THRESHOLD, _DEFAULT = "classify.threshold", "classify.threshold_default"


def pace() -> float | None:
    """How often the lab runs again by itself: while it waits for something."""
    if get_engine().state.status != "ready":
        return WAIT_SECONDS
    if download.current() is not None:
        return DOWNLOAD_SECONDS
    return WORK_SECONDS if work.goes_on() else None


def threshold_on_page() -> float:
    """The probability, 0 to 1, below which a network is not sure."""
    return float(st.session_state.get(_THRESHOLD, settings.SURE.default / 100))


def show_lab(ticking: float | None) -> None:
    """Draw the lab. `ticking` is the `pace` that the fragment around it was started with."""
    hold(settings.TABLE)
    download.follow()
    refused = picture_files.arrivals(gallery.PLACE).n_refused  # so many the field can tell of
    picture_side, controls = lesson.lab(0.58)
    with controls, st.container(gap="xsmall"):
        settings.VIEW.draw(bare=True)
        _choose_network()
        messages = st.container(gap="xsmall")
        _choose_picture()
        whom = _find_whom(messages)
        strength = _draw_sliders(whom)
        work.draw_progress()
    with picture_side:
        if whom is None:
            picture.show_alone(gallery.shown())
        else:
            _show_answer(whom, strength, controls)
    publish_url(settings.TABLE)
    is_news = picture_files.arrivals(gallery.PLACE).n_refused != refused
    run_page_if_moved(must_run=pace() != ticking or is_news)


def _choose_network() -> None:
    """What to tell apart, and with which network; an own classifier brings its network."""
    with st.container(horizontal=True, gap="xsmall"):
        task = settings.TASK.draw_as_list(width=TASK_WIDTH)
        if task != settings.OWN:
            settings.NETWORK.draw_as_list(width=NETWORK_WIDTH)


def _choose_picture() -> None:
    """The samples as tiles with a button each, and the way to pictures of one's own."""
    with st.container(horizontal=True, gap="xsmall", key="classify-samples"):
        for key, photo in gallery.samples().items():
            with st.container(width=84, gap=None, key=f"classify-sample-{key}"):
                st.html(
                    f'<img src="{photo.thumbnail}" alt="" width="{TILE}" height="{TILE}" '
                    'style="display:block;border-radius:4px">'
                )
                st.button(
                    settings.SAMPLE.options[key],
                    key=f"classify.sample.{key}",
                    type="tertiary",
                    on_click=gallery.show_sample,
                    args=(key,),
                )
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        with st.popover("Your own pictures", icon=":material/add_a_photo:"):
            picture_files.draw_field(gallery.PLACE, work.begin)
            st.button("Remove all pictures", on_click=work.clear, disabled=not gallery.own_photos())
        st.button("Reset", icon=":material/restart_alt:", on_click=_reset)


def _reset() -> None:
    """Every setting to its default; the pictures brought stay."""
    view = value_of(settings.VIEW)
    reset(settings.TABLE)
    st.session_state[settings.VIEW.name] = view
    st.session_state.pop(_DEFAULT, None)
    gallery.show_sample(settings.SAMPLE.default)
    sliders = {each.name: each.default for each in (settings.SURE, settings.OVERLAY)}
    set_sliders(SLIDERS, sliders)


def _find_whom(messages: DeltaGenerator) -> Whom | None:
    """The network that the settings name, where it can be asked; else a sentence says why not."""
    state = get_engine().state
    if state.status != "ready":
        with messages:
            st.info(f"{state.sentence} The answer comes as soon as it is ready.")
        return None
    try:
        whom = whom_on_page()
        if download.is_here(whom.backbone):
            return whom
    except EngineError as error:
        with messages:
            st.info(str(error))
            if own_head() is None:
                return None
        return None
    with messages:
        download.offer(whom.backbone)
    return None


def _draw_sliders(whom: Whom | None) -> float:
    """The threshold and the strength of the overlay; the latter, 0 to 1.

    The threshold follows the network's own until the learner moves it.
    """
    before = st.session_state.get(_DEFAULT, settings.SURE.default)
    default = settings.SURE.default if whom is None else round(100 * whom.threshold)
    if default != before and round(100 * threshold_on_page()) == round(before):
        set_sliders(SLIDERS, {settings.SURE.name: default})
    st.session_state[_DEFAULT] = default
    values = live_sliders(settings.sliders(default), SLIDERS, reset=False)
    st.session_state[_THRESHOLD] = values[settings.SURE.name] / 100
    return values[settings.OVERLAY.name] / 100


def _show_answer(whom: Whom, strength: float, controls: DeltaGenerator) -> None:
    """The picture that is looked at and what the network says; then more of the work."""
    photo = gallery.shown()
    try:
        if answers.open_questions(whom, [photo]):
            answers.answer_some(whom, [photo])
        probabilities = answers.answers_of(whom)[photo.number]
        with controls:
            target = picture.choose_target(whom, probabilities)
        picture.show(whom, photo, probabilities, target, threshold_on_page(), strength)
        work.go_on(whom)
    except EngineError as error:
        st.info(f"{error} The answer comes as soon as the network answers.")


def says_who(whom: Whom) -> str:
    """The network in words, for a sentence in Markdown."""
    if whom.head is not None:
        names = ", ".join(as_markdown(name) for name in whom.classes)
        return f"Your own classifier ({names}), on {title_of(whom.backbone)}"
    return f"{title_of(whom.backbone)}, fine-tuned for {settings.TASK.options[whom.task].lower()}"
