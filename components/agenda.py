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
        "1.1",
        "linear_models",
        "The problem with linear models",
        KEY_CONCEPTS,
        ":material/show_chart:",
        "say what a linear model can't express, and why adding product terms does not scale",
    ),
    Lesson(
        "1.2",
        "forward_propagation",
        "Forward propagation",
        KEY_CONCEPTS,
        ":material/arrow_right_alt:",
        "follow every number from the inputs of a network to its prediction",
    ),
    Lesson(
        "1.3",
        "activation_functions",
        "Activation functions",
        KEY_CONCEPTS,
        ":material/show_chart:",
        "say what an activation does to a node, and what a network can do with it",
    ),
    Lesson(
        "1.4",
        "gradient_descent",
        "Gradient descent",
        KEY_CONCEPTS,
        ":material/trending_down:",
        "say how a network finds its weights, and what a learning rate does",
    ),
    Lesson(
        "1.5",
        "back_propagation",
        "Back-propagation",
        KEY_CONCEPTS,
        ":material/undo:",
        "work out the slope of every weight, and say what one step of learning does",
    ),
    Lesson(
        "1.6",
        "deeper_networks",
        "Deeper networks",
        KEY_CONCEPTS,
        ":material/hub:",
        "say what hidden layers add, and tell learning the rule from learning by heart",
    ),
    Lesson(
        "2.1",
        "landscape",
        "Where deep learning shines, and with what",
        LANDSCAPE,
        ":material/landscape:",
        "say for which data deep learning pays, and which libraries it is written in",
    ),
    Lesson(
        "3.1",
        "first_keras_model",
        "Define, compile, fit, predict",
        FIRST_MODEL,
        ":material/stacks:",
        "build a network for a table in Keras, and say whether it was worth it",
    ),
    Lesson(
        "4.1",
        "images_as_numbers",
        "How images are represented",
        VISION,
        ":material/apps:",
        "say what numbers a picture is made of, how many, and what each of them means",
    ),
    Lesson(
        "4.2",
        "convolution",
        "The convolution",
        VISION,
        ":material/grid_on:",
        "say what a kernel finds in a picture, and how large its output is",
    ),
    Lesson(
        "4.3",
        "mnist_training",
        "Train on MNIST, live",
        VISION,
        ":material/model_training:",
        "train a network that reads handwritten digits, and say how well it reads yours",
    ),
    Lesson(
        "4.4",
        "how_a_network_sees",
        "How a deep network sees",
        VISION,
        ":material/visibility:",
        "say what a value deep in a network has seen, and which part of a picture mattered",
    ),
    Lesson(
        "5.1",
        "small_data",
        "What about small data sets",
        TRANSFER,
        ":material/photo_size_select_small:",
        "learn from a handful of pictures with a network that has learnt from many others",
    ),
    Lesson(
        "5.2",
        "classify_images",
        "Classify your own pictures",
        TRANSFER,
        ":material/image_search:",
        "have a network name your pictures, teach it your own classes, and judge its answers",
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
