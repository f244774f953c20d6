"""The settings that a page reads from its address, and addresses to try it with."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from components.widgets.live_slider import SliderSetting
from components.widgets.settings import Choice, Number, Setting, Switch

PAGES = Path(__file__).resolve().parents[2] / "pages"
PARTS = ("name", "label", "default", "parse", "text")  # of a setting
NONSENSE = (
    "", " ", "nan", "inf", "-inf", "1e999", "-0", "０", "1_0", "٣", "0x10", "1e-400", "9" * 400,
    "true", "on", "None", "[]", "{}", "__class__", "../../etc/passwd", "%00", "\x00", "\ud7ff",
    "<script>alert(1)</script>", "[x](http://evil.example)", "www.evil.example", "`", "$$",
    "🙂" * 50, "=1+1", "a.b.c", "-1", "99999999999999999999", "conv-8-3",
    "dense-1.dense-1", "0.0", ",", ";",
)  # fmt: skip


def settings_of(slug: str) -> dict[str, Setting]:
    """Every setting of the labs that the page `slug` draws, by its name in the address."""
    return {setting.name: setting for setting in _settings(slug)}


def _settings(slug: str) -> Iterator[Setting]:
    tree = ast.parse((PAGES / f"{slug}.py").read_text("utf-8"))
    packages = {
        ".".join(node.module.split(".")[:3])
        if node.module != "components.labs"
        else f"components.labs.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("components.labs")
        for alias in node.names
        if node.module
    }
    for package in sorted(packages):
        module = importlib.import_module(package)
        names = [package]
        if hasattr(module, "__path__"):
            names += [f"{package}.{each.name}" for each in pkgutil.iter_modules(module.__path__)]
        for name in names:
            for value in vars(importlib.import_module(name)).values():
                yield from _within(value)


def _within(value: object) -> Iterator[Setting]:
    """The settings that a module's name stands for."""
    if isinstance(value, tuple):
        for each in value:
            yield from _within(each)
    elif not isinstance(value, type) and all(hasattr(value, part) for part in PARTS):
        yield value  # type: ignore[misc] # it has what a Setting has


def texts_for(setting: Any) -> st.SearchStrategy[str]:
    """Texts for a setting in the address: good ones, those at its limits, and nonsense."""
    good: st.SearchStrategy[str] = st.just(setting.text(setting.default))
    if isinstance(setting, Choice):
        good = st.sampled_from(list(setting.options))
    elif isinstance(setting, Switch):
        good = st.sampled_from(["on", "off"])
    elif isinstance(setting, Number | SliderSetting):
        whole = isinstance(setting.default, int) and isinstance(setting, Number)
        between = (
            st.integers(int(setting.low), int(setting.high))
            if whole
            else st.floats(setting.low, setting.high)
        )
        limits = st.sampled_from([setting.low, setting.high])
        good = st.one_of(limits, between).map(setting.text)
    return st.one_of(good, good, good, st.sampled_from(NONSENSE), st.text(max_size=60))


def addresses(slug: str) -> st.SearchStrategy[dict[str, str]]:
    """Query parameters for a page: any of its settings."""
    return st.fixed_dictionaries(
        {}, optional={name: texts_for(each) for name, each in settings_of(slug).items()}
    )
