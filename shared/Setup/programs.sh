# shellcheck shell=bash
# The solution, built quietly; again only when a source changes.

build_programs() {
  export TorchEngine=${TorchEngine:-Libtorch} TorchSharpDevice=${TorchSharpDevice:-cpu}
  # Build nodes that outlive the build would hold memory, and in CI the pipe.
  export MSBUILDDISABLENODEREUSE=1
  [ "$TorchEngine" = Libtorch ] || programs="$root/artifacts/torchsharp"
  local stamp
  stamp="$TorchEngine $TorchSharpDevice $(digest replications shared tests Directory.Build.props Directory.Packages.props .editorconfig Replications.sln global.json)"
  [ -f "$programs/bin/Suite/release/Replications.Suite.dll" ] && unchanged "$programs/stamp" "$stamp" && return
  say "building the programs"
  mkdir -p -- "$programs"; rm -f -- "$programs/stamp"
  # From the root, whose global.json it is that counts.
  (cd -- "$root" && quietly build.log dotnet build Replications.sln --configuration Release --verbosity quiet --nologo -clp:NoSummary) || build_failed
  printf '%s' "$stamp" >"$programs/stamp"
}

build_failed() {
  [ "$TorchEngine" = TorchSharp ] && grep -qE 'NU110[0-3].*TorchSharp' "$root/artifacts/build.log" &&
    stop "the TorchSharp packages cannot be restored here. Name a libtorch with LIBTORCH=/path$(if has_gpu; then echo " (CUDA), install a CUDA torch for python3, or leave the GPU unused with REPLICATIONS_DEVICE=cpu"; fi)"
  exit 1
}
