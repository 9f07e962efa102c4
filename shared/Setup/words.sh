# shellcheck shell=bash
# Messages, and commands whose output matters only when they fail. Everything goes to stderr: stdout belongs to results.

say() { printf 'set-up: %s\n' "$*" >&2; }

# Ends with the suite's code for a machine that lacks something (ExitCode.Setup).
stop() { say "$*"; exit 3; }

# quietly LOG COMMAND...: runs the command with its output in artifacts/LOG; shows the output when it fails. Descriptor 9 is the
# set-up's lock, which a compiler server left behind by a build must not inherit.
quietly() {
  local log="$root/artifacts/$1"
  shift
  "$@" </dev/null >"$log" 2>&1 9>&- && return
  cat -- "$log" >&2
  say "failed: $* (output above, kept in $log)"
  return 1
}

# digest FOLDER_OR_FILE...: one hash of the names and bytes of all files below, build output and fetched packages aside.
digest() {
  (cd -- "$root" && find "$@" \( -name node_modules -o -name bin -o -name obj -o -name __pycache__ \) -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1)
}

# unchanged STAMP TEXT: true when the stamp file says TEXT.
unchanged() { [ -f "$1" ] && [ "$(cat -- "$1")" = "$2" ]; }
