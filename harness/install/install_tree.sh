#!/usr/bin/env bash
# Installs a build into TRIAL/moved, by way of another prefix, and sees that nothing in it names the
# machine it was built on.
#
#   install_tree.sh BUILD SOURCE TRIAL
set -euo pipefail
build=$1
source=$2
trial=$3

rm -rf "$trial"
cmake --install "$build" --prefix "$trial/first" >/dev/null
mv "$trial/first" "$trial/moved"
for path in "$build" "$source" "$trial"; do
  ! grep -rlF "$path" "$trial/moved" || { echo "the files above contain $path" >&2; exit 1; }
done
