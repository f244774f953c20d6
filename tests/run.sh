#!/usr/bin/env bash
# All tests, called by `make test`: lint, types and import rules first, then pytest.
# BIN names the environment's bin folder.
set -u
cd "$(dirname "$0")/.."
export BIN=${BIN:-.venv/bin}
export TF_CPP_MIN_LOG_LEVEL=${TF_CPP_MIN_LOG_LEVEL:-2}
failed=

step() {
    printf '\n== %s (after %d s)\n' "$1" "$SECONDS"
    shift
    "$@" || failed="yes"
}

# What reads the code or waits for the net goes on beside the first tests.
checks() {
    step "Lint, types, import rules" bash tests/lint.sh
    step "Known vulnerabilities of what is installed" bash tests/audit.sh
    [ -z "$failed" ]
}
said=$(mktemp)
checks >"$said" 2>&1 &
checking=$!

printf '\n== Browser\n'
if WORKSHOP_CHROMIUM=$(bash tests/browser.sh); then
    WORKSHOP_CHROMIUM=$(printf '%s\n' "$WORKSHOP_CHROMIUM" | tail -n 1)
    export WORKSHOP_CHROMIUM
    echo "$WORKSHOP_CHROMIUM"
else
    failed="yes"
fi
# Keras and Streamlit want processes of their own: one imports what the other must not.
# Two processes share the files where nothing is measured and no processor is fought for.
two="-n 2 --dist loadfile"
step "Concepts, figures, widgets" "$BIN/python" -m pytest -q $two tests/unit
wait "$checking" || failed="yes"
cat "$said"
rm -f "$said"
step "Models" "$BIN/python" -m pytest -q $two tests/models
step "Engine" "$BIN/python" -m pytest -q $two tests/engine
step "Pages" "$BIN/python" -m pytest -q $two tests/app
[ -n "${WORKSHOP_CHROMIUM:-}" ] && \
    step "In the browser" "$BIN/python" -m pytest -q $two --durations=10 tests/browser

if [ -n "$failed" ]; then
    printf '\nSomething failed; look above.\n' >&2
    exit 1
fi
printf '\nAll passed.\n'
