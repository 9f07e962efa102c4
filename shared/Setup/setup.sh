#!/usr/bin/env bash
# Brings a bare Debian or Ubuntu with the .NET 10 SDK to the point where the suite runs; does nothing slow when nothing is needed.
#
# Sourced, it defines `set_up LEVEL`; typed, it runs it:
#   judge    the programs, built: enough to list, judge and compare stored results; no libtorch
#   report   judge, and Node with the chart packages
#   run      report, and a libtorch with the native part built against it (default)
#
# LIBTORCH=/path            use this libtorch
# TorchEngine=TorchSharp    use the TorchSharp packages, no libtorch
# REPLICATIONS_DEVICE=cpu   leave an NVIDIA GPU unused on purpose
# Exit code 3: something the machine must have is not there; the message says what to type.

setup_folder=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(CDPATH='' cd -- "$setup_folder/../.." && pwd)
programs="$root/artifacts" # where the build output lies; build_programs moves it for another engine
libtorch=                  # the libtorch's folder, or `debian`; choose_engine finds it

# shellcheck source-path=SCRIPTDIR
. "$setup_folder/words.sh"
. "$setup_folder/environment.sh"
. "$setup_folder/packages.sh"
. "$setup_folder/dotnet.sh"
. "$setup_folder/libtorch.sh"
. "$setup_folder/native.sh"
. "$setup_folder/charts.sh"
. "$setup_folder/programs.sh"

set_up() {
  local level=${1:-run}
  mkdir -p -- "$root/artifacts"
  exec 9>"$root/artifacts/setup.lock"
  flock -n 9 || { say "waiting for another set-up of this folder"; flock 9; }
  require_dotnet
  case ${TorchEngine:-Libtorch} in Libtorch | TorchSharp) ;; *) stop "TorchEngine=$TorchEngine: Libtorch or TorchSharp" ;; esac
  # Which of its packages that engine is built with is settled at every level: each would undo the other's build.
  [ "$level" = run ] || [ "${TorchEngine:-}" != TorchSharp ] || choose_engine
  case $level in
    judge) ;;
    report) require_node ;;
    run) require_node; choose_engine; require_engine_packages; find_libtorch; build_native ;;
    *) stop "no set-up level '$level': judge, report or run" ;;
  esac
  tell_gpu
  set_fair_environment
  name_data_mirror
  build_programs
  [ "$level" = judge ] || install_charts
  exec 9>&-
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  set_up "${1:-run}"
fi
