# make demo   sets everything up and checks the demonstration brief against its corpus, at two dates
# make test   sets everything up and passes the tests
#
# Needs Python 3.11 or later, git and a package index. No API key, no model hub.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := uv==0.13.9
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED := --no-deps --require-hashes --requirement requirements/dev.txt

.PHONY: demo test lint setup lock clean

# --- what the README promises ---

KURSK  := seeds/kursk
CORPUS := .corroborate/demo
# The brief is read by a language model whose replies were recorded (see seeds/kursk/README.md), so that
# the demo needs no server. Words alone find its passages: the same ones on every machine, hence the
# same questions.
VERIFY := $(BIN)/corroborate verify $(KURSK)/brief.md --corpus $(CORPUS) \
          --engine llm --model desk-llm --replies $(KURSK)/replies.jsonl

demo: setup
	@echo '== 59 dated reports into a corpus'
	@$(BIN)/corroborate ingest $(KURSK)/sources --corpus $(CORPUS) --embedder hashing
	@echo; echo '== The brief, by what had been published by 2 February 2025'; echo
	@$(VERIFY) --as-of 2025-02-02 --out $(CORPUS)/2025-02-02.json
	@$(BIN)/corroborate show --overview $(CORPUS)/2025-02-02.json
	@echo; echo '== One of its claims, with the whole proof'; echo
	@$(BIN)/corroborate show --claim 3 $(CORPUS)/2025-02-02.json
	@echo; echo '== The same brief by what had been published by 31 March 2025: the verdicts that moved'; echo
	@$(VERIFY) --as-of 2025-03-31 --out $(CORPUS)/2025-03-31.json
	@$(BIN)/corroborate diff --moved $(CORPUS)/2025-02-02.json $(CORPUS)/2025-03-31.json
	@$(BIN)/corroborate show $(CORPUS)/2025-02-02.json --out $(CORPUS)/2025-02-02.html
	@echo; echo 'Open $(CORPUS)/2025-02-02.html in a browser, or read the whole ledger here:'
	@echo '  $(BIN)/corroborate show $(CORPUS)/2025-02-02.json'

test: setup
	$(BIN)/pytest --numprocesses 2 --dist loadfile

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# --- the environment ---

setup: $(VENV)/.ready

# uv where it can be had, plain pip otherwise: the lock file suits both.
$(VENV)/.ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("corroborate needs Python 3.11 or later: make PYTHON=/path/to/python3.11")'
	@echo '== Setting up $(VENV) (once)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@{ $(PIP) "$(UV)" 2>/dev/null && $(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python $(LOCKED); } \
	|| $(PIP) $(LOCKED)
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

# Compile the pinned requirements anew, after a change of pyproject.toml's dependencies.
lock:
	$(PIP) "$(UV)"
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --extra pdf --extra embed-build --extra evals --group models --group build --group dev pyproject.toml \
	  --output-file requirements/dev.txt

clean:
	rm -rf $(VENV) build dist
