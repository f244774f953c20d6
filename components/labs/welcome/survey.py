"""The quick survey: questions, the visitor's answers, the room's bars."""

import streamlit as st

from components.classroom.instructor import is_instructor
from components.classroom.results import count
from components.classroom.room import Room, get_room, visit_id
from components.classroom.store import ROUNDS, LockedError, RoomState, Round, StoreError
from components.classroom.survey import (
    Answers,
    Question,
    Survey,
    SurveyError,
    read_survey,
    survey_file,
)
from components.figures.survey_bars import survey_bars
from components.labs.welcome.instructor_bar import show_bar, show_way_in
from components.widgets.chart import show_chart

POLL_SECONDS = 3.0
_SAID = "survey.said"


def show_survey() -> None:
    """The survey's section; the room's part of it looks for news every few seconds."""
    st.header("Quick survey", anchor="survey")
    try:
        survey = read_survey(survey_file())
    except SurveyError as error:
        st.warning(f"{error} The rest of the workshop works without the survey.")
        return
    st.fragment(_show, run_every=POLL_SECONDS)(survey)


def _show(survey: Survey) -> None:
    room = get_room()
    trouble = None
    try:
        state: RoomState | None = room.state()
    except StoreError as error:
        # The form stays as it is: what is filled in must not be lost.
        trouble, state = str(error), room.last_known
    if trouble:
        st.warning(trouble)
    if state is None:
        return
    if is_instructor():
        show_bar(room, state, survey)
    questions, results = st.columns(2, gap="large")
    with questions:
        _show_questions(room, state, survey)
    with results:
        _show_results(state, survey)
    if not is_instructor():
        show_way_in()


def _show_questions(room: Room, state: RoomState, survey: Survey) -> None:
    asked = state.asked
    mine = next((s.answers for s in state.answers_in(asked) if s.visit == visit_id()), None)
    st.markdown(f"**{_title(asked)}.** Anonymous. Leave out what you like.")
    if state.now.locked:
        st.markdown(":material/lock: The survey is closed.")
        _show_mine(survey, mine)
    else:
        _show_form(room, asked, survey, mine)
    kind, sentence = st.session_state.get(_SAID, ("", ""))
    if kind == "refused":
        st.warning(sentence)
    elif mine is not None:
        st.markdown(":green[:material/check_circle:] Your answers are in.")


def _show_mine(survey: Survey, mine: Answers | None) -> None:
    if mine is None:
        return
    rows = [
        f"- {question.text} **{', '.join(mine[question.name])}**"
        for question in survey.questions
        if mine.get(question.name)
    ]
    st.markdown("\n".join(rows))


def _show_form(room: Room, asked: Round, survey: Survey, mine: Answers | None) -> None:
    with st.form(f"survey-form-{asked}", border=False):
        for question in survey.questions:
            _ask(asked, question, () if mine is None else mine.get(question.name, ()))
        st.form_submit_button(
            "Send my answers" if mine is None else "Send them anew",
            key=f"survey.{asked}.send",
            type="primary" if mine is None else "secondary",
            on_click=_send,
            args=(room, asked, survey),
        )


def _ask(asked: Round, question: Question, taken: tuple[str, ...]) -> None:
    key = _key(asked, question)
    if key not in st.session_state:
        st.session_state[key] = list(taken) if question.several else next(iter(taken), None)
    # Written only where it has to change: what is written replaces, in the browser, the choices
    # that wait there to be sent.
    left = _still_there(st.session_state[key], question)
    if left != st.session_state[key]:
        st.session_state[key] = left
    st.pills(
        question.text,
        question.choices,
        selection_mode="multi" if question.several else "single",
        key=key,
    )


def _still_there(value: str | list[str] | None, question: Question) -> str | list[str] | None:
    """What is chosen, without choices that have gone from the survey file since."""
    chosen = [value] if isinstance(value, str) else list(value or ())
    left = [choice for choice in chosen if choice in question.choices]
    return left if question.several else next(iter(left), None)


def _send(room: Room, asked: Round, survey: Survey) -> None:
    answers = {}
    for question in survey.questions:
        value = st.session_state.get(_key(asked, question))
        if value:
            answers[question.name] = (value,) if isinstance(value, str) else tuple(value)
    try:
        survey.check(answers)
        room.store().vote(visit_id(), asked, answers)
    except (SurveyError, LockedError, StoreError) as error:
        st.session_state[_SAID] = ("refused", str(error))
        return
    finally:
        room.changed()
    st.session_state.pop(_SAID, None)


def _show_results(state: RoomState, survey: Survey) -> None:
    revealed = tuple(name for name in ROUNDS if state.rounds[name].revealed)
    number = len(state.answers_in(state.asked))
    visits = "1 visit has" if number == 1 else f"{number} visits have"
    st.markdown(f"**The room:** {visits} answered.")
    if not revealed:
        st.markdown("The results are hidden until the instructor reveals them.")
        return
    for question in survey.questions:
        st.markdown(question.text)
        counts: dict[str, tuple[int, ...]] = {
            name: count(question, state.answers_in(name)) for name in revealed
        }
        show_chart(survey_bars(question.choices, counts), key=f"survey-{question.name}")


def _key(asked: Round, question: Question) -> str:
    return f"survey.{asked}.{question.name}"


def _title(asked: Round) -> str:
    return "Before the workshop" if asked == "before" else "After the workshop"
