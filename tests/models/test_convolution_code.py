"""Every program of the lesson "The convolution" runs, and its last line is the page's number."""

import runpy
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from components.concepts.convolution import Padding, convolve, geometry, look
from components.concepts.filtering import Filtering, apply
from components.concepts.kernels import KINDS, WORKSHOP_KERNEL
from components.keras_code.convolution import filter_file, filter_numbers
from components.keras_code.notebook import notebook

Run = Callable[[str], float]


@pytest.fixture
def last_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    monkeypatch.chdir(tmp_path)

    def run(script: str) -> float:
        path = tmp_path / "program.py"
        path.write_text(script, "utf-8")
        runpy.run_path(str(path), run_name="__main__")
        return float(capsys.readouterr().out.strip().splitlines()[-1])

    return run


@pytest.mark.parametrize(
    ("patch", "total"),
    [([[200, 200], [200, 200]], 0), ([[0, 0], [0, 0]], 0), ([[200, 200], [0, 0]], 600)],
)
def test_the_golden_patches(patch: list[list[int]], total: float, last_number: Run) -> None:
    how = geometry((2, 2), (2, 2))
    script = filter_numbers(np.array(patch, float), WORKSHOP_KERNEL, how, (0, 0))
    assert last_number(script) == total


@pytest.mark.parametrize(
    ("kind", "side", "stride", "padding", "dilation"),
    [
        ("blur", 3, 1, "valid", 1),
        ("emboss", 5, 2, "same", 1),
        ("outline", 3, 1, "same", 3),
        ("vertical", 4, 3, "valid", 2),
        ("horizontal", 7, 4, "same", 3),
        ("identity", 1, 1, "valid", 1),
    ],
)
def test_a_window_and_the_whole_output(
    kind: str, side: int, stride: int, padding: Padding, dilation: int, last_number: Run
) -> None:
    picture = np.random.default_rng(side).integers(0, 256, (28, 28)).astype(float)
    kernel = KINDS[kind].of(side)
    how = geometry((28, 28), (side, side), stride, padding, dilation)
    place = (how.shape[0] - 1, how.shape[1] // 2)
    expected = look(picture, kernel, how, *place).total
    found = last_number(filter_numbers(picture, kernel, how, place))
    assert found == pytest.approx(expected, rel=1e-5, abs=1e-3)
    total = float(convolve(picture, kernel, stride, padding, dilation).sum())
    found = last_number(filter_numbers(picture, kernel, how, None))
    assert found == pytest.approx(total, rel=1e-4, abs=0.1)


@pytest.mark.parametrize(("relu", "pool"), [(False, False), (True, True)])
@pytest.mark.parametrize(
    ("channels", "names"),
    [("grey", ("sharpen",)), ("each", ("emboss",)), ("sum", ("blur", "vertical")), ("grey", KINDS)],
)
def test_a_whole_picture(
    channels: str, names: tuple[str, ...], relu: bool, pool: bool, last_number: Run, tmp_path: Path
) -> None:
    pixels = np.random.default_rng(4).integers(0, 256, (31, 40, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "picture.png")
    kernels = np.stack([KINDS[name].of(3) for name in names], axis=-1)[:, :, np.newaxis]
    if channels == "sum":
        kernels = kernels * np.array([0.3, -0.6, 1.0])[:, np.newaxis]
    done = Filtering(channels, tuple(names), kernels.astype("float32"), relu, pool)
    expected = float(apply(done, pixels).mean(dtype="float64"))
    script = filter_file("picture.png", channels, done.names, done.kernels, relu, pool)
    assert last_number(script) == pytest.approx(expected, rel=1e-4, abs=1e-3)
    assert notebook(script, "The convolution").startswith(b"{")
