# make run: make the environment, install, start the app.
# make test: install what the tests need and run all of them.
# make audit: look the installed packages up among the known vulnerabilities.
# make resolve: see whether each Python that the app is for can have what it needs.
# make bench: print the figures that the README quotes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# All threads share two places of glibc's for their memory, instead of eight a core: that saves the
# Streamlit process some 30 MB of a room of thirty.
MALLOC_ARENA_MAX ?= 2
export MALLOC_ARENA_MAX

.PHONY: run test lint audit resolve bench clean

run: $(VENV)/app.installed
	$(BIN)/streamlit run streamlit_app.py

test: $(VENV)/dev.installed
	BIN=$(BIN) bash tests/run.sh

lint: $(VENV)/dev.installed
	BIN=$(BIN) bash tests/lint.sh

audit: $(VENV)/app.installed
	BIN=$(BIN) bash tests/audit.sh

resolve: $(BIN)/python
	BIN=$(BIN) bash tests/resolve.sh

bench: $(VENV)/dev.installed
	WORKSHOP_CHROMIUM=$$(BIN=$(BIN) bash tests/browser.sh | tail -n 1) $(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; $$($(PYTHON) --version) was found. Try: make PYTHON=python3.12 run" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/app.installed: $(BIN)/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.installed: $(BIN)/python requirements.txt requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
