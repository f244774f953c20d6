"""The settings of the lab, declared once: widgets, sliders, URL and tests read these tables."""

from components.concepts.picture_numbers import BRIGHTEST, parse_edits
from components.widgets.live_slider import SliderSetting
from components.widgets.picture_source import PICTURE
from components.widgets.settings import Choice, Number, Setting, Text

FULL = "full"
DETAIL = Choice(
    "detail",
    "Pixels along the longer side",
    "64",
    {"32": "32", "64": "64", "128": "128", FULL: "All"},
    help="The same picture with fewer pixels: each is the mean of those it stands for.",
)
DIGIT_SIDE = 28
SIDE = Choice(
    "patch",
    "Pixels along the patch",
    "8",
    {side: side for side in ("4", "6", "8", "10", str(DIGIT_SIDE))},
    help="How many are in sight with their numbers. A digit has room for all of its own.",
)
WIDEST = 10  # pixels of a patch, but for the whole of a digit
ALL, GREY = "rgb", "grey"
SHOW = Choice(
    "matrices",
    "Matrices",
    ALL,
    {ALL: "All", "red": "Red", "green": "Green", "blue": "Blue", GREY: "Grey"},
)
ROW = Number("row", "Row in the patch", 2, 0, DIGIT_SIDE - 1)
COLUMN = Number("column", "Column in the patch", 2, 0, DIGIT_SIDE - 1)
EDITS = Text("edits", "Edited pixels", "", parse_edits)

TABLE: tuple[Setting, ...] = (PICTURE, DETAIL, SIDE, SHOW, ROW, COLUMN, EDITS)

# Where the patch lies, in percent of the way that it can go.
DOWN = SliderSetting("down", "Down", 36, 0, 100)
ACROSS = SliderSetting("across", "Across", 30, 0, 100)
SLIDERS = (DOWN, ACROSS)

CHANNELS = ("red", "green", "blue")
CHANNEL_FIELDS = tuple(
    Number(f"images_as_numbers.{name}", name.capitalize(), 0, 0, BRIGHTEST) for name in CHANNELS
)
GREY_FIELD = Number("images_as_numbers.grey", "Its number", 0, 0, BRIGHTEST)
