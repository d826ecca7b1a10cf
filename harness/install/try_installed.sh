#!/usr/bin/env bash
# Uses what is installed in PREFIX as somebody would who has nothing else of timewait. Ends with 77, which
# ctest shows as skipped, when no cell can run here.
#
#   try_installed.sh PREFIX
set -euo pipefail
prefix=$1
elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
cd "$elsewhere"
cell=server-closes-first/first=plain,rebind=plain
stop() { echo "try_installed: $1" >&2; exit 1; }

for file in bin/timewait include/timewait/timewait.h lib/libtimewait.a lib/cmake/timewait/timewait-config.cmake \
  libexec/timewait/{peer,message_server} share/timewait/scenarios/{README.md,claims.toml,zh.toml,scenario.schema.json} \
  share/timewait/results/linux-6.18/reference.jsonl share/doc/timewait/{README.md,LICENSE,CHANGELOG.md} \
  share/man/man1/timewait.1 share/bash-completion/completions/timewait share/zsh/site-functions/_timewait \
  share/fish/vendor_completions.d/timewait.fish; do
  [[ -s $prefix/$file ]] || stop "$file is missing"
done
ln -s "$prefix/bin/timewait" linked
[[ $(./linked list --names) == *"$cell"* ]] || stop 'through a link it does not find its scenarios'
[[ $(./linked list --lang zh) == *中* || $(./linked list --lang zh) == *的* ]] || stop 'it does not speak Chinese'

status=0
./linked run "$cell" >log 2>&1 || status=$?
[[ $status != 77 ]] || { cat log; exit 77; }
((status == 0)) || { cat log >&2; stop 'a cell does not pass'; }
[[ -s results/run/latest/records.jsonl ]] || stop 'there are no records below the current folder'
./linked claims results/run/latest >log 2>&1 || (($? < 4)) || { cat log >&2; stop 'claims cannot be judged'; }
./linked compare "$prefix/share/timewait/results/linux-6.18" results/run/latest --subset >log 2>&1 || (($? < 2)) ||
  { cat log >&2; stop 'a reference cannot be read'; }
