"""The convolution as Keras programs: Conv2D with the kernel and the picture of the page.

Each function gives a script that a learner can read and run; its last line of output is the
page's number. Cells are marked so that the script can be made a notebook.
"""

from collections.abc import Sequence

import numpy as np

from components.concepts.convolution import Array, Geometry, spread

_HEAD = """# %% [markdown]
# The convolution
# Needs `pip install keras tensorflow{more}` (or jax with KERAS_BACKEND=jax). Run it from top to
# bottom.

# %%
import keras
import numpy as np
"""

_NUMBERS = """
# %% [markdown]
# The picture, one channel, and the kernel. Keras does not turn the kernel round: strictly, what
# it calls a convolution is a cross-correlation.

# %%
picture = np.array(
    [
{picture}
    ],
    "float32",
)
kernel = np.array(
    [
{kernel}
    ],
    "float32",
)
"""

_FILE = """
# %% [markdown]
# The picture: {file}, which the page offers for download, in the folder of this program.

# %%
image = keras.utils.load_img("{file}", color_mode="{mode}")
picture = keras.utils.img_to_array(image)
print("picture", picture.shape)
kernels = {{
{kernels}
}}
"""

_LAYER = """
# %% [markdown]
# A Conv2D layer with {these} weights. They have the shape (height, width, channels, filters).

# %%
layer = keras.layers.Conv2D(
    {filters},
    {side},
    strides={stride},
    padding="{padding}",{dilation}{activation}
    use_bias=False,
)
layer.build((None, *picture.shape))
layer.set_weights([{weights}])
"""

_WINDOW = """
# %%
output = np.array(layer(picture[np.newaxis]))[0, :, :, 0]
print("output", output.shape)
print(output)

# %% [markdown]
# {what}

# %%
print({number})
"""

_MAPS = """
# %%
maps = layer({batch})
{pool}print("maps", maps.shape)

# %% [markdown]
# The mean of all their numbers.

# %%
print(float(np.mean(np.array(maps, "float64"))))
"""

_GAPS = """
# %% [markdown]
# Keras takes no stride and dilation above 1 together. So the gaps of the dilation are written
# into the kernel, as zeros: it gives the same.
"""


def filter_numbers(
    picture: Array, kernel: Array, how: Geometry, place: tuple[int, int] | None
) -> str:
    """The program for a small picture (height, width); it ends with the output at `place`, or
    without one with the sum of the whole output.
    """
    dilation, stride, weights, note = how.rows.dilation, how.rows.stride, kernel, ""
    if dilation > 1 and stride > 1:
        weights, dilation, note = spread(kernel, dilation), 1, _GAPS
    what, number = "All its numbers added up.", "float(output.sum())"
    if place is not None:
        what = f"The output in row {place[0]}, column {place[1]}, counted from 0."
        number = f"float(output[{place[0]}, {place[1]}])"
    parts = (
        _HEAD.format(more=""),
        note,
        _NUMBERS.format(picture=_rows(picture, 8), kernel=_rows(weights, 8)),
        "picture = picture[:, :, np.newaxis]  # one channel\n",
        _LAYER.format(
            these="the page's",
            filters=1,
            side=len(weights),
            stride=stride,
            padding=how.rows.padding,
            dilation=f"\n    dilation_rate={dilation}," if dilation > 1 else "",
            activation="",
            weights="kernel[:, :, np.newaxis, np.newaxis]",
        ),
        _WINDOW.format(what=what, number=number),
    )
    return "".join(parts)


def filter_file(
    file: str,
    channels: str,
    names: Sequence[str],
    kernels: Array,
    relu: bool,
    pool: bool,
) -> str:
    """The program for a picture in a file; it ends with the mean of the maps.

    `channels` is "grey", "each" (every colour by itself) or "sum" (a kernel for each, added
    up). `kernels` has the shape (height, width, channels, filters).
    """
    each, grey = channels == "each", channels == "grey"
    written = "\n".join(
        f"    {name!r}: [\n{_layers(kernels[..., place])}\n    ],"
        for place, name in enumerate(names)
    )
    weights = 'np.stack([np.array(k, "float32") for k in kernels.values()], axis=-1)'
    parts = (
        _HEAD.format(more=" pillow"),
        _FILE.format(file=file, mode="grayscale" if grey else "rgb", kernels=written),
        "picture = picture[:, :, :1]\n" if grey else "",
        _EACH if each else "",
        _LAYER.format(
            these="the page's",
            filters=len(names),
            side=len(kernels),
            stride=1,
            padding="same",
            dilation="",
            activation='\n    activation="relu",' if relu else "",
            weights=weights,
        ),
        _MAPS.format(
            batch="batch" if each else "picture[np.newaxis]",
            pool="maps = keras.layers.MaxPooling2D(2)(maps)\n" if pool else "",
        ),
    )
    return "".join(parts)


_EACH = """
# %% [markdown]
# Every colour by itself: three pictures of one channel instead of one picture of three.

# %%
batch = np.moveaxis(picture, 2, 0)[..., np.newaxis]
picture = batch[0]
"""


def _layers(kernel: Array) -> str:
    """A kernel (height, width, channels) as nested lists, a line for each row."""
    return "\n".join(f"        {_nested(row)}," for row in kernel)


def _nested(row: Array) -> str:
    return "[" + ", ".join(f"[{', '.join(_write(w) for w in pixel)}]" for pixel in row) + "]"


def _rows(values: Array, indent: int) -> str:
    """A matrix as the lines of a nested list."""
    return "\n".join(" " * indent + f"[{', '.join(_write(v) for v in row)}]," for row in values)


def _write(value: float) -> str:
    """A number that reads back as the same float32."""
    return str(int(value)) if float(value).is_integer() else repr(float(np.float32(value)))
