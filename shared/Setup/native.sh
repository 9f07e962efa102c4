# shellcheck shell=bash
# The native part of the engine, built by CMake; again only when its sources or the libtorch change.

build_native() {
  [ "$TorchEngine" = Libtorch ] || return 0
  local built="$root/artifacts/native" work="$root/artifacts/native/build" stamp
  stamp="$(digest shared/Torch/native) $libtorch $libtorch_version $(stat -L -c '%s %Y' -- "$libtorch_library")"
  [ -f "$built/libreplications_torch.so" ] && unchanged "$built/stamp" "$stamp" && return
  say "building the native part against $libtorch_library"
  local where=()
  [ "$libtorch" = debian ] || where=("-DTORCH_ROOT=$libtorch")
  rm -rf -- "$work" "$built/stamp"
  quietly native.log cmake -S "$root/shared/Torch/native" -B "$work" -DCMAKE_BUILD_TYPE=Release "${where[@]}" || exit 3
  quietly native.log cmake --build "$work" --parallel "$(nproc)" || exit 3
  [ -f "$built/libreplications_torch.so" ] || stop "CMake left no $built/libreplications_torch.so"
  printf '%s' "$stamp" >"$built/stamp"
}
