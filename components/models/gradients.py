"""The slope of a number with respect to an array, on the backend that Keras runs on.

Keras has no word of its own for it, so this names the backends.
"""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray


def gradient(function: Callable[[Any], Any], at: NDArray[np.float32]) -> NDArray[np.float32]:
    """The slopes of `function`, which gives one number, at the array `at`; same shape.

    Raises RuntimeError on a backend that has no way to ask for slopes here.
    """
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        values = tf.convert_to_tensor(at)
        with tf.GradientTape() as tape:
            tape.watch(values)
            result = function(values)
        return np.asarray(tape.gradient(result, values))
    if backend == "jax":
        import jax

        return np.asarray(jax.grad(function)(jax.numpy.asarray(at)))
    raise RuntimeError(f"Slopes are worked out with TensorFlow or JAX, not with {backend}.")


def grad_cam(score: Callable[[Any], Any], maps: NDArray[np.float32]) -> NDArray[np.float32]:
    """Grad-CAM of a score that is worked out from maps (1, height, width, n): (height, width).

    Each map counts with the mean slope of the score over it; their sum, cut off below 0.
    Selvaraju et al. 2017.
    """
    slopes = gradient(score, maps)[0].mean(axis=(0, 1))
    return np.maximum((maps[0] * slopes).sum(axis=-1), 0)
