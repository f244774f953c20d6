"""Workers and their wages, generated: what the linear models are fitted to.

Nobody's data: drawn from the process that is written down here. In it a year of education is
worth much more in technology than in construction, so education and industry interact.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]

N_WORKERS = 400
SEED = 2016
INPUT_NAMES = ("education", "experience", "region", "industry")
EDUCATION_BY_INDUSTRY = (0, 3)  # the places of the two inputs that interact

TECHNOLOGY_PER_YEAR, CONSTRUCTION_PER_YEAR = 3.0, 0.5  # dollars an hour for a year of education
EQUAL_AT = 9.0  # years of education at which both industries pay the same
BASE_WAGE = 13.0  # dollars an hour there, without experience, outside a big city
PER_YEAR_OF_EXPERIENCE = 0.25
IN_A_BIG_CITY = 2.0
NOISE = 2.0  # standard deviation, dollars an hour


@dataclass(frozen=True)
class WageData:
    """`inputs` (n_workers, 4) with the columns `INPUT_NAMES`, and `wage` (n_workers,), dollars an
    hour. Region is 1 in a big city, industry is 1 in technology and 0 in construction.
    """

    inputs: Array
    wage: Array

    @property
    def is_technology(self) -> NDArray[np.bool_]:
        """Who works in technology, shape (n_workers,)."""
        return self.inputs[:, 3] == 1


def make_wage_data(n_workers: int = N_WORKERS, seed: int = SEED) -> WageData:
    """Draw workers and their wages; the same seed gives the same workers."""
    rng = np.random.default_rng(seed)
    industry = rng.integers(0, 2, n_workers)
    education = np.clip(np.round(rng.normal(12.5 + 1.5 * industry, 2.2)), 8, 18)
    experience = np.round(rng.uniform(0, 35, n_workers))
    region = rng.integers(0, 2, n_workers)
    per_year = np.where(industry == 1, TECHNOLOGY_PER_YEAR, CONSTRUCTION_PER_YEAR)
    wage = (
        BASE_WAGE
        + per_year * (education - EQUAL_AT)
        + PER_YEAR_OF_EXPERIENCE * experience
        + IN_A_BIG_CITY * region
        + rng.normal(0, NOISE, n_workers)
    )
    inputs = np.column_stack([education, experience, region, industry]).astype(np.float64)
    return WageData(inputs, np.maximum(np.round(wage, 2), 4.0))
