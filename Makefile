# `make demo` and `make test` are all one needs; each makes what it needs. Wants Python 3.11 or newer and make.

PYTHON  ?= python3
VENV    ?= .venv
HOURS   ?= 1
WORKERS ?= auto
SCALE   ?= small

BIN    := $(VENV)/bin
EXTRAS := postgresql,speed,semantic,feeds,charts

.PHONY: demo test check bench docs chaos soak clean help
.DEFAULT_GOAL := help

demo: $(VENV)/.installed ## play a whole campaign into ./demo, in a minute
	$(BIN)/touches demo demo --force

test: $(VENV)/.developing ## run all tests (under 20 minutes)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

check: $(VENV)/.developing ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.developing ## measure everything, at a hundredth of the scale; make bench SCALE=full for all
	$(BIN)/python -m benchmarks --scale $(SCALE)

docs: $(VENV)/.developing ## write the generated pages of docs/reference again
	$(BIN)/python docs/write_reference.py

PROOFS := tests/chaos tests/simulation tests/power

chaos: $(VENV)/.developing ## kill, cut and freeze real processes, simulate faults, cut the power: half an hour
	CHAOS_TIMES=3 SIMULATION_SECONDS=600 POWER_CUTS=1000 $(BIN)/python -m pytest -s $(PROOFS) $(ARGS)

soak: SECONDS ?= $(shell expr $(HOURS) \* 3600)
soak: $(VENV)/.developing ## the same for as long as told, kills and simulation in turn: make soak HOURS=10 (or SECONDS=900)
	SOAK_SECONDS=$$(expr $(SECONDS) / 2) SIMULATION_SECONDS=$$(expr $(SECONDS) / 2) POWER_CUTS=1000 \
	    $(BIN)/python -m pytest -s $(PROOFS) $(ARGS)

clean: ## remove the environment and everything made
	rm -rf $(VENV) build dist demo bench-out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

help: ## show this
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

$(VENV)/bin/python:
	@if ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	    echo "$(PYTHON) is missing or older than 3.11; name another one: make PYTHON=python3.12" >&2; exit 1; \
	elif command -v uv >/dev/null 2>&1; then \
	    uv venv --quiet --python "$$(command -v $(PYTHON))" $(VENV); \
	elif $(PYTHON) -c 'import ensurepip' 2>/dev/null; then \
	    $(PYTHON) -m venv $(VENV); \
	elif $(PYTHON) -m pip --version >/dev/null 2>&1; then \
	    $(PYTHON) -m venv --without-pip $(VENV) && \
	    $(PYTHON) -m pip --python $@ install --quiet 'pip>=25.1' || { rm -rf $(VENV); exit 1; }; \
	else \
	    echo "$(PYTHON) can make no environments. On Debian and Ubuntu, as root: apt-get install python3-venv" >&2; \
	    exit 1; \
	fi

# $(call install,WHAT): by uv where it is, else by pip; groups need pip 25.1
define install
@echo "installing into $(VENV) …"
@if command -v uv >/dev/null 2>&1; then \
    uv pip install --quiet --python $(BIN)/python -c constraints.txt $(1); \
else \
    $(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' && \
    $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt $(1); \
fi
endef

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(call install,-e .)
	@touch $@

$(VENV)/.developing: $(VENV)/bin/python pyproject.toml constraints.txt
	$(call install,-e '.[$(EXTRAS)]' --group test --group lint --group bench)
	@touch $@ $(VENV)/.installed
