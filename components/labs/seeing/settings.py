"""The settings of the lab, declared once: widgets, URL and tests read these tables."""

import streamlit as st

from components.concepts.moments import MOMENTS
from components.concepts.photo_network import N_CLASSES
from components.widgets.live_slider import SliderSetting
from components.widgets.settings import Choice, Index, Number, Setting

MAPS, MATTERED, MOMENTS_VIEW, STRONGEST = "maps", "mattered", "moments", "strongest"
VIEW = Choice(
    "view",
    "Look at",
    MAPS,
    {
        MAPS: "Layer by layer",
        MATTERED: "What mattered",
        STRONGEST: "Strongest",
        MOMENTS_VIEW: "Moments",
    },
)
DIGITS, PHOTO = "digits", "photo"
NETWORK = Choice("network", "Network", DIGITS, {DIGITS: "Digit network", PHOTO: "Photo network"})
OWN, BUNDLED = "own", "bundled"
WHOSE = Choice(
    "whose",
    "Whose",
    OWN,
    {OWN: "Yours", BUNDLED: "The bundled one"},
    help="Yours is the run that the page Train on MNIST shows.",
)
MOMENT = Choice("moment", "Moment", "after", MOMENTS)

MOST_LAYERS, MOST_MAPS, LONGEST_MAP = 13, 1352, 64
LAYER = Index("layer", "Layer", 1, 1, MOST_LAYERS)
MAP = Number("map", "Map", 0, 0, MOST_MAPS)  # 0: the place of the layer's largest value
ROW = Number("row", "Row", 0, 0, LONGEST_MAP)
COLUMN = Number("column", "Column", 0, 0, LONGEST_MAP)
PLACE = (MAP, ROW, COLUMN)

# 0: the class that the network names.
TARGET = Index(
    "class",
    "Class to explain",
    0,
    0,
    N_CLASSES,
    help="The class that the colours over the picture explain.",
)
COVER = Choice(
    "cover",
    "Cover",
    "4",
    {"8": "an eighth", "4": "a quarter", "2": "a half"},
    help="How much of the picture's side the patch covers.",
)
CAM_LAYER = Index("cam", "Grad-CAM at", 0, 0, MOST_LAYERS)  # 0: the last layer with maps
OVERLAY = SliderSetting("overlay", "Strength of the overlay, %", 75, 0, 100, 5)

TABLE: tuple[Setting, ...] = (
    VIEW, NETWORK, WHOSE, MOMENT, LAYER, MAP, ROW, COLUMN, TARGET, COVER, CAM_LAYER,
)  # fmt: skip


def forget_place() -> None:
    """Another layer has other maps: back to the place of its largest value."""
    for setting in PLACE:
        st.session_state[setting.name] = setting.default
