# `make parity` and `make test` do all the set-up themselves. `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
ASSEMBLY := build/SigmoidParity.dll
CSHARP := csharp/Directory.Build.props $(foreach part,SigmoidParity SigmoidParity.Harness SigmoidParity.Portable,$(wildcard csharp/$(part)/*.cs*))
# Mono, its compiler, and the netstandard facade that pythonnet needs.
MONO_PACKAGES := mono-devel mono-mcs
# The C compiler that tests build the programs of fixtures/consumers with.
CC_PACKAGES := gcc libc6-dev
# The browser that looks at the page of derivations, and letters for it in three languages and in formulas.
BROWSER_PACKAGES := chromium fonts-dejavu-core fonts-noto-cjk
# The .NET SDK that the projects for .NET 10 need; its commands need no ICU, as nothing here depends on a culture.
sdk = dotnet --list-sdks 2>/dev/null | grep -q '^[1-9][0-9]'
DOTNET := DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 dotnet
# What would differ between two builds of a commit: the time, and where the clone came from, if that is public.
STAMP = SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || echo 1577836800)}
ADDRESS = $$(git remote get-url origin 2>/dev/null | sed -n 's/^https:/-p:RepositoryUrl=&/p')
NOTEBOOKS := python/notebooks
LANGUAGES := en ja zh
GRAPHS := sigmoid sigmoid-curve sigmoid-and-derivative derivative-from-output x-passed-for-y double-sigmoid relative-error many-seeds

.DEFAULT_GOAL := help
.PHONY: help setup build test test-processes test-exhaustive test-browser parity languages fixtures derivations doctor atlas bench dist lint clean compiler mono cc browser

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup: $(ASSEMBLY) ## virtual environment, packages, C# compiler, assembly

build: $(INSTALLED) | compiler ## compile the C# assembly into build/, anew
	$(BIN)/sigmoid-parity build

test: $(ASSEMBLY) | cc ## run the tests, but for those of the three targets below; with a .NET SDK 10 or newer, C#'s too
	$(BIN)/python -m pytest -n auto
	@$(dotnet_test)

test-processes: $(ASSEMBLY) | cc ## run the tests that start many processes: changed and misbehaving C#, every backend
	$(BIN)/python -m pytest -n auto -m processes

test-exhaustive: $(ASSEMBLY) | cc ## run the tests that take minutes: every float32, 10^8 doubles against C#; properties at 1,000 examples
	$(BIN)/python -m pytest -m exhaustive
	$(BIN)/python -m pytest -n auto --hypothesis-profile=thorough

atlas: $(ASSEMBLY) ## compare every sigmoid that is here with C# at every float32, and draw it: an hour or two
	@if $(sdk); then $(DOTNET) build csharp/SigmoidParity.Benchmarks --configuration Release --verbosity quiet; fi
	cd python && ../$(BIN)/python -m benchmarks.atlas

test-browser: $(INSTALLED) | browser ## use the lesson's page in headless Chromium, which this installs
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[browser]'
	$(BIN)/python -m pytest -m browser tests/browser

parity: $(ASSEMBLY) ## compare the Python port with the C# class, bit for bit, on every .NET runtime found
	$(BIN)/sigmoid-parity verify

languages: $(ASSEMBLY) ## run the sigmoid in every language whose toolchain is here, and compare with C#'s bits; installs none
	$(BIN)/sigmoid-parity languages

fixtures: $(INSTALLED) ## compute the fixtures' expected values anew, and check the files
	$(BIN)/sigmoid-parity fixtures write
	$(BIN)/sigmoid-parity fixtures check

derivations: $(INSTALLED) ## prove the derivations, refute the errata; write the lesson as page and notebook, and the graphs
	$(BIN)/sigmoid-parity derive --check
	$(BIN)/sigmoid-parity errata
	for language in $(LANGUAGES); do \
		$(BIN)/sigmoid-parity derive --check --language $$language --html $(NOTEBOOKS)/lesson.$$language.html \
			--notebook $(NOTEBOOKS)/derivations.$$language.ipynb >/dev/null && \
		$(BIN)/jupyter-execute --NotebookClient.record_timing=False --inplace $(NOTEBOOKS)/derivations.$$language.ipynb || exit; done
	for graph in $(GRAPHS); do $(BIN)/sigmoid-parity plot $$graph --output $(NOTEBOOKS)/$$graph.svg || exit; done

doctor: $(INSTALLED) ## show what this machine has, and the commands that mend what it lacks
	$(BIN)/sigmoid-parity doctor

bench: $(ASSEMBLY) ## time the port beside its peers, and compare their bits with C#'s
	@if $(sdk); then $(DOTNET) build csharp/SigmoidParity.Benchmarks --configuration Release --verbosity quiet; fi
	PYTHONPATH=python $(BIN)/python -m benchmarks

dist: $(ASSEMBLY) ## build wheel, sdist and NuGet packages into dist/: the same bytes for the same commit
	@$(sdk) || { echo "make dist needs a .NET SDK 10 or newer: https://dotnet.microsoft.com/download"; exit 2; }
	rm -rf dist
	$(STAMP) $(BIN)/python -m hatchling build --directory dist
	@for project in SigmoidParity SigmoidParity.Portable SigmoidParity.Vectors SigmoidParity.Recorder; do \
		$(STAMP) $(DOTNET) pack csharp/$$project --output dist $(ADDRESS) || exit; done

lint: $(INSTALLED) ## ruff, mypy, and the rules of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

clean: ## remove everything that was made here
	rm -rf build dist $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find python tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(ASSEMBLY): $(CSHARP) $(INSTALLED) | compiler
	$(BIN)/sigmoid-parity build

$(INSTALLED): pyproject.toml csharp/Directory.Build.props
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed, and $(PYTHON) is $$($(PYTHON) -V 2>&1); try: make PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call apt_install,python3-venv); }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# Checked at every run, and cheap: a compiler may have been removed since.
compiler: | $(INSTALLED)
	@command -v mcs >/dev/null || dotnet --list-sdks 2>/dev/null | grep -q . || { $(call apt_install,$(MONO_PACKAGES)); }

mono: | $(INSTALLED) ## install Mono and its compiler, beside a .NET SDK too
	@command -v mcs >/dev/null || { $(call apt_install,$(MONO_PACKAGES)); }

cc: | $(INSTALLED)
	@command -v gcc >/dev/null || { $(call apt_install,$(CC_PACKAGES)); }

browser: | $(INSTALLED)
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { $(call apt_install,$(BROWSER_PACKAGES)); }

# The tests in C#, on the same fixtures.
define dotnet_test
if $(sdk); then $(DOTNET) test csharp; \
else echo "dotnet test csharp: not run; it needs a .NET SDK 10 or newer, and there is" \
	"$$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd, | grep . || echo none)"; fi
endef

# Install Debian packages as root or with passwordless sudo; otherwise say what to type, and stop.
define apt_install
if ! command -v apt-get >/dev/null; then \
	echo "missing: $(1). This system has no apt-get; 'sigmoid-parity doctor' has its commands:"; \
	$(BIN)/sigmoid-parity doctor || true; exit 2; \
elif [ "$$(id -u)" = 0 ]; then AS_ROOT="env"; \
elif sudo -n true 2>/dev/null; then AS_ROOT="sudo -n env"; \
else echo "missing: $(1). Type this, then run make again:"; \
	echo "  sudo apt-get update && sudo apt-get install --yes --no-install-recommends $(1)"; exit 2; fi; \
echo "installing with apt-get: $(1)"; \
$$AS_ROOT apt-get update -qq && \
$$AS_ROOT DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends $(1) >/dev/null
endef
