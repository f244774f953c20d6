"""Device set-up: named once, the same each time."""

import ast
from pathlib import Path

import pytest

import components.models
from components.concepts.digit_network import PRESETS
from components.models import device

FOLDER = Path(components.models.__path__[0])


def test_the_device_is_named() -> None:
    report = device.prepare_device()
    assert report.kind in ("cpu", "gpu")
    assert report.name
    assert report.backend.split()[0] in ("tensorflow", "jax", "torch")
    assert device.prepare_device() is report


def test_half_precision_is_for_heavy_networks_on_fast_devices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fast = device.DeviceReport("A GPU", "gpu", "tensorflow 2", "3", "mixed_bfloat16")
    monkeypatch.setattr(device, "prepare_device", lambda: fast)
    assert device.precision_for(PRESETS["workshop"]) == "float32"
    assert device.precision_for(PRESETS["strong"]) == "mixed_bfloat16"
    slow = device.DeviceReport("CPU", "cpu", "tensorflow 2", "3", "float32")
    monkeypatch.setattr(device, "prepare_device", lambda: slow)
    assert device.precision_for(PRESETS["strong"]) == "float32"


@pytest.mark.parametrize(
    ("limit", "threads"), [("150000 100000", 2), ("50000 100000", 1), ("max 100000", 8), ("", 8)]
)
def test_threads_keep_to_the_containers_limit(
    limit: str, threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cpu.max").write_text(limit)
    monkeypatch.setattr(device, "_CGROUP_LIMIT", tmp_path / "cpu.max")
    monkeypatch.setattr("os.sched_getaffinity", lambda pid: set(range(8)), raising=False)
    assert device.count_threads() == threads


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_only_device_set_up_and_slopes_name_a_backend(path: Path) -> None:
    if path.name in ("device.py", "gradients.py"):
        return
    named = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            named |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            named.add((node.module or "").split(".")[0])
    assert not named & {"tensorflow", "jax", "torch"}  # keras.ops is the same on each of them
