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
  [ "$libtorch" = debian ] || where=("-DTORCH_ROOT=$libtorch")
  rm -rf -- "$built/build" "$built/stamp"
  quietly "$name.log" cmake -S "$root/$sources" -B "$built/build" -DCMAKE_BUILD_TYPE=Release "${where[@]}" || exit 3
  quietly "$name.log" cmake --build "$built/build" --parallel "$(nproc)" || exit 3
  [ -f "$built/lib$name.so" ] || stop "CMake left no $built/lib$name.so"
  printf '%s' "$stamp" >"$built/stamp"
}
