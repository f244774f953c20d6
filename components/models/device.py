"""What this machine trains on. The one place that names TensorFlow."""

import os
from dataclasses import dataclass
from functools import cache

import keras

from components.concepts.digit_network import DigitNetwork, summarize

# Half precision pays where the arithmetic outweighs the conversions around it. This threshold,
# in multiplications for one picture, is a rule of thumb and not a measurement.
HEAVY_NETWORK = 1_000_000
FIRST_FAST_BFLOAT16 = (8, 0)  # CUDA compute capability of the first GPUs with fast bfloat16


@dataclass(frozen=True)
class DeviceReport:
    """What a worker trains on: `kind` is "cpu" or "gpu", `backend` names Keras's backend."""

    name: str
    kind: str
    backend: str
    keras: str
    fast_bfloat16: bool


@cache
def prepare_device() -> DeviceReport:
    """Set this process up for training, once, and say what it trains on.

    With TensorFlow, GPU memory is taken as it is needed and threads are limited to the
    processors that this process may use. Call it before the first model is built.
    """
    backend = keras.backend.backend()
    if backend == "tensorflow":
        return _prepare_tensorflow()
    return _report_other(backend)


def precision_for(network: DigitNetwork) -> str:
    """Keras's dtype policy for training `network` here: mixed on a GPU where it should help."""
    multiplications = sum(summary.multiplications for summary in summarize(network))
    if prepare_device().fast_bfloat16 and multiplications >= HEAVY_NETWORK:
        return "mixed_bfloat16"
    return "float32"


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _prepare_tensorflow() -> DeviceReport:
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    try:
        for gpu in gpus:
            tf.config.experimental.set_memory_growth(gpu, True)
        tf.config.threading.set_intra_op_parallelism_threads(processors())
        tf.config.threading.set_inter_op_parallelism_threads(2)
    except RuntimeError:
        # TensorFlow has already run something in this process and keeps the settings it has.
        pass
    backend = f"tensorflow {tf.__version__}"
    if not gpus:
        return DeviceReport(_cpu_name(), "cpu", backend, keras.__version__, False)
    details = tf.config.experimental.get_device_details(gpus[0])
    capability = details.get("compute_capability", (0, 0))
    name = details.get("device_name", "GPU")
    fast = capability >= FIRST_FAST_BFLOAT16
    return DeviceReport(name, "gpu", backend, keras.__version__, fast)


def _report_other(backend: str) -> DeviceReport:
    version = getattr(__import__(backend), "__version__", "")
    devices = keras.distribution.list_devices()
    gpus = [device for device in devices if device.startswith(("gpu", "cuda"))]
    name = gpus[0] if gpus else _cpu_name()
    kind = "gpu" if gpus else "cpu"
    return DeviceReport(name, kind, f"{backend} {version}", keras.__version__, False)


def _cpu_name() -> str:
    threads = processors()
    return f"CPU ({threads} thread{'s' if threads != 1 else ''})"
