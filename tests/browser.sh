#!/usr/bin/env bash
# Prints the path of a browser for the tests; gets one where there is none.
set -u
BIN=${BIN:-.venv/bin}

found() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return 0
    done
    return 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

found && exit 0
if command -v apt-get >/dev/null; then
    echo "Installing chromium with apt-get" >&2
    { as_root apt-get update -qq && as_root apt-get install -y -qq chromium; } >/dev/null 2>&1
    found && exit 0
fi
echo "Asking Playwright for its own browser" >&2
if "$BIN/playwright" install chromium >&2; then
    "$BIN/python" - <<'PYTHON' && exit 0
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
PYTHON
fi
echo "The browser tests need Chromium, and it could not be installed. Install the package" \
    "chromium (or Google Chrome) and run make test again." >&2
exit 1
