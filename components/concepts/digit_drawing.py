"""From a drawing to the picture a digit network sees, the way MNIST was made.

MNIST's makers scaled each digit to fit 20 × 20 pixels, keeping its proportions, and placed it
in 28 × 28 pixels with its centre of mass in the middle (LeCun, Cortes and Burges, "The MNIST
database of handwritten digits"). A network trained on such digits expects the same of a drawing.
"""

import base64
import binascii
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIDE = 28
BOX = 20
MIDDLE = 14  # row and column of the centre of mass, counted from 0; MNIST's own mean is 13.99

PAD_SIDE = 56  # the drawing pad sends a square picture of this side
_SHOWN = 40  # characters of nonsense that an error sentence quotes


class DrawingError(ValueError):
    """A drawing that can't be read; the message is a sentence for the learner."""


class EmptyDrawingError(DrawingError):
    """A drawing without ink."""


@dataclass(frozen=True)
class CenteringTrace:
    """A drawing on its way to 28 × 28, step by step.

    `box` is (top, left, bottom, right) of the ink in the drawing, bottom and right exclusive.
    `scale` is the factor from the drawing to `fitted`, the ink scaled to at most 20 × 20.
    `center_of_mass` is (row, column) in `fitted`, where a pixel's middle is a whole number.
    `offset` is the (row, column) of `image` at which `fitted` was placed; near the edge ink
    can fall outside. `image` is uint8 of shape (28, 28), white ink (255) on black (0).
    """

    box: tuple[int, int, int, int]
    scale: float
    fitted: NDArray[np.uint8]
    center_of_mass: tuple[float, float]
    offset: tuple[int, int]
    image: NDArray[np.uint8]


def center_digit(ink: NDArray[np.uint8] | NDArray[np.floating[Any]]) -> CenteringTrace:
    """Crop, scale and centre a drawing the way MNIST's digits were.

    `ink` has shape (height, width): uint8 with 255 for full ink, or floats with 1 for full ink.
    Raises EmptyDrawingError where there is no ink, DrawingError for anything but such a picture.
    """
    full = _as_bytes(ink)
    box = _ink_box(full)
    top, left, bottom, right = box
    crop = full[top:bottom, left:right].astype(np.float64)
    scale = BOX / max(crop.shape)
    height, width = (max(1, round(scale * side)) for side in crop.shape)
    fitted = np.rint(_average_rows(_average_rows(crop, height).T, width).T).astype(np.uint8)
    mass = _center_of_mass(fitted)
    offset = (round(MIDDLE - mass[0]), round(MIDDLE - mass[1]))
    return CenteringTrace(box, scale, fitted, mass, offset, _place(fitted, offset))


def read_drawing(payload: object) -> NDArray[np.uint8]:
    """Check what the drawing pad sent and return its ink, uint8 of shape (56, 56).

    `payload` is a mapping whose "ink" is the base64 text of 56 · 56 bytes, row by row, 255 for
    full ink; an empty text is an empty pad. Raises DrawingError for anything else: a browser
    can send what it likes.
    """
    if not isinstance(payload, dict) or "ink" not in payload:
        raise DrawingError(f"{_nonsense(payload)} is no drawing. Clear the pad and draw again.")
    text = payload["ink"]
    if not isinstance(text, str):
        raise DrawingError(
            f"A drawing comes as text, not as {_nonsense(text)}. Clear the pad and draw again."
        )
    if not text:
        return np.zeros((PAD_SIDE, PAD_SIDE), np.uint8)
    expected = 4 * math.ceil(PAD_SIDE**2 / 3)
    if len(text) != expected:
        raise DrawingError(
            f"The drawing has {len(text):,} characters; {PAD_SIDE} × {PAD_SIDE} pixels take "
            f"{expected:,}. Clear the pad and draw again."
        )
    try:
        pixels = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise DrawingError(
            "The drawing did not arrive whole. Clear the pad and draw again."
        ) from error
    if len(pixels) != PAD_SIDE**2:
        raise DrawingError(
            f"The drawing has {len(pixels):,} pixels, not {PAD_SIDE} × {PAD_SIDE}. "
            "Clear the pad and draw again."
        )
    return np.frombuffer(pixels, np.uint8).reshape(PAD_SIDE, PAD_SIDE)


def write_drawing(ink: NDArray[np.uint8]) -> dict[str, str]:
    """The payload that `read_drawing` reads back to `ink`, uint8 of shape (56, 56)."""
    if ink.shape != (PAD_SIDE, PAD_SIDE) or ink.dtype != np.uint8:
        raise DrawingError(f"The pad's picture is uint8 of {PAD_SIDE} × {PAD_SIDE} pixels.")
    return {"ink": base64.b64encode(ink.tobytes()).decode("ascii")}


def _as_bytes(ink: NDArray[Any]) -> NDArray[np.uint8]:
    """The drawing as uint8; checks its shape, type and values."""
    if not isinstance(ink, np.ndarray) or ink.ndim != 2 or ink.size == 0:
        raise DrawingError("A drawing is one grey picture with rows and columns.")
    if ink.dtype == np.uint8:
        return ink
    if ink.dtype.kind != "f":
        raise DrawingError(f"A drawing holds bytes or decimal numbers, not {ink.dtype}.")
    if not (np.isfinite(ink).all() and ink.min() >= 0 and ink.max() <= 1):
        raise DrawingError("In a drawing of decimal numbers each pixel is from 0 to 1.")
    return np.rint(255 * ink).astype(np.uint8)


def _ink_box(ink: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        raise EmptyDrawingError("There is nothing on the pad yet. Draw a digit.")
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1


def _average_rows(values: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Resize (height, width) to (n, width): each new row is the mean of what it covers."""
    height = len(values)
    edges = np.linspace(0, height, n + 1)
    starts, ends = edges[:-1, None], edges[1:, None]
    old = np.arange(height)[None, :]
    overlap = np.clip(np.minimum(ends, old + 1) - np.maximum(starts, old), 0, None)
    averaged: NDArray[np.float64] = (overlap / overlap.sum(axis=1, keepdims=True)) @ values
    return averaged


def _center_of_mass(picture: NDArray[np.uint8]) -> tuple[float, float]:
    """Mean (row, column) of the pixels, weighted with their ink."""
    mass = picture.astype(np.float64)
    total = mass.sum()
    if not total:  # the faintest of lines can round away when it is scaled down
        return (picture.shape[0] - 1) / 2, (picture.shape[1] - 1) / 2
    row = float(mass.sum(axis=1) @ np.arange(picture.shape[0]) / total)
    column = float(mass.sum(axis=0) @ np.arange(picture.shape[1]) / total)
    return row, column


def _place(fitted: NDArray[np.uint8], offset: tuple[int, int]) -> NDArray[np.uint8]:
    """Put `fitted` on a black 28 × 28 picture with its corner at `offset`."""
    canvas = np.zeros((SIDE + 2 * BOX, SIDE + 2 * BOX), np.uint8)  # a margin for what sticks out
    top, left = offset[0] + BOX, offset[1] + BOX
    canvas[top : top + fitted.shape[0], left : left + fitted.shape[1]] = fitted
    return canvas[BOX : BOX + SIDE, BOX : BOX + SIDE].copy()


def _nonsense(value: object) -> str:
    if isinstance(value, (str, float, bool, type(None))):
        return f"“{str(value)[:_SHOWN]}”"
    return f"something of type {type(value).__name__}"
