# Every target sets up what it needs; the work is in scripts/.
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench drill docs wheel lock clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

setup:  ## .venv, locked packages, front end
	@scripts/setup.sh dev

demo:  ## set up and serve the demo; PORT=8001 another port, ONCE=1 answers once and ends
	@scripts/demo.sh

test:  ## set up and run all tests on SQLite and PostgreSQL
	@scripts/test.sh

check:  ## format, lint, types, layers, translations, docs
	@scripts/check.sh

bench: setup  ## the benchmarks, as ratios
	@for file in benchmarks/*.py; do .venv/bin/python "$$file" || exit 1; done

drill: setup  ## the long campaigns; DRILL_SECONDS=600
	@HENGTU_DRILL_SECONDS=$${DRILL_SECONDS:-600} .venv/bin/pytest -q -n0 -rP -m drill

docs: setup  ## build the documentation into site/
	@NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build --strict

wheel: setup  ## build the wheel, front end and fonts inside
	@.venv/bin/python -m build --wheel --no-isolation

lock: setup  ## refresh the locks of the Python packages
	@scripts/lock.sh --upgrade

clean:  ## remove everything that the targets made
	@rm -rf .venv .demo dist build site frontend/node_modules src/hengtu/web/static/hengtu/vendor
	@rm -f src/hengtu/writers/fonts/*.ttf src/hengtu/writers/fonts/LICENSES.txt
	@find src -name '*.mo' -delete
