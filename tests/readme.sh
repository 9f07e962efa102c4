#!/usr/bin/env bash
# The README holds: its commands run, its links lead somewhere, its result table is that of the ledger. Of the papers' pages, the `./run-all.sh run` commands are understood;
# results/README.md describes every column; no run that was ever recorded is missing in the ledger's list.
#
# A command marked `# executed in .ci/run` takes minutes; it is looked up in the commands that .ci/run executes instead.
set -uo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
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
    sed -nE 's/^ *check [a-z]+ //; s/^ +//; s/( "\$\{into\[@\]\}"| \|\| status=\$\?)$//; p' .ci/run | grep -qxF -- "$command" || fault "'$command' is not executed in .ci/run"
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
./run-all.sh verify --ledger --into "$again" >/dev/null 2>&1 || fault "the ledger does not hold. Type: ./run-all.sh verify --ledger"
cmp -s README.md "$again" || fault "its table is not that of results/ledger. Type: ./run-all.sh verify --ledger --into README.md"

# Runs of hours: `plan` reads the same options and starts nothing.
typed=0
while IFS= read -r command; do
  typed=$((typed + 1))
  output=$(bash -c "${command/ run / plan }" 2>&1 </dev/null) || fault "a page's '$command' is not understood: $output"
done < <(grep -ohE '`\./run-all\.sh run [^`]*`' replications/*/README.md results/README.md | tr -d '`' | sort -u)
[ "$typed" -gt 0 ] || fault "no command found on the pages"

# columns FILE EXAMPLE: results/README.md describes the columns of FILE, those that EXAMPLE has, in their order.
columns() {
  local described
  described=$(awk -v title="## Columns of $1" '$0 == title { inside = 1; next } /^##/ { inside = 0 } inside' results/README.md | sed -n 's/^| `\([a-z_]*\)` |.*/\1/p' | paste -sd,)
  [ "$described" = "$(head -n 1 "$2")" ] || fault "results/README.md describes other columns of $1: $described"
}
columns summary.csv tests/Suite.Tests/Approved/summary.csv
columns index.csv results/ledger/index.csv
for speeds in results/speed/*.csv; do columns speed.csv "$speeds"; done
columns metrics.csv "$(find results/ledger -name metrics.csv -print -quit)"

# What was recorded once stays listed: a line gets a reason at its end when its run is withdrawn, and is not taken out.
index=results/ledger/index.csv
if [ "$(git rev-parse --is-shallow-repository 2>/dev/null)" = false ]; then
  while IFS= read -r line; do
    grep -qF -- "$line" "$index" || fault "$index has lost the line '$line'"
  done < <(git log --full-history --format=%H -- "$index" | while IFS= read -r commit; do git show "$commit:$index"; done | sort -u)
else
  echo "README.md: git has no whole history here, so that $index is not held against it" >&2
fi

[ "$faults" = 0 ] && echo "README.md: $commands commands, links and result table hold; $typed commands of pages are understood"
[ "$faults" = 0 ]
