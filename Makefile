# `make` lists what there is. All of it works in a fresh clone: what is missing is installed first.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PORT ?= 8080
SPEED ?=
B ?=
KILLS ?= 200
DATABASE ?= sqlite
SEED ?= 1
TELEGRAM_KILLS ?= 100
# Two for each core: tests wait for servers, disks and a browser half of their time.
WORKERS ?= $(shell expr 2 \* $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2))
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help install run test check bench soak lock clean

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

install: .venv/.installed desk/static/vendor/assets.lock ## put everything into .venv (nothing to do when nothing changed)

run: install ## a running demo district; open what it prints (PORT=8080; SPEED=60 plays a whole morning in two minutes)
	$(BIN)/janmilan demo --port $(PORT) $(if $(SPEED),--speed $(SPEED))

# Tests start the command a hundred times; compiling it once saves minutes, also where PYTHONDONTWRITEBYTECODE is set.
test: export PYTHONDONTWRITEBYTECODE :=
test: install ## every test, on a real PostgreSQL and in a real browser, with the coverage floors
	@$(BIN)/python tests/browser.py
	TMPDIR=$$($(BIN)/python tests/memory_folder.py) $(BIN)/pytest -n $(WORKERS) --dist worksteal --cov --cov-report= tests
	$(BIN)/python tools/coverage_floor.py

check: install ## style, types and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install ## one benchmark (B=name), all of them (B=all), or the list
	@PYTHONPATH=. $(BIN)/python -m bench $(B)

soak: install ## kill and trouble the office under load (KILLS=200 DATABASE=sqlite SEED=1; or postgresql)
	PYTHONPATH=. $(BIN)/python -m bench.soak --kills $(KILLS) --database $(DATABASE) --seed $(SEED) --misfortunes
	TELEGRAM_KILLS=$(TELEGRAM_KILLS) $(BIN)/pytest -q -s tests/adapters/telegram/test_killed.py

lock: ## remake requirements.lock after a change to pyproject.toml
	tools/lock

clean: ## remove what was installed and built; data stays
	rm -rf .venv build dist desk/static/vendor documents/fonts .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .bench

.venv/.installed: requirements.lock pyproject.toml hatch_build.py
	@if [ ! -x $(BIN)/python ]; then \
	  for python in $${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then chosen=$$python; break; fi; \
	  done; \
	  if [ -z "$${chosen:-}" ]; then \
	    echo "Jan Milan needs Python 3.11 or newer. Install it, or say where it is: make install PYTHON=/path/to/python"; exit 2; \
	  fi; \
	  echo "Making .venv with $$($$chosen --version) ..."; \
	  "$$chosen" -m venv .venv; \
	fi
	@echo "Installing the packages of requirements.lock into .venv (a minute or two the first time) ..."
	@$(PIP) install -qq --require-hashes -r requirements.lock
	@$(PIP) install -qq --no-deps --no-build-isolation -e .
	@touch $@

desk/static/vendor/assets.lock: assets.lock tools/assets.py | .venv/.installed
	@$(BIN)/python tools/assets.py
	@touch $@
