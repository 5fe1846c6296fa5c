# Everything that is done with this project from a shell. `make` alone lists it.
# `run` and `test` work from a bare checkout: they make .venv and install the locks, once.

PORT ?= 8000
# A Python of your own choice: make PYTHON=/path/to/python3.12 run
export PYTHON

python := .venv/bin/python
manage := $(python) manage.py
templates = find templates compare products -name '*.html'
# So that pip, mypy and pytest find one environment however make was started.
unexport PYTHONHOME PYTHONPATH

.DEFAULT_GOAL := help
.PHONY: help run editor test lint format types templates walls check pytest coverage bench lock clean \
	environment development

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The site ------------------------------------------------------------------------------------

# Development, and only here: everything else runs as production does, with DEBUG off.
run editor: export DEBUG = 1

run: environment ## migrate, load the catalogue, serve on 127.0.0.1:8000 (PORT=8001 for another port)
	@$(manage) migrate --verbosity 0
	@$(manage) load_catalogue
	@echo
	@echo "  Elemental    http://127.0.0.1:$(PORT)/"
	@echo "  The desk     http://127.0.0.1:$(PORT)/admin/   (an editor's account: make editor)"
	@echo "  Stop it with Ctrl-C."
	@echo
	@$(manage) runserver 127.0.0.1:$(PORT)

editor: environment ## an account for the editors' desk
	@$(manage) migrate --verbosity 0
	@$(manage) createsuperuser

# The checks ----------------------------------------------------------------------------------

test: lint templates types walls check pytest ## everything that must hold; CI runs the same

lint: development ## style, likely mistakes, spelling
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/codespell

templates: development ## template style
	$(templates) | xargs -r .venv/bin/djade --check --target-version 5.2
	$(templates) | xargs -r .venv/bin/djhtml --check

# The Django plugin reads the settings, which want a key: any will do. It loses the managers that models
# inherit when it reads them from a cache, so there is none.
types: development ## types
	DEBUG=1 .venv/bin/mypy --cache-dir /dev/null

walls: development ## which room may import which
	.venv/bin/lint-imports --no-logo

# With the settings of production: a long key of this moment, a name, DEBUG off, and a domain whose owner
# wants https for all of it.
check: development ## Django's own checks, as for production
	DEBUG=0 ALLOWED_HOSTS=example.org \
	SECRET_KEY="$$($(python) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
	$(manage) check --deploy --fail-level WARNING

pytest: development ## the tests alone (T="-k label -x" for options)
	$(python) -m pytest --numprocesses auto $(T)

coverage: development ## which lines no test reaches
	$(python) -m pytest --numprocesses auto --cov --cov-report term-missing:skip-covered $(T)

bench: environment ## measure speed and size, into benchmarks/RESULTS.md (SIZES="2000 200000")
	$(python) benchmarks/facets.py --products $(or $(SIZES),2000 200000)
	$(python) benchmarks/search.py
	$(python) benchmarks/rivals.py
	$(python) benchmarks/imports.py
	$(python) benchmarks/pages.py --products $(or $(SIZES),2000 200000)

format: development ## put code and templates in order
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format .
	find compare products tests -name '*.py' -not -path '*/migrations/*' | xargs -r .venv/bin/django-upgrade --target-version 5.2
	$(templates) | xargs -r .venv/bin/djade --target-version 5.2
	$(templates) | xargs -r .venv/bin/djhtml

# The environment -----------------------------------------------------------------------------

environment:
	@.ci/venv requirements.txt

development:
	@.ci/venv .ci/requirements.txt

# The second is made under the first, so that both hold the same versions.
compile = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes pyproject.toml
lock: ## make both locks again from pyproject.toml (UPGRADE=1 for the newest versions)
	@command -v uv >/dev/null || { echo "make lock needs uv: python3 -m pip install uv" >&2; exit 1; }
	$(compile) $(if $(UPGRADE),--upgrade) -o requirements.txt
	$(compile) $(if $(UPGRADE),--upgrade) --group dev -c requirements.txt -o .ci/requirements.txt

clean: ## take away what was made, except db.sqlite3
	rm -rf .venv .ruff_cache .mypy_cache .pytest_cache .import_linter_cache .hypothesis .coverage* static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
