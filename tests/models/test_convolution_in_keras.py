"""The convolution and the pooling of the lesson give what Keras's layers give."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.concepts.convolution import Padding, convolve, spread
from components.concepts.pooling import max_pool

PADDINGS: tuple[Padding, ...] = ("valid", "same")


def in_keras(
    picture: np.ndarray,
    kernels: np.ndarray,
    stride: int,
    padding: Padding,
    dilation: int,
) -> np.ndarray:
    """What Conv2D makes of one picture (height, width, channels), without a bias."""
    layer = keras.layers.Conv2D(
        kernels.shape[3],
        kernels.shape[:2],
        strides=stride,
        padding=padding,
        dilation_rate=dilation,
        use_bias=False,
    )
    layer.build((None, *picture.shape))
    layer.set_weights([kernels])
    return keras.ops.convert_to_numpy(layer(picture[np.newaxis]))[0]


@settings(max_examples=60, deadline=None)
@given(
    kernel=st.tuples(st.integers(1, 7), st.integers(1, 7)),
    larger=st.tuples(st.integers(0, 14), st.integers(0, 14)),
    stride=st.integers(1, 4),
    padding=st.sampled_from(PADDINGS),
    dilation=st.integers(1, 3),
    channels=st.integers(1, 4),
    filters=st.integers(1, 5),
    seed=st.integers(0, 9999),
)
def test_the_convolution_equals_conv2d(
    kernel: tuple[int, int],
    larger: tuple[int, int],
    stride: int,
    padding: Padding,
    dilation: int,
    channels: int,
    filters: int,
    seed: int,
) -> None:
    rng = np.random.default_rng(seed)
    height, width = (dilation * (k - 1) + 1 + more for k, more in zip(kernel, larger, strict=True))
    picture = rng.uniform(-1, 1, (height, width, channels)).astype("float32")
    kernels = rng.uniform(-1, 1, (*kernel, channels, filters)).astype("float32")
    ours = convolve(picture, kernels, stride, padding, dilation)
    if stride > 1 and dilation > 1:  # Keras refuses both at once: the gaps are written out
        kernels, dilation = spread(kernels, dilation).astype("float32"), 1
    theirs = in_keras(picture, kernels, stride, padding, dilation)
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_pooling_equals_max_pooling(size: int) -> None:
    maps = np.random.default_rng(size).normal(size=(11, 14, 3)).astype("float32")
    theirs = keras.layers.MaxPooling2D(size)(maps[np.newaxis])[0]
    np.testing.assert_array_equal(max_pool(maps, size), keras.ops.convert_to_numpy(theirs))
