#!/usr/bin/env bash
# The set-up chooses as the README says, on machines that are pretended: a GPU is a script named nvidia-smi, a libtorch an empty file.
set -uo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
pretended=$(mktemp -d)
trap 'rm -rf -- "$pretended"' EXIT

mkdir -p "$pretended/gpu" "$pretended/cpu torch/lib" "$pretended/cuda torch/lib" "$pretended/python/torch/lib" "$pretended/home"
printf '#!/bin/sh\necho "GPU 0: pretended"\n' >"$pretended/gpu/nvidia-smi"
chmod +x "$pretended/gpu/nvidia-smi"
touch "$pretended/cpu torch/lib/libtorch_cpu.so" "$pretended/cuda torch/lib/libtorch_"{cpu,cuda}.so \
  "$pretended/python/torch/__init__.py" "$pretended/python/torch/lib/libtorch_"{cpu,cuda}.so
no_gpu=PATH=/usr/bin:/bin gpu="PATH=$pretended/gpu:/usr/bin:/bin"

faults=0
# expect ANSWER VARIABLE=VALUE...: what choose_engine decides in this environment; an exit code where it stops.
expect() {
  local answer=$1 got
  shift
  # shellcheck disable=SC2016 # expanded by the inner shell
  got=$(env -i HOME="$pretended/home" "$@" bash -c '
    . "$0/shared/Setup/setup.sh"
    set -euo pipefail
    choose_engine
    echo "$TorchEngine${TorchSharpDevice:+/$TorchSharpDevice} ${libtorch:-none} ${REPLICATIONS_DEVICE:-any}"' "$root" 2>/dev/null) || got="exit $?"
  [ "$got" = "$answer" ] && return
  echo "set-up: $*: chose '$got', not '$answer'" >&2
  faults=$((faults + 1))
}

expect "Libtorch debian any" "$no_gpu"
expect "Libtorch $pretended/cpu torch any" "$no_gpu" "LIBTORCH=$pretended/cpu torch"
expect "exit 3" "$no_gpu" "LIBTORCH=$pretended/nowhere"
expect "TorchSharp none any" "$no_gpu" TorchEngine=TorchSharp
expect "Libtorch debian any" "$no_gpu" "PYTHONPATH=$pretended/python"

expect "Libtorch $pretended/cuda torch cuda" "$gpu" "LIBTORCH=$pretended/cuda torch" "PYTHONPATH=$pretended/python"
expect "exit 3" "$gpu" "LIBTORCH=$pretended/cpu torch"
expect "Libtorch debian cpu" "$gpu" REPLICATIONS_DEVICE=cpu
expect "TorchSharp/cuda-linux none cuda" "$gpu" TorchEngine=TorchSharp
! command -v python3 >/dev/null || expect "Libtorch $pretended/python/torch cuda" "$gpu" "PYTHONPATH=$pretended/python"
cp -r "$pretended/cuda torch" "$pretended/home/libtorch"
expect "Libtorch $pretended/home/libtorch cuda" "$gpu"
rm -r "$pretended/home/libtorch"
expect "TorchSharp/cuda-linux none cuda" "$gpu"

[ "$faults" = 0 ] && echo "set-up: every machine chooses its engine"
[ "$faults" = 0 ]
