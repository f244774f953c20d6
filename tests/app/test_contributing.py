"""CONTRIBUTING.md keeps its word: who follows it has a lesson more."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from components.engine.cluster import PROJECT

TEXT = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
FOLLOW = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("streamlit_app.py", default_timeout=60)
app.switch_page("pages/choosing.py").run()
assert not app.exception and app.title[0].value == "Choosing"
app.radio[0].set_value("8")
next(button for button in app.button if button.label == "Commit").click().run()
assert not app.exception
assert any("2 more than the one before" in said.value for said in app.success)
app.switch_page("pages/welcome.py").run()
assert not app.exception
print("5.3 Choosing" in [link.proto.label for link in app.get("page_link")])
from components import agenda
print(agenda.before("choosing").slug)
"""


def block(name: str) -> str:
    """The program that the text gives for a file."""
    found = re.search(rf"<!-- {re.escape(name)} -->\n```python\n(.*?)```", TEXT, re.DOTALL)
    assert found, name
    return found[1]


def test_the_shortest_lesson_is_the_one_in_the_tests() -> None:
    assert block("pages/choosing.py") == (PROJECT / "tests/lessons/choosing.py").read_text("utf-8")


def test_who_follows_the_text_has_a_lesson_more(tmp_path: Path) -> None:
    for name in ("components", "pages", ".streamlit", "assets"):
        ignored = shutil.ignore_patterns("__pycache__", "*.npz")
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=ignored)
    for name in ("streamlit_app.py", "survey.toml"):
        shutil.copy(PROJECT / name, tmp_path)
    (tmp_path / "pages" / "choosing.py").write_text(block("pages/choosing.py"), "utf-8")
    agenda = tmp_path / "components" / "agenda.py"
    before, after = agenda.read_text("utf-8").split("\n)\n\n\ndef lesson(")
    row = block("components/agenda.py")
    agenda.write_text(f"{before}\n{row.rstrip()},\n)\n\n\ndef lesson({after}", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FOLLOW], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == ["True", "classify_images"]


def test_every_file_that_the_text_names_is_there() -> None:
    named = re.findall(r"`((?:tests|components|assets)/[\w/.]+|pyproject\.toml)`", TEXT)
    assert len(named) >= 8
    made = "pages/choosing.py"
    assert [path for path in named if path != made and not (PROJECT / path).exists()] == []
