"""How long and how fast to train each preset network on each data set.

Page, exported program and benchmark read this one table. All use the cosine schedule.
"""

from dataclasses import dataclass

from components.concepts.digit_network import PRESETS
from components.concepts.training import TrainingPlan


@dataclass(frozen=True)
class Recipe:
    """The settings of a run that go well with a network and a data set."""

    epochs: int
    batch_size: int
    learning_rate: float


RECIPES: dict[tuple[str, str], Recipe] = {
    ("workshop", "sample"): Recipe(epochs=8, batch_size=32, learning_rate=0.008),
    ("workshop", "full"): Recipe(epochs=5, batch_size=256, learning_rate=0.008),
    ("dense", "sample"): Recipe(epochs=8, batch_size=32, learning_rate=0.004),
    ("dense", "full"): Recipe(epochs=5, batch_size=128, learning_rate=0.002),
    ("strong", "sample"): Recipe(epochs=15, batch_size=32, learning_rate=0.004),
    ("strong", "full"): Recipe(epochs=6, batch_size=128, learning_rate=0.004),
}
OWN_NETWORK = {
    "sample": Recipe(epochs=8, batch_size=32, learning_rate=0.002),
    "full": Recipe(epochs=5, batch_size=128, learning_rate=0.002),
}


def recommended_plan(preset: str, data: str) -> TrainingPlan:
    """The plan that trains `preset`, a key of PRESETS, well on "sample" or "full"."""
    recipe = RECIPES[preset, data]
    return TrainingPlan(
        PRESETS[preset],
        data=data,
        epochs=recipe.epochs,
        batch_size=recipe.batch_size,
        learning_rate=recipe.learning_rate,
    )
