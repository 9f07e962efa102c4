# shellcheck shell=bash
# Libraries built by CMake against the libtorch; again only when their sources or the libtorch change.

# The native part of the engine.
build_native() {
  [ "$TorchEngine" = Libtorch ] || return 0
  cmake_library replications_torch shared/Torch/native artifacts/native
}

# cmake_library NAME SOURCES FOLDER: FOLDER/libNAME.so.
cmake_library() {
  local name=$1 sources=$2 built="$root/$3" stamp where=()
  stamp="$(digest "$sources" shared/Torch/native/libtorch.cmake) $libtorch $libtorch_version $(stat -L -c '%s %Y' -- "$libtorch_library")"
  [ -f "$built/lib$name.so" ] && unchanged "$built/stamp" "$stamp" && return
  say "building lib$name.so against $libtorch_library"
  # Debian's, whatever else the environment would have CMake look into first.
  if [ "$libtorch" = debian ]; then where=(-DCMAKE_PREFIX_PATH=/usr); else where=("-DTORCH_ROOT=$libtorch"); fi
  rm -rf -- "$built/build" "$built/stamp"
  quietly "$name.log" cmake -S "$root/$sources" -B "$built/build" -DCMAKE_BUILD_TYPE=Release "${where[@]}" || exit 3
  [ "$(realpath -- "$(sed -n 's/^LIB_torch_cpu:FILEPATH=//p' "$built/build/CMakeCache.txt")")" = "$(realpath -- "$libtorch_library")" ] ||
    stop "CMake found another libtorch than $libtorch_library: see LIB_torch_cpu in $built/build/CMakeCache.txt"
  quietly "$name.log" cmake --build "$built/build" --parallel "$(nproc)" || exit 3
  [ -f "$built/lib$name.so" ] || stop "CMake left no $built/lib$name.so"
  printf '%s' "$stamp" >"$built/stamp"
}
