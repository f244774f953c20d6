"""Predict, then reveal: which of the three ways will do best with what is set on the page?"""

from dataclasses import dataclass, field

from components.concepts.small_data import WAYS
from components.concepts.small_data_words import judge_guess
from components.labs.small_data import runs, settings, source
from components.lesson import Choice, Verdict, predict_then_reveal

TITLES = {title: way for way, title in WAYS.items()}
NOT_YET = (
    "Whether it is right, the run decides. Press **Train** in the lab with just these settings; "
    "the answer stands here when all repeats are done."
)


@dataclass(frozen=True)
class _About:
    """What the question rests on."""

    plan: object
    pictures: int = field(repr=False)  # of this visit; another visit's has another number


def ask_which_way() -> None:
    """The question about the settings on the page; the answer is worked out from their run."""
    pictures = source.pictures_on_page()
    if pictures is None:
        return
    plan = settings.plan_on_page()
    done = runs.fitting()
    n = len(pictures.classes)
    what = "pictures" if plan.per_class > 1 else "picture"
    question = (
        f"The lab is set to {plan.per_class} {what} of each of {n} classes, {plan.epochs} epochs, "
        f"and a learning rate of {plan.rate:g} for the fine-tuning of {plan.unfreeze} "
        f"block{'s' if plan.unfreeze > 1 else ''}. Which way will be right most often on pictures "
        "that are in no training set? Commit before you train."
    )

    def check(answer: str) -> Verdict:
        if done is None:
            return Verdict(None, NOT_YET)
        right, sentence = judge_guess(done.comparison, TITLES[answer])
        return Verdict(right, sentence)

    predict_then_reveal(question, Choice(tuple(TITLES)), check, about=_About(plan, id(pictures)))
