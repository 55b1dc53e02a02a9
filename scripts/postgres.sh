#!/usr/bin/env bash
# Run a command with HENGTU_DATABASE_URL naming a throw-away PostgreSQL:  scripts/postgres.sh COMMAND…
# A server that is already named there is used as it is. Exit 69 when there is no PostgreSQL.
# POSTGRES_SETTINGS gives it further settings, such as "-c fsync=on", which count before ours.
set -euo pipefail

if [ -n "${HENGTU_DATABASE_URL:-}" ]; then exec "$@"; fi

# The newest of Debian's versions, which are not on the PATH, else whatever is.
initdb=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$initdb" ] || initdb=$(command -v initdb || true)
[ -n "$initdb" ] || exit 69
programs=$(dirname "$(readlink -f "$initdb")")

# initdb refuses root, so root borrows Debian's account.
owner=()
[ "$(id -u)" -ne 0 ] || owner=(runuser -u postgres --)

make_folder() {
  local parent folder
  for parent in "${TMPDIR:-}" "" /var/tmp; do
    folder=$(TMPDIR=$parent mktemp -d -t hengtu-pg-XXXXXX 2>/dev/null) || continue
    [ "$(id -u)" -ne 0 ] || chown postgres "$folder"
    if (cd / && "${owner[@]}" test -w "$folder"); then
      echo "$folder"
      return
    fi
    rmdir "$folder"
  done
  return 1
}

folder=$(make_folder) || { echo "postgres.sh: no folder that the server may write" >&2; exit 1; }
started=
clean_up() {
  [ -z "$started" ] || as_owner "$programs/pg_ctl" --pgdata "$folder/data" --mode immediate --silent stop || true
  rm -rf "$folder"
}
trap clean_up EXIT

as_owner() { (cd "$folder" && "${owner[@]}" "$@"); }

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "$password" >"$folder/password"
[ "$(id -u)" -ne 0 ] || chown postgres "$folder/password"
chmod 600 "$folder/password"
as_owner "$programs/initdb" --pgdata "$folder/data" --username hengtu --pwfile "$folder/password" \
  --auth scram-sha-256 --encoding UTF8 --locale C --no-sync >/dev/null

find_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

for _ in 1 2 3; do
  port=$(find_port)
  # Nothing here outlives the run: no need to survive a power cut.
  settings="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder"
  settings+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100"
  settings+=" ${POSTGRES_SETTINGS:-}"
  if as_owner "$programs/pg_ctl" --pgdata "$folder/data" --log "$folder/log" --options "$settings" \
    --wait --silent start; then
    started=yes
    break
  fi
done
[ -n "$started" ] || { cat "$folder/log" >&2; exit 1; }

PGPASSWORD=$password "$programs/createdb" --host 127.0.0.1 --port "$port" --username hengtu hengtu
export HENGTU_DATABASE_URL="postgresql://hengtu:$password@127.0.0.1:$port/hengtu"
"$@"
