"""The model card: what the network was made from, how good it is, what it will get wrong."""

import numpy as np
import streamlit as st

from components.concepts.model_cards import ModelCard
from components.concepts.photo_backbones import TASKS
from components.concepts.plain_words import as_markdown
from components.engine.jobs import EngineError
from components.figures.confusion import confusion_chart
from components.labs.classify.whom import Whom, title_of, whom_on_page
from components.widgets.chart import show_chart


def show_card() -> None:
    """Draw the card of the network on the page."""
    try:
        whom = whom_on_page()
    except EngineError:
        return  # the lab says that nobody has been taught yet
    st.header("Model card", anchor="model-card")
    if whom.card is None:
        _show_own(whom)
        return
    card = whom.card
    facts, chart = st.columns([0.54, 0.46], gap="large")
    with facts:
        st.markdown(_facts(card))
    with chart:
        matrix = np.array(card.confusion, np.int64)
        height = 90 + 30 * len(card.classes)
        show_chart(confusion_chart(matrix, height, card.classes), key="card-confusion")
        st.caption(f"{card.n_test:,} test pictures. A row is a true class, a column what it says.")


def _facts(card: ModelCard) -> str:
    """The card in Markdown, every number from the measurement."""
    lines = [
        f"**{card.title}**, {card.n_parameters:,} parameters: {card.method}.",
        f"**Pretrained on** {card.pretrained_on}.",
        f"**Fine-tuned on** {card.fine_tuned_on}: {card.n_train:,} pictures, and "
        f"{card.n_validation:,} to choose and calibrate with.",
        f"**Licence**: {card.licence}.",
        f"**Accuracy** {_percent(card.accuracy)} on {card.n_test:,} pictures that it never saw. "
        f"By class: {_recall(card)}.",
        f"**Calibrated** with a temperature of {card.temperature:.2f}: what it says and how often "
        f"it is right differ by {100 * card.calibration_error:.1f} points on average.",
        f"**Not sure** below {100 * card.threshold:.0f} %: so it is for "
        f"{_percent(card.own_not_sure)} of its own kind of pictures{_foreign(card)}. Where it is "
        f"sure, {_percent(card.accuracy_when_sure)} are right.",
        f"**What it will get wrong**: {_mistakes(card)} And it names {_a_class(card)} in any "
        "picture, if it is sure enough: it knows nothing else.",
    ]
    return "\n\n".join(lines)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _recall(card: ModelCard) -> str:
    each = sorted(card.recall.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{name} {100 * share:.0f} %" for name, share in each)


def _foreign(card: ModelCard) -> str:
    return "".join(
        f", for {_percent(each.not_sure)} of {each.count:,} pictures of something else "
        f"({each.what})"
        for each in card.foreign
    )


def _mistakes(card: ModelCard) -> str:
    found = [
        f"it takes {each.count} of {each.total} pictures of “{each.actual}” for “{each.said}”"
        for each in card.will_get_wrong
    ]
    text = "; ".join(found)
    return f"{text[0].upper()}{text[1:]}." if text else "It made no mistake in the test."


def _a_class(card: ModelCard) -> str:
    return " or ".join(card.classes) if len(card.classes) < 4 else "a piece of clothing"


def _show_own(whom: Whom) -> None:
    names = ", ".join(as_markdown(name) for name in whom.classes)
    tasks = " and ".join(task.title.lower() for task in TASKS.values())
    st.markdown(
        f"Your own classifier: {names}, on {title_of(whom.backbone)}. How well it does on the "
        "pictures that you held out stands under *Teach it yourself*. Few pictures were tested, "
        f"so take it with a pinch of salt. The cards of the networks for {tasks} say more: they "
        "were tested on hundreds of pictures."
    )
