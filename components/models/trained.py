"""What a run leaves behind: plain data that can be sent, stored and loaded without Keras."""

from dataclasses import dataclass, field

from components.concepts.training import TrainingPlan
from components.models.checkpoints import Checkpoint


@dataclass(frozen=True, eq=False)
class TrainedDigits:
    """A trained network, as it ended and as it was on the way.

    `data` is the set it really trained on, `step` the last step, `how` the "ended" event's
    word. `keras_file` holds the bytes of a .keras file without the optimizer's state.
    """

    plan: TrainingPlan
    data: str
    how: str
    step: int
    keras_file: bytes = field(repr=False)
    checkpoints: tuple[Checkpoint, ...] = field(repr=False)
