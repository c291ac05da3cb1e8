# Set-up and checks. Needs Python 3.11 or later, make, and a package registry.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run install install-dev test prove check lint types mypy pyright lock clean

run: install ## install, build the bundled sample, serve it
	$(BIN)/civsoc build sample/civsoc.toml
	$(BIN)/civsoc serve sample/out

install: .venv/.installed ## everything that running needs, into .venv

install-dev: .venv/.installed-dev ## and everything that testing needs

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "civsoc needs Python 3.11 or later: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

test: install-dev ## all that must hold at each change, in two processes
	$(BIN)/python -m pytest -n 2 --no-loadscope-reorder -m "not prove"

prove: install-dev ## what takes longer or an idle machine; writes what it measures into docs/proof.md
	$(BIN)/python -m pytest -m prove --proof docs/proof.md

check: install-dev ## what a change must pass
	$(MAKE) --jobs=2 --output-sync=target --no-print-directory lint mypy pyright
	$(MAKE) --no-print-directory test

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: mypy pyright

mypy: install-dev
	$(BIN)/mypy

pyright: install-dev
	$(BIN)/pyright

lock: install-dev ## bring the lock files up to date with pyproject.toml
	$(BIN)/python -m tests.support.lock --write

clean:
	rm -rf .venv sample/out tests/real/out
