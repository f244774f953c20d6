"""The frame that every page has: title and aim, lab, idea, prediction, In Keras, takeaway."""

from components.lesson.frame import Lab, begin, idea, in_keras, lab, takeaway
from components.lesson.prediction import Choice, Number, Verdict, predict_then_reveal
from components.lesson.ticks import is_done, tick

__all__ = [
    "Choice",
    "Lab",
    "Number",
    "Verdict",
    "begin",
    "idea",
    "in_keras",
    "is_done",
    "lab",
    "predict_then_reveal",
    "takeaway",
    "tick",
]
