"""The settings of the lab, declared once: widgets, URL and tests read this table."""

from dataclasses import dataclass

import streamlit as st

from components.concepts.leakage import LeakPlan
from components.concepts.small_data import (
    BLOCKS,
    FINE_TUNED,
    MOST_EPOCHS,
    MOST_PER_CLASS,
    MOST_REPEATS,
    RATES,
    SCRATCH,
    WAYS,
    SmallDataPlan,
)
from components.figures.small_data_curves import EPOCH, SECONDS
from components.widgets.setting_values import value_of
from components.widgets.settings import Choice, Number, Setting

DIGITS, CLOTHING, OWN = "digits", "clothing", "own"
START = SmallDataPlan()

PICTURES = Choice(
    "pictures",
    "Pictures",
    DIGITS,
    {DIGITS: "Digits 5 to 9", CLOTHING: "Clothing", OWN: "Your own"},
    help="The digits are here. Clothing is downloaded, and your own come as a folder or a zip.",
)
PER_CLASS = Number("per_class", "Pictures per class", START.per_class, 1, MOST_PER_CLASS)
UNFREEZE = Number(
    "unfreeze",
    "Blocks to unfreeze",
    START.unfreeze,
    1,
    max(BLOCKS.values()),
    help="How many blocks of the pretrained network learn in fine-tuning, from the last backwards.",
)
EPOCHS = Number("epochs", "Epochs", START.epochs, 1, MOST_EPOCHS)
REPEATS = Number(
    "repeats",
    "Repeats",
    START.repeats,
    1,
    MOST_REPEATS,
    help="How often all is done again, with another small set and other first weights.",
)
SEED = Number("seed", "Seed", START.seed, 0, 9999, help="Same seed, same small sets.")
AXIS = Choice("axis", "Chart", EPOCH, {EPOCH: "By epoch", SECONDS: "By time"})
LOOK = Choice("look", "Way", FINE_TUNED, WAYS)
AFTER = Choice(
    "after",
    "Network",
    FINE_TUNED,
    {FINE_TUNED: "After fine-tuning", SCRATCH: "After learning from scratch"},
)
LEAK_SHARE = Number("leak", "Validation pictures that leak, %", 50, 0, 100, step=10)
LEAK_WAY = Choice("leak_way", "Way with the leak", FINE_TUNED, WAYS)


@dataclass(frozen=True)
class Rate:
    """The learning rate of fine-tuning: one of RATES, or another number in the address."""

    name: str = "rate"
    label: str = "Learning rate of fine-tuning"
    default: float = START.rate
    help: str = "How big the steps of fine-tuning are. Too big, and what was learnt is lost."

    def parse(self, text: str) -> float:
        """Raises SettingError for what is no number above 0, or too large."""
        return Number(self.name, self.label, self.default, min(RATES), max(RATES)).parse(text)

    def text(self, value: float) -> str:
        """The shortest text that gives the same number back."""
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)

    def draw(self, disabled: bool = False) -> None:
        """Draw the slider over RATES; a number from the address stands among them."""
        here = value_of(self)
        st.select_slider(
            self.label,
            sorted({*RATES, here}),
            here,
            key=self.name,
            format_func=self.text,
            help=self.help,
            disabled=disabled,
        )


RATE = Rate()

OF_LAB: tuple[Setting, ...] = (PICTURES, PER_CLASS, UNFREEZE, RATE, EPOCHS, REPEATS, SEED)
TABLE: tuple[Setting, ...] = (
    *OF_LAB,
    AXIS,
    LOOK,
    AFTER,
    LEAK_SHARE,
    LEAK_WAY,
)


def plan_on_page() -> SmallDataPlan:
    """The comparison that the settings describe, not yet checked."""
    return SmallDataPlan(
        per_class=value_of(PER_CLASS),
        unfreeze=value_of(UNFREEZE),
        rate=value_of(RATE),
        epochs=value_of(EPOCHS),
        repeats=value_of(REPEATS),
        seed=value_of(SEED),
    )


def leak_on_page() -> LeakPlan:
    """The leaky run that the settings describe, not yet checked."""
    return LeakPlan(plan_on_page(), value_of(LEAK_WAY), value_of(LEAK_SHARE))
