"""The error of the linear wage model as a surface over two of its blanks."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from components.concepts.wage_lines import workers

Array: TypeAlias = NDArray[np.float64]

EDUCATION, INDUSTRY = 0, 3  # their columns among the inputs


@dataclass(frozen=True)
class WageSurface:
    """`error[i, j]` is the lowest typical error with the weights `education[j]`, `industry[i]`.

    The other blanks are then the best there are. In dollars an hour.
    """

    education: Array
    industry: Array
    error: Array


def lowest_error(education: float, industry: float) -> float:
    """The lowest typical error (root of the mean square) with these two weights."""
    ways, target = _without_the_others()
    left = target - ways @ np.array([education, industry])
    return float(np.sqrt(left @ left / len(left)))


def wage_surface(education: Array, industry: Array) -> WageSurface:
    """The surface on a grid; shapes (n,) and (m,) give errors of shape (m, n)."""
    rows = [[lowest_error(float(e), float(i)) for e in education] for i in industry]
    return WageSurface(education, industry, np.array(rows))


@lru_cache(maxsize=1)
def _without_the_others() -> tuple[Array, Array]:
    """Education and industry (n, 2), and the wage (n,), as far as the other inputs can't say them.

    What is left after fitting the others is what the two weights have to explain.
    """
    data = workers()
    others = np.delete(data.inputs, [EDUCATION, INDUSTRY], axis=1)
    known = np.column_stack([np.ones(len(others)), others])
    wanted = np.column_stack([data.inputs[:, [EDUCATION, INDUSTRY]], data.wage])
    fitted, *_ = np.linalg.lstsq(known, wanted, rcond=None)
    left = wanted - known @ fitted
    return left[:, :2], left[:, 2]
