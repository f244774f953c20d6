"""Every program of the lesson "How images are represented" runs and gives the page's numbers."""

import runpy
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from components.concepts.picture_numbers import grey_value
from components.keras_code.images_as_numbers import picture_program
from components.keras_code.notebook import notebook


@pytest.mark.parametrize("channel", [None, 0, 2])
@pytest.mark.parametrize("grey", [True, False])
def test_the_program_prints_the_pages_numbers(
    grey: bool,
    channel: int | None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    pixels = np.random.default_rng(5).integers(0, 256, (31, 40, 3)).astype(np.uint8)
    if grey:
        pixels[:] = pixels[..., :1]
    Image.fromarray(pixels).save("picture.png")
    script = picture_program("picture.png", grey, (4, 8), (30, 36), (6, 33), channel)
    Path("program.py").write_text(script, "utf-8")
    runpy.run_path("program.py", run_name="__main__")
    said = capsys.readouterr().out.strip().splitlines()
    n_channels = 1 if grey else 3
    assert said[0] == f"shape (31, 40, {n_channels})"
    assert said[1] == f"numbers {31 * 40 * n_channels}"
    patch = pixels[4:8, 30:36] if channel is None and not grey else pixels[4:8, 30:36, channel or 0]
    assert "\n".join(said[3 : 3 + len(str(patch).splitlines())]) == str(patch)
    assert float(said[-1]) == pytest.approx(grey_value(pixels[6, 33]), abs=1e-6)
    assert notebook(script, "How images are represented").startswith(b"{")
