"""The layers of a network that can be looked at, one after the other.

A stage is a layer whose values are kept. A layer of single nodes counts as maps of 1 × 1: each
node has seen the whole picture. What only passes values on at reading time (dropout, flatten)
is no stage of its own.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from components.concepts.digit_network import (
    DIGIT_SHAPE,
    BatchNormalization,
    Conv2D,
    Dense,
    DigitNetwork,
    MaxPooling2D,
    summarize,
)
from components.concepts.receptive_field import Step

Kind: TypeAlias = Literal["convolution", "max-pool", "mean", "norm", "dense"]


@dataclass(frozen=True)
class Stage:
    """One layer to look at.

    `key` is the name of the Keras layer whose output it is, and its word in the URL. `shape` is
    (height, width, maps); `steps` are all on the way from the picture to here. `reads` is the
    shape (height, width, channels) of what it reads. `splits` says whether all that comes after
    depends on the picture through this layer alone, and not past it by a shortcut.
    """

    key: str
    title: str
    kind: Kind
    shape: tuple[int, int, int]
    steps: tuple[Step, ...]
    reads: tuple[int, int, int]
    activation: str = "linear"
    splits: bool = True

    @property
    def has_maps(self) -> bool:
        """Whether its values still have a place in the picture."""
        return self.shape[0] > 1 or self.shape[1] > 1

    @property
    def own_step(self) -> Step | None:
        """The step that this stage itself adds, None for one that only rescales."""
        return None if self.kind == "norm" else self.steps[-1]


def digit_stages(network: DigitNetwork) -> tuple[Stage, ...]:
    """The stages of a digit network, as `models.architectures` names its layers.

    Raises NetworkError where it can't be built.
    """
    stages: list[Stage] = []
    shape: tuple[int, int, int] = DIGIT_SHAPE
    steps: tuple[Step, ...] = ()
    is_flat = False
    for number, summary in enumerate(summarize(network), start=1):
        reads, out = shape, summary.output_shape
        match summary.layer:
            case Conv2D(filters, kernel, activation, padding):
                steps = (*steps, Step(kernel, 1, "same" if padding == "same" else "valid"))
                shape = (out[0], out[1], filters)
                key, kind, name = f"conv_{number}", "convolution", f"Convolution {number}"
            case MaxPooling2D(size):
                steps = (*steps, Step(size, size, "valid", pools=True))
                shape = (out[0], out[1], shape[2])
                key, kind, name, activation = f"pool_{number}", "max-pool", "Max-pooling", "linear"
            case BatchNormalization() if not is_flat or shape[:2] == (1, 1):
                key, kind, name, activation = f"norm_{number}", "norm", "Batch-norm", "linear"
            case Dense(units, activation):
                if shape[0] > 1:
                    steps = (*steps, Step(shape[0]))
                elif not steps:
                    steps = (Step(1),)
                shape = (1, 1, units)
                is_last = number == len(network.all_layers)
                key = "probabilities" if is_last else f"dense_{number}"
                kind, name = "dense", "Probabilities" if is_last else f"Dense {number}"
            case _:  # flatten, dropout, and what normalizes single places of a flat row
                is_flat = is_flat or len(out) == 1
                continue
        stages.append(Stage(key, name, kind, shape, steps, reads, activation))  # type: ignore[arg-type]
    return tuple(stages)


def find_stage(stages: tuple[Stage, ...], key: str) -> Stage:
    """The stage with this key. Raises KeyError where there is none."""
    for stage in stages:
        if stage.key == key:
            return stage
    raise KeyError(f"There is no layer “{key}” in this network.")


def written_shape(stage: Stage) -> str:
    """A stage's maps in words: "8 maps of 27 × 27", or "100 nodes"."""
    height, width, maps = stage.shape
    return f"{maps} maps of {height} × {width}" if stage.has_maps else f"{maps} nodes"
