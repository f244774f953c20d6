#!/usr/bin/env bash
# Whether requirements.txt can be met on each Python that the app is for, on Linux as Streamlit
# Community Cloud runs it. Installs nothing; needs a package index. BIN names the environment's bin.
set -u
cd "$(dirname "$0")/.."
BIN=${BIN:-.venv/bin}
failed=
platforms=(--platform manylinux2014_x86_64)
for glibc in $(seq 17 36); do # Debian 12, as there, has glibc 2.36
    platforms+=(--platform "manylinux_2_${glibc}_x86_64")
done
for version in 3.11 3.12 3.13; do
    if "$BIN/python" -m pip install --quiet --dry-run --ignore-installed --target nowhere \
        --only-binary=:all: --python-version "$version" "${platforms[@]}" \
        -r requirements.txt 2>/tmp/resolve.$$; then
        echo "Python $version: requirements.txt can be met."
    else
        grep -v ^WARNING /tmp/resolve.$$ >&2
        echo "Python $version: requirements.txt can't be met; the lines above say why." >&2
        failed="yes"
    fi
    rm -f /tmp/resolve.$$
done
[ -z "$failed" ]
