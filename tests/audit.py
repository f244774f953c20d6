"""Look the installed packages up among the known vulnerabilities: `make audit`.

Ends with 1 where one of them has a known vulnerability that an update would mend. Where the
database can't be reached it says so and ends with 0: a connection is no property of the code.
"""

import json
import subprocess
import sys
from dataclasses import dataclass

SECONDS = 240


@dataclass(frozen=True)
class Audit:
    """What was found: `asked` packages of `installed`, and a line for each vulnerability.

    `mendable` says whether an update mends one of them.
    """

    installed: int
    asked: int
    lines: tuple[str, ...] = ()
    mendable: bool = False

    @property
    def code(self) -> int:
        """What the command ends with."""
        return int(self.mendable)

    @property
    def sentence(self) -> str:
        """The audit in a sentence."""
        if not self.asked:
            return (
                "The database of vulnerabilities can't be reached from here: nothing was audited."
            )
        said = f"{self.asked} of {self.installed} packages were looked up; "
        return said + (f"{len(self.lines)} vulnerabilities." if self.lines else "none is known.")


def read(report: str) -> Audit:
    """The report of pip-audit in JSON. What is none counts as a database out of reach."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Audit(0, 0)
    asked = [package for package in packages if "skip_reason" not in package]
    found = [(package, flaw) for package in asked for flaw in package.get("vulns", [])]
    lines = tuple(
        f"{package['name']} {package['version']}: {flaw['id']}, mended in "
        f"{', '.join(flaw['fix_versions']) or 'no version yet'}"
        for package, flaw in found
    )
    return Audit(len(packages), len(asked), lines, any(flaw["fix_versions"] for _, flaw in found))


def main() -> int:
    """Audit this environment, by pip-audit as `sys.argv` names it."""
    pip_audit, *_ = sys.argv[1:]
    installed = subprocess.run(
        [sys.executable, "-m", "pip", "freeze", "--exclude-editable"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    command = [pip_audit, "--format", "json", "--no-deps", "--disable-pip", "-r", "/dev/stdin"]
    try:
        done = subprocess.run(
            command, input=installed, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        audit = read(done.stdout)
    except (OSError, subprocess.TimeoutExpired):
        audit = Audit(0, 0)
    sys.stdout.write("\n".join([*audit.lines, audit.sentence, ""]))
    return audit.code


if __name__ == "__main__":
    sys.exit(main())
