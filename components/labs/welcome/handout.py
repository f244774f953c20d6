"""Take your workshop home: what this visit did, as one file."""

from collections.abc import Callable, Iterable
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from components import agenda, lesson
from components.classroom.joining import joining_address
from components.concepts.small_data import WAYS
from components.figures.handout import (
    Handout,
    HandoutAnswer,
    HandoutLesson,
    HandoutRun,
    Series,
    handout_page,
)
from components.labs.digits import runs as digits
from components.labs.first_model import runs as first_model
from components.labs.playground import runs as playground
from components.labs.small_data import runs as small_data
from components.lesson.record import record

ABOUT = """
One file with the lessons you have done, your settings as links, your answers to the questions, and
your training runs. It opens in any browser, and is made from this visit alone: it is gone when you
close the page.
"""


def show_handout() -> None:
    """The section with its button; the file is made when it is asked for."""
    st.header("Take your workshop home", anchor="take-home")
    st.markdown(ABOUT)
    st.download_button(
        "Download my workshop",
        _maker(),
        "my-deep-learning-workshop.html",
        "text/html",
        key="handout",
        icon=":material/download:",
        on_click="ignore",
    )


def _maker() -> Callable[[], bytes]:
    """What makes the file. Streamlit calls it outside a run, where no visit is known: so the
    lists are taken here, and read there."""
    kept, url = record(), st.context.url
    home = joining_address(url) if isinstance(url, str) else None
    done = {row.slug for row in agenda.LESSONS if lesson.is_done(row.slug)}
    runs = _Runs()

    def make() -> bytes:
        lessons = tuple(
            HandoutLesson(
                f"{row.number} {row.title}".strip(),
                row.slug in done,
                _link(home, row.slug, kept.settings.get(row.slug, {})),
                tuple(sorted(kept.settings.get(row.slug, {}).items())),
                tuple(
                    HandoutAnswer(each.question, each.answer, each.right, each.sentence)
                    for (slug, _), each in kept.answers.items()
                    if slug == row.slug
                ),
            )
            for row in agenda.LESSONS
            if row.topic is not None  # Welcome is no lesson
        )
        today = f"{date.today():%-d %B %Y}"
        return handout_page(Handout(today, lessons, tuple(runs.in_words()))).encode()

    return make


def _link(home: str | None, slug: str, settings: object) -> str:
    if home is None:
        return ""
    query = urlencode(settings) if isinstance(settings, dict) and settings else ""
    return f"{home}{slug}?{query}" if query else f"{home}{slug}"


class _Runs:
    """The training runs of this visit, in the lists that the labs keep."""

    def __init__(self) -> None:
        self._digits = digits.runs()
        self._fits = first_model.runs()
        self._compared = small_data.all_compared()
        self._played = playground.begun_runs()

    def in_words(self) -> Iterable[HandoutRun]:
        """Each run with its final figures; those that have not begun are left out."""
        yield from map(_digits_run, [run for run in self._digits if run.record.epoch_points])
        yield from map(_fit_run, [run for run in self._fits if run.record.points])
        yield from map(_comparison, [each for each in self._compared if each.comparison.points])
        yield from map(_played_run, self._played)


def _digits_run(run: digits.Run) -> HandoutRun:
    points = run.record.epoch_points
    best = max(point.val_accuracy for point in points)
    return HandoutRun(
        f"4.3 Digits, {run.name}",
        f"{len(points)} epochs in {run.record.seconds:.1f} s on {run.record.train_size:,} digits. "
        f"Best validation accuracy {best:.2%}, at the end {points[-1].val_accuracy:.2%}.",
        "Accuracy",
        (
            Series("training", tuple((p.epoch, p.accuracy) for p in points)),
            Series("validation", tuple((p.epoch, p.val_accuracy) for p in points)),
        ),
    )


def _fit_run(run: first_model.FitRun) -> HandoutRun:
    points = run.record.points
    return HandoutRun(
        f"3.1 First model, fit {run.number}",
        f"{len(points)} epochs in {run.record.seconds:.1f} s. Lowest validation loss "
        f"{min(point.val_loss for point in points):.4g}, at the end {points[-1].val_loss:.4g}.",
        "Loss",
        (
            Series("training", tuple((p.epoch, p.loss) for p in points)),
            Series("validation", tuple((p.epoch, p.val_loss) for p in points)),
        ),
    )


def _comparison(compared: small_data.Compared) -> HandoutRun:
    bands = compared.comparison.bands()
    ends = ", ".join(f"{WAYS[band.way].lower()} {band.middle[-1]:.1%}" for band in bands)
    return HandoutRun(
        f"5.1 Small data, comparison {compared.number}",
        f"{compared.comparison.plan.per_class} pictures a class. Accuracy on pictures held out, "
        f"middle of the repeats: {ends}.",
        "Accuracy on pictures held out",
        tuple(
            Series(
                WAYS[band.way],
                tuple(zip(band.epochs.tolist(), band.middle.tolist(), strict=True)),
            )
            for band in bands
        ),
    )


def _played_run(run: playground.Run) -> HandoutRun:
    moments = run.record.moments
    last = moments[-1]
    return HandoutRun(
        f"1.6 Playground, {run.name}",
        f"{last.epoch:g} epochs. Loss on the training points {last.losses.train:.3f}, on the test "
        f"points {last.losses.test:.3f}.",
        "Loss",
        (
            Series("training", tuple((m.epoch, m.losses.train) for m in moments)),
            Series("test", tuple((m.epoch, m.losses.test) for m in moments)),
        ),
    )
