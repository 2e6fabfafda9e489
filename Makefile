# make demo   sets everything up and runs the main job on the demonstration corpus
# make test   sets everything up and passes the tests
# Needs Python 3.11 or later, git and a package index. No API key, no model hub.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := uv==0.13.9

.PHONY: setup demo test lint lock clean

setup: $(VENV)/.ready

# uv where it can be had, plain pip otherwise: the lock files suit both.
$(VENV)/.ready: requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "corroborate needs Python 3.11 or later; set PYTHON=…")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	if $(BIN)/python -m pip install --quiet --disable-pip-version-check "$(UV)"; \
	then $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements/dev.txt; \
	else $(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/dev.txt; \
	fi
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	touch $@

lock:  ## compile the pinned requirements anew
	$(BIN)/python -m pip install --quiet "$(UV)"
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --all-extras --group models --group build --group dev \
	  pyproject.toml --output-file requirements/dev.txt

clean:
	rm -rf $(VENV) build dist
