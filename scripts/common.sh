# Sourced by the other scripts: finds the repository from the script's own path and goes there.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say() { printf '==> %s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }
jobs=$(nproc)
# What is measured, asked before a table that git knows is written.
commit=$(git describe --always --dirty 2>/dev/null || echo unknown)

# put_row TABLE HEAD KEY ROW: the row of that key (first column) in a table of tab-separated values,
# new or in the place of an older one; the other rows stay, so that a part can be measured again.
# Its last column is the commit that was measured.
put_row() {
  local rows
  rows=$([ -f "$1" ] && tail -n +2 "$1" | grep -v "^$3	" || true)
  { printf '%s\tcommit\n' "$2"; [ -z "$rows" ] || printf '%s\n' "$rows"; printf '%s\t%s\n' "$4" "$commit"; } >"$1.new"
  mv "$1.new" "$1"
}
