"""The table of topics and lessons: everything that lists, orders or links lessons reads it.

To add a lesson, write `pages/<slug>.py` and add one row to `LESSONS`.
"""

from dataclasses import dataclass
from pathlib import Path

PAGES_FOLDER = Path(__file__).resolve().parent.parent / "pages"


class AgendaError(LookupError):
    """A lesson that is not in the agenda; the message says what to do about it."""


@dataclass(frozen=True)
class Topic:
    """One of the workshop's topics.

    `name` is the workshop's own, `short` fits into the bar at the top, and `about` says in one
    sentence what the topic is about.
    """

    name: str
    short: str
    about: str


@dataclass(frozen=True)
class Lesson:
    """One page of the workshop.

    `slug` is the page's one name: its script `pages/<slug>.py` and its URL. `number` is the
    place in the workshop's outline ("4.3"), empty for Welcome, and `aim` ends the sentence
    "After this page you can …".
    """

    number: str
    slug: str
    title: str
    topic: Topic | None
    icon: str
    aim: str

    @property
    def script(self) -> str:
        """The page's script, relative to the folder of `streamlit_app.py`."""
        return f"pages/{self.slug}.py"


KEY_CONCEPTS = Topic(
    "Key Concepts", "Key Concepts", "How a network predicts, and how it finds its weights."
)
LANDSCAPE = Topic(
    "The Deep Learning Landscape", "Landscape", "Where it shines, where it does not, with what."
)
FIRST_MODEL = Topic("Your First Model in Keras", "First Model", "Define, compile, fit, predict.")
VISION = Topic(
    "Computer Vision and Convolutional Networks",
    "Computer Vision",
    "How a network sees edges, parts and digits.",
)
TRANSFER = Topic("Transfer Learning", "Transfer Learning", "What to do when you have few pictures.")

TOPICS = (KEY_CONCEPTS, LANDSCAPE, FIRST_MODEL, VISION, TRANSFER)

LESSONS: tuple[Lesson, ...] = (
    Lesson(
        "",
        "welcome",
        "Welcome",
        None,
        ":material/waving_hand:",
        "find your way through the workshop, and say what this server trains on",
    ),
    Lesson(
        "4.3",
        "mnist_training",
        "Train on MNIST, live",
        VISION,
        ":material/model_training:",
        "train a network that reads handwritten digits, and say how well it reads yours",
    ),
)


def lesson(slug: str) -> Lesson:
    """The lesson with this slug. Raises AgendaError when the agenda has none."""
    for row in LESSONS:
        if row.slug == slug:
            return row
    raise AgendaError(f"“{slug}” is not in the agenda. Add its row to components/agenda.py.")


def lessons_of(topic: Topic) -> tuple[Lesson, ...]:
    """The lessons of one topic that exist, in order."""
    return tuple(row for row in LESSONS if row.topic == topic)


def before(slug: str) -> Lesson | None:
    """The lesson before this one, None for the first."""
    place = LESSONS.index(lesson(slug))
    return LESSONS[place - 1] if place > 0 else None


def after(slug: str) -> Lesson | None:
    """The lesson after this one, None for the last."""
    place = LESSONS.index(lesson(slug))
    return LESSONS[place + 1] if place + 1 < len(LESSONS) else None
