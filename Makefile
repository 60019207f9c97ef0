# Two commands set everything up on a machine with Python, git and make:
#   make run PHOTOS=~/Pictures     and     make test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PHOTOS ?=
# Package index for torch; empty: the CPU build, or the one for NVIDIA where such a GPU is there.
TORCH_INDEX ?=
TORCH_PINS := "torch>=2.6,<2.14" "torchvision<0.29"
BUILD := build
DOCS_PYTHON := $(BUILD)/docs-venv/bin/python
# The build of torch in the packages: cpu or cuda.
TORCH ?= cpu
TORCH_BUILD_cpu := https://download.pytorch.org/whl/cpu
TORCH_BUILD_cuda := https://download.pytorch.org/whl/cu126
# Compiled code is kept, whatever the machine says: the tests start hundreds of processes.
export PYTHONDONTWRITEBYTECODE :=
PACKAGE_PYTHON := $(BUILD)/package-$(TORCH)/bin/python

.PHONY: run screenshots journey translations reference docs package smoke test coverage install constraints lint types contracts check clean

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@TORCH_INDEX="$(TORCH_INDEX)" $(PYTHON) tools/install.py --venv $(VENV)
	@touch $(STAMP)

# Writes the newest versions that pyproject.toml allows into constraints.txt.
constraints:
	@TORCH_INDEX="$(TORCH_INDEX)" $(PYTHON) tools/install.py --venv $(BUILD)/constraints-venv --update-constraints

run: $(STAMP)
	@$(BIN)/python -m photosort.cli.launch $(BUILD)/demonstration $(PHOTOS)

test: $(STAMP)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto $(TESTS)

# The same, and how much of the product's lines ran.
coverage: $(STAMP)
	@mkdir -p $(BUILD)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m slipcover --json --out $(BUILD)/coverage.json -m pytest -n auto $(TESTS)
	@echo "Coverage: $$($(BIN)/python -c 'import json; print(json.load(open("$(BUILD)/coverage.json"))["summary"]["percent_covered_display"])') % of the lines of photosort"

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports --no-cache

check: lint types contracts test

screenshots: $(STAMP)
	$(BIN)/python -m tools.screenshots

journey: $(STAMP)
	$(BIN)/python -m tools.atspi_journey

translations: $(STAMP)
	$(BIN)/python -m tools.translations

# The pages of the documentation that are made of code, and kept.
reference: $(STAMP)
	$(BIN)/python -m tools.documentation --pages

# Generator of the documentation's site; it needs nothing of Photosort but the command line's parser.
$(DOCS_PYTHON):
	$(PYTHON) -m venv $(BUILD)/docs-venv
	$@ -m pip install --quiet --disable-pip-version-check "zensical>=0.0.73"

docs: $(DOCS_PYTHON)
	$(DOCS_PYTHON) -m tools.documentation

# What lies in this environment is what is shipped; TORCH=cuda makes the build for NVIDIA cards.
$(PACKAGE_PYTHON): pyproject.toml
	$(PYTHON) -m venv $(BUILD)/package-$(TORCH)
	$@ -m pip install --quiet --disable-pip-version-check --upgrade pip
	$@ -m pip install --quiet --disable-pip-version-check --extra-index-url $(TORCH_BUILD_$(TORCH)) $(TORCH_PINS)
	touch $@

package: docs $(PACKAGE_PYTHON)
	$(PACKAGE_PYTHON) -m pip install --quiet --disable-pip-version-check ".[demo,package]"
	$(PACKAGE_PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall .
	$(PACKAGE_PYTHON) packaging/build.py --torch $(TORCH) --work $(BUILD)/work-$(TORCH) --out dist

# Needs root and the tools that packaging/smoke.py names.
smoke: $(STAMP)
	PYTHONPATH=. $(BIN)/python packaging/smoke.py dist/photosort_*.deb --cache $(BUILD)/bookworm.tar --shots $(BUILD)/smoke

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
