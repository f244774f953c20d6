"""The audit of the installed packages: what it makes of a report."""

import json

import pytest

from tests.audit import read

SOUND = {"name": "numpy", "version": "2.4", "vulns": []}
SKIPPED = {"name": "keras", "skip_reason": "not found"}


def flawed(*fixes: str) -> dict[str, object]:
    """A package with one flaw, mended in these versions."""
    flaw = {"id": "PYSEC-1", "fix_versions": list(fixes)}
    return {"name": "pillow", "version": "1.0", "vulns": [flaw]}


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([SOUND], 0, "1 of 1 packages were looked up; none is known."),
        ([SOUND, SKIPPED], 0, "1 of 2 packages"),
        ([flawed("1.1")], 1, "1 vulnerabilities"),
        ([flawed()], 0, "1 vulnerabilities"),
        ([SKIPPED], 0, "can't be reached"),
    ],
)
def test_a_report_is_read(packages: list[object], code: int, words: str) -> None:
    audit = read(json.dumps({"dependencies": packages}))
    assert audit.code == code
    assert words in audit.sentence


@pytest.mark.parametrize("report", ["", "no JSON", "[]", "{}"])
def test_no_report_means_nothing_was_audited(report: str) -> None:
    audit = read(report)
    assert audit.code == 0
    assert "can't be reached" in audit.sentence


def test_a_flaw_is_named_with_what_mends_it() -> None:
    assert read(json.dumps({"dependencies": [flawed("1.1", "1.2")]})).lines == (
        "pillow 1.0: PYSEC-1, mended in 1.1, 1.2",
    )
