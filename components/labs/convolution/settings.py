"""The settings of the lab, declared once: widgets, sliders, URL and tests read these tables."""

from collections.abc import Mapping, Sequence

import numpy as np

from components.concepts.convolution import Array
from components.concepts.kernel_challenges import CHALLENGES
from components.concepts.kernels import (
    KINDS,
    MAX_SIDE,
    WORKSHOP_KERNEL,
    parse_kernel,
    write_kernel,
)
from components.widgets.live_slider import SliderSetting
from components.widgets.picture_source import PICTURE
from components.widgets.setting_values import value_of
from components.widgets.settings import Choice, Number, Setting, Switch, Text

PATCH, SLIDE, WHOLE, CHALLENGE = "patch", "slide", "picture", "challenge"
PRESET = "convolution.preset"  # a list of kernels to take; what is set stands in the sliders
VIEW = Choice(
    "view",
    "Look at",
    PATCH,
    {PATCH: "One patch", SLIDE: "Step by step", WHOLE: "Whole picture", CHALLENGE: "Challenges"},
)

# Step by step
OWN = "own"
KIND = Choice(
    "kernel", "Kernel", OWN, {OWN: "My own", **{key: kind.name for key, kind in KINDS.items()}}
)
WEIGHTS = Text(
    "weights",
    "Its weights, row by row",
    write_kernel(WORKSHOP_KERNEL),
    parse_kernel,
    help="A space between numbers, a semicolon after each row: 1 0 -1; 2 0 -2; 1 0 -1",
)
SIDE = Number("side", "Kernel size", 3, 1, MAX_SIDE)
STRIDE = Number("stride", "Stride", 1, 1, 4, help="How many pixels the kernel moves each time.")
DILATION = Number(
    "dilation", "Dilation", 1, 1, 3, help="2 leaves one pixel between two weights, 3 leaves two."
)
PADDING = Choice(
    "padding",
    "Padding",
    "valid",
    {"valid": "valid: none", "same": "same: zeros around"},
)
MOST_WINDOWS = 28 * 28
WINDOW = Number("window", "Window", 1, 0, MOST_WINDOWS)  # 0 shows the whole output

# Whole picture
CHANNELS = Choice(
    "channels",
    "Channels",
    "grey",
    {"grey": "Grey", "each": "RGB, each", "sum": "RGB, added up"},
    help="Grey is one matrix. Each: the kernel filters red, green and blue by themselves. Added "
    "up: one filter as in Conv2D, with a kernel for each channel and one map as the result.",
)
FILTERS = Switch("filters", "All filters", help="Your kernel and all presets at once.")
RELU = Switch("relu", "ReLU")
POOL = Switch("pool", "Max-pooling", help="Keeps the largest of each 2 × 2 square.")
SIGNS = Switch(
    "signs",
    "Show signs",
    help="Orange is negative, white 0, blue positive; the strongest 0.5 % have the full colour. "
    "Without it below 0 is black, above 255 white.",
)

# Challenges
RIDDLE = "riddle"
TASK = Choice(
    "task",
    "Challenge",
    "vertical",
    {**{key: each.name for key, each in CHALLENGES.items()}, RIDDLE: "Find the kernel"},
)
RIDDLE_ON = Choice(
    "on", "On", "dot", {"dot": "A dot", "stripes": "Stripes", "picture": "The picture"}
)
SEED = Number("riddle", "Riddle", 1, 1, 999)

TABLE: tuple[Setting, ...] = (
    VIEW, PICTURE, KIND, WEIGHTS, SIDE, STRIDE, DILATION, PADDING, WINDOW,
    CHANNELS, FILTERS, RELU, POOL, SIGNS, TASK, RIDDLE_ON, SEED,
)  # fmt: skip


# The sliders
PLACES = {
    2: ("top left", "top right", "bottom left", "bottom right"),
    3: (
        *("top left", "top", "top right"),
        *("left", "middle", "right"),
        *("bottom left", "bottom", "bottom right"),
    ),
}
BRIGHTEST = 255.0


def _square(
    letter: str, side: int, defaults: Sequence[float], limits: tuple[float, float, float], what: str
) -> tuple[SliderSetting, ...]:
    """The sliders of a matrix; `limits` are the least, the most, and the step."""
    low, high, step = limits
    return tuple(
        SliderSetting(
            f"{letter}{row + 1}{column + 1}",
            PLACES[side][row * side + column],
            defaults[row * side + column],
            low,
            high,
            step,
            group=what,
            signed=low < 0,
        )
        for row in range(side)
        for column in range(side)
    )


PATCH_SLIDERS = _square("p", 2, (200, 200, 0, 0), (0, BRIGHTEST, 5), "Pixels")
KERNEL_SLIDERS = _square("k", 2, WORKSHOP_KERNEL.ravel().tolist(), (-3, 3, 0.5), "Kernel")
FILTER_SLIDERS = _square(
    "w", 3, KINDS["horizontal"].of(3).ravel().tolist(), (-10, 10, 0.5), "Kernel"
)
ANSWER_SLIDERS = _square("a", 3, (0, 0, 0, 0, 1, 0, 0, 0, 0), (-5, 5, 0.5), "Kernel")
SHARE_SLIDERS = tuple(
    SliderSetting(name, f"share of {name}", share, -1, 1, 0.1, group="Kernel", signed=True)
    for name, share in (("red", 0.3), ("green", 0.6), ("blue", 0.1))
)
SLIDERS = (*PATCH_SLIDERS, *KERNEL_SLIDERS, *FILTER_SLIDERS, *ANSWER_SLIDERS, *SHARE_SLIDERS)


def matrix(sliders: Sequence[SliderSetting], values: Mapping[str, float]) -> Array:
    """The square matrix that these sliders set."""
    side = round(len(sliders) ** 0.5)
    return np.array([values[setting.name] for setting in sliders], np.float64).reshape(side, side)


def values_of(sliders: Sequence[SliderSetting], weights: Array) -> dict[str, float]:
    """A matrix as values of its sliders, by name."""
    return {
        setting.name: float(weight)
        for setting, weight in zip(sliders, weights.ravel(), strict=True)
    }


def kernel_on_page() -> Array:
    """The kernel of the step-by-step view. Raises ValueError where there is none so small."""
    kind = value_of(KIND)
    if kind == OWN:
        return parse_kernel(value_of(WEIGHTS))
    return KINDS[kind].of(int(value_of(SIDE)))
