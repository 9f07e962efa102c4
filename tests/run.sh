#!/usr/bin/env bash
# Sets up and passes all tests. The last line is `N passed, N failed`.
#
#   tests/run.sh                            everything
#   tests/run.sh Claims.Tests Torch.Tests   some projects
#   tests/run.sh --filter Verdict           tests whose full name contains the word (or a `dotnet test` filter expression)
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=shared/Setup/setup.sh
. "$root/shared/Setup/setup.sh"

usage() { echo "tests/run.sh: $* (tests/run.sh [--filter EXPRESSION] [PROJECT...])" >&2; exit 2; }

projects=() filter=()
while [ $# -gt 0 ]; do
  case $1 in
    --filter) [ $# -ge 2 ] || usage "--filter needs an expression"; filter=(--filter "$2"); shift ;;
    -*) usage "unknown option '$1'" ;;
    *) [[ $1 == *.Tests && -d $root/tests/$1 ]] || usage "no test project '$1' in tests/"; projects+=("$1") ;;
  esac
  shift
done
if [ ${#projects[@]} = 0 ]; then
  for folder in "$root"/tests/*.Tests; do projects+=("$(basename "$folder")"); done
fi

set_up run
cd -- "$root"

# Cuda.Tests run on the GPU that is there; else on one that is pretended, which is written for one libtorch without CUDA.
gpu='' no_gpu=''
unset REPLICATIONS_PRETENDED_GPU
if [[ ${REPLICATIONS_DEVICE:-cpu} == cuda* ]]; then
  if [ "$TorchEngine" = Libtorch ]; then gpu=real; else no_gpu="the TorchSharp packages have no switch for deterministic algorithms"; fi
elif [ "$TorchEngine" = Libtorch ] && [[ $libtorch_version == 1.13.* ]] && [ ! -e "$(dirname -- "$libtorch_library")/libtorch_cuda.so" ]; then
  gpu=pretended
  export REPLICATIONS_PRETENDED_GPU="$root/artifacts/native/pretended/libpretended_cuda.so"
  if [[ " ${projects[*]} " == *" Cuda.Tests "* ]]; then
    (flock 9; cmake_library pretended_cuda tests/Cuda.Tests/pretended artifacts/native/pretended) 9>"$root/artifacts/setup.lock"
  fi
else
  no_gpu="no GPU is used, and one is pretended with libtorch 1.13 without CUDA alone"
fi
counts="$programs/tests"
rm -rf -- "$counts"

# counter NAME FILE: one of the totals a test-result file states.
counter() { sed -n "s/.*<Counters .*\b$1=\"\([0-9]*\)\".*/\1/p" "$2"; }

# failures FILE: the names of its failed tests.
failures() {
  sed -n 's/.*<UnitTestResult .*\btestName="\([^"]*\)".*\boutcome="Failed".*/failed: \1/p' "$1" | sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'
}

passed=0 failed=0 skipped=0 names=()
for project in "${projects[@]}"; do
  note=''
  if [ "$project" = Cuda.Tests ]; then
    [ -n "$gpu" ] || { echo "== $project: left out: $no_gpu" >&2; continue; }
    note=", on a $gpu GPU"
  fi
  echo "== $project$note" >&2
  result="$counts/$project.trx"
  # A project that hangs is stopped; one that dies or leaves no result counts as a failure.
  timeout --kill-after=30s 15m dotnet test "$programs/bin/$project/release/Replications.$project.dll" --nologo \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$result" "${filter[@]}" </dev/null || status=$?
  if [ -f "$result" ]; then
    total=$(counter total "$result") good=$(counter passed "$result") bad=$(counter failed "$result")
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - good - bad))
    mapfile -t -O "${#names[@]}" names < <(failures "$result")
  fi
  if [ "${status:=0}" != 0 ] && [ "${bad:-0}" = 0 ]; then
    names+=("$project ended with code $status and no failing test of its own")
    failed=$((failed + 1))
  fi
  # A project of which no test is found would pass as well. That of the default engine has none under the other.
  if [ "$status" = 0 ] && [ "${total:-0}" = 0 ] && [ ${#filter[@]} = 0 ] && [ "$TorchEngine $project" != "TorchSharp Torch.Tests" ]; then
    names+=("$project: no test was found")
    failed=$((failed + 1))
  fi
  unset status bad total
done

# Last, where the end of a long output still shows them.
[ ${#names[@]} = 0 ] || printf '%s\n' "${names[@]}" >&2
[ $((passed + failed)) -gt 0 ] || { echo "no test ran" >&2; failed=1; }
[ "$skipped" = 0 ] && echo "$passed passed, $failed failed" || echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
