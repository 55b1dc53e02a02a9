#!/usr/bin/env bash
# Install the Debian packages named as arguments, those that are missing, with root or sudo.
# Without either, or without the network, say once what is missing and exit 1.
set -euo pipefail

missing=()
for package in "$@"; do
  state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

give_up() {
  {
    echo "Missing on this machine: ${missing[*]}"
    echo "$1. To install them:  sudo apt-get install --no-install-recommends ${missing[*]}"
  } >&2
  exit 1
}

command -v apt-get >/dev/null || give_up "This is not a Debian system; install what they stand for"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || give_up "Installing needs root or sudo"
  sudo -n true 2>/dev/null || [ -t 0 ] || give_up "Installing needs root or sudo without a password"
  as_root=(sudo)
fi

echo "system packages: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
quiet=(-qq -o Dpkg::Use-Pty=0)
install=(env DEBIAN_FRONTEND=noninteractive apt-get "${quiet[@]}" install -y --no-install-recommends)
"${as_root[@]}" apt-get "${quiet[@]}" update </dev/null || true
"${as_root[@]}" "${install[@]}" "${missing[@]}" </dev/null >/dev/null || give_up "apt-get could not install them"
