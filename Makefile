# The two that matter: `make demo` and `make test`. Everything else is for those who work on the code.
.DEFAULT_GOAL := help
.PHONY: help demo test check bench format lock clean

# The first Python 3.11 or newer there is; say `make PYTHON=… demo` for another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
RUN := .venv/bin/python
# A module is one process's: what it builds for its tests is built once.
PYTEST := $(RUN) -m pytest -n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder
PIP_INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes
PORT ?= 8000

help: ## Show what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /\1\t/'

demo: .venv/.runtime ## Build the demo city (first time) and serve it on 127.0.0.1:PORT
	@exec env DEMO=1 DJANGO_SETTINGS_MODULE=config.settings.dev $(RUN) manage.py demo --port $(PORT)

test: .venv/.dev ## Run every test; with TEST_DATABASE_URL set, on SQLite and then on PostgreSQL
	@$(RUN) -m tests.databases
	@if [ -n "$$TEST_DATABASE_URL" ]; then \
		env -u TEST_DATABASE_URL $(PYTEST) -m "not postgresql" && TEST_NAME=postgresql $(PYTEST) -m "(not e2e or both) and not one_database"; \
	else \
		$(PYTEST); \
	fi

check: .venv/.dev ## Lint, types, import law, templates, migrations, layout
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	PYTHONPATH=site:. .venv/bin/lint-imports
	$(RUN) -m mypy manage.py site/config site/webui site/website portal search tests
	git ls-files -z 'templates/*.html' | xargs -0 .venv/bin/djhtml --check --tabwidth 4
	$(RUN) manage.py makemigrations --check --dry-run
	$(RUN) manage.py check_layout
	SECRET_KEY=$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(64))') SALT_KEY=$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(32))') ALLOWED_HOSTS=example.org BASE_URL=https://example.org SMS_SENDER=gateway.Sender \
		DJANGO_SETTINGS_MODULE=config.settings.production $(RUN) manage.py check --deploy --fail-level WARNING

bench: .venv/.dev ## Measure; prints ratios against a baseline of the same run
	$(RUN) -m tests.performance

format: .venv/.dev ## Put code and templates into shape
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .
	git ls-files -z 'templates/*.html' | xargs -0 .venv/bin/djhtml --tabwidth 4

lock: ## Pin the dependencies anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove the environment and the demo's data
	rm -rf .venv var

.venv/.runtime: requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with its venv module is needed. 需要带 venv 的 Python 3.11 或更新版本。" >&2; exit 1; }
	@echo "正在准备运行环境（只在第一次需要） / preparing .venv, once …" >&2
	@test -x $(RUN) || $(PYTHON) -m venv .venv
	@$(PIP_INSTALL) -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	@$(PIP_INSTALL) -r requirements-dev.lock
	@touch $@
