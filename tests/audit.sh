#!/usr/bin/env bash
# The installed packages against the known vulnerabilities. BIN names the environment's bin folder.
# pip-audit gets an environment of its own, so that what it needs does not mix with the app's.
set -u
cd "$(dirname "$0")/.."
BIN=${BIN:-.venv/bin}
audit="$(dirname "$BIN")/audit"
if [ ! -x "$audit/bin/pip-audit" ]; then
    "$BIN/python" -m venv "$audit" &&
        "$audit/bin/python" -m pip install --quiet --disable-pip-version-check pip-audit ||
        { echo "pip-audit can't be installed from here: nothing was audited."; exit 0; }
fi
"$BIN/python" tests/audit.py "$audit/bin/pip-audit"
