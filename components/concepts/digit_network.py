"""Networks that read a 28 × 28 digit: their layers, shapes and parameter sums.

A network is described here without Keras, so that a page can show each layer's sum and name
an impossible setting before anything is trained. `models.architectures` builds the same
network in Keras; a test holds the two to the same shapes and counts.
"""

import math
from dataclasses import dataclass
from typing import TypeAlias

DIGIT_SHAPE = (28, 28, 1)
N_CLASSES = 10

MAX_LAYERS = 12
MAX_FILTERS = 128
MAX_UNITS = 1024
MAX_PARAMETERS = 2_000_000
MAX_MULTIPLICATIONS = 60_000_000  # for one picture; about a hundred times the workshop's network

ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear")


class NetworkError(ValueError):
    """A network that can't be built; the message is a sentence for the learner."""


@dataclass(frozen=True)
class Conv2D:
    """A convolution: `filters` square kernels slid over the picture with stride 1."""

    filters: int
    kernel_size: int
    activation: str = "relu"
    padding: str = "valid"


@dataclass(frozen=True)
class MaxPooling2D:
    """Keeps the largest value of each square window; windows don't overlap."""

    pool_size: int = 2


@dataclass(frozen=True)
class BatchNormalization:
    """Shifts and scales each channel to a steady mean and spread."""


@dataclass(frozen=True)
class Dropout:
    """Silences a random share of the values at each training step."""

    rate: float


@dataclass(frozen=True)
class Flatten:
    """Lays the feature maps out as one long row of numbers."""


@dataclass(frozen=True)
class Dense:
    """A layer in which every node is connected to every value before it."""

    units: int
    activation: str = "relu"


Layer: TypeAlias = Conv2D | MaxPooling2D | BatchNormalization | Dropout | Flatten | Dense


@dataclass(frozen=True)
class DigitNetwork:
    """A named stack of layers from a digit to ten class probabilities.

    `layers` holds the hidden layers; the output layer, ten nodes with softmax, is always the
    last one and is not in the list.
    """

    name: str
    layers: tuple[Layer, ...]

    @property
    def all_layers(self) -> tuple[Layer, ...]:
        """The hidden layers and the output layer."""
        return (*self.layers, OUTPUT_LAYER)


OUTPUT_LAYER = Dense(N_CLASSES, "softmax")


@dataclass(frozen=True)
class LayerSummary:
    """What one layer makes of its input.

    `output_shape` is (height, width, channels) or (units,). `parameters` is the number of
    weights and biases; `parameter_sum` writes that number out, "8 · (2·2·1 + 1)".
    `multiplications` counts those needed for one picture.
    """

    layer: Layer
    title: str
    output_shape: tuple[int, ...]
    parameters: int
    parameter_sum: str
    multiplications: int


PRESETS: dict[str, DigitNetwork] = {
    "workshop": DigitNetwork(
        "Workshop network",
        (Conv2D(8, 2), Conv2D(8, 2), MaxPooling2D(2), Flatten(), Dense(100)),
    ),
    "dense": DigitNetwork("Plain dense network", (Flatten(), Dense(128), Dense(64))),
    "strong": DigitNetwork(
        "Stronger CNN",
        (
            Conv2D(16, 5),
            MaxPooling2D(2),
            BatchNormalization(),
            Conv2D(48, 5),
            MaxPooling2D(2),
            BatchNormalization(),
            Flatten(),
            Dropout(0.5),
            Dense(128),
            Dropout(0.4),
        ),
    ),
}


def summarize(network: DigitNetwork) -> tuple[LayerSummary, ...]:
    """Follow a digit through the network and count each layer's parameters.

    Raises NetworkError, naming the layer and the cure, where a layer can't be built.
    """
    if len(network.layers) > MAX_LAYERS:
        raise NetworkError(
            f"The network has {len(network.layers)} hidden layers; {MAX_LAYERS} are the most "
            "that train in a workshop. Remove some."
        )
    shape: tuple[int, ...] = DIGIT_SHAPE
    summaries = []
    for number, layer in enumerate(network.all_layers, start=1):
        summary = _summarize_layer(layer, shape, f"Layer {number} ({title(layer)})")
        summaries.append(summary)
        shape = summary.output_shape
    parameters = sum(s.parameters for s in summaries)
    if parameters > MAX_PARAMETERS:
        largest = max(summaries, key=lambda s: s.parameters)
        raise NetworkError(
            f"The network would have {parameters:,} parameters; {MAX_PARAMETERS:,} are the most "
            f"here. {largest.title} alone has {largest.parameters:,}: make it smaller, or pool "
            "before it."
        )
    multiplications = sum(s.multiplications for s in summaries)
    if multiplications > MAX_MULTIPLICATIONS:
        largest = max(summaries, key=lambda s: s.multiplications)
        raise NetworkError(
            f"One picture would take {multiplications:,} multiplications; "
            f"{MAX_MULTIPLICATIONS:,} are the most here. {largest.title} needs most of them: give "
            "it fewer filters or a smaller kernel, or pool before it."
        )
    return tuple(summaries)


