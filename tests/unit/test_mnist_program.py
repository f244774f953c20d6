"""The exported program and notebook, read without running them."""

import ast
from dataclasses import replace

import nbformat
import pytest
from hypothesis import given

from components.concepts.digit_network import PRESETS, DigitNetwork, Flatten, summarize
from components.concepts.training import PlanError, TrainingPlan
from components.keras_code.mnist import mnist_script
from components.keras_code.notebook import notebook, split_cells
from tests.digit_networks import networks

PLANS = [
    TrainingPlan(PRESETS[name], data=data, shuffle_pixels=shuffled, schedule=schedule)
    for name in PRESETS
    for data in ("sample", "full")
    for shuffled in (False, True)
    for schedule in ("cosine", "constant")
]


@pytest.mark.parametrize("plan", PLANS)
def test_imports_are_those_used(plan: TrainingPlan) -> None:
    tree = ast.parse(mnist_script(plan))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    aliases = {"numpy": "np"}
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert {aliases.get(name, name) for name in imported} <= used
    assert used & {"np", "math", "Path", "keras"} <= {aliases.get(n, n) for n in imported}


@given(networks())
def test_each_layer_stands_with_its_sum(network: DigitNetwork) -> None:
    script = mnist_script(TrainingPlan(network))
    lines = [line for line in script.splitlines() if line.startswith("        keras.layers.")]
    summaries = summarize(network)
    assert len(lines) == 2 + len(summaries)  # rescale and reshape come first
    for line, summary in zip(lines[2:], summaries, strict=True):
        assert type(summary.layer).__name__ in line
        if summary.parameters:
            assert f"{summary.parameter_sum} = {summary.parameters:,}" in line


def test_a_name_cannot_become_program() -> None:
    name = "Mine\n# %%\nimport os"
    script = mnist_script(TrainingPlan(DigitNetwork(name, (Flatten(),))))
    assert "\nimport os" not in script


def test_an_impossible_plan_has_no_program() -> None:
    with pytest.raises(PlanError):
        mnist_script(replace(PLANS[0], epochs=0))


@pytest.mark.parametrize("plan", PLANS[:4])
def test_the_notebook_holds_the_program(plan: TrainingPlan) -> None:
    script = mnist_script(plan)
    book = nbformat.reads(notebook(script, "Digits").decode(), as_version=4)
    nbformat.validate(book)
    code = [cell.source for cell in book.cells if cell.cell_type == "code"]
    for source in code:
        compile(source, "cell", "exec")
    assert ast.dump(ast.parse("\n".join(code))) == ast.dump(ast.parse(script))
    assert book.cells[0].source == "# Digits"
    assert notebook(script, "Digits") == notebook(script, "Digits")


def test_marks_split_a_program() -> None:
    script = "import math\n# %% [markdown]\n# Two\n# lines\n\n# %%\nx = 1\n# %%\n"
    assert list(split_cells(script)) == [
        (True, "import math"),
        (False, "Two\nlines"),
        (True, "x = 1"),
    ]
