# Two commands for a newcomer: `make run` and `make test`. Each sets up its own virtual environment first.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: run test check lint types docs lock clean

## run: read the sample sheets of raw/ into output/
run: $(VENV)/.run
	$(BIN)/jobsheets run raw output

## test: lint, types and the test-suite
test: $(VENV)/.dev lint types
	$(BIN)/python -m pytest

## check: the slow tests, too (random kills, 20,000 mutated inputs)
check: $(VENV)/.dev lint types
	$(BIN)/python -m pytest -m "slow or not slow"

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

## docs: write the data dictionary anew
docs: $(VENV)/.dev
	$(BIN)/python -m pipeline.dictionary > docs/tables.md

## lock: pin the versions that run and test install
lock: $(VENV)/.dev
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --no-header --no-annotate \
		--quiet --output-file constraints.txt

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
