#!/usr/bin/env bash
# The README holds: its commands run, its links lead somewhere, its result table is that of the ledger.
#
# A command marked `# executed in .ci/run` takes minutes; it is looked up in the commands that .ci/run executes instead.
set -uo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd -- "$root" || exit 1
faults=0
fault() {
  echo "README.md: $*" >&2
  faults=$((faults + 1))
}

commands=0
while IFS= read -r line; do
  command=$(sed -E 's/[[:space:]]+#.*//' <<<"$line")
  [ -n "$command" ] || continue
  commands=$((commands + 1))
  if [[ $line == *'# executed in .ci/run' ]]; then
    # .ci/run may name a results folder besides.
    [[ $(grep -E '^ *(check|tests/)' .ci/run) == *"$command"* ]] || fault "'$command' is not executed in .ci/run"
  elif ! output=$(bash -c "$command" 2>&1 </dev/null); then
    fault "'$command' failed: $output"
  fi
done < <(awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' README.md)
[ "$commands" -gt 0 ] || fault "no command found"

links=$(grep -oE '\]\([^)#]+\)' README.md | sed -E 's/^\]\(//; s/\)$//' | grep -v '^https:')
for link in $links; do
  [ -e "$link" ] || fault "link to '$link', which is not there"
done

again=$(mktemp)
trap 'rm -f -- "$again"' EXIT
cp README.md "$again"
./run-all.sh verify --ledger --into "$again" >/dev/null 2>&1
cmp -s README.md "$again" || fault "its table is not that of results/ledger. Type: ./run-all.sh verify --ledger --into README.md"

[ "$faults" = 0 ] && echo "README.md: $commands commands, links and result table hold"
[ "$faults" = 0 ]
