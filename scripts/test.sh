#!/usr/bin/env bash
# Set everything up, then run the tests on SQLite and on PostgreSQL. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

needed=(chromium postgresql fonts-noto-cjk gettext libreoffice-writer libreoffice-calc
  libreoffice-impress poppler-utils)
command -v java >/dev/null || needed+=(default-jre-headless)
scripts/system-packages.sh "${needed[@]}" || echo "The tests that need them are left out." >&2
scripts/setup.sh dev

echo "tests on SQLite"
status=0
env -u HENGTU_DATABASE_URL .venv/bin/pytest -q "$@" || status=$?

echo "tests on PostgreSQL (those that use a database)"
second=0
scripts/postgres.sh .venv/bin/pytest -q --database-only "$@" || second=$?
if [ "$second" -eq 69 ]; then
  echo "PostgreSQL is missing: the tests ran on SQLite only." >&2
  second=0
fi
[ "$status" -ne 0 ] || status=$second
exit "$status"
