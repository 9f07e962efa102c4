# shellcheck shell=bash
# The .NET 10 SDK: looked for, never installed.

has_sdk() { grep -q '^10\.' <<<"$(dotnet --list-sdks 2>/dev/null)"; }

require_dotnet() {
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  # A bare Debian has no ICU; without this .NET refuses to start there. Results are written in the invariant culture anyway.
  [ -n "$(find /usr/lib /lib /usr/local/lib -maxdepth 2 -name 'libicuuc.so.*' -print -quit 2>/dev/null)" ] ||
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
  has_sdk && return
  # Where the message below has it installed: an older .NET of the machine does not hide it.
  if [ -x "$HOME/.dotnet/dotnet" ]; then
    export DOTNET_ROOT="$HOME/.dotnet" PATH="$HOME/.dotnet:$PATH"
  fi
  has_sdk || stop "the .NET 10 SDK is missing. Type: curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
}
