"""The settings of the lesson, declared once: widgets, URL and tests read these tables."""

from dataclasses import replace

from components.concepts.photo_backbones import BACKBONES, BUNDLED, TASKS
from components.concepts.teaching import MOST_CLASSES
from components.pictures.bundled import PHOTOS
from components.widgets.live_slider import SliderSetting
from components.widgets.settings import Choice, Index, Number, Setting

CLASSIFY, TEACH = "classify", "teach"
VIEW = Choice("view", "View", CLASSIFY, {CLASSIFY: "Classify", TEACH: "Teach it yourself"})

OWN = "own"
TASK = Choice(
    "task",
    "Tell apart",
    "cats_dogs",
    {**{key: task.title for key, task in TASKS.items()}, OWN: "Your own classes"},
    help="What the network was fine-tuned for.",
)
NETWORK = Choice(
    "network",
    "Network",
    BUNDLED,
    {key: backbone.title for key, backbone in BACKBONES.items()},
    help="What the network was before it was fine-tuned. The bundled one is always at hand.",
)
SAMPLE = Choice("sample", "Sample picture", "cat", PHOTOS)
TOP = Number("top", "Classes shown", 3, 1, 10, help="The likeliest so many.")
# 0: the class that the network names.
WHY = Index(
    "why",
    "Class to explain",
    0,
    0,
    MOST_CLASSES,
    help="The class that the colours over the picture explain.",
)
SURE = SliderSetting("sure", "“Not sure” below, %", 70, 0, 100, 1)
OVERLAY = SliderSetting("overlay", "Overlay, %", 60, 0, 100, 5)

EPOCHS = Number("epochs", "Epochs", 60, 1, 500, help="How often it goes through all pictures.")
RATE = Number("rate", "Learning rate", 0.01, 0.00001, 10.0, 0.001)
SEED = Number("seed", "Seed", 0, 0, 9999, help="Of the first weights and the order of pictures.")

# The sliders keep their own part of the address.
TABLE: tuple[Setting, ...] = (VIEW, TASK, NETWORK, SAMPLE, TOP, WHY, EPOCHS, RATE, SEED)


def sliders(threshold: float) -> tuple[SliderSetting, SliderSetting]:
    """The sliders of the lab, with the network's own threshold (in %) as the first's default."""
    return replace(SURE, default=threshold), OVERLAY
