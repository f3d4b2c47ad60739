# One word for each thing people do here. `make` alone lists them.
#
# Works with GNU make 3.81 (macOS), in folders whose path has spaces or Chinese characters: every path here is relative.
# The environment lives in .venv/, is made once from the hash-locked requirements, and needs no network afterwards.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

# How long `make fuzz` looks: make fuzz SECONDS=3600
SECONDS ?= 60
# Arguments for the command behind a target: make serve ARGS='--port 9000', make test ARGS='-k publication'
ARGS ?=
# Newest first; a name on PATH that does not run (a pyenv shim without its version) is passed over.
PYTHONS ?= python3.13 python3.12 python3.11 python3.14 python3 python

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PIP_USER := 0
export PIP_RETRIES ?= 5
export PIP_DEFAULT_TIMEOUT ?= 60
# Settings of a surrounding Python must not leak into ours.
unexport PYTHONHOME
unexport PYTHONPATH

# An environment that was cut off half-way, moved to another folder, or left behind by an upgraded Python is made anew.
ENVIRONMENT_IS_WHOLE := $(shell test "$$(cat .venv/.made 2>/dev/null)" = "$$(pwd -P)" && .venv/bin/python -c '' 2>/dev/null && echo yes)

.PHONY: help serve build check test lint bench fuzz mutants hooks reader advisories sbom wheels engines lock clean always

help: ## 列出全部命令
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

serve: .venv/.runtime .venv/.compiled ## 生成网站并在本机预览（http://127.0.0.1:8000/），改动记录后自动刷新
	@.venv/bin/jiebang serve $(ARGS)

build: .venv/.runtime .venv/.compiled ## 检查全部记录，把网站生成到 public/
	@.venv/bin/jiebang build $(ARGS)

check: .venv/.runtime .venv/.compiled ## 检查全部记录
	@.venv/bin/jiebang check $(ARGS)

lint: .venv/.dev node_modules/.made ## 检查程序、脚本和样式的写法、类型、模块界线和工作流
	@.venv/bin/ruff check --quiet
	@.venv/bin/ruff format --check --quiet || { echo '有文件的格式需要整理：请运行 .venv/bin/ruff format' >&2; exit 1; }
	@$(call quietly,.venv/bin/mypy)
	@$(call quietly,.venv/bin/lint-imports)
	@$(call quietly,.venv/bin/zizmor --offline --persona=pedantic --no-progress .github)
	@$(call quietly,$(NODE)/typescript/bin/tsc --project .)
	@$(call quietly,$(NODE)/typescript/bin/tsc --project tests/scripts)
	@$(call quietly,$(NODE)/eslint/bin/eslint.js --max-warnings 0 .)
	@$(call quietly,$(NODE)/stylelint/bin/stylelint.mjs 'site/assets/css/*.css')
	@echo '写法、类型、模块界线、脚本和样式、工作流：没有问题。'

test: .venv/.dev .venv/.compiled node_modules/.made reader/.made ## 运行全部测试（需要 Chromium 或 Chrome，没有时自动安装）
	@$(call quietly,.venv/bin/node --test 'tests/scripts/**/*.test.js')
	@browser="$$(.ci/chromium)" && JIEBANG_CHROMIUM="$$browser" .venv/bin/pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

bench: .venv/.dev .venv/.compiled .venv/bench/.made ## 与其他程序对照，测量检查、生成和预览的用时、内存，写入 benchmarks/RESULTS.md（ARGS=--large 再加十万项需求）
	@.venv/bin/python benchmarks/run.py $(ARGS)

fuzz: .venv/.dev .venv/.compiled .venv/fuzz/.made ## 用随机改动的文件考验读记录、读表格的程序（SECONDS=60 是总秒数），结果出乎意料的文件留在 tests/hostile/crashes/
	@PYTHONPATH=.:generator .venv/fuzz/bin/python -m tests.hostile.fuzz --seconds $(SECONDS) $(ARGS)

mutants: .venv/.dev .venv/.compiled ## 把要紧的模块一处一处改错，看测试发现不发现（ARGS="--sample 100 privacy" 是每处抽多少、看哪几处），在副本里改
	@.venv/bin/python -m tests.mutants $(ARGS)

hooks: .venv/.runtime .venv/.compiled ## 提交和推送之前自动检查记录（每个工作副本运行一次）
	@git config core.hooksPath .githooks || { echo '这里不是 git 仓库，没有设置。' >&2; exit 1; }
	@echo '已设置：git commit 和 git push 之前会自动检查 catalogue/ 里的记录，有错误就停下来。'

reader: reader/.made ## 取来在网页上读 Word、Excel 表格的程序（需要联网，13 MB），之后生成的网站都带上它

