"""A network as one word, as it stands in the page's URL: "conv-8-2.pool-2.flatten.dense-100"."""

from components.concepts.digit_network import (
    ACTIVATIONS,
    MAX_LAYERS,
    BatchNormalization,
    Conv2D,
    Dense,
    DigitNetwork,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    NetworkError,
)

LONGEST_WORD = 7  # "sigmoid"


def to_text(network: DigitNetwork) -> str:
    """The hidden layers as one word that `from_text` reads back."""
    return ".".join(_layer_text(layer) for layer in network.layers)


def from_text(text: str, name: str = "My network") -> DigitNetwork:
    """Read the hidden layers from a word made by `to_text`.

    Raises NetworkError where a part is no layer, and for far too many. Whether the layers fit
    together is for `summarize` to say.
    """
    parts = [part for part in text.strip().lower().split(".") if part]
    if len(parts) > MAX_LAYERS:
        raise NetworkError(f"at most {MAX_LAYERS} layers, not {len(parts)}")
    return DigitNetwork(name, tuple(_layer_from_text(part) for part in parts))


def _layer_text(layer: Layer) -> str:
    match layer:
        case Conv2D(filters, kernel_size, activation, padding):
            words = ["conv", str(filters), str(kernel_size)]
            words += [activation] if activation != "relu" else []
            words += [padding] if padding != "valid" else []
        case MaxPooling2D(pool_size):
            words = ["pool", str(pool_size)]
        case BatchNormalization():
            words = ["norm"]
        case Dropout(rate):
            words = ["dropout", f"{round(100 * rate)}"]
        case Flatten():
            words = ["flatten"]
        case Dense(units, activation):
            words = ["dense", str(units)] + ([activation] if activation != "relu" else [])
    return "-".join(words)


def _layer_from_text(part: str) -> Layer:
    kind, *words = part.split("-")
    if any(len(word) > LONGEST_WORD for word in words):
        kind = ""  # no number of a layer is that long
    try:
        match kind, words:
            case "conv", [filters, kernel_size, *options] if len(options) <= 2:
                padding = "same" if "same" in options else "valid"
                rest = [option for option in options if option not in ("same", "valid")]
                activation = rest[0] if rest else "relu"
                if activation in ACTIVATIONS:
                    return Conv2D(int(filters), int(kernel_size), activation, padding)
            case "pool", [pool_size]:
                return MaxPooling2D(int(pool_size))
            case "norm", []:
                return BatchNormalization()
            case "dropout", [percent]:
                return Dropout(int(percent) / 100)
            case "flatten", []:
                return Flatten()
            case "dense", [units]:
                return Dense(int(units))
            case "dense", [units, activation]:
                if activation in ACTIVATIONS:
                    return Dense(int(units), activation)
    except ValueError:
        pass  # a word that is no number: the sentence below says what was expected
    raise NetworkError(
        f"“{part[:40]}” is no layer. Layers are written like conv-8-2, pool-2, norm, dropout-40, "
        "flatten and dense-100, joined by full stops."
    )
