#!/usr/bin/env bash
# Refresh requirements/*.lock from pyproject.toml; names of package sources stay out of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

uv=.venv/bin/uv
[ -x "$uv" ] || { echo "scripts/lock.sh: run 'make setup' first (uv is missing in .venv)" >&2; exit 2; }

compile() {
  local lock=$1
  shift
  "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header "${UPGRADE[@]}" --output-file "$lock" "$@"
}

UPGRADE=()
[ "${1:-}" = --upgrade ] && UPGRADE=(--upgrade)
compile requirements/dev.lock --extra dev pyproject.toml requirements/build.in
compile requirements/demo.lock --constraint requirements/dev.lock pyproject.toml requirements/build.in
if grep -nE 'https?://' requirements/*.lock; then
  echo "scripts/lock.sh: a lock names a package source (above)" >&2
  exit 1
fi
