#!/usr/bin/env bash
# Lint, types and import rules. BIN names the environment's bin folder.
set -eu
cd "$(dirname "$0")/.."
BIN=${BIN:-.venv/bin}
"$BIN/ruff" check .
"$BIN/ruff" format --check .
"$BIN/mypy"
PYTHONPATH=. "$BIN/lint-imports" --no-cache
