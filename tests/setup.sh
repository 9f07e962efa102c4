#!/usr/bin/env bash
# The set-up chooses as the README says, on machines that are pretended: a GPU and a python3 are scripts, a libtorch is empty files.
set -uo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
pretended=$(mktemp -d)
trap 'rm -rf -- "$pretended"' EXIT

# program FOLDER NAME SCRIPT: what stands in for a program of the machine.
program() {
  mkdir -p "$pretended/$1"
  printf '#!/bin/sh\n%s\n' "$3" >"$pretended/$1/$2"
  chmod +x "$pretended/$1/$2"
}
program none nvidia-smi 'exit 9'
program none python3 'exit 1'
program gpu nvidia-smi 'echo "GPU 0: pretended"'
program python python3 "echo '$pretended/python torch'"
mkdir -p "$pretended/"{cpu,cuda,python}" torch/lib" "$pretended/home"
touch "$pretended/"{cpu,cuda,python}" torch/lib/libtorch_cpu.so" "$pretended/"{cuda,python}" torch/lib/libtorch_cuda.so"
no_gpu="PATH=$pretended/none:/usr/bin:/bin"
gpu="PATH=$pretended/gpu:$pretended/none:/usr/bin:/bin"
gpu_python="PATH=$pretended/gpu:$pretended/python:/usr/bin:/bin"
no_gpu_python="PATH=$pretended/python:$pretended/none:/usr/bin:/bin"

faults=0
# expect ANSWER VARIABLE=VALUE...: what choose_engine decides in this environment; an exit code where it stops.
expect() {
  local answer=$1 got
  shift
  # shellcheck disable=SC2016 # expanded by the inner shell
  got=$(env -i HOME="$pretended/home" "$@" bash -c '
    . "$0/shared/Setup/setup.sh"
    set -euo pipefail
    has_driver() { [ "${DRIVER:-}" = yes ]; }
    choose_engine
    echo "$TorchEngine${TorchSharpDevice:+/$TorchSharpDevice} ${libtorch:-none} ${REPLICATIONS_DEVICE:-any}"' "$root" 2>/dev/null) || got="exit $?"
  [ "$got" = "$answer" ] && return
  echo "set-up: $*: chose '$got', not '$answer'" >&2
  faults=$((faults + 1))
}

expect "Libtorch debian any" "$no_gpu"
expect "Libtorch debian any" "$no_gpu_python"
expect "Libtorch $pretended/cpu torch any" "$no_gpu" "LIBTORCH=$pretended/cpu torch"
expect "TorchSharp none any" "$no_gpu" TorchEngine=TorchSharp
expect "exit 3" "$no_gpu" "LIBTORCH=$pretended/nowhere"

expect "Libtorch $pretended/cuda torch cuda" "$gpu_python" "LIBTORCH=$pretended/cuda torch"
expect "Libtorch $pretended/python torch cuda" "$gpu_python"
expect "Libtorch debian cpu" "$gpu" REPLICATIONS_DEVICE=cpu
expect "TorchSharp/cuda-linux none cuda" "$gpu" TorchEngine=TorchSharp
expect "exit 3" "$gpu" "LIBTORCH=$pretended/cpu torch"
expect "exit 3" "$no_gpu" DRIVER=yes
expect "Libtorch debian cpu" "$no_gpu" DRIVER=yes REPLICATIONS_DEVICE=cpu
expect "Libtorch $pretended/cuda torch cuda" "$gpu" DRIVER=yes "LIBTORCH=$pretended/cuda torch"
# The usual places are those of this machine: with a CUDA libtorch in one, what follows cannot be pretended.
if [ ! -e /usr/local/libtorch ] && [ ! -e /opt/libtorch ] && ! ls /usr/lib/*/libtorch_cuda.so >/dev/null 2>&1; then
  expect "TorchSharp/cuda-linux none cuda" "$gpu"
  cp -r "$pretended/cuda torch" "$pretended/home/libtorch"
  expect "Libtorch $pretended/home/libtorch cuda" "$gpu"
fi

# An older .NET of the machine does not hide the one in the home folder.
program old dotnet 'echo "8.0.100 [pretended]"'
program home/.dotnet dotnet 'echo "10.0.100 [pretended]"'
# shellcheck disable=SC2016 # expanded by the inner shell
found=$(env -i HOME="$pretended/home" PATH="$pretended/old:/usr/bin:/bin" bash -c '. "$0/shared/Setup/setup.sh"; require_dotnet; command -v dotnet' "$root")
[ "$found" = "$pretended/home/.dotnet/dotnet" ] || {
  echo "set-up: beside an older .NET: found '$found'" >&2
  faults=$((faults + 1))
}

[ "$faults" = 0 ] && echo "set-up: every machine chooses its engine"
[ "$faults" = 0 ]
