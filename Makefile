# make run     set up, decide the example case, then serve on 127.0.0.1 (PORT=8000) until interrupted
# make test    set up and run every test
# make check   lint, format, types, imports, rulesets
# make bench   compile the engine, measure against other engines; writes build/bench.json
# make docs    write the pages of docs/ that are generated
# make lock    resolve the dependencies of pyproject.toml anew
# make clean   remove the environments and what was built

PORT ?= 8000
CASE ?= examples/daye-2014.yaml

.DEFAULT_GOAL := run
.PHONY: setup run test check compiled bench docs lock clean

setup: .venv/.ready

.venv/.ready: requirements.lock requirements-build.lock pyproject.toml .ci/venv
	@echo '正在准备 .venv …  Setting up .venv …'
	@.ci/venv .venv requirements.lock
	@touch $@

.venv-bench/.ready: requirements-bench.lock requirements-build.lock pyproject.toml .ci/venv
	@echo '正在准备 .venv-bench …  Setting up .venv-bench …'
	@.ci/venv .venv-bench requirements-bench.lock
	@touch $@

# Exit code 3 is an answer: the case is undetermined and the missing facts are listed.
run: setup
	@.venv/bin/tiaoli decide $(CASE) || { code=$$?; [ $$code -eq 3 ] || exit $$code; }
	@exec .venv/bin/tiaoli serve --port $(PORT)

test: setup
	@.venv/bin/python -m pytest -n 2 --dist loadgroup

check: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/tiaoli check

build/compiled/.ready: .venv/.ready bench/compile.py $(shell find engine -name '*.py')
	@echo '正在编译引擎（一两分钟）…  Compiling the engine (a minute or two) …'
	@mkdir -p build
	@.venv/bin/python -m bench.compile >build/compile.log 2>&1 || { cat build/compile.log; exit 1; }
	@touch $@

compiled: build/compiled/.ready

bench: setup .venv-bench/.ready compiled
	@cd build/compiled && ../../.venv-bench/bin/python -m bench

docs: setup
	.venv/bin/python -m engine.language.diagnostics > docs/diagnostics.md
	.venv/bin/python -m docs.generate
	.venv/bin/python -m docs.in_time

LOCK = build/lock/bin/uv pip compile --quiet --python-version 3.11 --python-platform linux \
	--generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade

lock:
	python3 -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check -qq install uv
	echo 'setuptools>=77' | $(LOCK) - --output-file requirements-build.lock
	$(LOCK) pyproject.toml --extra dev --output-file requirements.lock
	$(LOCK) pyproject.toml --extra bench --constraint requirements.lock \
		--output-file requirements-bench.lock

clean:
	rm -rf .venv .venv-bench build *.egg-info
