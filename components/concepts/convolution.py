"""The convolution as deep learning does it: a kernel slides over a picture, and where it stops,
the products of its weights and the pixels under them add up to one number.

Mathematics turns the kernel by half a turn first. The libraries of deep learning do not, and
nor does this module: strictly, it is a cross-correlation. The kernel is learnt anyway, and a
turned one is learnt as easily.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.floating]
Padding: TypeAlias = Literal["valid", "same"]


class ConvolutionError(ValueError):
    """Settings that don't go together; the message says which, and what to change."""


@dataclass(frozen=True)
class Along:
    """How the kernel moves along one side of a picture: all lengths in pixels.

    `size` is the side of the picture, `kernel` that of the kernel. `padding` "same" puts zeros
    around the picture until the output is as long as the input divided by the stride.
    """

    size: int
    kernel: int
    stride: int = 1
    padding: Padding = "valid"
    dilation: int = 1

    def __post_init__(self) -> None:
        if min(self.size, self.kernel, self.stride, self.dilation) < 1:
            raise ConvolutionError("Picture, kernel, stride and dilation have to be 1 at least.")
        if self.padding not in ("valid", "same"):
            raise ConvolutionError("The padding has to be valid or same.")
        if self.reach > self.size + self.padded:
            raise ConvolutionError(
                f"The kernel spans {self.reach} pixels and does not fit into a picture of "
                f"{self.size}. Choose a smaller kernel or dilation, or padding “same”."
            )

    @property
    def reach(self) -> int:
        """The pixels that the kernel spans, gaps included: dilation × (kernel − 1) + 1."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def padded(self) -> int:
        """The zeros put on both sides together; none with padding "valid"."""
        if self.padding == "valid":
            return 0
        wanted = -(-self.size // self.stride)
        return max((wanted - 1) * self.stride + self.reach - self.size, 0)

    @property
    def before(self) -> int:
        """The zeros in front of the first pixel; where they are odd, the end has one more."""
        return self.padded // 2

    @property
    def room(self) -> int:
        """How far the kernel can move: size + padding − reach."""
        return self.size + self.padded - self.reach

    @property
    def output(self) -> int:
        """The places at which the kernel stops: ⌊room ÷ stride⌋ + 1."""
        return self.room // self.stride + 1

    @property
    def dropped(self) -> int:
        """The pixels at the end that no window reaches: what the floor takes away."""
        return self.room % self.stride

    def reads(self, place: int) -> NDArray[np.intp]:
        """Where the window at this place reads, as positions in the picture without padding;
        those below 0 or from `size` on are zeros of the padding.
        """
        start = place * self.stride - self.before
        return start + self.dilation * np.arange(self.kernel)


@dataclass(frozen=True)
class Geometry:
    """How a kernel moves over a picture: down its rows and along its columns."""

    rows: Along
    columns: Along

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the output."""
        return self.rows.output, self.columns.output

    @property
    def n_windows(self) -> int:
        """The places at which the kernel stops."""
        return self.rows.output * self.columns.output

    def place(self, number: int) -> tuple[int, int]:
        """Row and column in the output of the window `number`, counted from 0 line by line."""
        if not 0 <= number < self.n_windows:
            raise ConvolutionError(f"There are {self.n_windows} windows, counted from 0.")
        return divmod(number, self.columns.output)

    def unread(self) -> NDArray[np.bool_]:
        """Which pixels of the picture (height, width) no window ever reads."""
        return ~np.logical_and.outer(_read(self.rows), _read(self.columns))


def geometry(
    picture: tuple[int, int],
    kernel: tuple[int, int],
    stride: int = 1,
    padding: Padding = "valid",
    dilation: int = 1,
) -> Geometry:
    """The geometry of a kernel (height, width) on a picture (height, width).

    Raises ConvolutionError where the kernel does not fit.
    """
    return Geometry(
        Along(picture[0], kernel[0], stride, padding, dilation),
        Along(picture[1], kernel[1], stride, padding, dilation),
    )


