"""The exported program, run by itself, trains the same network as the page did."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import keras
import pytest

from components.concepts.digit_network import PRESETS, summarize
from components.concepts.training import TrainingPlan
from components.keras_code.mnist import mnist_script
from components.models.digits import SAMPLE_PATH
from tests.models.conftest import Run

NOISE = 0.03  # two runs with different start weights, on 1,000 digits


@pytest.mark.parametrize("shuffled", [False, True])
def test_the_program_trains_the_same_network(shuffled: bool, run: Run, tmp_path: Path) -> None:
    plan = TrainingPlan(PRESETS["workshop"], shuffle_pixels=shuffled, epochs=4, batch_size=64)
    plan = replace(plan, learning_rate=0.008)
    script = tmp_path / "digits.py"
    script.write_text(mnist_script(plan))
    shutil.copy(SAMPLE_PATH, tmp_path)
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = re.search(r"test accuracy (\d\.\d+)", done.stdout)
    assert found, done.stdout[-2000:]

    run.train(plan)
    ours = run.record.epoch_points[-1].val_accuracy
    assert ours > 0.8
    assert float(found[1]) == pytest.approx(ours, abs=NOISE)

    model = keras.saving.load_model(tmp_path / "digits.keras")
    layers = model.layers[-len(plan.network.all_layers) :]
    counts = [layer.count_params() for layer in layers]
    assert counts == [summary.parameters for summary in summarize(plan.network)]
