"""What this worker computes on, and its set-up. The one place that names a backend."""

import functools
import importlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras

from components.concepts.digit_network import DigitNetwork, summarize

# Half precision pays where multiplications, not launching kernels, take the time, and where
# the GPU has fast bfloat16. This threshold is a rule, not a measurement: about three times
# the workshop's network, whose kernels are too small to keep such a GPU busy.
HALF_PRECISION_MULTIPLICATIONS = 1_000_000
HALF_PRECISION_CAPABILITY = 8  # NVIDIA compute capability of the first GPUs with fast bfloat16

_CGROUP_LIMIT = Path("/sys/fs/cgroup/cpu.max")


@dataclass(frozen=True)
class DeviceReport:
    """What trains here: `name` for the page, `kind` "cpu" or "gpu", and the versions behind it.

    `precision` is the best Keras dtype policy that the device is fast at; `precision_for`
    says which one a network trains with.
    """

    name: str
    kind: str
    backend: str
    keras: str
    precision: str


@functools.cache
def prepare_device() -> DeviceReport:
    """Set this process up for training, once, and say what it trains on.

    A GPU's memory is taken as needed; threads are limited to the processors that this process
    may use. Calling it again changes nothing.
    """
    backend = keras.backend.backend()
    if backend == "tensorflow":
        name, kind, capability = _prepare_tensorflow()
    elif backend == "jax":
        name, kind, capability = _find_jax_device()
    else:
        name, kind, capability = f"{backend} device", "cpu", 0
    fast_half = kind == "gpu" and capability >= HALF_PRECISION_CAPABILITY
    return DeviceReport(
        name=name,
        kind=kind,
        backend=f"{backend} {importlib.import_module(backend).__version__}",
        keras=keras.__version__,
        precision="mixed_bfloat16" if fast_half else "float32",
    )


def precision_for(network: DigitNetwork) -> str:
    """The dtype policy to train `network` with on this device.

    Half precision only on a GPU that is fast at it, and for a network heavy enough: a rule on
    the multiplications of one picture (HALF_PRECISION_MULTIPLICATIONS), not a measurement.
    """
    multiplications = sum(summary.multiplications for summary in summarize(network))
    heavy = multiplications >= HALF_PRECISION_MULTIPLICATIONS
    return prepare_device().precision if heavy else "float32"


def count_threads() -> int:
    """The processors this process may use: its affinity, and its container's limit."""
    affinity = getattr(os, "sched_getaffinity", None)
    available = len(affinity(0)) if affinity else os.cpu_count() or 1
    try:
        quota, period = _CGROUP_LIMIT.read_text().split()
        if quota != "max":
            available = min(available, max(1, round(int(quota) / int(period))))
    except (OSError, ValueError):
        pass  # no control groups here: the affinity is the limit
    return available


def _prepare_tensorflow() -> tuple[str, str, int]:
    import tensorflow as tf

    threads = count_threads()
    gpus = tf.config.list_physical_devices("GPU")
    try:
        for gpu in gpus:
            tf.config.experimental.set_memory_growth(gpu, True)
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
    except RuntimeError:
        pass  # TensorFlow has computed in this process already, and keeps its set-up
    if not gpus:
        return _cpu_name(threads), "cpu", 0
    details = tf.config.experimental.get_device_details(gpus[0])
    capability = details.get("compute_capability", (0, 0))[0]
    return details.get("device_name", "GPU"), "gpu", capability


def _find_jax_device() -> tuple[str, str, int]:
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")  # memory as needed
    jax: Any = importlib.import_module("jax")
    device = jax.devices()[0]
    if device.platform == "cpu":
        return _cpu_name(count_threads()), "cpu", 0
    capability = str(getattr(device, "compute_capability", "0")).split(".")[0]
    return device.device_kind, "gpu", int(capability)


def _cpu_name(threads: int) -> str:
    return f"CPU ({threads} thread{'s' if threads != 1 else ''})"
