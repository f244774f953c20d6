"""All pictures brought, and what the network says of each: a table, and a CSV to take home."""

import pandas as pd
import streamlit as st

from components.concepts.answer_table import Answer, answer_of, to_csv
from components.concepts.plain_words import as_markdown
from components.engine.jobs import EngineError
from components.labs.classify import answers, gallery
from components.labs.classify.lab import says_who, threshold_on_page
from components.labs.classify.whom import Whom, whom_on_page

ROW_HEIGHT, MOST_HEIGHT = 56, 480  # px
CSV_NAME = "classified_pictures.csv"
PICTURE, NAME, ANSWER = "picture", "file", "answer"


def show_table() -> None:
    """Draw the table, where pictures were brought; a click on a row shows its picture above."""
    photos = gallery.own_photos()
    if not photos:
        return
    st.header("Your pictures", anchor="your-pictures")
    try:
        whom = whom_on_page()
    except EngineError as error:
        st.info(str(error))
        return
    said = answers_by_picture(whom)
    st.markdown(f"{says_who(whom)}, says {_counts(said)}. Click a row to look at its picture.")
    event = st.dataframe(
        _frame(said, whom),
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=min(MOST_HEIGHT, ROW_HEIGHT * (len(photos) + 1)),
        column_config={
            PICTURE: st.column_config.ImageColumn("Picture", width=70),
            NAME: st.column_config.TextColumn("File", width="medium"),
            ANSWER: st.column_config.TextColumn("Answer", width="small"),
            **{
                name: st.column_config.ProgressColumn(
                    name, format="percent", min_value=0.0, max_value=1.0, width="small"
                )
                for name in _columns(whom)
            },
        },
        key="classify-table",
        on_select=_look_at,
        selection_mode="single-row",
        alt="The pictures brought, with the network's answer and the probability of each class",
    )
    del event
    st.download_button(
        "Download the table (CSV)",
        lambda: to_csv([photo.name for photo in photos], said, whom.classes),
        CSV_NAME,
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def answers_by_picture(whom: Whom) -> list[Answer | None]:
    """What the network says of each picture brought, None where it was not asked yet."""
    known, threshold = answers.answers_of(whom), threshold_on_page()
    return [
        answer_of(known[photo.number], whom.classes, threshold) if photo.number in known else None
        for photo in gallery.own_photos()
    ]


def _look_at() -> None:
    """A row was clicked: its picture is the one in the lab."""
    rows = st.session_state["classify-table"]["selection"]["rows"]
    photos = gallery.own_photos()
    if rows and rows[0] < len(photos):
        gallery.show(photos[rows[0]].number)


def _columns(whom: Whom) -> dict[str, int]:
    """The column of each class's probability; a class may be called like another column."""
    taken = {PICTURE, NAME, ANSWER}
    return {
        (f"{name} " if name in taken else name): place for place, name in enumerate(whom.classes)
    }


def _frame(said: list[Answer | None], whom: Whom) -> pd.DataFrame:
    photos = gallery.own_photos()
    columns: dict[str, list[object]] = {
        PICTURE: [photo.thumbnail for photo in photos],
        NAME: [photo.name for photo in photos],
        ANSWER: ["–" if answer is None else answer.word for answer in said],
    }
    for column, place in _columns(whom).items():
        name = whom.classes[place]
        columns[column] = [None if answer is None else dict(answer.ranked)[name] for answer in said]
    return pd.DataFrame(columns)


def _counts(said: list[Answer | None]) -> str:
    """How many pictures got which answer: "2 × cat, 1 × not sure"."""
    words = [answer.word for answer in said if answer is not None]
    counts = {word: words.count(word) for word in dict.fromkeys(words)}
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    text = ", ".join(f"{count} × {as_markdown(word)}" for word, count in ordered)
    return text or "nothing yet"