@dataclass(frozen=True)
class Window:
    """One stop of the kernel, with every number on the way to its output.

    `row` and `column` are its place in the output. `pixels`, `weights` and `products` all have
    the kernel's shape; pixels outside the picture are the zeros of the padding, and `inside`
    says which are none.
    """

    row: int
    column: int
    pixels: Array
    weights: Array
    inside: NDArray[np.bool_]

    @property
    def products(self) -> Array:
        """Each pixel times the weight that lies over it."""
        return self.pixels * self.weights

    @property
    def total(self) -> float:
        """The products added up: the output at this place."""
        return float(self.products.sum())


def look(picture: ArrayLike, kernel: ArrayLike, how: Geometry, row: int, column: int) -> Window:
    """The window that gives the output at (row, column), for a picture of one channel."""
    values, weights = np.asarray(picture, np.float64), np.asarray(kernel, np.float64)
    rows, columns = how.rows.reads(row), how.columns.reads(column)
    inside = np.logical_and.outer(
        (rows >= 0) & (rows < how.rows.size), (columns >= 0) & (columns < how.columns.size)
    )
    nearest = np.ix_(np.clip(rows, 0, how.rows.size - 1), np.clip(columns, 0, how.columns.size - 1))
    return Window(row, column, np.where(inside, values[nearest], 0.0), weights, inside)


def convolve(
    picture: ArrayLike,
    kernels: ArrayLike,
    stride: int = 1,
    padding: Padding = "valid",
    dilation: int = 1,
) -> Array:
    """Filter a picture: a map (height, width, filters) with one layer for each filter.

    `picture` has shape (height, width, channels) and `kernels`, as in Keras, (height, width,
    channels, filters): a filter has a kernel for each channel, and what they give is added up.
    Without channels and filters, (height, width) both, the map is (height, width) too. Whole
    numbers are computed in double precision, floats in their own. Raises ConvolutionError
    where the shapes don't go together.
    """
    values, weights = _as_floats(picture), _as_floats(kernels)
    if values.ndim == 2 and weights.ndim == 2:
        planes = values[..., np.newaxis], weights[..., np.newaxis, np.newaxis]
        return convolve(*planes, stride, padding, dilation)[..., 0]
    if values.ndim != 3 or weights.ndim != 4 or values.shape[2] != weights.shape[2]:
        raise ConvolutionError(
            f"A kernel of shape {weights.shape} does not fit a picture of shape {values.shape}: "
            "it needs one layer for each channel."
        )
    how = geometry(values.shape[:2], weights.shape[:2], stride, padding, dilation)
    channels = np.ascontiguousarray(np.moveaxis(pad(values, how), 2, 0))
    maps = np.zeros((weights.shape[3], *how.shape), np.result_type(values, weights))
    # Weight by weight: all pixels that this weight meets on its way, at once.
    for row in range(weights.shape[0]):
        for column in range(weights.shape[1]):
            met = (slice(None), _met(how.rows, row), _met(how.columns, column))
            for channel, pixels in enumerate(channels[met]):
                for number, weight in enumerate(weights[row, column, channel]):
                    if weight:
                        maps[number] += weight * pixels
    return np.moveaxis(maps, 0, 2)


def pad(picture: Array, how: Geometry) -> Array:
    """The picture (height, width, channels) with its zeros around it."""
    after = [along.padded - along.before for along in (how.rows, how.columns)]
    return np.pad(picture, ((how.rows.before, after[0]), (how.columns.before, after[1]), (0, 0)))


def spread(kernel: ArrayLike, dilation: int) -> Array:
    """The kernel with the gaps of its dilation filled with zeros: it does the same undilated."""
    weights = np.asarray(kernel, np.float64)
    height, width = (dilation * (side - 1) + 1 for side in weights.shape[:2])
    wide = np.zeros((height, width, *weights.shape[2:]))
    wide[::dilation, ::dilation] = weights
    return wide


def _met(along: Along, place: int) -> slice:
    """The positions in the padded picture that one weight of the kernel meets."""
    start = place * along.dilation
    return slice(start, start + (along.output - 1) * along.stride + 1, along.stride)


def _read(along: Along) -> NDArray[np.bool_]:
    seen = np.zeros(along.size, bool)
    for place in range(along.output):
        positions = along.reads(place)
        seen[positions[(positions >= 0) & (positions < along.size)]] = True
    return seen


def _as_floats(values: ArrayLike) -> Array:
    array = np.asarray(values)
    return array if np.issubdtype(array.dtype, np.floating) else array.astype(np.float64)