advisories: .venv/.dev .venv/audit/.made ## 查锁定的软件包有没有已公布的漏洞（需要联网）
	@.venv/audit/bin/pip-audit --progress-spinner=off --strict --disable-pip --require-hashes $(LOCKS:%=-r requirements/%.txt)
	@.venv/bin/npm audit --package-lock-only

sbom: .venv/audit/.made ## 列出安装包连同依赖里有什么（CycloneDX），写入 dist/jiebang.cdx.json
	@mkdir -p dist && cat requirements/runtime.txt | .venv/audit/bin/cyclonedx-py requirements --output-reproducible --of JSON -o dist/.part - && \
	  .venv/audit/bin/python .ci/complete-sbom.py dist/.part > dist/jiebang.cdx.json && rm dist/.part && echo '已写入 dist/jiebang.cdx.json。'

# opencc has none for musl and is compiled there; watchdog's source is Python alone on Linux.
wheels: .venv/.dev ## 核对依赖在各系统、各版本 Python 上都有现成的安装包，不用编译（需要联网）
	@for platform in $(PLATFORMS); do for python in 3.11 3.12 3.13 3.14; do \
	  case $$platform in *musl) left='^(opencc|watchdog)==' ;; *) left='^$$' ;; esac; \
	  awk -v left="$$left" '/^[A-Za-z0-9]/ { skip = ($$0 ~ left) } !skip' requirements/runtime.txt > .venv/wheels.txt && \
	  .venv/bin/uv pip install --quiet --dry-run --only-binary :all: --no-deps --require-hashes --python-version $$python \
	    --python-platform $$platform --target .venv/wheels -r .venv/wheels.txt || { echo "$$platform，Python $$python：缺少安装包。" >&2; exit 1; }; \
	done; done; echo '各系统、各版本 Python 都有现成的安装包（musl 上 opencc 要编译）。'

engines: .venv/engines/.made ## 试用可以代替 MkDocs 的程序生成网页框架：ProperDocs 要逐字节相同，Zensical 只看还差什么
	@.venv/engines/bin/python .ci/try-engines.py

lock: .venv/.dev ## 按 requirements/*.in 重新锁定依赖的版本和校验值（需要联网）
	@for name in runtime build seal dev bench browser audit engines fuzz; do \
	  echo "正在锁定 requirements/$$name.txt……"; \
	  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $(ARGS) \
	    --output-file "requirements/$$name.txt" "requirements/$$name.in" || exit 1; \
	done

clean: ## 删除生成的网站和各种缓存（保留 .venv/ 和 node_modules/）
	@rm -rf public .public.* .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# --- the environment -------------------------------------------------------------------------------------------------------

ifneq ($(ENVIRONMENT_IS_WHOLE),yes)
.venv/.made: always
endif

.venv/.made:
	@for python in $(PYTHONS); do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo '没有找到可用的 Python 3.11 或更新的版本（试过：$(PYTHONS)）。' >&2; \
	  echo '请先安装：Debian、Ubuntu 用 sudo apt install python3 python3-venv；macOS 用 brew install python；其他系统见 python.org。' >&2; \
	  exit 1; \
	fi; \
	echo "正在用 $$("$$found" --version) 准备环境 .venv/ ……"; \
	rm -rf .venv && "$$found" -m venv .venv && pwd -P > .venv/.made

# What dev.txt locks is everything that runtime.txt and build.txt lock, in the same versions, and more.
.venv/.dev: .venv/.made requirements/dev.txt pyproject.toml setup.py
	@echo '正在安装开发所需的软件包（首次需要联网，约一两分钟）……'
	@$(call install,requirements/dev.txt)
	@touch .venv/.runtime .venv/.dev

.venv/.runtime: .venv/.made requirements/runtime.txt requirements/build.txt pyproject.toml setup.py
	@if [ .venv/.dev -nt requirements/runtime.txt ] && [ .venv/.dev -nt requirements/build.txt ] && [ .venv/.dev -nt pyproject.toml ] && \
    [ .venv/.dev -nt setup.py ]; then :; else \
	  echo '正在安装所需的软件包（首次需要联网，约一分钟）……'; \
	  $(call install,requirements/runtime.txt -r requirements/build.txt); \
	fi
	@touch .venv/.runtime

# Compiled ahead, as pip does with what it installs: the program that runs from this folder would be compiled when it first runs, and where
# PYTHONDONTWRITEBYTECODE is set each time anew, by each of its processes.
.venv/.compiled: .venv/.made $(shell find generator/jiebang -name '*.py')
	@.venv/bin/python -m compileall -q generator/jiebang
	@touch .venv/.compiled

