"""The sheets in HTML: digits, filters, probabilities and layers, with their texts."""

import base64
import io
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from numpy.typing import NDArray
from PIL import Image

from components.concepts.digit_network import PRESETS, summarize
from components.figures import theme
from components.figures.digit_sheet import (
    digit_sheet,
    filters_sheet,
    input_28x28,
    png_uri,
    weight_color,
)
from components.figures.network_layers import network_layers
from components.figures.probability_bars import probability_bars, write_share


class Page(HTMLParser):
    """The tags and the text of a piece of HTML; every tag that opens has to close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in ("img", "br"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def digit(seed: int) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (28, 28), dtype=np.uint8)


def decode(uri: str) -> bytes:
    kind, text = uri.split(";base64,")
    assert kind in ("data:image/png", "data:image/svg+xml")
    return base64.b64decode(text, validate=True)


def test_digits_arrive_pixel_by_pixel() -> None:
    digits = np.stack([digit(0), digit(1)])
    page = Page(digit_sheet(digits, ["4 → 9 (83 %)", "7 → 1 (51 %)"], "2 wrong digits"))
    assert "4 → 9 (83 %)" in page.text and "7 → 1 (51 %)" in page.text
    images = page.named("img")
    for image, expected in zip(images, digits, strict=True):
        assert_array_equal(np.asarray(Image.open(io.BytesIO(decode(image["src"])))), expected)
        assert "pixelated" in image["style"]
    assert page.tags[0][1]["aria-label"] == "2 wrong digits"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img onerror=x>', "a & b"])
def test_text_is_escaped(text: str) -> None:
    page = Page(digit_sheet(digit(0)[None], [text], text))
    assert page.text == text
    assert page.tags[0][1]["aria-label"] == text
    assert len(page.named("img")) == 1 and not page.named("script")


def test_what_is_no_sheet_of_digits() -> None:
    with pytest.raises(ValueError, match="shape"):
        digit_sheet(np.zeros((2, 14, 14), np.uint8), ["", ""], "")
    with pytest.raises(ValueError, match="bytes"):
        digit_sheet(np.zeros((1, 28, 28)), [""], "")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="1 digits, but 2 captions"):
        digit_sheet(np.zeros((1, 28, 28), np.uint8), ["", ""], "")


def test_an_empty_sheet() -> None:
    page = Page(digit_sheet(np.zeros((0, 28, 28), np.uint8), [], "no wrong digits"))
    assert not page.named("img") and page.text == ""


def test_input_says_where_the_ink_is() -> None:
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 9] = 200
    attributes = Page(input_28x28(image)).named("img")[0]
    assert attributes["src"] == png_uri(image)
    assert attributes["alt"] == (
        "28 by 28 pixels; ink in rows 4 to 23 and columns 9 to 9, counted from 0"
    )
    assert "without ink" in input_28x28(np.zeros((28, 28), np.uint8))


def test_weights_have_their_colors() -> None:
    assert weight_color(2.0, 2.0) == theme.POSITIVE
    assert weight_color(-2.0, 2.0) == theme.NEGATIVE
    assert weight_color(0.0, 2.0) == weight_color(0.0, 0.0) == "#FFFFFF"
    assert weight_color(1.0, 2.0) == theme.mix("#FFFFFF", theme.POSITIVE, 0.5)


def test_filters_share_one_scale_and_tell_their_numbers() -> None:
    filters = np.zeros((2, 2, 2), np.float32)
    filters[:, :, 0] = [[0.5, -0.25], [0, -0.001]]
    filters[:, :, 1] = [[-1, 0], [0, 0]]
    page = Page(filters_sheet(filters))
    first, second = page.named("img")
    assert first["alt"] == "Filter 1: 0.50, −0.25; 0.00, 0.00"
    svg = decode(first["src"]).decode()
    assert re.findall(r'<rect [^>]*fill="(#\w+)"', svg) == [
        theme.mix("#FFFFFF", theme.POSITIVE, 0.5),
        theme.mix("#FFFFFF", theme.NEGATIVE, 0.25),
        "#FFFFFF",
        weight_color(-0.001, 1.0),
    ]
    assert re.findall(r">([^<>]+)</text>", svg) == ["0.50", "−0.25", "0.00", "0.00"]
    assert theme.NEGATIVE in decode(second["src"]).decode()
    assert "−1.00" in page.text and "1.00" in page.text and "white 0" in page.text


def test_numbers_in_kernels_can_be_read() -> None:
    filters = np.linspace(-1, 1, 9, dtype=np.float32).reshape(3, 3, 1)
    svg = decode(Page(filters_sheet(filters)).named("img")[0]["src"]).decode()
    cells = re.findall(r'<rect [^>]*fill="(#\w+)"/><text [^>]*?fill="(#\w+)"', svg)
    assert len(cells) == 9
    assert min(theme.contrast(fill, ink) for fill, ink in cells) >= 4.5


def test_large_kernels_are_drawn_without_numbers() -> None:
    filters = np.ones((5, 5, 3), np.float32)
    for image in Page(filters_sheet(filters)).named("img"):
        svg = decode(image["src"]).decode()
        assert svg.count("<rect") == 25 and "<text" not in svg


def test_filters_that_are_none() -> None:
    assert "no convolution" in filters_sheet(np.zeros((0, 0, 0), np.float32))
    assert "diverged" in filters_sheet(np.full((2, 2, 1), np.nan, np.float32))
    with pytest.raises(ValueError, match="shape"):
        filters_sheet(np.zeros((2, 2), np.float32))


PROBABILITIES = np.array([0.0001, 0, 0.05, 0.8, 0.1, 0.0499, 0, 0, 0, 0])


def test_bars_have_their_lengths_and_numbers() -> None:
    html = probability_bars(PROBABILITIES)
    page = Page(html)
    assert page.tags[0][1]["aria-label"] == "Likeliest digits: 3: 80.0 %, 4: 10.0 %, 2: 5.0 %"
    widths = [float(width) for width in re.findall(r";width:([\d.]+)%", html)]
    assert widths == pytest.approx(100 * PROBABILITIES, abs=0.006)
    assert page.text.startswith("0< 0.1 %10.0 %25.0 %380.0 %")


def test_only_the_likeliest_digit_is_highlighted() -> None:
    html = probability_bars(PROBABILITIES)
    bars = re.findall(r"background:(#\w+)", html)
    assert [digit for digit, color in enumerate(bars) if color == theme.BLUE] == [3]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0.0 %"), (0.0004, "< 0.1 %"), (0.0005, "0.1 %"), (0.9234, "92.3 %"), (1, "100.0 %")],
)
def test_shares_in_words(value: float, text: str) -> None:
    assert write_share(value) == text


@pytest.mark.parametrize(
    "values", [np.ones(9) / 9, np.full(10, np.nan), np.full(10, -0.1), np.full(10, 2.0)]
)
def test_what_are_no_probabilities(values: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match="probabilit"):
        probability_bars(values)


def test_layers_of_the_workshop_network() -> None:
    page = Page(network_layers(summarize(PRESETS["workshop"])))
    for part in (
        "28 × 28 × 1",
        "convolution 8 of 2 × 2",
        "27 × 27 × 8",
        "8 · (2·2·1 + 1)= 40",
        "1,352 values",
        "100 · (1,352 + 1)= 135,300",
        "40 + 264 + 135,300 + 1,010 = 136,614 parameters",
    ):
        assert part in page.text
    items = [a for _, a in page.tags if a.get("role") == "listitem"]
    assert len(items) == 1 + len(PRESETS["workshop"].all_layers)


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_each_layer_has_a_picture(name: str) -> None:
    summaries = summarize(PRESETS[name])
    images = Page(network_layers(summaries)).named("img")
    assert len(images) == 1 + len(summaries)
    drawn = [decode(image["src"]).decode().count("<rect") for image in images[1:]]
    shapes = [summary.output_shape for summary in summaries]
    assert drawn == [min(shape[2], 4) if len(shape) == 3 else 1 for shape in shapes]
