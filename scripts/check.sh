#!/usr/bin/env bash
# Everything that is checked without running the product; every step runs, failures are told at the end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/setup.sh dev

failed=()
step() {
  local name=$1
  shift
  echo "check: $name"
  "$@" || failed+=("$name")
}

bin=.venv/bin
step format "$bin/ruff" format --no-cache --check --quiet .
step lint "$bin/ruff" check --no-cache --quiet .
step types "$bin/mypy" --strict src
step layers "$bin/lint-imports" --no-cache
step translations "$bin/python" scripts/catalogues.py check
step docs env NO_MKDOCS_2_WARNING=1 "$bin/mkdocs" build --strict --quiet

if [ ${#failed[@]} -gt 0 ]; then
  echo "check: failed: ${failed[*]}" >&2
  exit 1
fi
echo "check: all fine"
