"""The settings of the lab, declared once: widgets, sliders, URL and tests read these tables."""

from components.concepts.loss_landscapes import ONE_WEIGHT, TWO_WEIGHTS, Landscape
from components.concepts.optimisers import OPTIMISERS
from components.concepts.race import LANES
from components.widgets.live_slider import SliderSetting
from components.widgets.settings import Choice, Number, Setting

ONE, TWO, RACE = "one", "two", "race"
MAX_STEPS = 60
LOW_RATE, HIGH_RATE = 0.001, 10.0

VIEW = Choice("view", "View", ONE, {ONE: "One weight", TWO: "Two weights", RACE: "A race"})
CURVE = Choice("curve", "Loss", "bowl", {name: land.title for name, land in ONE_WEIGHT.items()})
_SURFACES = {name: land.title for name, land in TWO_WEIGHTS.items()}
SURFACE = Choice("surface", "Surface", "bumpy", _SURFACES)
TRACK = Choice("track", "Surface", "valley", _SURFACES)
STEPS = Number("steps", "Steps", 0, 0, MAX_STEPS)

SHORT_TITLES = {"sgd": "plain"}  # where "gradient descent" has no room
_OPTIMISERS = {name: SHORT_TITLES.get(name, one.title) for name, one in OPTIMISERS.items()}
RUNNERS = tuple(
    Choice(f"runner_{lane.lower()}", f"Racer {lane}", name, _OPTIMISERS)
    for lane, name in zip(LANES, ("sgd", "momentum", "adam"), strict=True)
)

TABLE: tuple[Setting, ...] = (VIEW, CURVE, SURFACE, TRACK, STEPS, *RUNNERS)


def _rate(name: str, label: str, default: float) -> SliderSetting:
    return SliderSetting(name, label, default, LOW_RATE, HIGH_RATE, step=0.02, logarithmic=True)


RATE = _rate("rate", "Learning rate", 0.1)
RACE_RATES = tuple(
    _rate(f"rate_{lane.lower()}", f"{lane}: learning rate", default)
    for lane, default in zip(LANES, (0.1, 0.03, 0.3), strict=True)
)


_ONE_WEIGHT = (("start", "Start w"),)
_TWO_WEIGHTS = (("w1", "Start w₁"), ("w2", "Start w₂"))


def start_sliders(land: Landscape) -> tuple[SliderSetting, ...]:
    """A slider for each weight of the start; it goes as far as the landscape's picture."""
    names = _ONE_WEIGHT if land.n_weights == 1 else _TWO_WEIGHTS
    return tuple(
        SliderSetting(name, label, default, land.low, land.high, step=0.1)
        for (name, label), default in zip(names, land.start, strict=True)
    )


START_NAMES = ("start", "w1", "w2")
