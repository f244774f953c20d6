"""The usual slips with a picture as numbers: in how many there are, and in a grey value."""

from collections.abc import Sequence
from itertools import permutations
from math import prod

from components.concepts.picture_numbers import BRIGHTEST, GREY_WEIGHTS, grey_value
from components.concepts.slips import Slip

_NAMES = ("red", "green", "blue")


def slips_in_count(shape: Sequence[int]) -> tuple[Slip, ...]:
    """The usual slips in the number of numbers of a picture (height, width[, channels])."""
    height, width = shape[:2]
    slips = [
        Slip("added height and width instead of multiplying them", float(height + width)),
        Slip("gave one side; there is a pixel for each row and each column", float(height)),
        Slip("gave one side; there is a pixel for each row and each column", float(width)),
        Slip(
            "multiplied by 256, the number of values that a number can have",
            float(prod(shape) * (BRIGHTEST + 1)),
        ),
        Slip("multiplied by 255, the largest value", float(prod(shape) * BRIGHTEST)),
        Slip("counted a fourth channel; here there are no more than three", 4.0 * height * width),
    ]
    if len(shape) == 3:
        channels = shape[2]
        slips += [
            Slip(
                "forgot the channels: every pixel has three numbers, red, green and blue",
                float(height * width),
            ),
            Slip("added the three sides instead of multiplying them", float(sum(shape))),
            Slip("added the channels instead of multiplying", float(height * width + channels)),
            Slip("counted the channels along one side only", float(height + width) * channels),
            Slip("counted one side only, with its channels", float(height * channels)),
        ]
    else:
        slips.append(Slip("counted three channels; a grey picture has one", 3.0 * height * width))
    return tuple(slips)


def slips_in_twice_the_size(shape: Sequence[int]) -> tuple[Slip, ...]:
    """The usual slips where a picture of this shape is made twice as high and twice as wide."""
    height, width, *channels = shape
    before = float(prod(shape))
    return (
        Slip(
            "doubled the numbers; rows and columns both double, so there are four times as many",
            2 * before,
        ),
        Slip("doubled the channels too; they stay as many", 8 * before),
        Slip("gave the numbers of the picture as it is now", before),
        *slips_in_count((2 * height, 2 * width, *channels)),
    )


def slips_in_grey(pixel: Sequence[float]) -> tuple[Slip, ...]:
    """The usual slips in the grey value of a pixel (red, green, blue)."""
    red, green, blue = (float(value) for value in pixel)
    products = [w * value for w, value in zip(GREY_WEIGHTS, (red, green, blue), strict=True)]
    slips = [
        Slip("took the plain mean; the three colours have different weights", _mean(pixel)),
        Slip("added the three numbers without their weights", red + green + blue),
        Slip("took the largest of the three", max(red, green, blue)),
        Slip("took the middle between the largest and the smallest", _middle(pixel)),
        Slip("divided the weighted sum by 3; the weights add up to 1 already", sum(products) / 3),
    ]
    for order in permutations(range(3)):
        if order != (0, 1, 2):
            swapped = [float(pixel[place]) for place in order]
            slips.append(Slip(f"mixed up the channels: {_mixed(order)}", grey_value(swapped)))
    for place, name in enumerate(_NAMES):
        slips.append(Slip(f"forgot the {name} part", sum(products) - products[place]))
        slips.append(Slip(f"took the {name} number alone", float(pixel[place])))
    return tuple(slips)


def _mean(pixel: Sequence[float]) -> float:
    return sum(float(value) for value in pixel) / 3


def _middle(pixel: Sequence[float]) -> float:
    return (float(max(pixel)) + float(min(pixel))) / 2


def _mixed(order: Sequence[int]) -> str:
    """Which number got which weight, for those that changed places."""
    wrong = [
        f"{_NAMES[here]} got the weight of {_NAMES[place]}"
        for place, here in enumerate(order)
        if place != here
    ]
    return ", ".join(wrong)
