"""A head as a scanner would see it, drawn by formula: no patient, and no licence to ask for.

The ten ellipses are the Shepp–Logan phantom (L. Shepp and B. Logan, 1974), with the contrasts of
P. Toft (1996), which is what programs for tomography are tried on.
"""

import numpy as np
from numpy.typing import NDArray

# Brightness added, half axes, centre (x, y), and turn in degrees; x and y go from -1 to 1.
ELLIPSES = (
    (1.0, 0.69, 0.92, 0.0, 0.0, 0),
    (-0.8, 0.6624, 0.874, 0.0, -0.0184, 0),
    (-0.2, 0.11, 0.31, 0.22, 0.0, -18),
    (-0.2, 0.16, 0.41, -0.22, 0.0, 18),
    (0.1, 0.21, 0.25, 0.0, 0.35, 0),
    (0.1, 0.046, 0.046, 0.0, 0.1, 0),
    (0.1, 0.046, 0.046, 0.0, -0.1, 0),
    (0.1, 0.046, 0.023, -0.08, -0.605, 0),
    (0.1, 0.023, 0.023, 0.0, -0.606, 0),
    (0.1, 0.023, 0.046, 0.06, -0.605, 0),
)


def head_phantom(side: int) -> NDArray[np.uint8]:
    """The phantom as a grey picture (side, side), black to white."""
    x, y = np.meshgrid(np.linspace(-1, 1, side), np.linspace(1, -1, side))
    total = np.zeros((side, side))
    for brightness, a, b, x0, y0, degrees in ELLIPSES:
        turn = np.deg2rad(degrees)
        along = (x - x0) * np.cos(turn) + (y - y0) * np.sin(turn)
        across = (y - y0) * np.cos(turn) - (x - x0) * np.sin(turn)
        total[(along / a) ** 2 + (across / b) ** 2 <= 1] += brightness
    return np.asarray(np.round(255 * total.clip(0, 1)), np.uint8)
