"""Predict, then reveal: what the network says of a picture that it has no class for."""

import streamlit as st

from components import lesson
from components.concepts.answer_table import Answer, answer_of
from components.concepts.head_question import answer_to, slips_in
from components.concepts.photo_backbones import BACKBONES
from components.concepts.plain_words import as_markdown
from components.concepts.slips import diagnose
from components.engine.jobs import EngineError
from components.figures.class_bars import class_bars
from components.figures.probability_bars import write_share
from components.labs.classify import answers, gallery, settings
from components.labs.classify.lab import threshold_on_page
from components.labs.classify.whom import Whom, whom_on_page
from components.labs.teach import state
from components.widgets.setting_values import value_of

NOT_SURE = "It is not sure"
ORDER = ("rocket", "cup", "bricks", "photographer", "cat")


def ask() -> None:
    """The question that belongs to the view."""
    if value_of(settings.VIEW) == settings.TEACH:
        _ask_for_parameters()
        return
    try:
        _ask_for_answer(whom_on_page())
    except EngineError:
        return  # the lab says that nobody has been taught yet


def asked_picture() -> str:
    """A sample that is not in the lab, so that its answer is not on the page yet."""
    here = value_of(settings.SAMPLE) if gallery.shown_number() is None else ""
    return next(key for key in ORDER if key != here)


def _ask_for_answer(whom: Whom) -> None:
    key = asked_picture()
    threshold = threshold_on_page()
    names = {f"“{as_markdown(name)}”": name for name in whom.classes}
    known = ", ".join(names)

    def check(given: str) -> lesson.Verdict:
        photo = gallery.samples()[key]
        try:
            answers.answer_some(whom, [photo])
            said = answer_of(answers.answers_of(whom)[photo.number], whom.classes, threshold)
        except (EngineError, KeyError) as error:
            return lesson.Verdict(False, f"The network gave no answer. {error}")
        return verdict(names.get(given, given), said, len(whom.classes), threshold)

    lesson.predict_then_reveal(
        f"The network in the lab knows {known}, and nothing else. What does it say of the sample "
        f"picture **{settings.SAMPLE.options[key]}**, at a threshold of {100 * threshold:.0f} %?",
        lesson.Choice((*names, NOT_SURE)),
        check,
        about=(whom.identity, key, round(threshold, 4)),
        reveal=lambda: _reveal(whom, key, threshold),
        name="answer",
    )


def verdict(given: str, said: Answer, n_classes: int, threshold: float) -> lesson.Verdict:
    """What to say to an answer, from what the network says of the picture."""
    likeliest, chance = said.ranked[0]
    name, percent = as_markdown(likeliest), write_share(chance)
    told = f"It gives “{name}” {percent}, and the threshold is {100 * threshold:.0f} %"
    right = given == (likeliest if said.sure else NOT_SURE)
    if right and said.sure:
        return lesson.Verdict(
            True, f"{told}. The {n_classes} probabilities always add up to 100 %, whatever it sees."
        )
    if right:
        return lesson.Verdict(True, f"{told}: no class reaches it, so it does not commit itself.")
    if given == NOT_SURE:
        return lesson.Verdict(
            False,
            f"{told}. It has no class for “none of these”, and shares 100 % among the "
            f"{n_classes} it knows: it can be sure of a thing it has never seen.",
        )
    own = dict(said.ranked)[given]
    if not said.sure and given == likeliest:
        return lesson.Verdict(
            False, f"That is its likeliest class, but {told[0].lower()}{told[1:]}: it is not sure."
        )
    return lesson.Verdict(
        False, f"{told}. For “{as_markdown(given)}” it has only {write_share(own)}."
    )


def _reveal(whom: Whom, key: str, threshold: float) -> None:
    photo = gallery.samples()[key]
    row = answers.answers_of(whom).get(photo.number)
    if row is None:
        return
    said = answer_of(row, whom.classes, threshold)
    left, right = st.columns([0.2, 0.8])
    with left:
        st.image(photo.pixels, width=140)
    with right:
        st.html(class_bars(said.ranked[:5], "Its answer", said.sure, threshold))


def _ask_for_parameters() -> None:
    """How many numbers the head learns, for the classes on the page and one more."""
    backbone = BACKBONES[value_of(settings.NETWORK)]
    n_classes = len(state.teaching().classes) + 1
    correct = answer_to(backbone.n_features, n_classes)
    slips = slips_in(backbone.n_features, n_classes, backbone.n_parameters)

    def check(given: float) -> lesson.Verdict:
        found = diagnose(given, float(correct), slips)
        sentence = found.sentence.replace(
            "write the sums out node by node",
            f"each class has a weight for each of the {backbone.n_features} features and one bias",
        )
        return lesson.Verdict(given == correct, sentence)

    lesson.predict_then_reveal(
        f"You teach **{n_classes} classes** on {backbone.title}, which turns a picture into "
        f"{backbone.n_features} features and is frozen. How many parameters are trained?",
        lesson.Number("Parameters", minimum=0, step=1),
        check,
        about=(backbone.key, n_classes),
        reveal=lambda: st.code(
            f"({backbone.n_features} + 1) · {n_classes} = {correct:,}", language=None
        ),
        name="parameters",
    )
