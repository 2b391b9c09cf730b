# Two commands do all the set-up on a fresh machine: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
PORT ?= 8001

.PHONY: bench-batch next chromium antiword screenshots bench-search demo test lint bench bench-repair bench-duplicates goldens clean

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

test: $(VENV)/.dev lint chromium antiword
	$(BIN)/python -m pytest -n 2

# A browser for the tests of the site: installed where that may be done, else the tests say how and are skipped (in CI they fail).
chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 \
	     && { apt-get install -y -qq chromium fonts-noto-cjk >/dev/null 2>&1 \
	          || { apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk; } >/dev/null 2>&1; }; } \
	|| echo "no chromium: the browser tests are skipped (apt-get install chromium fonts-noto-cjk lets them run)"

# A converter for Word's old .doc, likewise; without any, the tests that read one are skipped.
antiword:
	@command -v antiword >/dev/null || command -v catdoc >/dev/null || command -v soffice >/dev/null || command -v libreoffice >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 \
	     && { apt-get install -y -qq antiword || { apt-get update -qq && apt-get install -y -qq antiword; }; } >/dev/null 2>&1; } \
	|| echo "no converter for .doc: its tests are skipped (apt-get install antiword lets them run)"

# The same folder on the alpha of Datasette 1.0, in an environment of its own; tells what will have to change, and fails no other target.
next:
	$(PYTHON) -m venv $(VENV)-next
	$(VENV)-next/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(VENV)-next/bin/python -m pip install --quiet --disable-pip-version-check --pre 'datasette>=1.0a14'
	$(VENV)-next/bin/datasette --version
	$(VENV)-next/bin/python -m pytest -n 2 tests/test_serve.py tests/browser

screenshots: $(VENV)/.dev chromium
	$(BIN)/python tests/browser/screenshots.py

bench-search: $(VENV)/.dev
	$(BIN)/python bench/search.py

bench: $(VENV)/.dev
	$(BIN)/python bench/speed.py
	$(BIN)/python bench/layouts.py

bench-repair: $(VENV)/.dev
	$(BIN)/python bench/repair.py

bench-batch: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench,dask,fast]'
	$(BIN)/python bench/batch.py --table bench-batch.md

bench-duplicates: $(VENV)/.dev
	$(BIN)/python bench/duplicates.py

goldens: $(VENV)/.dev
	$(BIN)/python tests/make_goldens.py
	$(BIN)/python tests/make_catalogue.py

clean:
	rm -rf $(VENV) $(VENV)-next demo.db
