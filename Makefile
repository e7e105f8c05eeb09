# Two commands do all the set-up: `make demo` and `make test`.
# They need Python ≥ 3.11 with venv, git, make and a package index.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
# A fifth of the time of most tests is waiting, so there is one worker more than cores.
JOBS   ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
PAIRS  ?= ../shared/data/pairs.jsonl
KILLS  ?= 50
SEED   ?= 6
# Only what is given is passed on: the script knows the rest.
BENCH  := $(if $(SCENARIO),--scenario $(SCENARIO)) $(if $(LINKS),--links $(LINKS)) $(if $(HOSTS),--hosts $(HOSTS)) \
          $(if $(TOOLS),--tools $(TOOLS))

.DEFAULT_GOAL := help
.PHONY: help demo test lint types unit docs pictures pairs stages bench kills html-timing bench-peers format clean

help:  ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: $(VENV)/.demo  ## Run the main job against a simulated web, with faults planted
	$(BIN)/rlhf-linkcheck demo

test: lint  ## Lint, types, tests and coverage
	@# Types keep one core busy for a minute, so the tests need not wait for them.
	@$(MAKE) --no-print-directory -j 2 types unit

lint: $(VENV)/.dev  ## ruff, the floors of the house, workflows and hooks
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/zizmor --quiet --offline --persona pedantic --strict-collection .
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema custom.github-workflows-require-timeout .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/pre-commit validate-manifest .pre-commit-hooks.yaml

types: $(VENV)/.dev  ## mypy --strict
	$(BIN)/mypy

# What one worker has compiled, the others need not: some machines forbid to keep it.
unit: export PYTHONDONTWRITEBYTECODE :=
unit: $(VENV)/.dev  ## pytest with branch coverage
	$(BIN)/pytest -n $(JOBS) --dist worksteal --cov --cov-report=term

docs: $(VENV)/.dev  ## Write docs/rules/ and docs/verdicts.md anew from the rules and the catalogue of behaviours
	$(BIN)/python docs/write_rules.py
	$(BIN)/python docs/write_verdicts.py

pictures: $(VENV)/.dev  ## Make docs/pictures/ anew from a run of the demo; needs Chromium
	$(BIN)/python docs/make_pictures.py

pairs: $(VENV)/.dev  ## Measure the matching on labelled pairs: PAIRS=file
	$(BIN)/python bench/pairs.py $(PAIRS)

stages: $(VENV)/.dev  ## Measure time and memory of each stage on lists of 1,000, 10,000 and 100,000 links
	$(BIN)/python bench/stages.py

bench: $(VENV)/.dev  ## Race ours and the peers: SCENARIO=list,faults,scale LINKS= HOSTS= TOOLS=ours,lychee
	@PYTHONPATH=$(CURDIR)/bench:$(CURDIR)/tests $(BIN)/python bench/side_by_side.py $(BENCH)

kills: $(VENV)/.dev  ## Kill runs over the list at random moments, resume each: KILLS=50 SEED=6
	$(BIN)/python bench/kills.py --kills $(KILLS) --seed $(SEED)

html-timing: $(VENV)/.dev  ## Measure the HTML report of 10,000 entries in the machine's Chromium
	@PYTHONPATH=$(CURDIR)/tests $(BIN)/python bench/html_timing.py

bench-peers: $(VENV)/.dev  ## Install the peers that can be had into bench/.peers
	@$(BIN)/python bench/install_peers.py

format: $(VENV)/.dev  ## Format the code and mend what ruff can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:  ## Remove the environment and all that tools left behind
	rm -rf $(VENV) dist .coverage* htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV)
	@# The pip that comes with Python may be years old, and takes half a minute more over the development extra.
	-@$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

$(VENV)/.demo: $(VENV)/.created pyproject.toml
	@echo "installing into $(VENV) (once) …"
	@$(BIN)/python -m pip install --quiet --editable '.[demo]'
	@touch $@

$(VENV)/.dev: $(VENV)/.created pyproject.toml
	@echo "installing into $(VENV) (once) …"
	@$(BIN)/python -m pip install --quiet --no-compile --editable '.[dev]'
	@# On all cores; pip compiles on one.
	-@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib
	@touch $@
