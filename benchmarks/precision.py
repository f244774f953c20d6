"""Half precision against float32, by how heavy a network is: where it begins to pay on a GPU.

`models.device` decides by this which networks train in half precision.
"""

import statistics
import time

import keras

from benchmarks.figure import Figure
from components.concepts.digit_network import (
    PRESETS,
    Conv2D,
    Dense,
    DigitNetwork,
    Flatten,
    MaxPooling2D,
    summarize,
)
from components.concepts.training import TrainingPlan
from components.models.architectures import build
from components.models.device import prepare_device
from components.models.digits import load_digits
from components.models.training import compile_model

FILTERS = (8, 16, 32, 64, 96)  # of both convolutions; the last is near the most that is allowed
BATCH_SIZES = (32, 128)
ROUNDS = 5


def run() -> list[Figure]:
    """A figure for each network and batch size; none where the device has no fast half."""
    device = prepare_device()
    if device.precision == "float32":
        print(f"  {device.name} is not fast at half precision: there is nothing to compare.")
        return []
    networks = [PRESETS["workshop"], PRESETS["strong"], *(two_convolutions(n) for n in FILTERS)]
    return [
        compare(network, batch_size, device.precision, device.name)
        for network in sorted(networks, key=multiplications)
        for batch_size in BATCH_SIZES
    ]


def two_convolutions(filters: int) -> DigitNetwork:
    """A network of the playground's kind, as heavy as `filters` make it."""
    layers = (Conv2D(filters, 3), Conv2D(filters, 3), MaxPooling2D(2), Flatten(), Dense(100))
    return DigitNetwork(f"{filters} filters", layers)


def multiplications(network: DigitNetwork) -> int:
    """Those that one picture takes."""
    return sum(summary.multiplications for summary in summarize(network))


def compare(network: DigitNetwork, batch_size: int, precision: str, device: str) -> Figure:
    """Pictures a second in `precision` over those in float32, epoch by epoch in turns."""
    plan = TrainingPlan(network, batch_size=batch_size)
    models = [
        compile_model(build(network, plan.seed, policy), plan) for policy in (precision, "float32")
    ]
    for model in models:
        seconds_of_an_epoch(model, plan)  # Keras compiles in the first one
    rounds = [[seconds_of_an_epoch(model, plan) for model in models] for _ in range(ROUNDS)]
    ratios = [plain / half for half, plain in rounds]
    rate = len(load_digits(plan.data).train_labels) / statistics.median(half for half, _ in rounds)
    note = (
        f"{rate:,.0f} pictures a second; median of {ROUNDS} rounds, {min(ratios):.2f} to "
        f"{max(ratios):.2f}; {device}"
    )
    name = f"{precision}, {multiplications(network) / 1e6:.1f} M, batch of {batch_size}"
    return Figure(name, statistics.median(ratios), "×", "", note)


def seconds_of_an_epoch(model: keras.Model, plan: TrainingPlan) -> float:
    """Seconds that `fit` takes for one epoch."""
    digits = load_digits(plan.data)
    began = time.perf_counter()
    model.fit(digits.train_images, digits.train_labels, batch_size=plan.batch_size, verbose=0)
    return time.perf_counter() - began
