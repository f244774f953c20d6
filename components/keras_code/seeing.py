"""What the page "How a deep network sees" shows, as a Keras program: a model of all maps.

The last line of its output is the page's number. Cells are marked so that the script can be made
a notebook.
"""

from collections.abc import Sequence

from components.concepts.value_behind import Place

NETWORK_FILE, PICTURE_FILE = "network.keras", "picture.png"

_PROGRAM = """# %% [markdown]
# How a deep network sees
# Needs `pip install keras tensorflow pillow` (or jax with KERAS_BACKEND=jax), and two files that
# the page offers for download, in the folder of this program: {network} and {picture}.

# %%
import keras
import numpy as np

model = keras.saving.load_model("{network}")
image = keras.utils.load_img("{picture}", color_mode="{mode}")
pixels = np.array(image, "uint8")[np.newaxis]  # a batch of one
print("picture", pixels.shape)

# %% [markdown]
# A model with the same input, and as its outputs the values of all these layers. It shares the
# layers, so it has learnt what `model` has learnt.

# %%
names = [
{names}
]
inside = keras.Model(model.input, [model.get_layer(name).output for name in names])
maps = dict(zip(names, inside(pixels)))
for name, values in maps.items():
    print(name, tuple(values.shape))

# %% [markdown]
# What it answers, as the number of the class.

# %%
print("class", int(np.argmax(maps["probabilities"])))

# %% [markdown]
# {where}

# %%
print(float(maps["{key}"][{index}]))
"""


def look_inside(keys: Sequence[str], key: str, place: Place, is_row: bool, is_grey: bool) -> str:
    """The program that makes the maps of the layers `keys` and ends with one value of `key`.

    `place` is (map, row, column) from 0. `is_row` says that the layer is a row of nodes,
    `is_grey` that the picture has one channel.
    """
    number, row, column = place
    where = f"The value of node {number} of this layer, counted from 0."
    if not is_row:
        where = f"The value in row {row}, column {column} of map {number}, counted from 0."
    return _PROGRAM.format(
        network=NETWORK_FILE,
        picture=PICTURE_FILE,
        mode="grayscale" if is_grey else "rgb",
        names="\n".join(f'    "{name}",' for name in keys),
        where=where,
        key=key,
        index=f"0, {number}" if is_row else f"0, {row}, {column}, {number}",
    )
