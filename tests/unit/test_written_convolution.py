"""A convolution in writing."""

import numpy as np
import pytest

from components.concepts.convolution import Along, geometry, look
from components.concepts.kernels import WORKSHOP_KERNEL
from components.concepts.written_convolution import written_rest, written_size, written_window


def test_a_small_window_is_written_product_by_product() -> None:
    window = look([[200, 200], [0, 0]], WORKSHOP_KERNEL, geometry((2, 2), (2, 2)), 0, 0)
    assert written_window(window) == "200·1.5 + 200·1.5 + 0·(-1.5) + 0·(-1.5) = 600"


def test_a_large_window_is_written_row_by_row() -> None:
    kernel = np.array([[1.0] * 4, [-1.0] * 4, [0.0] * 4, [2.0] * 4])
    window = look(np.full((4, 4), 5), kernel, geometry((4, 4), (4, 4)), 0, 0)
    assert written_window(window) == "20 + (-20) + 0 + 40 = 40"


@pytest.mark.parametrize(
    ("along", "size", "rest"),
    [
        (Along(28, 2), "⌊(28 + 0 − 1·(2 − 1) − 1) ÷ 1⌋ + 1 = ⌊26⌋ + 1 = 27", "come out even"),
        (Along(28, 3, 2), "⌊12.5⌋ + 1 = 13", "the last row and column (shaded) get no window"),
        (Along(28, 2, 3), "⌊8.66667⌋ + 1 = 9", "the last 2 rows and columns (shaded)"),
        (Along(28, 4, 2, "same"), "⌊(28 + 2 − 1·(4 − 1) − 1) ÷ 2⌋", "come out even"),
    ],
)
def test_the_size_and_the_rest(along: Along, size: str, rest: str) -> None:
    assert size in written_size(along)
    assert rest in written_rest(along)
