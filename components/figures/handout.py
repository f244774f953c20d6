"""A visit's own record of the workshop as one HTML file that needs nothing else.

All text that comes from a visit or from a database is escaped here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from components.figures import theme

WIDTH, HEIGHT = 520, 240  # of a chart, in px
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 12, 36  # px: room around it
STYLE = """
:root { color-scheme: light dark; }
body { font: 17px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { font-family: Georgia, serif; line-height: 1.25; }
h2 { border-top: 1px solid #8888; padding-top: 1rem; margin-top: 2rem; }
code { overflow-wrap: anywhere; }
blockquote { border-left: 4px solid #8888; margin: 1rem 0; padding: 0 1rem; }
svg { max-width: 100%; height: auto; }
figure { margin: 1rem 0; }
@media print { a { color: inherit; } }
"""
VERDICTS = {True: "Right.", False: "Not quite.", None: "Open."}


@dataclass(frozen=True)
class HandoutAnswer:
    """A prediction and its verdict; `right` is None where only a run could tell."""

    question: str
    answer: str
    right: bool | None
    sentence: str


@dataclass(frozen=True)
class HandoutLesson:
    """One lesson. `link` leads to it with its settings; empty where no address is known."""

    title: str
    is_done: bool
    link: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    answers: tuple[HandoutAnswer, ...] = ()


@dataclass(frozen=True)
class Series:
    """One line of a chart: (epoch, value) pairs."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class HandoutRun:
    """One training run: its name, its final figures in words, and what its chart shows."""

    title: str
    figures: str
    measure: str = ""
    series: tuple[Series, ...] = ()


@dataclass(frozen=True)
class Handout:
    """All of it."""

    date: str
    lessons: tuple[HandoutLesson, ...]
    runs: tuple[HandoutRun, ...]


def handout_page(handout: Handout) -> str:
    """The HTML file."""
    done = sum(lesson.is_done for lesson in handout.lessons)
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>My deep learning workshop</title><style>{STYLE}</style></head><body>",
        "<h1>My deep learning workshop</h1>",
        f"<p>{escape(handout.date)}. {done} of {len(handout.lessons)} lessons done.</p>",
        "<h2>Lessons</h2>",
        *map(_lesson, handout.lessons),
        "<h2>Training runs</h2>",
        *(map(_run, handout.runs) if handout.runs else ["<p>You have trained nothing yet.</p>"]),
        "</body></html>",
    ]
    return "\n".join(parts)


def _lesson(lesson: HandoutLesson) -> str:
    mark = "✓ " if lesson.is_done else ""
    title = escape(lesson.title)
    if lesson.link.startswith(("http://", "https://")):
        title = f'<a href="{escape(lesson.link)}">{title}</a>'
    settings = ""
    if lesson.settings:
        words = ", ".join(f"{name} = {text}" for name, text in lesson.settings)
        settings = f"<p>Your settings: <code>{escape(words)}</code></p>"
    return f"<h3>{mark}{title}</h3>{settings}{''.join(map(_answer, lesson.answers))}"


def _answer(answer: HandoutAnswer) -> str:
    return (
        f"<blockquote><p>{_plain(answer.question)}</p>"
        f"<p>Your answer: <strong>{_plain(answer.answer)}</strong></p>"
        f"<p><strong>{VERDICTS[answer.right]}</strong> {_plain(answer.sentence)}</p></blockquote>"
    )


def _plain(text: str) -> str:
    """Markdown as plain text: its marks for bold and code go, and HTML is escaped."""
    return escape(text.replace("**", "").replace("`", ""))


def _run(run: HandoutRun) -> str:
    words = f"<h3>{escape(run.title)}</h3><p>{escape(run.figures)}</p>"
    lines = [line for line in run.series if any(map(_is_shown, line.points))]
    return f"{words}<figure>{chart(lines, run.measure)}</figure>" if lines else words


def _is_shown(point: tuple[float, float]) -> bool:
    return all(map(math.isfinite, point))


def chart(lines: Sequence[Series], measure: str) -> str:
    """Lines over the epochs as inline SVG, each with its name in the legend below it."""
    points = [point for line in lines for point in line.points if _is_shown(point)]
    x_low, x_high = _span([x for x, _ in points])
    y_low, y_high = _span([y for _, y in points])

    def place(x: float, y: float) -> str:
        across = LEFT + (x - x_low) / (x_high - x_low) * (WIDTH - LEFT - RIGHT)
        down = HEIGHT - BOTTOM - (y - y_low) / (y_high - y_low) * (HEIGHT - TOP - BOTTOM)
        return f"{across:.1f},{down:.1f}"

    drawn, legend = [], []
    for number, line in enumerate(lines):
        color = theme.SERIES_COLORS[number % len(theme.SERIES_COLORS)]
        dash = " ".join(map(str, theme.SERIES_DASHES[number % len(theme.SERIES_DASHES)]))
        look = f'stroke="{color}" stroke-width="2.5" stroke-dasharray="{dash}" fill="none"'
        path = " ".join(place(x, y) for x, y in line.points if _is_shown((x, y)))
        drawn.append(f'<polyline points="{path}" {look}/>')
        y = HEIGHT + 18 + 22 * number
        legend.append(f'<line x1="{LEFT}" y1="{y}" x2="{LEFT + 36}" y2="{y}" {look}/>')
        legend.append(f'<text x="{LEFT + 46}" y="{y + 5}">{escape(line.name)}</text>')
    base = HEIGHT - BOTTOM
    axes = (
        f'<path d="M{LEFT} {TOP}V{base}H{WIDTH - RIGHT}" fill="none" stroke="currentColor"/>'
        f'<text x="{LEFT - 6}" y="{TOP + 10}" text-anchor="end">{y_high:.3g}</text>'
        f'<text x="{LEFT - 6}" y="{base}" text-anchor="end">{y_low:.3g}</text>'
        f'<text x="{LEFT}" y="{base + 18}">{x_low:g}</text>'
        f'<text x="{WIDTH - RIGHT}" y="{base + 18}" text-anchor="end">epoch {x_high:g}</text>'
    )
    name = escape(f"{measure} by epoch: {', '.join(line.name for line in lines)}")
    height = HEIGHT + 8 + 22 * len(lines)
    return (
        f'<svg role="img" aria-label="{name}" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'font-size="14" fill="currentColor">{axes}{"".join(drawn)}{"".join(legend)}</svg>'
        f"<figcaption>{escape(measure)} by epoch</figcaption>"
    )


def _span(values: Sequence[float]) -> tuple[float, float]:
    """Lowest and highest, never the same."""
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, high + 0.5)
