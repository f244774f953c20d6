"""The choice of a story, which sets all that it needs."""

import streamlit as st

from components.concepts.playground_stories import STORIES
from components.labs.playground import settings
from components.labs.playground.settings import write_layers
from components.widgets.renewed_fields import RenewedField, renewed_field
from components.widgets.settings import Setting

OWN = "own"


def story_on_page() -> str:
    """The story whose settings are on the page; OWN where they are the learner's."""
    plan = settings.plan_on_page()
    return next((name for name, story in STORIES.items() if story.plan == plan), OWN)


def choose_story() -> None:
    """Draw the choice of stories."""
    here = story_on_page()
    names = [*STORIES, *([OWN] if here == OWN else [])]
    field = renewed_field("pg.story", here, tuple(names))
    st.selectbox(
        "Story",
        names,
        names.index(field.start),
        key=field.key,
        format_func=lambda name: "Your own" if name == OWN else STORIES[name].title,
        on_change=_apply,
        args=(field,),
        label_visibility="collapsed",
    )


def _apply(field: RenewedField[str]) -> None:
    story = STORIES.get(field.said)
    if story is None or not field.is_there:
        return
    plan, state = story.plan, st.session_state
    values: list[tuple[Setting, object]] = [
        (settings.DATA, plan.data),
        (settings.NOISE, plan.noise),
        (settings.SHARE, plan.share),
        (settings.SEED, plan.seed),
        (settings.HIDDEN, write_layers(plan.hidden)),
        (settings.ACTIVATION, plan.activation),
        (settings.OPTIMISER, plan.optimiser),
        (settings.PENALTY, plan.penalty),
        (settings.RATE, plan.learning_rate),
        (settings.BATCH, plan.batch_size),
        (settings.PENALTY_RATE, plan.penalty_rate),
        (settings.TEST, story.show_test),
        (settings.INPUTS, list(plan.features)),
    ]
    for setting, value in values:
        state[setting.name] = value
