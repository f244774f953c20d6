"""A practice lesson with every part of the frame, for the tests."""

import streamlit as st

from components import lesson


def check(answer: float, total: int) -> lesson.Verdict:
    """Compare with the sum on the page, and name the slip."""
    if answer == total:
        return lesson.Verdict(True, f"The sum is {total}.")
    return lesson.Verdict(False, f"You are {abs(answer - total):g} off.")


def write_sum(a: int, b: int) -> None:
    """What the question asked for."""
    st.markdown(f"{a} + {b} = {a + b}")


@st.fragment
def page_body() -> None:
    """Lab and question in one fragment: the question rests on the lab's settings."""
    picture, controls = lesson.lab()
    with controls:
        a = st.slider("First number", 0, 10, 2, key="a", bind="query-params")
        b = st.slider("Second number", 0, 10, 3, key="b", bind="query-params")
    with picture, st.container(height=430, key="picture"):
        st.bar_chart({"number": [a, b]})
    lesson.idea("Two numbers have a **sum**. Order does not matter: $a + b = b + a$.")
    lesson.predict_then_reveal(
        f"What is {a} + {b}?",
        lesson.Number("The sum"),
        lambda answer: check(answer, a + b),
        reveal=lambda: write_sum(a, b),
    )
    lesson.in_keras(
        f"import keras\n\nprint(keras.ops.add({a}, {b}))\n", lambda: b'{"cells": []}', "adding_up"
    )
    lesson.takeaway("A sum is one number made of two.")


lesson.begin("adding_up")
page_body()
