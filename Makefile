# Two commands do all the set-up on a fresh machine: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
PORT ?= 8001

.PHONY: demo test lint bench bench-duplicates goldens clean

$(BIN)/tiku: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.dev: pyproject.toml $(BIN)/tiku
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(BIN)/tiku
	rm -f demo.db
	$(BIN)/tiku import demo.db samples
	$(BIN)/tiku stats demo.db
	$(BIN)/tiku search demo.db 供应链
	@if [ "$(SERVE)" != "0" ]; then $(BIN)/tiku serve demo.db --port $(PORT); fi

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy

test: $(VENV)/.dev lint
	$(BIN)/python -m pytest -n 2

bench: $(VENV)/.dev
	$(BIN)/python bench/layouts.py

bench-duplicates: $(VENV)/.dev
	$(BIN)/python bench/duplicates.py

goldens: $(VENV)/.dev
	$(BIN)/python tests/make_goldens.py

clean:
	rm -rf $(VENV) demo.db
