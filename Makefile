# Two commands matter: `make run` opens KIMdesk, `make test` checks it. Each does its own set-up.
PY := .venv/bin/python

.PHONY: run test lint bench torture mutants screens lock

run:
	@packaging/setup.sh run
	@$(PY) -m ui $(ARGS)

test: lint
	@env -u PYTHONDONTWRITEBYTECODE QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -n 2 --dist loadfile $(ARGS)

lint:
	@packaging/setup.sh dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

bench:
	@packaging/setup.sh dev
	@env -u PYTHONDONTWRITEBYTECODE QT_QPA_PLATFORM=offscreen $(PY) -m tests.bench $(ARGS)

torture:
	@packaging/setup.sh dev
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.torture $(ARGS)

mutants:
	@packaging/setup.sh dev
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.mutants $(ARGS)

screens:
	@packaging/setup.sh dev
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.screens $(ARGS)

lock:
	@for kind in run dev; do \
		extra=$$([ $$kind = dev ] && echo "--extra dev"); \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
			--extra build $$extra pyproject.toml -o packaging/requirements/$$kind.lock; \
	done
