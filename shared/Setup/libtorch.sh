# shellcheck shell=bash
# Which engine, and which libtorch. Sets TorchEngine, TorchSharpDevice, and libtorch: a folder, or `debian` for the package.

has_gpu() { command -v nvidia-smi >/dev/null && grep -q '^GPU' <<<"$(nvidia-smi -L 2>/dev/null)"; }

# One answer for the set-up and for the programs (Workplace.HasGpu).
tell_gpu() { if has_gpu; then export REPLICATIONS_GPU=yes; else export REPLICATIONS_GPU=no; fi; }

# A card whose driver is there but gives no answer is not left unused in silence either.
has_driver() { [ -e /dev/nvidiactl ]; }

choose_engine() {
  export TorchEngine=${TorchEngine:-Libtorch}
  libtorch=
  [ "${REPLICATIONS_DEVICE:-}" = cpu ] || has_gpu || ! has_driver ||
    stop "/dev/nvidiactl is there and nvidia-smi names no GPU: mend the driver or install nvidia-smi; REPLICATIONS_DEVICE=cpu leaves the GPU unused on purpose"
  if [ "${REPLICATIONS_DEVICE:-}" != cpu ] && has_gpu; then choose_for_gpu; else choose_for_cpu; fi
}

choose_for_cpu() {
  if [ "$TorchEngine" = TorchSharp ]; then
    say "engine: the TorchSharp packages, cpu"
  elif [ -n "${LIBTORCH:-}" ]; then
    [ -e "$LIBTORCH/lib/libtorch_cpu.so" ] || stop "LIBTORCH=$LIBTORCH holds no lib/libtorch_cpu.so"
    libtorch=$(cd -- "$LIBTORCH" && pwd)
  else
    libtorch=debian
  fi
}

# A GPU is never left unused in silence: each choice below computes on it, or the set-up stops.
choose_for_gpu() {
  export REPLICATIONS_DEVICE=${REPLICATIONS_DEVICE:-cuda}
  if [ "$TorchEngine" = TorchSharp ]; then
    export TorchSharpDevice=${TorchSharpDevice:-cuda-linux}
    say "engine: the TorchSharp packages, $TorchSharpDevice"
  elif [ -n "${LIBTORCH:-}" ]; then
    [ -e "$LIBTORCH/lib/libtorch_cuda.so" ] ||
      stop "LIBTORCH=$LIBTORCH holds no lib/libtorch_cuda.so, and this machine has an NVIDIA GPU; REPLICATIONS_DEVICE=cpu leaves it unused on purpose"
    libtorch=$(cd -- "$LIBTORCH" && pwd)
  elif libtorch=$(python_cuda_torch) || libtorch=$(installed_cuda_libtorch); then
    :
  else
    export TorchEngine=TorchSharp TorchSharpDevice=cuda-linux
    say "engine: an NVIDIA GPU and no CUDA libtorch, so the TorchSharp packages with TorchSharp-cuda-linux"
  fi
}

# The folder of the torch inside python3, when it was built for CUDA. Found without importing it, which takes seconds.
python_cuda_torch() {
  local folder
  folder=$(python3 -c 'import importlib.util as u; print(u.find_spec("torch").submodule_search_locations[0])' 2>/dev/null) &&
    [ -e "$folder/lib/libtorch_cuda.so" ] && echo "$folder"
}

# Where a CUDA libtorch is usually unpacked, and where Debian's non-free libtorch-cuda-dev puts its own.
installed_cuda_libtorch() {
  local folder
  for folder in /usr/local/libtorch /opt/libtorch "$HOME/libtorch"; do
    [ -e "$folder/lib/libtorch_cuda.so" ] && echo "$folder" && return
  done
  [ -e "/usr/lib/$(uname -m)-linux-gnu/libtorch_cuda.so" ] && echo debian
}

# Says which libtorch it is, once it is there. Sets libtorch_library and libtorch_version.
find_libtorch() {
  [ "$TorchEngine" = Libtorch ] || return 0
  if [ "$libtorch" = debian ]; then
    libtorch_library="/usr/lib/$(uname -m)-linux-gnu/libtorch_cpu.so"
    libtorch_version=$(dpkg-query -W -f '${Version}' libtorch-dev 2>/dev/null || dpkg-query -W -f '${Version}' libtorch-cuda-dev)
    say "engine: Debian's libtorch $libtorch_version, ${REPLICATIONS_DEVICE:-cpu}"
  else
    libtorch_library="$libtorch/lib/libtorch_cpu.so"
    libtorch_version=$(cat -- "$libtorch/build-version" 2>/dev/null || sed -n "s/^__version__ = '\(.*\)'/\1/p" "$libtorch/version.py" 2>/dev/null || true)
    say "engine: libtorch ${libtorch_version:-of unknown version} in $libtorch, ${REPLICATIONS_DEVICE:-cpu}"
  fi
}
