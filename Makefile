# Two commands for a newcomer: `make run` and `make test`. Each sets up its own virtual environment first.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
GATE_OUT ?= $(or $(TMPDIR),/tmp)/jobsheets-gate

.PHONY: gate run test check lint types docs notebooks try-notebooks pandas lock clean

## run: read the sample sheets of raw/ into output/
run: $(VENV)/.run
	$(BIN)/jobsheets run raw output

## test: lint, types, the notebooks, the oldest pandas, and the test-suite
test: $(VENV)/.dev lint types try-notebooks pandas
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

## gate: raise the floors of the figures on our own annotated sheets
gate: $(VENV)/.dev
	$(BIN)/jobsheets run raw $(GATE_OUT)/samples --fresh
	$(BIN)/jobsheets evaluate tests/gold $(GATE_OUT)/samples --gate tests/gate.json --update-gate
	$(BIN)/jobsheets run tests/gold/more $(GATE_OUT)/more --fresh
	$(BIN)/jobsheets evaluate tests/gold/more $(GATE_OUT)/more --gate tests/gate-more.json --update-gate
	$(BIN)/jobsheets run tests/gold/latest $(GATE_OUT)/latest --fresh
	$(BIN)/jobsheets evaluate tests/gold/latest $(GATE_OUT)/latest --gate tests/gate-latest.json --update-gate
	$(BIN)/python -m tests.register_gold unpack $(GATE_OUT)/register-gold
	$(BIN)/jobsheets run $(GATE_OUT)/register-gold $(GATE_OUT)/register --fresh
	$(BIN)/jobsheets evaluate $(GATE_OUT)/register-gold $(GATE_OUT)/register --gate tests/gate-register.json --update-gate

## notebooks: run the notebooks and write what they show to docs/notebooks/
notebooks: $(VENV)/.dev run
	$(BIN)/python docs/render_notebooks.py

## try-notebooks: every notebook runs from top to bottom on the output of the samples
try-notebooks: $(VENV)/.dev
	$(BIN)/jobsheets run raw output
	$(BIN)/python -m pytest --nbmake --nbmake-timeout=300 notebooks

## pandas: the tables load with the oldest libraries that we support, and with the last pandas 2 (the test-suite has the newest)
OLDEST := pandas==2.2.0,pyarrow==17.0.0,polars==1.9.0,duckdb==1.1.0,click==8.1.0,pytest==8.2.0
LAST_2 := pandas==2.3.3,pyarrow,polars,duckdb,click,pytest
pandas: $(VENV)/.dev
	$(BIN)/jobsheets run raw output
	for libraries in $(OLDEST) $(LAST_2); do \
		echo "tests/test_tables.py with $$libraries"; \
		JOBSHEETS_OUTPUT=output $(BIN)/uv run --quiet --isolated --no-project --python $(BIN)/python \
			--with "$$libraries" python -m pytest tests/test_tables.py || exit 1; \
	done

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
