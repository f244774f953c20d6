"""Predict, then reveal: the learner commits to an answer before the page shows it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import streamlit as st

from components.lesson import ticks
from components.lesson.record import Answered, note_answer
from components.room.predictions import show_predictions

Answer = TypeVar("Answer")
Answer_contra = TypeVar("Answer_contra", contravariant=True)


@dataclass(frozen=True)
class Verdict:
    """What a checker says to an answer. `sentence` names the slip, or says why it is right.

    `right` is None where only a run on the page can tell, and that has not been made yet.
    """

    right: bool | None
    sentence: str


class AnswerWidget(Protocol[Answer_contra]):
    """A way to give an answer of one type."""

    def ask(self, key: str) -> None:
        """Draw the widget, empty; its value goes to `st.session_state[key]`."""

    def show(self, answer: Answer_contra) -> str:
        """The answer in words."""


@dataclass(frozen=True)
class Number:
    """An answer that is a number. `label` names it, with its unit: "Wage in dollars an hour"."""

    label: str
    minimum: float | None = None
    maximum: float | None = None
    step: float = 1.0

    def ask(self, key: str) -> None:
        """Draw an empty number field."""
        st.number_input(
            self.label,
            min_value=None if self.minimum is None else float(self.minimum),
            max_value=None if self.maximum is None else float(self.maximum),
            value=None,
            step=float(self.step),
            format="%g",
            key=key,
            width=280,
        )

    def show(self, answer: float) -> str:
        """The number, with at most six digits."""
        return f"{answer:.6g}"


@dataclass(frozen=True)
class Choice:
    """An answer that is one of a few. `label` may be empty where the question says it all."""

    options: tuple[str, ...]
    label: str = "Your answer"

    def ask(self, key: str) -> None:
        """Draw the options, none of them chosen."""
        st.radio(self.label, self.options, index=None, key=key)

    def show(self, answer: str) -> str:
        """The option as it stands."""
        return answer


@dataclass(frozen=True)
class _Commitment(Generic[Answer]):
    """An answer, and all that the question rested on when it was given."""

    question: Hashable
    answer: Answer


def predict_then_reveal(
    question: str,
    answer: AnswerWidget[Answer],
    check: Callable[[Answer], Verdict],
    *,
    about: Hashable = (),
    reveal: Callable[[], object] | None = None,
    name: str = "prediction",
) -> bool:
    """Ask, let the learner commit, and only then show what is right. Returns whether revealed.

    `check` is called with the committed answer alone, never before. `about` holds the settings
    that the question rests on: when they change, the old verdict is gone and the question is
    open again. `reveal` draws what the answer shows, after the verdict. `name` tells two
    questions of one page apart. The first commitment ticks the lesson off.
    """
    slug = ticks.open_slug()
    state_key = f"{slug}.{name}.commitment"
    asked = (question, about)
    commitment = st.session_state.get(state_key)
    if commitment is not None and commitment.question != asked:
        del st.session_state[state_key]
        commitment = None
    with st.container(key=f"predict-{name}"):
        st.header("Predict, then reveal", anchor="predict-then-reveal")
        st.markdown(question)
        if commitment is None:
            _ask(answer, slug, name, asked)
            return False
        verdict = check(commitment.answer)
        given = answer.show(commitment.answer)
        note_answer(slug, name, Answered(question, given, verdict.right, verdict.sentence))
        _show(given, verdict)
        if reveal is not None:
            reveal()
        st.button(
            "Try again",
            key=f"{slug}.{name}.again",
            icon=":material/replay:",
            on_click=lambda: st.session_state.pop(state_key, None),
        )
        show_predictions(slug, name, asked, _for_the_room(answer, commitment.answer))
    return True


def _for_the_room(answer: AnswerWidget[Answer], given: Answer) -> str | float:
    """A number as it is, so that the room's answers have an order; anything else in words."""
    return given if isinstance(given, float) else answer.show(given)


def _ask(answer: AnswerWidget[Answer], slug: str, name: str, asked: Hashable) -> None:
    answer_key = f"{slug}.{name}.answer"
    # A form, so that typing a number and pressing Commit is one step and not two.
    with st.form(f"{slug}.{name}.form", border=False):
        answer.ask(answer_key)
        st.form_submit_button(
            "Commit", key=f"{slug}.{name}.commit", on_click=_commit, args=(slug, name, asked)
        )
    if st.session_state.pop(f"{slug}.{name}.unanswered", False):
        st.info("Give an answer first, then commit to it. A guess is fine.")


def _commit(slug: str, name: str, asked: Hashable) -> None:
    answer = st.session_state.get(f"{slug}.{name}.answer")
    if answer is None:
        st.session_state[f"{slug}.{name}.unanswered"] = True
        return
    st.session_state[f"{slug}.{name}.commitment"] = _Commitment(asked, answer)
    if ticks.tick(slug):
        st.rerun()  # the whole app once, so that the navigation shows the tick


def _show(given: str, verdict: Verdict) -> None:
    st.markdown(f"Your answer: **{given}**")
    if verdict.right is None:
        st.info(verdict.sentence, icon=":material/hourglass_empty:")
    elif verdict.right:
        st.success(f"**Right.** {verdict.sentence}", icon=":material/check_circle:")
    else:
        st.warning(f"**Not quite.** {verdict.sentence}", icon=":material/lightbulb:")
