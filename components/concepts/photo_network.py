"""The bundled photo network, described without Keras: a compact residual network.

`models.photo_network` builds it; a test holds the two to the same shapes.
"""

from components.concepts.receptive_field import Step
from components.concepts.stages import Stage

SIDE = 64
PHOTO_SHAPE = (SIDE, SIDE, 3)
STEM_FILTERS = 32
BLOCK_FILTERS = (32, 64, 128, 256)
KERNEL = 3
N_CLASSES = 202
PHOTO_WEIGHTS = "photo_network.npz"  # in assets/
PARAMETERS = 1_281_194


def block_stride(block: int) -> int:
    """The stride of block 1, 2, … : all but the first halve the maps."""
    return 1 if block == 1 else 2


def photo_stages() -> tuple[Stage, ...]:
    """The stages of the photo network: the stem, two in each block, the mean, the answer.

    The shortcut of a block reads less of the picture than its two convolutions do, so the
    receptive field is that of the convolutions.
    """
    steps: tuple[Step, ...] = (Step(KERNEL, 2, "same"),)
    side, channels = SIDE // 2, STEM_FILTERS
    shape = (side, side, channels)
    stages = [Stage("stem", "Stem", "convolution", shape, steps, PHOTO_SHAPE, "relu")]
    for block, filters in enumerate(BLOCK_FILTERS, start=1):
        stride = block_stride(block)
        half, whole = f"Block {block}, first half", f"Block {block}"
        reads, steps = shape, (*steps, Step(KERNEL, stride, "same"))
        side //= stride
        shape = (side, side, filters)
        key = f"block{block}"
        stages.append(
            Stage(f"{key}_half", half, "convolution", shape, steps, reads, "relu", splits=False)
        )
        steps = (*steps, Step(KERNEL, 1, "same"))
        stages.append(Stage(key, whole, "convolution", shape, steps, shape, "relu"))
    row, steps = (1, 1, shape[2]), (*steps, Step(side))
    stages.append(Stage("features", "Mean of each map", "mean", row, steps, shape))
    answer = (1, 1, N_CLASSES)
    stages.append(Stage("probabilities", "Probabilities", "dense", answer, steps, row, "softmax"))
    return tuple(stages)
