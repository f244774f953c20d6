"""The app with two practice lessons more, in a folder of its own, for tests of the frame."""

import shutil
from pathlib import Path

from components import agenda

ROOT = Path(__file__).resolve().parent.parent

PRACTICE_LESSONS = (
    agenda.Lesson(
        "4.8",
        "adding_up",
        "Adding up",
        agenda.VISION,
        ":material/add:",
        "add two numbers",
    ),
    agenda.Lesson(
        "4.9",
        "choosing",
        "Choosing",
        agenda.VISION,
        ":material/list:",
        "continue a row of numbers",
    ),
)


def build(folder: Path) -> Path:
    """Copy the app into `folder`, add the practice lessons, and return its streamlit_app.py."""
    for name in ("components", "pages", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "assets").symlink_to(ROOT / "assets", target_is_directory=True)
    for slug in ("adding_up", "choosing"):
        shutil.copy(ROOT / "tests" / "lessons" / f"{slug}.py", folder / "pages")
    rows = "".join(f"    {_source(lesson)},\n" for lesson in PRACTICE_LESSONS)
    with (folder / "components" / "agenda.py").open("a", encoding="utf-8") as file:
        file.write(f"\nLESSONS = (\n    *LESSONS,\n{rows})\n")
    shutil.copy(ROOT / "streamlit_app.py", folder)
    return folder / "streamlit_app.py"


def _source(lesson: agenda.Lesson) -> str:
    texts = ", ".join(repr(text) for text in (lesson.number, lesson.slug, lesson.title))
    return f"Lesson({texts}, VISION, {lesson.icon!r}, {lesson.aim!r})"
