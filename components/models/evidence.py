"""What each layer of a network reacts to, measured on pictures."""

import math

import numpy as np
from numpy.typing import NDArray

from components.concepts.edge_evidence import (
    Evidence,
    add_up,
    at_fields,
    classes_explain,
    edge_responses,
    edges_explain,
    few_excite,
)
from components.concepts.filtering import to_grey
from components.concepts.receptive_field import field_size, fields
from components.models.inside import Inside, Pixels

MOST_VALUES = 40_000_000  # of all maps of all pictures, at once in memory


def measure(
    inside: Inside, pictures: Pixels, classes: NDArray[np.integer] | None
) -> tuple[Evidence, ...]:
    """The evidence of every stage but the last, which is the answer itself.

    `pictures` are many, as the network gets them; `classes` (n,) says what each shows, None
    where nobody knows. Of a network with very large maps every second picture is read, or fewer.
    """
    values = sum(math.prod(stage.shape) for stage in inside.stages)
    step = -(-len(pictures) * values // MOST_VALUES)
    pictures, classes = pictures[::step], None if classes is None else classes[::step]
    grey = pictures if pictures.ndim == 3 else np.stack([to_grey(each) for each in pictures])
    sums, side = add_up(edge_responses(grey)), grey.shape[1]
    every = inside.all_maps_of(pictures)
    found = []
    for stage in inside.stages[:-1]:
        maps = every[stage.key]
        edges, live = edges_explain(maps, at_fields(sums, fields(side, stage.steps)))
        particular = few_excite(maps) if classes is None else classes_explain(maps, classes)
        sees = min(field_size(stage.steps), side)
        found.append(Evidence(stage.key, stage.title, edges, particular, live, sees))
    return tuple(found)
