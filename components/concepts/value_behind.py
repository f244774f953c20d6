"""One value of a feature map, taken apart: products, sum, bias, batch-norm, activation."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from components.concepts.convolution import Along, Array
from components.concepts.stages import Stage

Place: TypeAlias = tuple[int, int, int]  # map, row, column, each from 0
How: TypeAlias = Literal["sum", "largest", "mean", "norm"]


@dataclass(frozen=True, eq=False)
class StageWeights:
    """What a stage has learnt. `kernel` is (height, width, channels, maps), None where it has
    none; `bias`, `scale` and `shift` have one number for each map.
    """

    kernel: NDArray[np.floating] | None = None
    bias: NDArray[np.floating] | None = None
    scale: NDArray[np.floating] | None = None
    shift: NDArray[np.floating] | None = None


@dataclass(frozen=True, eq=False)
class Part:
    """What one channel of the input adds: the values under the window, and their weights."""

    channel: int
    values: Array
    weights: Array

    @property
    def total(self) -> float:
        """The products of this channel, added up."""
        return float((self.values * self.weights).sum())


@dataclass(frozen=True, eq=False)
class ValueTrace:
    """A value with all that it comes from.

    `parts` are the channels that count, in order. `bias` is None where the layer has none, and
    so are `scale` and `shift` (the batch-norm) and `shortcut` (what the block's input adds).
    `others` is, for softmax, the logarithm of the sum of e^z over all classes.
    """

    stage: Stage
    place: Place
    how: How
    parts: tuple[Part, ...] = field(repr=False)
    bias: float | None = None
    scale: float | None = None
    shift: float | None = None
    shortcut: float | None = None
    others: float | None = None

    @property
    def collected(self) -> float:
        """What the window gives: the sum of all products, the largest value, or the mean."""
        if self.how == "largest":
            return float(self.parts[0].values.max())
        if self.how == "mean":
            return float(self.parts[0].values.mean())
        return sum(part.total for part in self.parts)

    @property
    def before(self) -> float:
        """The number that goes into the activation."""
        value = self.collected + (self.bias or 0.0)
        if self.scale is not None:
            value = value * self.scale + (self.shift or 0.0)
        return value + (self.shortcut or 0.0)

    @property
    def value(self) -> float:
        """The value that the map shows."""
        before = self.before
        match self.stage.activation:
            case "relu":
                return max(before, 0.0)
            case "tanh":
                return float(np.tanh(before))
            case "sigmoid":
                return float(1 / (1 + np.exp(-before)))
            case "softmax":
                return float(np.exp(before - (self.others or 0.0)))
        return before


def take_apart(
    stage: Stage,
    inputs: NDArray[np.floating],
    weights: StageWeights,
    place: Place,
    shortcut: float | None = None,
) -> ValueTrace:
    """The value at `place` of the stage, from all that the stage reads.

    `inputs` has the shape `stage.reads`. Raises IndexError for a place outside the maps.
    """
    number, row, column = place
    height, width, maps = stage.shape
    if not (0 <= number < maps and 0 <= row < height and 0 <= column < width):
        raise IndexError(f"Map {number}, row {row}, column {column} is not in this layer.")
    how: How = {"max-pool": "largest", "mean": "mean", "norm": "norm"}.get(stage.kind, "sum")  # type: ignore[assignment]
    window = _window(stage, inputs.astype(np.float64), row, column)
    kernel = weights.kernel
    if kernel is None:
        values = window[:, :, number]
        share = 1 / values.size if how == "mean" else 1.0
        parts: tuple[Part, ...] = (Part(number, values, np.full(values.shape, share)),)
    else:
        learnt = kernel[..., number].astype(np.float64)
        parts = tuple(Part(c, window[..., c], learnt[..., c]) for c in range(window.shape[2]))
    bias, scale, shift = (
        None if each is None else float(each[number])
        for each in (weights.bias, weights.scale, weights.shift)
    )
    others = _log_of_sum(inputs, weights) if stage.activation == "softmax" else None
    return ValueTrace(stage, place, how, parts, bias, scale, shift, shortcut, others)


def _window(stage: Stage, inputs: Array, row: int, column: int) -> Array:
    """What the kernel lies on: (height, width, channels), zeros where it sticks out."""
    step = stage.own_step
    if step is None:
        return inputs[row : row + 1, column : column + 1]
    if stage.kind == "dense":
        return inputs
    for axis, place in enumerate((row, column)):
        along = Along(inputs.shape[axis], step.kernel, step.stride, step.padding)
        positions = along.reads(place)
        inside = (positions >= 0) & (positions < along.size)
        inputs = np.take(inputs, np.where(inside, positions, 0), axis=axis)
        inputs = inputs * np.expand_dims(inside, (2, 1 - axis))
    return inputs


def _log_of_sum(inputs: NDArray[np.floating], weights: StageWeights) -> float:
    """The logarithm of the sum of e^z over all the nodes of a dense layer."""
    kernel = np.asarray(weights.kernel, np.float64)
    z = inputs.astype(np.float64).ravel() @ kernel.reshape(-1, kernel.shape[-1])
    z = z + (0.0 if weights.bias is None else weights.bias)
    top = float(z.max())
    return top + float(np.log(np.exp(z - top).sum()))
