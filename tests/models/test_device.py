"""Device set-up: named once, the same each time."""

import ast
import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import keras
import pytest

import components.models
from components.concepts.examples import REGRESSION, make_examples
from components.concepts.first_model import FirstPlan
from components.concepts.playground import PlaygroundPlan, start_weights
from components.concepts.playground_run import PlaygroundState, Turn
from components.concepts.table import wage_table
from components.concepts.training import TrainingPlan
from components.models import device, first_model, playground, playground_shapes
from components.models.control import Control
from components.models.training import train_digits

FOLDER = Path(components.models.__path__[0])


def test_the_device_is_named() -> None:
    report = device.prepare_device()
    assert report.kind in ("cpu", "gpu")
    assert report.name
    assert report.backend.split()[0] in ("tensorflow", "jax", "torch")
    assert device.prepare_device() is report


def count_graphs() -> int:
    """The graphs of TensorFlow's that this process holds; none on another backend."""
    gc.collect()
    return sum(type(each).__name__.endswith("FuncGraph") for each in gc.get_objects())


def test_nothing_is_left_of_a_network_once_its_run_is_over(quick_plan: TrainingPlan) -> None:
    plan = replace(quick_plan, epochs=1)
    train_digits(plan, lambda event: None, Control())
    before = count_graphs()
    train_digits(plan, lambda event: None, Control())
    assert count_graphs() <= before


def test_networks_of_a_few_nodes_stay_on_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    entered: list[str] = []

    def scope(name: str) -> Callable[[], AbstractContextManager[None]]:
        @contextmanager
        def enter() -> Iterator[None]:
            entered.append(name)
            yield

        return enter

    for module in (playground, playground_shapes, first_model):
        monkeypatch.setattr(module, "on_processor", scope(module.__name__))
    plan = PlaygroundPlan()
    start = PlaygroundState(0, 0, start_weights(plan))
    playground.train_turn(Turn(plan, start, epochs=1), lambda event: None, Control())
    assert entered == [playground.__name__]
    control = Control()
    playground_shapes.compare_shapes(plan, lambda event: control.stop(), control)
    assert set(entered) == {playground.__name__, playground_shapes.__name__}
    wages = make_examples(wage_table(), "wage_per_hour", ["experience_yrs"], REGRESSION)
    first_model.fit_table((FirstPlan(1, epochs=1), wages), lambda event: None, Control())
    assert first_model.__name__ in entered
    with device.on_processor():
        assert "cpu" in str(keras.ops.ones(1).device).lower()


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
