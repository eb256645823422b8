# Two commands do everything: `make run` opens the program on the sample workspace, `make test` tests it.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint bench package lock clean ready ready-dev

run: ready
	$(BIN)/duban sample --demo build/demo

test: ready-dev lint
	$(BIN)/python -m pytest -n 2 --dist loadfile --max-worker-restart 0 -q

lint: ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# One area at a time: make bench AREA=opening
bench: ready-dev
	$(BIN)/python -m tests.bench.run $(AREA)

package: ready-dev
	$(BIN)/python packaging/freeze.py

# Needs uv and a package index; the committed locks name neither.
lock:
	cd packaging && for set in requirements requirements-dev; do \
	  uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate --no-emit-index-url $$set.in -o $$set.txt || exit 1; done

ready:
	@$(PYTHON) packaging/bootstrap.py requirements.txt

ready-dev:
	@$(PYTHON) packaging/bootstrap.py requirements-dev.txt

clean:
	rm -rf .venv build
