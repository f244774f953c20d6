"""The program of "How a deep network sees" runs, and its last line is the page's value."""

import runpy
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from components.concepts.digit_network import PRESETS
from components.concepts.photo_network import photo_stages
from components.concepts.stages import Stage, digit_stages
from components.keras_code.notebook import notebook
from components.keras_code.seeing import NETWORK_FILE, PICTURE_FILE, look_inside
from components.models.looking import ask_bundled

RNG = np.random.default_rng(8)
DIGIT = digit_stages(PRESETS["workshop"])


@pytest.mark.parametrize(
    ("name", "stages", "key", "place"),
    [
        ("before", DIGIT, "conv_2", (5, 11, 3)),
        ("after", DIGIT, "dense_5", (40, 0, 0)),
        ("photo", photo_stages(), "block3_half", (77, 2, 7)),
        ("photo", photo_stages(), "probabilities", (12, 0, 0)),
    ],
)
def test_the_program_ends_with_the_value(
    name: str,
    stages: tuple[Stage, ...],
    key: str,
    place: tuple[int, int, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    is_digit = name != "photo"
    picture = RNG.integers(0, 256, (28, 28) if is_digit else (64, 64, 3)).astype(np.uint8)
    Image.fromarray(picture).save(tmp_path / PICTURE_FILE)
    (tmp_path / NETWORK_FILE).write_bytes(ask_bundled(name, "keras_file"))
    maps = ask_bundled(name, "all_maps", picture)
    is_row = maps[key].shape[:2] == (1, 1)
    script = look_inside([stage.key for stage in stages], key, place, is_row, is_digit)
    (tmp_path / "program.py").write_text(script, "utf-8")
    monkeypatch.chdir(tmp_path)
    runpy.run_path("program.py", run_name="__main__")
    lines = capsys.readouterr().out.strip().splitlines()
    expected = maps[key][place[1], place[2], place[0]]
    assert float(lines[-1]) == pytest.approx(float(expected), rel=1e-5, abs=1e-7)
    assert f"class {int(maps['probabilities'].argmax())}" in lines
    assert notebook(script, "How a deep network sees").startswith(b"{")
