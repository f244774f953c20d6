"""Predict, then reveal: which model wins on the data that the chart does not show."""

from components import lesson
from components.concepts.data_appetite import LEARNERS, MATERIALS, Measured, measured
from components.figures.appetite_chart import appetite_chart
from components.labs.landscape import settings
from components.widgets.chart import show_chart
from components.widgets.setting_values import value_of

TIE = "Too close to call"


def ask_for_winner() -> None:
    """Ask about the other data, at its second size."""
    shown = value_of(settings.DATA)
    other = next(key for key in MATERIALS if key != shown)
    found = measured()[other]
    n = found.material.sizes[1]
    titles = {LEARNERS[key].title: key for key in found.material.learners}
    lesson.predict_then_reveal(
        f"Now the other data, **{found.material.title.lower()}**. {found.material.question} Each "
        f"model is shown **{n:,} {found.material.unit}**, and tested on {found.material.n_test:,} "
        "others. Which is right most often?",
        lesson.Choice((*titles, TIE)),
        lambda answer: verdict(found, n, titles.get(answer)),
        about=(other, n),
        reveal=lambda: show_chart(appetite_chart(found), f"landscape_reveal_{other}"),
        name="winner",
    )


def verdict(found: Measured, n: int, answer: str | None) -> lesson.Verdict:
    """What to say to a learner's key, or to None for “too close to call”."""
    best, ranking = found.best(n), found.ranking(n)
    facts = ", ".join(f"{LEARNERS[p.learner].title.lower()} {p.mean:.1%}" for p in ranking)
    first, second = ranking[:2]
    gap = f"{100 * (first.mean - second.mean):.1f} points"
    spread = f"{100 * max(first.high - first.low, second.high - second.low):.1f} points"
    measured_so = f"Measured with {n:,} {found.material.unit}: {facts}."
    if best is None:
        close = f"The first two are {gap} apart, and other examples alone move them by {spread}."
        if answer is None:
            return lesson.Verdict(True, f"{measured_so} {close}")
        return lesson.Verdict(False, f"{_slip(found, n, answer)} {measured_so} {close}")
    if answer == best.learner:
        return lesson.Verdict(True, f"{measured_so} It leads by {gap}.")
    if answer is None:
        return lesson.Verdict(
            False,
            f"It is not close: the lead is {gap}, and other examples move the first two by no "
            f"more than {spread}. {measured_so}",
        )
    return lesson.Verdict(False, f"{_slip(found, n, answer)} {measured_so}")


def _slip(found: Measured, n: int, answer: str) -> str:
    """The reason why one would think so, worked out from the measurements."""
    name = LEARNERS[answer].title.lower()
    last = found.material.sizes[-1]
    if found.ranking(last)[0].learner == answer and found.ranking(n)[0].learner != answer:
        return f"The {name} leads with {last:,} {found.material.unit}, but you have {n:,}."
    place = [point.learner for point in found.ranking(n)].index(answer)
    if place == 0:
        return f"The {name} is ahead, but by too little to count."
    behind = 100 * (found.ranking(n)[0].mean - found.at(answer, n).mean)
    return f"The {name} comes out {behind:.1f} points behind the best."
