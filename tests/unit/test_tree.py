"""What the app's own code must not contain, wherever it stands."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
APP = ("components", "pages", "streamlit_app.py")
ALL = (*APP, "tools", "benchmarks")

# Between the app and its own workers, over a connection that lets nobody else in: Dask's own way
# to send arguments and results. Nothing that a visitor brings is ever unpickled.
MAY_PICKLE = {
    f"components/engine/{name}.py" for name in ("worker", "playground", "small_data", "teaching")
}
# Streamlit's cache for the whole server is keyed by what it is asked about, and outlasts the visit
# that asked. These are asked about nothing that a visitor brings.
MAY_CACHE_FOR_ALL = {"components/labs/seeing/answers.py"}
# What goes back when somebody sets the clock. Waiting and grace are measured by other clocks.
WALL_CLOCKS = {"time.time", "datetime.now", "datetime.datetime.now", "datetime.utcnow"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
OPENS_PICKLES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}


def files(parts: tuple[str, ...]) -> list[Path]:
    """All Python files below these folders."""
    found = [
        file
        for part in parts
        for file in (
            [PROJECT / part] if part.endswith(".py") else sorted((PROJECT / part).rglob("*.py"))
        )
    ]
    assert found
    return found


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a file."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def offences(tree: ast.AST, may_pickle: bool = False) -> list[str]:
    """Everything in a file that runs text as code, or opens a pickle, or may."""
    found = [
        f"line {call.lineno}: {name}"
        for call in calls(tree)
        if (name := ast.unparse(call.func)) in RUNS_TEXT
    ]
    for call in calls(tree):
        for word in call.keywords:
            is_true = isinstance(word.value, ast.Constant) and word.value.value is True
            if word.arg in ("allow_pickle", "shell", "unsafe_allow_html") and is_true:
                found.append(f"line {call.lineno}: {word.arg}=True")
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {(node.module or "").partition(".")[0]}
        else:
            continue
        if names & OPENS_PICKLES and not may_pickle:
            found.append(f"line {node.lineno}: {ast.unparse(node)}")
    return found


@pytest.mark.parametrize(
    "source",
    [
        "eval(text)",
        "exec('a = 1')",
        "os.system('ls')",
        "np.load(file, allow_pickle=True)",
        "subprocess.run('ls', shell=True)",
        "st.markdown(text, unsafe_allow_html=True)",
        "import pickle",
        "from joblib import load",
    ],
)
def test_offences_are_found(source: str) -> None:
    assert offences(ast.parse(source))


def test_no_text_is_run_and_no_pickle_opened() -> None:
    found = {
        path: bad
        for file in files(ALL)
        if (
            bad := offences(
                ast.parse(file.read_text("utf-8")),
                (path := file.relative_to(PROJECT).as_posix()) in MAY_PICKLE,
            )
        )
    }
    assert found == {}


def test_those_that_may_pickle_do() -> None:
    for path in MAY_PICKLE:
        assert offences(ast.parse((PROJECT / path).read_text("utf-8"))), path


def test_nothing_waits_by_a_clock_that_somebody_can_set() -> None:
    found = [
        f"{file.relative_to(PROJECT)}, line {call.lineno}"
        for file in files(APP)
        for call in calls(ast.parse(file.read_text("utf-8")))
        if ast.unparse(call.func) in WALL_CLOCKS
    ]
    assert found == []


def test_a_button_whose_words_change_has_a_key() -> None:
    """Without one, new words make another button; for a moment both stand there, and what is
    beside them moves away under a click."""
    found = []
    for file in files(APP):
        for call in calls(ast.parse(file.read_text("utf-8"))):
            if ast.unparse(call.func) != "st.button":
                continue
            words = {word.arg: word.value for word in call.keywords}
            looks = [call.args[0], words.get("type"), words.get("icon"), words.get("help")]
            is_fixed = all(isinstance(look, ast.Constant | ast.Name | None) for look in looks)
            if not is_fixed and "key" not in words:
                found.append(f"{file.relative_to(PROJECT)}, line {call.lineno}")
    assert found == []


def test_no_cache_keeps_what_a_visitor_brings() -> None:
    found = {
        file.relative_to(PROJECT).as_posix()
        for file in files(APP)
        for call in calls(ast.parse(file.read_text()))
        if ast.unparse(call.func).endswith("cache_data")
        and not any(word.arg == "scope" for word in call.keywords)
    }
    assert found == MAY_CACHE_FOR_ALL
