#!/usr/bin/env bash
# Measures the suite side by side with a PyTorch script of the same models on the same libtorch, in one run and in alternation,
# and prints CSV `name,ours_ms,peer_ms,ratio` to stdout; what it does goes to stderr.
#
#   tests/bench.sh [ROW...]                  all rows, or the rows named
#   tests/bench.sh --record FILE [ROW...]    writes them into a CSV file too, over older ones, with what a reading is worth nothing without: see results/README.md
#   tests/bench.sh parts [OPTION...]         the small parts alone, by BenchmarkDotNet with its options, for example --filter '*Border*'
#
# The medians of several rounds are compared; what both sides computed is compared, so that it is the same work. The peer is PyTorch as it is used without more ado: eager, float32,
# contiguous images, the optimisers' default form. A row without -fp32 of a network has bfloat16 products on our side alone.
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=shared/Setup/setup.sh
. "$root/shared/Setup/setup.sh"

# The peer is there for this comparison alone: nothing else of the suite uses Python.
require_peer() {
  python=python3
  if [ "$libtorch" = debian ]; then
    has_package python3-torch || require_packages python3-torch
    python=/usr/bin/python3
  fi
  [ "$TorchEngine" = Libtorch ] || stop "the comparison is of the default engine, not of TorchEngine=$TorchEngine"
  local torch own=$libtorch
  torch=$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))' 2>/dev/null) || stop "$python has no torch to compare with"
  [ "$libtorch" != debian ] || own=/usr/lib/python3/dist-packages/torch
  [ "$(realpath -- "$torch")" = "$(realpath -- "$own")" ] || stop "$python has the torch in $torch, the libtorch in use is that of $own: the two cannot be compared"
}

set_up run
benchmarks="$programs/bin/Benchmarks/release/Replications.Benchmarks.dll"
if [ "${1:-}" = parts ]; then
  shift
  [ $# -gt 0 ] || set -- --filter '*'
  exec dotnet "$benchmarks" parts "$@"
fi
require_peer
exec dotnet "$benchmarks" compare "$python" "$root/tests/Benchmarks/peer.py" "$@"
