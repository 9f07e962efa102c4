# shellcheck shell=bash
# Debian and Ubuntu packages: installed when root or with sudo, otherwise named in one command to type.

# Installed, held or not, of whichever architectures.
has_package() { [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null) == ?i* ]]; }

# as_root COMMAND...: as root, or through a sudo that needs no password, or asks for it on a terminal.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

can_be_root() {
  [ "$(id -u)" = 0 ] && return
  command -v sudo >/dev/null || return 1
  sudo -n true 2>/dev/null || { [ -t 0 ] && [ -z "${CI:-}" ]; }
}

# require_packages NAME...: all of them installed, or the set-up stops with the command to type.
require_packages() {
  [ $# -gt 0 ] || return 0
  local command="apt-get install -y --no-install-recommends $*"
  command -v apt-get >/dev/null || stop "this machine lacks: $* (Debian's names); install their like, or name a libtorch with LIBTORCH=/path"
  can_be_root || stop "missing packages. Type: sudo $command"
  say "installing $*"
  # The lists may be absent (a container) or old: refresh them when the first try fails.
  install_packages "$@" || { quietly apt.log as_root apt-get update -q && install_packages "$@"; } || stop "could not install. Type: sudo $command"
}

install_packages() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q -o DPkg::Lock::Timeout=600 --no-install-recommends "$@" </dev/null >"$root/artifacts/apt.log" 2>&1
}

require_node() {
  local missing=()
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  require_packages "${missing[@]}"
}

# What building the native part needs, and, for Debian's libtorch, that libtorch with the OpenMP flavour of OpenBLAS.
require_engine_packages() {
  [ "$TorchEngine" = Libtorch ] || return 0
  local missing=()
  command -v cmake >/dev/null || missing+=(cmake)
  command -v g++ >/dev/null || missing+=(g++)
  command -v make >/dev/null || missing+=(make)
  if [ "$libtorch" = debian ]; then
    has_package libtorch-dev || has_package libtorch-cuda-dev || missing+=(libtorch-dev)
    has_package libopenblas0-openmp || missing+=(libopenblas0-openmp)
  fi
  require_packages "${missing[@]}"
  [ "$libtorch" != debian ] || select_openmp_blas
}

# The pthread flavour keeps threads of its own beside libtorch's, which makes small steps several times slower. Where both are
# installed it has the higher priority, so the choice is made by hand.
select_openmp_blas() {
  local triplet library folder
  triplet="$(uname -m)-linux-gnu"
  folder="/usr/lib/$triplet/openblas-openmp"
  for library in libopenblas.so.0 libblas.so.3 liblapack.so.3; do
    [ -e "$folder/$library" ] || continue
    case $(readlink -f "/usr/lib/$triplet/$library") in "$folder"/*) continue ;; esac
    if can_be_root && say "selecting the OpenMP flavour of $library (update-alternatives)" &&
      quietly alternatives.log as_root update-alternatives --set "$library-$triplet" "$folder/$library"; then
      :
    else
      say "using the OpenMP flavour of $library for this process; the machine's choice stays"
      export LD_LIBRARY_PATH="$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    fi
  done
}
