#!/usr/bin/env bash
# Set up the checkout:  scripts/setup.sh demo|dev
# .venv with the locked packages, the front end, the catalogues. A second run costs a moment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scope=${1:-dev}

fail() {
  echo "setup: $1" >&2
  exit 2
}

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && is_new_enough "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

make_environment() {
  # The scripts of an environment name its folder: a copied checkout needs one of its own.
  if [ -x .venv/bin/python ] && is_new_enough .venv/bin/python &&
    [ "$(cat .venv/.place 2>/dev/null || pwd)" = "$(pwd)" ]; then return; fi
  local python
  python=$(find_python) || fail "Python 3.11 or newer was not found"
  "$python" -c 'import ensurepip' 2>/dev/null ||
    scripts/system-packages.sh python3-venv ||
    fail "$python cannot make virtual environments (Debian: python3-venv)"
  echo "setup: making .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv
  pwd >.venv/.place
}

fingerprint() {
  cat "$@" | sha256sum | cut -d ' ' -f 1
}

install_packages() {
  local lock=requirements/$1.lock stamp=.venv/.installed-$1 now
  now=$(fingerprint "$lock" pyproject.toml requirements/build.in)
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then return; fi
  echo "setup: installing the locked Python packages ($1)"
  .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
  .venv/bin/python -m pip install -qq --disable-pip-version-check \
    --no-deps --no-build-isolation --editable .
  echo "$now" >"$stamp"
}

build_front_end() {
  local stamp=frontend/node_modules/.built now
  now=$(fingerprint frontend/package-lock.json frontend/*.mjs)
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ] &&
    [ -f src/hengtu/web/static/hengtu/vendor/LICENSES.txt ] &&
    [ -f src/hengtu/writers/fonts/LICENSES.txt ]; then return; fi
  command -v npm >/dev/null || fail "npm was not found: install Node.js 20 or newer"
  echo "setup: building the front end"
  (cd frontend && npm ci --silent --no-audit --no-fund --no-update-notifier && node build.mjs)
  echo "$now" >"$stamp"
}

make_environment
install_packages "$scope"
build_front_end
.venv/bin/python scripts/catalogues.py compile
