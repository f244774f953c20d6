"""What stands below the lab: the Keras program of the view, and the files that it reads."""

from collections.abc import Callable

import streamlit as st

from components import lesson
from components.concepts.photo_backbones import BACKBONES
from components.concepts.teaching import FIRST_HELD_OUT, HELD_OUT_EVERY
from components.engine.jobs import EngineError
from components.engine.teaching import backbone_file, fine_tuned_file, keras_file
from components.engine.visit import get_engine
from components.keras_code.classify import (
    BACKBONE_FILE,
    NETWORK_FILE,
    Schedule,
    classify_script,
    teach_script,
)
from components.keras_code.notebook import notebook
from components.labs.classify import settings
from components.labs.classify.lab import threshold_on_page
from components.labs.classify.whom import Whom, whom_on_page
from components.widgets.setting_values import value_of


def show_program() -> None:
    """The program that does what the view does, with the settings on the page."""
    if value_of(settings.VIEW) == settings.TEACH:
        _show_teaching()
        return
    try:
        whom = whom_on_page()
    except EngineError:
        return  # the lab says that nobody has been taught yet
    script = classify_script(whom.classes, value_of(settings.TOP), round(threshold_on_page(), 4))
    lesson.in_keras(
        script, lambda: notebook(script, "Classify your own pictures"), "classify_images"
    )
    _offer(NETWORK_FILE, lambda: _network_of(whom))


def _show_teaching() -> None:
    backbone = BACKBONES[value_of(settings.NETWORK)]
    schedule = Schedule(
        value_of(settings.EPOCHS),
        value_of(settings.RATE),
        value_of(settings.SEED),
    )
    script = teach_script(backbone, schedule, HELD_OUT_EVERY, FIRST_HELD_OUT)
    lesson.in_keras(
        script, lambda: notebook(script, "Teach a network your own classes"), "teach_classes"
    )
    if backbone.is_bundled:
        _offer(BACKBONE_FILE, lambda: backbone_file(get_engine(), backbone.key))


def _network_of(whom: Whom) -> bytes:
    if whom.head is not None:
        return keras_file(get_engine(), whom.head)
    return fine_tuned_file(get_engine(), whom.task, whom.backbone)


def _offer(name: str, make: Callable[[], bytes]) -> None:
    st.download_button(
        f"Download {name}",
        lambda: file_or_sentence(make),
        name,
        "application/zip",
        icon=":material/download:",
        on_click="ignore",
    )


def file_or_sentence(make: Callable[[], bytes]) -> bytes:
    """The file; where it can't be made, the sentence that says why, in its place.

    Streamlit shows a failed download with a message of its own, which says nothing.
    """
    try:
        return make()
    except EngineError as error:
        return str(error).encode()
