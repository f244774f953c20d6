"""The settings of the lab, declared once: sliders, URL and tests read these tables.

Weights and inputs are those of the wage network, by the same names as in the other lessons.
"""

from collections.abc import Mapping
from dataclasses import replace

from components.concepts.back_propagation import BackTrace, back_propagate
from components.concepts.dense_network import DenseNetwork
from components.concepts.wage_network import EDGES, weights_of
from components.labs.wage_network.settings import EDUCATION, TECH, WEIGHTS, inputs_of, network_of
from components.widgets.live_slider import SliderSetting
from components.widgets.settings import Choice, Number, Setting

WORKER = "The worker"
INPUTS: tuple[SliderSetting, ...] = (
    replace(EDUCATION, default=13.0, group=WORKER),
    replace(TECH, group=WORKER),
)
ACTUAL = SliderSetting("actual", "actual wage", 30.0, 0.0, 100.0, group=WORKER)
RATE = SliderSetting(
    "rate", "learning rate", 0.00001, 0.000001, 0.01, 0.1, logarithmic=True, group="The step"
)
SLIDERS: tuple[SliderSetting, ...] = (*INPUTS, ACTUAL, RATE, *WEIGHTS)

NO_EDGE = "none"
EDGE = Choice("edge", "Weight", NO_EDGE, {NO_EDGE: "none", **{name: name for name in EDGES}})
VIEW = Choice("view", "Look at", "network", {"network": "Network", "ledger": "Ledger"})
PANEL = Choice("panel", "Sliders", "worker", {"worker": "Worker, step", "weights": "Weights"})
N_NODES = 3
LOSS_STAGE, UPDATE_STAGE = N_NODES + 1, 2 * N_NODES + 2
STAGE = Number("stage", "Stage", 0, 0, UPDATE_STAGE)  # 0 shows all slopes
CHOICES: tuple[Setting, ...] = (STAGE, EDGE, VIEW, PANEL)


def back_trace(values: Mapping[str, float]) -> BackTrace:
    """The forward and backward pass of the wage network with these settings."""
    return back_propagate(network_of(values), inputs_of(values), values[ACTUAL.name])


def sliders_of(network: DenseNetwork) -> dict[str, float] | None:
    """The sliders' values for this network; None where a weight is out of its slider's range."""
    weights = weights_of(network)
    if all(s.low <= weights[s.name] <= s.high for s in WEIGHTS):
        return weights
    return None
