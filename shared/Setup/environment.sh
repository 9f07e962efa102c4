# shellcheck shell=bash
# What a fair run needs of its process environment. A value the user has set stays.

# Physical cores this process may use: hyper-threads share one set of multipliers, and a container may own less than the machine.
physical_cores() {
  local cores usable quota period
  cores=$(lscpu -p=CORE,SOCKET 2>/dev/null | grep '^[0-9]' | sort -u | wc -l)
  usable=$(nproc)
  [ "$cores" -gt 0 ] && [ "$cores" -lt "$usable" ] && usable=$cores
  if read -r quota period 2>/dev/null </sys/fs/cgroup/cpu.max && [ "$quota" != max ]; then
    quota=$(((quota + period - 1) / period))
    [ "$quota" -lt "$usable" ] && usable=$quota
  fi
  echo "$usable"
}

# The kernels of OpenBLAS for this processor. OpenBLAS knows processors by their model number and takes its oldest kernels, of SSE3, for one that came out after
# it did: on a Xeon of model 207 a quarter of what those for AVX-512 give. On an EPYC of family 26, those for AVX-512 give 1.8 times what Zen's, of AVX2, give.
# Nothing where it shall choose.
openblas_core() {
  local vendor flags
  vendor=$(sed -n '/^vendor_id/{s/.*: *//p;q}' /proc/cpuinfo 2>/dev/null)
  flags=" $(sed -n '/^flags/{s/.*: *//p;q}' /proc/cpuinfo 2>/dev/null) "
  case "$vendor$flags" in
    GenuineIntel*' avx512bw '* | AuthenticAMD*' avx512bw '*) echo SkylakeX ;;
    GenuineIntel*' avx2 '*) echo Haswell ;;
    AuthenticAMD*' avx2 '*) echo Zen ;;
  esac
}

set_fair_environment() {
  local core
  export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(physical_cores)}
  core=$(openblas_core)
  [ -z "$core" ] || export OPENBLAS_CORETYPE=${OPENBLAS_CORETYPE:-$core}
  # Freed activations stay in the process; returned to the kernel, they come back as page faults, up to a third of a conv net's time.
  export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-4294967296}
  export MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-4294967296}
}

# A folder of data-set files beside the checkout serves machines with no network.
name_data_mirror() {
  [ -z "${REPLICATIONS_DATA_MIRROR:-}" ] && [ -f "$root/../shared/data/sources.csv" ] || return 0
  REPLICATIONS_DATA_MIRROR=$(cd -- "$root/../shared/data" && pwd)
  export REPLICATIONS_DATA_MIRROR
  say "data mirror: $REPLICATIONS_DATA_MIRROR"
}
