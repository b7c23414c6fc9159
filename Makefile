SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
LOCKED = $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r
HOST ?= 127.0.0.1
PORT ?= 8000
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Products of small matrices: more threads only wait for each other.
export OPENBLAS_NUM_THREADS ?= 1
# Many processes are started here. Where this is set, as in many images, each compiles all that it imports anew: that
# is most of what starting one takes.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Installs a locked list in a tenth of pip's time. It does not find the CPU build of torch: that one takes pip.
$(BIN)/uv: | $(BIN)/python
	$(BIN)/pip install --quiet uv==$(UV_VERSION)

$(VENV)/.serve: requirements/serve.lock pyproject.toml | $(BIN)/uv
	$(LOCKED) requirements/serve.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.serve
	$(LOCKED) requirements/dev.lock
	@touch $@

install: $(VENV)/.serve ## Install what serving needs into .venv (no torch)

serve: install ## Install, index the shipped policy and serve on http://127.0.0.1:8000/
	$(BIN)/privacy-assistant serve --host $(HOST) --port $(PORT)

check: $(VENV)/.dev ## Format, lint, types, floors, sizes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/sizes.py

browser-tools: $(VENV)/.dev ## Install Chromium, axe and typescript for the widget's tests, where that may be
	@$(BIN)/python -m tests.browser_tools

# The rooms that write, and the doors that do: the other doors ask these, whatever stands below.
ON_BOTH := tests/assistant tests/integrations/api tests/integrations/test_with_the_assistant.py \
  $(addprefix tests/integrations/slack/test_,queue.py once.py) \
  $(addprefix tests/integrations/commands/test_,audit_and_rotation.py keys_and_purge.py outbox_and_worker.py tickets.py)

test: check browser-tools ## Install, check, and pass the tests, on SQLite and what writes on PostgreSQL too
	$(BIN)/pytest -n 2
	$(BIN)/pytest -n 2 --database postgresql $(ON_BOTH)

test-postgresql: $(VENV)/.dev ## Every test that uses a database, on PostgreSQL
	$(BIN)/pytest -n 2 --database postgresql

index: install ## Build the index of the policy and the question bank
	$(BIN)/privacy-assistant index

evals: $(VENV)/.dev ## Measure the answers on every evaluation set and write the report evals/report/index.html
	$(BIN)/python -m evals.run --update-readme
	$(BIN)/python -m evals.policies --update-readme
	$(BIN)/python -m evals.privacyqa
	$(BIN)/python -m evals.html

calibrate: $(VENV)/.dev ## Show where the constants of ranking and selection come from
	$(BIN)/python -m evals.calibrate

triage: $(VENV)/.dev ## Train the triage model from the utterances and the question bank
	$(BIN)/python -m assistant.triage.train

acting: $(VENV)/.dev ## Measure triage, scripted dialogues and attacks
	$(BIN)/python -m evals.triage
	$(BIN)/python -m evals.dialogues
	$(BIN)/python -m evals.attacks

KILLS ?= 200

crash: $(VENV)/.dev ## Kill server and worker 200 times on each database; and see that a product broken on purpose fails
	$(BIN)/python -m evals.crash --kills $(KILLS) --database sqlite
	$(BIN)/python -m evals.crash --kills $(KILLS) --database postgres
	$(BIN)/python -m evals.crash --kills 8 --break commit; test $$? -eq 1
	$(BIN)/python -m evals.crash --kills 8 --break commit --database postgres; test $$? -eq 1

bench-slack: $(VENV)/.dev ## Acknowledgements under 20 events a second, one answer each, 10,000 forged requests
	$(BIN)/python -m tests.slack_bench

redaction: $(VENV)/.dev ## Measure what the masking finds and what it masks in vain
	$(BIN)/python -m evals.redaction

bench: $(VENV)/.models ## Speed, start-up and memory, beside the stock way of building this
	$(BIN)/python -m evals.bench

$(VENV)/.models: $(VENV)/.dev
	$(BIN)/pip install --quiet torch==2.13.0
	$(BIN)/pip install --quiet -e '.[models]' --no-build-isolation
	@touch $@

bench-peers: $(VENV)/.peers ## Answers, speed and memory beside BM25, langchain-chroma, Haystack and LlamaIndex
	$(BIN)/python -m evals.peers

$(VENV)/.peers: $(VENV)/.models
	$(BIN)/pip install --quiet -e '.[peers]' --no-build-isolation
	@touch $@

models: $(VENV)/.models ## Install torch, sentence-transformers and the base weights (for bench, weights, training)

weights: models ## Export the base weights, untrained, to an int8 file (train exports the trained ones)
	HF_HUB_OFFLINE=1 $(BIN)/python -m knowledge.training.export

relevance: models ## Train the relevance model on what the encoder makes of questions and clauses (a quarter of an hour)
	$(BIN)/python -m knowledge.training.relevance

train: models ## Train the encoder from the base weights, and anew what belongs to it (an hour on two cores)
	HF_HUB_OFFLINE=1 $(BIN)/python -m assistant.triage.train_encoder
	$(BIN)/python -m knowledge.training.relevance
	$(BIN)/privacy-assistant bank encode
	$(BIN)/python -m assistant.triage.train

screenshots: browser-tools ## Take the pictures of the widget anew, into docs/widget
	$(BIN)/python -m tests.browser.screenshots

bench-widget: browser-tools ## Measure the widget: sizes, time to open, layout shift; into docs/widget.md
	$(BIN)/python -m tests.browser.bench

readme: $(VENV)/.dev ## Write the real output of the README's questions into it
	$(BIN)/python -m tests.readme

lock: | $(BIN)/uv ## Choose the versions anew and write them with their hashes
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade pyproject.toml requirements/build.in -o requirements/serve.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade requirements/dev.in -o requirements/dev.lock

.PHONY: help install serve check browser-tools screenshots bench-widget test test-postgresql index evals calibrate triage acting crash bench-slack redaction bench bench-peers models weights relevance train readme lock
