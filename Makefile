# Two commands matter: make run, make test. See README.md.
HOST ?= 127.0.0.1
PORT ?= 8501
PROCESSES ?= 2
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# One more than two cores: browser tests wait for pages a third of their time. A file stays with one worker, which makes its
# fixtures once (groups do nothing under pytest 9.2: pytest-xdist issue 1386); tests/conftest.py orders the files so that no core is idle.
WORKERS ?= 3

.DEFAULT_GOAL := help
.PHONY: help run crowd demo test test-long attack check format lock sbom audit dictionary screenshots bench clean

help:  ## What there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed; '$(PYTHON)' is not there. Set PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' || { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

# Streamlit's frontend in few files, made of the Streamlit that is installed; its icons are those that these sources name. Where it
# cannot be made, one line says why, and nothing else is different than slower (docs/adr/0022).
ICONS := $(shell find pages src/dashboard/ui -name '*.py')
$(VENV)/.frontend: $(VENV)/.run scripts/bundle_frontend.py scripts/subset_fonts.py requirements-fonts.txt $(wildcard scripts/npm/*) $(ICONS)
	@$(BIN)/python scripts/bundle_frontend.py || true
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.test requirements-bench.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

$(VENV)/.spark: $(VENV)/.test requirements-spark.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.txt
	@touch $@

run: $(VENV)/.frontend  ## Serve the dashboard on 127.0.0.1 (HOST=0.0.0.0 for a network, PORT=8501)
	$(BIN)/python -m dashboard build --if-empty
	$(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT)

crowd: $(VENV)/.frontend  ## Serve many readers: PROCESSES=2 behind nginx, on 127.0.0.1 (PORT=8501)
	$(BIN)/python -m dashboard build --if-empty
	$(BIN)/python -m dashboard serve --processes $(PROCESSES) --port $(PORT)

demo: $(VENV)/.frontend  ## Serve labelled demo data: 2,000 events in five years
	$(BIN)/python -m dashboard --store store-demo demo
	DASHBOARD_STORE=store-demo $(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT)

# what was compiled is kept, whatever the machine says: a run starts some eighty processes that read the same modules
test test-long: export PYTHONDONTWRITEBYTECODE =

test: $(VENV)/.test $(VENV)/.frontend  ## Everything that must hold, in minutes
	$(BIN)/python scripts/find_chromium.py
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not long" --durations=25

test-long: $(VENV)/.spark $(VENV)/.frontend  ## What takes longer: millions of rows, the whole matrix of pictures, every question on a Spark (Java 17)
	$(BIN)/python scripts/find_chromium.py
	$(BIN)/python -m pytest -m long

attack: $(VENV)/.test $(VENV)/.frontend  ## Everybody at every door, in every state of their session; part of test-long (docs/threat-model.md)
	$(BIN)/python -m pytest -s -q tests/attack

check: $(VENV)/.test  ## Style, types, layers, translations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/update_catalogue.py --check

format: $(VENV)/.test  ## Put the code in form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(VENV)/.test  ## Choose the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra test -c requirements.txt pyproject.toml -o requirements-test.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra test --extra bench -c requirements-test.txt pyproject.toml -o requirements-bench.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra test --extra spark -c requirements-test.txt pyproject.toml -o requirements-spark.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --group fonts -o requirements-fonts.txt
	cd scripts/npm && npm update --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

sbom: $(VENV)/.run  ## The parts and their licences, into docs/sbom.cdx.json and docs/licences.md
	$(BIN)/python scripts/write_supply.py

audit: $(VENV)/.test  ## Known holes in the parts; needs the internet
	$(BIN)/uv tool run pip-audit==2.10.1 --requirement requirements.txt --require-hashes --disable-pip

dictionary: $(VENV)/.run  ## Write data/README.md from the schema
	$(BIN)/python scripts/write_data_dictionary.py

screenshots: $(VENV)/.test $(VENV)/.frontend  ## Pictures of every page, real and demo data, into docs/screenshots
	$(BIN)/python scripts/take_screenshots.py

bench: $(VENV)/.bench $(VENV)/.frontend  ## Speed of the Events page beside a bare page, the platform's floor and Dash, into docs/performance.md
	$(BIN)/python benchmarks/run.py

clean:  ## Remove the environment and the stores
	rm -rf $(VENV) store store-demo src/dashboard/server/streamlit_frontend
