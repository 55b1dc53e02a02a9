#!/usr/bin/env bash
# Set everything up in the checkout and serve the demo until Ctrl-C; ONCE=1 answers once and ends.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/setup.sh demo

if [ "${ONCE:-}" != 1 ]; then
  export HENGTU_HOME=${HENGTU_HOME:-$PWD/.demo}
  exec .venv/bin/hengtu demo ${PORT:+--port "$PORT"} "$@"
fi
exec .venv/bin/python scripts/demo_once.py "$@"
