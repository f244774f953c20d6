"""A practice lesson with a question of choice, for the tests."""

from components import lesson

lesson.begin("choosing")
picture, controls = lesson.lab()
picture.markdown("2, 4, 6")
controls.text_input("Your note", key="note")
lesson.predict_then_reveal(
    "Which number comes next?",
    lesson.Choice(("7", "8")),
    lambda answer: lesson.Verdict(answer == "8", "Each number is 2 more than the one before."),
)
lesson.takeaway("Look at the differences.")
