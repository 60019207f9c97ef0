# Two commands set everything up on a machine with Python, git and make:
#   make run PHOTOS=~/Pictures     and     make test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PHOTOS ?=
TORCH_INDEX ?=
# In a variable of its own, because its commas would part the arguments of $(if ...).
TORCH_PINS := "torch>=2.6,<2.14" "torchvision<0.29"

.PHONY: run screenshots translations test install lint types contracts check clean

install: $(STAMP)

# TORCH_INDEX picks another build of torch; the pair is installed first so that nothing else pulls the default one.
$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(if $(TORCH_INDEX),$(BIN)/python -m pip install --disable-pip-version-check --index-url $(TORCH_INDEX) $(TORCH_PINS))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,demo]"
	touch $(STAMP)

run: $(STAMP)
	@$(BIN)/python -m photosort.cli.launch $(PHOTOS)

test: $(STAMP)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto $(TESTS)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports --no-cache

check: lint types contracts test

screenshots: $(STAMP)
	$(BIN)/python packaging/screenshots.py

translations: $(STAMP)
	$(BIN)/python packaging/translations.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