# An environment beside ours, from the lock of its name.
define tools
@echo '正在安装$(2)（首次需要联网，约一分钟）……'
@rm -rf .venv/$(1) && .venv/bin/python -m venv .venv/$(1) && \
  .venv/$(1)/bin/python -m pip install -qq --require-hashes -r requirements/$(1).txt || \
  { echo '$(2)没有装好。请检查网络（或 pip 的镜像设置），然后重新运行同一条命令。' >&2; exit 1; }
@touch .venv/$(1)/.made
endef

# What is measured beside ours has an environment of its own: it asks for other versions of the same packages.
.venv/bench/.made: requirements/bench.txt | .venv/.dev
	$(call tools,bench,用来对照的程序)

# What looks for advisories has an environment of its own, as what it looks at must not depend on it.
.venv/audit/.made: requirements/audit.txt | .venv/.made
	$(call tools,audit,查漏洞、列清单的程序)

.venv/engines/.made: requirements/engines.txt | .venv/.made
	$(call tools,engines,用来试用的程序)

LOCKS := runtime build dev browser audit engines fuzz
PLATFORMS := x86_64-manylinux_2_28 aarch64-manylinux_2_28 x86_64-unknown-linux-musl aarch64-unknown-linux-musl aarch64-apple-darwin x86_64-pc-windows-msvc

# It finds the program and its libraries in the environment around it.
.venv/fuzz/.made: requirements/fuzz.txt | .venv/.dev
	@echo '正在安装 atheris（首次需要联网，约一分钟）……'
	@rm -rf .venv/fuzz && .venv/bin/python -m venv .venv/fuzz && \
	  .venv/fuzz/bin/python -m pip install -qq --require-hashes --only-binary=:all: -r requirements/fuzz.txt || \
	  { echo 'atheris 没有装好：它只有 Linux 和部分 Python 版本的安装包。请检查网络（或 pip 的镜像设置），然后重新运行同一条命令。' >&2; exit 1; }
	@.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' > .venv/fuzz/around.pth
	@mv .venv/fuzz/around.pth "$$(.venv/fuzz/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/around.pth"
	@touch .venv/fuzz/.made

# Node comes with the locked Python packages, so that the scripts are checked by the same version everywhere.
NODE := .venv/bin/node node_modules

# A folder that was removed or cut off half-way has no stamp.
node_modules/.made: package-lock.json package.json .npmrc | .venv/.dev
	@echo '正在安装检查脚本和样式的工具（首次需要联网，约半分钟）……'
	@.venv/bin/npm ci --silent || { echo '工具没有装好。请检查网络（或 npm 的镜像设置），然后重新运行同一条命令。' >&2; exit 1; }
	@touch node_modules/.made

# Python for browsers, and what of the program's libraries is compiled for it; our own modules are packed when a site is built.
PYODIDE := pyodide.mjs pyodide.asm.mjs pyodide.asm.wasm python_stdlib.zip
BLANKS := generator/jiebang/forms/writing/templates/annex-1.docx generator/jiebang/forms/writing/templates/annex-2.docx \
  generator/jiebang/forms/writing/templates/annex-3.docx
reader/.made: node_modules/.made requirements/browser.txt .ci/compile-reader.js
	@echo '正在取来在网页上读表格的程序……'
	@rm -rf reader reader.part && mkdir reader.part && cp $(PYODIDE:%=node_modules/pyodide/%) reader.part/ && \
	  .venv/bin/python -m pip download -qq --require-hashes --no-deps --only-binary=:all: --platform pyemscripten_2026_0_wasm32 \
	    --python-version 3.14 --implementation cp -r requirements/browser.txt --dest reader.part && \
	  .venv/bin/python -c 'import sys; from jiebang.site.reader import packed_program; sys.stdout.buffer.write(packed_program())' \
	    > reader.part/.program && .venv/bin/node .ci/compile-reader.js reader.part reader.part/.program $(BLANKS) && rm reader.part/.program && \
	  touch reader.part/.made && mv reader.part reader || \
	  { echo '程序没有取到。请检查网络（或 pip 的镜像设置），然后重新运行同一条命令；没有它，网站照样可以生成。' >&2; exit 1; }

# For programs that praise at length: what they say is shown when they have found something.
quietly = said="$$($(1) 2>&1)" || { printf '%s\n' "$$said" >&2; exit 1; }

define install
{ .venv/bin/python -m pip install -qq --require-hashes -r $(1) && \
  .venv/bin/python -m pip install -qq --no-deps --no-build-isolation --editable .; } || \
  { echo '软件包没有装好。请检查网络（或 pip 的镜像设置），然后重新运行同一条命令。' >&2; exit 1; }
endef
