"""A picture as an array, as a Keras program: its shape, how many numbers, one pixel, its grey.

The program's last line of output is the page's number.
"""

from components.concepts.picture_numbers import GREY_WEIGHTS

_HEAD = """# %% [markdown]
# How images are represented
# Needs `pip install keras tensorflow pillow` (or jax with KERAS_BACKEND=jax). {file}, which the
# page offers for download, has to be in the folder of this program.

# %%
import keras
import numpy as np

image = keras.utils.load_img("{file}", color_mode="{mode}")
picture = keras.utils.img_to_array(image, dtype="uint8")
print("shape", picture.shape)  # (height, width, channels)
print("numbers", picture.size)
print("from", picture.min(), "to", picture.max())

# %% [markdown]
# The patch of the page, {names}.

# %%
print(picture[{rows}, {columns}{channel}])
"""

_GREY = """
# %% [markdown]
# The chosen pixel. The picture is grey: it has one channel.

# %%
print(float(picture[{row}, {column}, 0]))
"""

_COLOUR = """
# %% [markdown]
# The chosen pixel: red, green and blue, and their weighted sum, its grey value.

# %%
pixel = picture[{row}, {column}]
print("pixel", pixel)
print(float(np.dot([{weights}], pixel)))
"""


def picture_program(
    file: str,
    is_grey: bool,
    rows: tuple[int, int],
    columns: tuple[int, int],
    chosen: tuple[int, int],
    channel: int | None = None,
) -> str:
    """The program for a picture in a file.

    `rows` and `columns` are the first one of the patch and the one after its last. `chosen` is
    the pixel whose grey value comes last. `channel` is the one whose patch is printed, all of
    them by default.
    """
    place = {"row": chosen[0], "column": chosen[1]}
    which = 0 if is_grey else channel
    names = "its matrix" if which is not None else "rows of pixels with three numbers each"
    head = _HEAD.format(
        file=file,
        mode="grayscale" if is_grey else "rgb",
        names=names,
        rows=f"{rows[0]}:{rows[1]}",
        columns=f"{columns[0]}:{columns[1]}",
        channel="" if which is None else f", {which}",
    )
    if is_grey:
        return head + _GREY.format(**place)
    weights = ", ".join(str(weight) for weight in GREY_WEIGHTS)
    return head + _COLOUR.format(weights=weights, **place)