def count_parameters(network: DigitNetwork) -> int:
    """The number of weights and biases of the whole network."""
    return sum(summary.parameters for summary in summarize(network))


def _summarize_layer(layer: Layer, shape: tuple[int, ...], where: str) -> LayerSummary:
    """One layer on an input of `shape`; `where` names the layer in error sentences."""
    parameters, parameter_sum, multiplications = 0, "0", 0
    output_shape = shape
    match layer:
        case Conv2D(filters, kernel_size, activation, padding):
            height, width, channels = _need_maps(shape, where)
            _need_range(filters, 1, MAX_FILTERS, f"{where}: the number of filters")
            _need_range(kernel_size, 1, DIGIT_SHAPE[0], f"{where}: the kernel size")
            _need_activation(activation, where)
            if padding not in ("valid", "same"):
                raise NetworkError(f"{where}: padding is “valid” or “same”, not “{padding}”.")
            if padding == "valid":
                if kernel_size > min(height, width):
                    raise NetworkError(
                        f"{where}: a {kernel_size} × {kernel_size} kernel does not fit on a "
                        f"{height} × {width} map. Use a smaller kernel, or pool less before it."
                    )
                height, width = height - kernel_size + 1, width - kernel_size + 1
            weights = kernel_size * kernel_size * channels
            output_shape = (height, width, filters)
            parameters = filters * (weights + 1)
            parameter_sum = f"{filters} · ({kernel_size}·{kernel_size}·{channels} + 1)"
            multiplications = height * width * filters * weights
        case MaxPooling2D(pool_size):
            height, width, channels = _need_maps(shape, where)
            _need_range(pool_size, 2, DIGIT_SHAPE[0], f"{where}: the window size")
            if pool_size > min(height, width):
                raise NetworkError(
                    f"{where}: a {pool_size} × {pool_size} window does not fit on a "
                    f"{height} × {width} map. Remove this layer, or pool less before it."
                )
            output_shape = (height // pool_size, width // pool_size, channels)
        case BatchNormalization():
            parameters = 4 * shape[-1]
            parameter_sum = f"4 · {shape[-1]}"
        case Dropout(rate):
            if not 0 <= rate < 1:
                raise NetworkError(
                    f"{where}: the share to silence is at least 0 and below 1, not {rate:g}."
                )
        case Flatten():
            output_shape = (math.prod(shape),)
        case Dense(units, activation):
            if len(shape) != 1:
                raise NetworkError(
                    f"{where} needs one row of numbers, but gets {_shape_text(shape)} feature "
                    "maps. Put a flatten layer before it."
                )
            _need_range(units, 1, MAX_UNITS, f"{where}: the number of nodes")
            if layer is not OUTPUT_LAYER:
                _need_activation(activation, where)
            output_shape = (units,)
            parameters = units * (shape[0] + 1)
            parameter_sum = f"{units} · ({shape[0]:,} + 1)"
            multiplications = units * shape[0]
    return LayerSummary(
        layer, title(layer), output_shape, parameters, parameter_sum, multiplications
    )


def title(layer: Layer) -> str:
    """The layer in a few words: "convolution 8 of 2 × 2"."""
    match layer:
        case Conv2D(filters, kernel_size):
            return f"convolution {filters} of {kernel_size} × {kernel_size}"
        case MaxPooling2D(pool_size):
            return f"max-pool {pool_size} × {pool_size}"
        case BatchNormalization():
            return "batch normalization"
        case Dropout(rate):
            return f"dropout {rate:g}"
        case Flatten():
            return "flatten"
        case Dense(units, activation):
            return f"dense {units} {activation}"
    raise TypeError(f"{layer!r} is no layer of a digit network")


def _need_maps(shape: tuple[int, ...], where: str) -> tuple[int, int, int]:
    if len(shape) != 3:
        raise NetworkError(
            f"{where} needs feature maps, but the layer before it already made one row of "
            f"{shape[0]:,} numbers. Move it before the flatten layer."
        )
    height, width, channels = shape
    return height, width, channels


def _need_range(value: int, low: int, high: int, what: str) -> None:
    if not low <= value <= high:
        raise NetworkError(f"{what} is {value}; it has to be from {low} to {high}.")


def _need_activation(activation: str, where: str) -> None:
    if activation not in ACTIVATIONS:
        raise NetworkError(
            f"{where}: there is no activation “{activation}”; take one of {', '.join(ACTIVATIONS)}."
        )


def _shape_text(shape: tuple[int, ...]) -> str:
    return " × ".join(str(size) for size in shape)
