#!/usr/bin/env bash
# Sets up, then runs the suite: every registered replication by default. `./run-all.sh --help` shows the verbs.
set -euo pipefail
root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=shared/Setup/setup.sh
. "$root/shared/Setup/setup.sh"

# Judging stored results must work on a machine with no libtorch.
level=run
case ${1:-run} in
  run | -*) ;;
  report) level=report ;;
  *) level=judge ;;
esac
for word in "$@"; do
  case $word in -h | -\? | --help | --version) level=judge ;; esac
done

set_up "$level"
exec dotnet "$programs/bin/Suite/release/Replications.Suite.dll" "$@"
