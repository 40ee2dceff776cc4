# Một Cửa. Without an argument: every command, one line each.
# A fresh machine needs Python 3.11+ and make; everything else lands in .venv/ and var/.

PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
ARGS ?=
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup tools embeddings demo serve test quick lint format types check messages reference screenshots lock clean clean-data

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## make .venv, install the locked packages, compile the messages (a second run takes a second)
	@$(PYTHON) scripts/setup.py

tools: ## setup, and what tests and checks need besides
	@$(PYTHON) scripts/setup.py --tools

embeddings: ## setup, and the optional package by which the assistant knows words of the same meaning (95 MB)
	@$(PYTHON) scripts/setup.py --embeddings

demo: setup ## setup, packs, one simulated month, then the site on 127.0.0.1 (PORT=8000; SERVE=0 ends after the summary)
	@$(BIN)/motcua demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve,) $(ARGS)

serve: setup ## the site and its worker on 127.0.0.1 (PORT=8000), with the data that is there
	@$(BIN)/motcua migrate && $(BIN)/motcua serve --port $(PORT) $(ARGS)

test: tools ## everything, on SQLite and on PostgreSQL
	@$(PYTHON) scripts/system_packages.py
	@$(BIN)/python scripts/test.py $(ARGS)

quick: tools ## the tests of a coffee break: SQLite, no browser, nothing slow
	@$(BIN)/python scripts/test.py --quick $(ARGS)

lint: tools ## errors and style that ruff finds
	@$(BIN)/ruff check .

format: tools ## let ruff lay out the code
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

types: tools ## types that mypy checks
	@$(BIN)/mypy

check: lint ## lint, packs, messages, missing migrations, house tests
	@$(BIN)/motcua packs check
	@$(BIN)/python -m motcua.config.messages check
	@$(BIN)/motcua manage makemigrations --check --dry-run
	@$(BIN)/python -m pytest -q tests/house

messages: tools ## collect the Vietnamese texts, keep their English, tell what lacks one
	@$(BIN)/python -m motcua.config.messages collect
	@$(BIN)/python -m motcua.config.messages compile

reference: setup ## write docs/reference/ and the settings page anew from the code
	@$(BIN)/python scripts/reference.py

screenshots: tools ## the journeys in a real browser, their pictures into docs/images/
	@$(PYTHON) scripts/system_packages.py chromium
	@MOTCUA_TEST_SCREENSHOTS=docs/images $(BIN)/python -m pytest -q -m browser tests/journeys $(ARGS)

lock: ## pin every package anew, with hashes (needs uv; UPGRADE=1 takes newer versions)
	@scripts/lock $(if $(UPGRADE),--upgrade,)

clean: ## remove what was built; data in var/ stays
	@rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis dist build
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} + ; find src -name '*.mo' -delete

clean-data: ## remove the demonstration data in var/ (asks first)
	@printf 'Remove var/ with its database, files and keys? [y/N] '; read answer; [ "$$answer" = y ] && rm -rf var || true
