# shellcheck shell=bash
# The npm packages that draw charts, exactly those of the lock file; again only when it changes.

install_charts() {
  local folder="$root/shared/Reporting/vega" stamp
  stamp=$(sha256sum <"$folder/package-lock.json")
  unchanged "$folder/node_modules/.stamp" "$stamp" && return
  say "installing the chart packages (npm)"
  (cd -- "$folder" && quietly npm.log npm ci --no-audit --no-fund --loglevel=error) || exit 3
  printf '%s' "$stamp" >"$folder/node_modules/.stamp"
}
