"""Makes assets/library_runs.json: which of the programs in four libraries were run, and what
they printed.

    python -m tools.run_libraries                  # those installed here
    python -m tools.run_libraries --with PYTHON    # those installed for another interpreter

A program is run where its library is installed; the page marks the others as read, not run. What
was run before stays on record as long as the program stays as it was.
"""

import argparse
import json
import subprocess
import sys

from components.keras_code.libraries import LIBRARIES, RECORD_PATH, Library

_VERSION = "from importlib.metadata import version; print(version({package!r}))"


def main(interpreter: str) -> None:
    """Run what can be run, and write the record anew."""
    record = json.loads(RECORD_PATH.read_text("utf-8")) if RECORD_PATH.exists() else {}
    record = {
        library.key: record[library.key]
        for library in LIBRARIES
        if record.get(library.key, {}).get("fingerprint") == library.fingerprint
    }
    for library in LIBRARIES:
        version = installed_version(interpreter, library)
        if version is None:
            print(f"{library.title}: not installed, not run")
            continue
        record[library.key] = {
            "fingerprint": library.fingerprint,
            "version": version,
            "printed": run_program(interpreter, library),
        }
        print(f"{library.title} {version}: {record[library.key]['printed']}")
    RECORD_PATH.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", "utf-8")


def installed_version(interpreter: str, library: Library) -> str | None:
    """The version of the library that the interpreter would import, None where it has none."""
    asked = subprocess.run(
        [interpreter, "-c", _VERSION.format(package=library.package)],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() if asked.returncode == 0 else None


def run_program(interpreter: str, library: Library) -> str:
    """The last line that the library's program prints. Raises CalledProcessError where it fails."""
    done = subprocess.run(
        [interpreter, "-c", library.program], capture_output=True, text=True, check=True
    )
    return done.stdout.strip().splitlines()[-1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--with", dest="interpreter", default=sys.executable)
    main(parser.parse_args().interpreter)
