# ChromaDesk. Every target does its own set-up; a second run starts at once.
#   PYTHON=/path/to/python3.11   the interpreter .venv is made from     ARGS="..."   passed on to the command

SHELL := /bin/bash
python := .venv/bin/python
export PYTHON

.PHONY: help install demo studio test test-all test-cuda faults lint screenshots docs wheel app deb

help:
	@echo "make demo      segment two sample portraits, write demo-output/, open the studio when there is a display"
	@echo "make studio    open the studio (ARGS=folder)"
	@echo "make test      the tests          make test-all   with the slow ones     make test-cuda   those that need a GPU"
	@echo "make faults    kills, full disks, broken files, hours of use; goes on where it was (ARGS=\"--only 3 --minutes 10\")"
	@echo "make lint      ruff, mypy, import contracts"
	@echo "make docs      the guide as a web site, build/docs/index.html"
	@echo "make install   only make .venv"
	@echo "make wheel     dist/*.whl             make app        dist/chromadesk, a folder that needs no Python"
	@echo "make deb       dist/*.deb, that folder as a Debian package"

# One stamp per extra; it is older than what decides what gets installed, or it is up to date.
.venv/.installed-%: pyproject.toml constraints.txt scripts/install.sh
	@bash scripts/install.sh $*

.PRECIOUS: .venv/.installed-%

install: .venv/.installed-demo

demo: .venv/.installed-demo
	@$(python) -m chromadesk demo $(ARGS)

studio: .venv/.installed-demo
	@$(python) -m chromadesk studio $(ARGS)

test: .venv/.installed-test
ifdef ARGS
	@$(python) -m pytest -q $(ARGS)
else
	@$(python) -m pytest -q tests --ignore tests/studio --ignore-glob "tests/test_*.py" & rest=$$!; \
	$(python) -m pytest -q tests/studio tests/test_*.py; code=$$?; wait $$rest && exit $$code
endif

test-all: .venv/.installed-test
	@$(python) -m pytest -q -m "not cuda" $(ARGS)

test-cuda: .venv/.installed-test
	@$(python) -m pytest -q -m cuda $(ARGS)

faults: .venv/.installed-faults
	@$(python) -m tests.faults $(ARGS)

lint: .venv/.installed-lint
	@$(python) -m ruff check .
	@$(python) -m mypy
	@$(python) .venv/bin/lint-imports --no-logo

wheel: .venv/.installed-demo
	@PIP_CONSTRAINT=constraints.txt $(python) -m pip wheel -q --no-deps -w dist .

app: .venv/.installed-app
	@$(python) -W ignore -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build/app packaging/chromadesk.spec

deb: app
	@$(python) scripts/deb.py dist/chromadesk dist

screenshots: .venv/.installed-test
	@$(python) scripts/screenshots.py $(ARGS)

# -E: the parts that are made of the code change without their page
docs: .venv/.installed-docs
	@$(python) -m sphinx -q -E -W --keep-going -b html docs build/docs $(ARGS)
	@echo "Wrote build/docs/index.html."
