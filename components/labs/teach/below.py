"""What stands below the lab: what it has learnt, under the hood, and the file to keep."""

import numpy as np
import streamlit as st

from components.concepts.classification import accuracy, accuracy_per_class
from components.concepts.classifier_file import (
    MOST_BYTES,
    ClassifierFileError,
    read_classifier,
    write_classifier,
)
from components.concepts.photo_backbones import BACKBONES
from components.concepts.photo_head import Head
from components.concepts.plain_words import as_markdown
from components.concepts.teaching import Taught
from components.engine.teaching import keras_file, litert_file
from components.engine.visit import get_engine
from components.figures.class_bars import class_bars
from components.figures.confusion import confusion_chart
from components.figures.teaching_curves import teaching_curves
from components.labs.classify import settings
from components.labs.classify.below import file_or_sentence
from components.labs.classify.whom import own_head, set_own_head
from components.labs.teach import state
from components.widgets.chart import show_chart
from components.widgets.setting_values import value_of

FILE_NAME = "my_classifier.zip"
_REFUSED, _LOADED = "teach.refused", "teach.loaded"
RESULT, HOOD, FILE = "How well it does", "Under the hood", "Save and load"


def show_below() -> None:
    """The result of the last run, its curves, and the way out and in."""
    result, hood, file = st.tabs((RESULT, HOOD, FILE), key="teach-tab")
    taught = state.teaching().taught
    with result:
        if taught is None:
            st.markdown("Press **Train** first: then it is tested on the pictures held out.")
        else:
            _show_result(taught)
    with hood:
        _show_hood(taught)
    with file:
        _show_files()


def _show_result(taught: Taught) -> None:
    """Accuracy of each class on the pictures held out, and the confusion."""
    matrix, classes = taught.confusion, taught.head.classes
    total = int(matrix.sum())
    right = int(np.trace(matrix))
    st.markdown(
        f"It names **{right} of {total}** pictures right that it has not learnt from "
        f"({100 * accuracy(matrix):.0f} %). With so few pictures one more or less right changes "
        f"that by {100 / total:.0f} points."
    )
    bars, chart = st.columns([0.45, 0.55], gap="large")
    with bars:
        st.markdown("Right, of the pictures of each class that are held out:")
        shares = accuracy_per_class(matrix)
        st.html(
            class_bars(
                list(zip(classes, np.nan_to_num(shares).tolist(), strict=True)),
                "Right by class",
                highlight=False,
            )
        )
        if state.n_new():
            st.info(
                f"{state.n_new()} pictures have come since. **Continue** goes on from what it "
                "has learnt; **Train** begins anew."
            )
    with chart:
        height = 90 + 34 * len(classes)
        show_chart(confusion_chart(matrix, height, classes), key="teach-confusion")


def _show_hood(taught: Taught | None) -> None:
    """The loss, and what was trained with what."""
    now = state.teaching()
    epochs = now.record.epochs or value_of(settings.EPOCHS)
    left, right = st.columns([0.55, 0.45], gap="large")
    with left:
        show_chart(teaching_curves(now.record, epochs, 260).loss, key="teach-loss")
    with right:
        key = value_of(settings.NETWORK) if taught is None else taught.head.backbone
        backbone = BACKBONES[key]
        n_classes = len(now.classes) if taught is None else len(taught.head.classes)
        n_weights = (backbone.n_features + 1) * n_classes
        st.markdown(
            f"**{backbone.title}** is frozen: none of its {backbone.n_parameters:,} parameters "
            f"changes. It turns each picture into {backbone.n_features} numbers, its features, "
            "once. What is trained is one dense layer on them: "
            f"({backbone.n_features} + 1) · {n_classes} = **{n_weights:,}** parameters. That is "
            "why it takes seconds."
        )
        if taught is not None:
            st.markdown(
                f"Its probabilities are softened by a temperature of "
                f"{taught.head.temperature:.2f}, found on the pictures held out. 1 leaves them "
                "as they are; more makes it less sure of itself."
            )


def _show_files() -> None:
    """Save what was taught, and load what was saved."""
    out, back = st.columns(2, gap="large")
    head = own_head()
    with out:
        st.markdown("**Save** your classifier: its classes and weights, without any picture.")
        if head is None:
            st.markdown("There is none yet. Teach one, or load one.")
        else:
            _offer_files(head)
    with back:
        st.markdown(
            f"**Load** a classifier that was saved here, of at most {MOST_BYTES // 1024} KB. "
            "The file is read as plain numbers; nothing in it is run."
        )
        st.file_uploader(
            "A saved classifier",
            type=["zip"],
            key="teach-load",
            on_change=_load,
            max_upload_size=1,
        )
        if st.session_state.get(_REFUSED):
            st.error(st.session_state[_REFUSED], icon=":material/draft:")
        elif st.session_state.get(_LOADED):
            st.success(st.session_state[_LOADED])


def _offer_files(head: Head) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        st.download_button(
            "Save classifier",
            lambda: write_classifier(head),
            FILE_NAME,
            "application/zip",
            icon=":material/save:",
            on_click="ignore",
        )
        st.download_button(
            "The network as .keras",
            lambda: file_or_sentence(lambda: keras_file(get_engine(), head)),
            "my_classifier.keras",
            "application/zip",
            on_click="ignore",
        )
        st.download_button(
            "As LiteRT",
            lambda: file_or_sentence(lambda: litert_file(get_engine(), head)),
            "my_classifier.tflite",
            "application/octet-stream",
            on_click="ignore",
            help="For phones; once called TFLite.",
        )


def _load() -> None:
    """A file was chosen: through the checked door; refused, the classifier before stays."""
    upload = st.session_state["teach-load"]
    st.session_state[_REFUSED] = st.session_state[_LOADED] = ""
    if upload is None:
        return
    try:
        head = read_classifier(upload.getvalue())
    except ClassifierFileError as error:
        st.session_state[_REFUSED] = str(error)
        return
    set_own_head(head)
    state.adopt_classes(head)
    names = ", ".join(as_markdown(name) for name in head.classes)
    st.session_state[_LOADED] = (
        f"It tells apart {names}, on {BACKBONES[head.backbone].title}. Choose *Classify* and "
        "*Your own classes* to use it."
    )
