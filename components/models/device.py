"""What this worker computes on, and its set-up. The one place that names a backend."""

import functools
import importlib
import os
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras

_CGROUP_LIMIT = Path("/sys/fs/cgroup/cpu.max")


@dataclass(frozen=True)
class DeviceReport:
    """What trains here: `name` for the page, `kind` "cpu" or "gpu", and the versions behind it."""

    name: str
    kind: str
    backend: str
    keras: str


@functools.cache
def prepare_device() -> DeviceReport:
    """Set this process up for training, once, and say what it trains on.

    A GPU's memory is taken as needed; threads are limited to the processors that this process
    may use. Calling it again changes nothing.
    """
    backend = keras.backend.backend()
    if backend == "tensorflow":
        name, kind = _prepare_tensorflow()
    elif backend == "jax":
        name, kind = _find_jax_device()
    else:
        name, kind = f"{backend} device", "cpu"
    return DeviceReport(
        name=name,
        kind=kind,
        backend=f"{backend} {importlib.import_module(backend).__version__}",
        keras=keras.__version__,
    )


def on_processor() -> AbstractContextManager[None]:
    """A scope in which Keras computes on the CPU, also where there is a GPU.

    For small networks on small batches: launching the kernels of one step takes a GPU longer than
    a CPU takes for the step. Measured with JAX: 466 steps a second of the playground on an H200,
    1,311 on its host's CPU.
    """
    scope: AbstractContextManager[None] = keras.device("cpu:0")
    return scope


def processor_name() -> str:
    """The CPU as a page names it, with the threads that it may use."""
    threads = count_threads()
    return f"CPU ({threads} thread{'s' if threads != 1 else ''})"


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


def _prepare_tensorflow() -> tuple[str, str]:
    import tensorflow as tf

    _sum_no_gradients_over_devices()
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
        return processor_name(), "cpu"
    return tf.config.experimental.get_device_details(gpus[0]).get("device_name", "GPU"), "gpu"


def _sum_no_gradients_over_devices() -> None:
    """Let optimisers use gradients as they are: a worker trains on one device.

    Keras sums them over all devices even where there is one, and TensorFlow registers the gradient
    of that sum for good, by a name of its own for each network: with it the graph of every network
    that a worker has ever trained stayed in memory, some 10 MB each.
    """
    optimiser: Any = keras.optimizers.Optimizer
    if hasattr(optimiser, "_all_reduce_sum_gradients"):
        optimiser._all_reduce_sum_gradients = lambda self, grads_and_vars: grads_and_vars


def _find_jax_device() -> tuple[str, str]:
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")  # memory as needed
    jax: Any = importlib.import_module("jax")
    device = jax.devices()[0]
    if device.platform == "cpu":
        return processor_name(), "cpu"
    return device.device_kind, "gpu"
