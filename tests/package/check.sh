#!/usr/bin/env bash
# Makes the Debian packages of a build, installs the program's into a clean root, which has besides
# it only the shared libraries that it declares, and runs it there.
#
#   check.sh BUILD_FOLDER WORK_FOLDER SOURCE_FOLDER VERSION
#
# Exit status 77 (skipped) where the tools of Debian are missing.
set -euo pipefail
build=$1 work=$2 sources=$3 version=$4

for tool in dpkg dpkg-deb dpkg-shlibdeps ldd readelf; do
  command -v "$tool" >/dev/null || { echo "SKIPPED: $tool is not installed"; exit 77; }
done
fail() { echo "FAILED: $*"; exit 1; }

rm -rf "$work"
mkdir -p "$work/packages" "$work/root"
(cd "$build" && cpack -G DEB -B "$work/packages") >"$work/cpack.log" 2>&1 \
  || { cat "$work/cpack.log"; fail "cpack"; }
program=$(echo "$work"/packages/attest_*.deb)
library=$(echo "$work"/packages/libattest-dev_*.deb)
[ -e "$program" ] && [ -e "$library" ] || fail "no packages in $work/packages"
echo "packages: $(basename "$program") ($(du -h "$program" | cut -f1)), $(basename "$library") ($(du -h "$library" | cut -f1))"

# --- What is in them -----------------------------------------------------------------------------
[ "$(dpkg-deb --field "$program" Version)" = "$version" ] || fail "version"
listing=$(dpkg-deb --contents "$program")
for file in usr/bin/attest usr/bin/attest-check usr/share/attest/reference/results.json \
  usr/share/man/man1/attest.1.gz usr/share/man/man1/attest-check.1.gz \
  usr/share/bash-completion/completions/attest usr/share/texmf/tex/latex/attest/attest-margin.sty \
  usr/share/doc/attest/copyright usr/share/doc/attest/changelog.gz usr/share/doc/attest/docs/usage.md; do
  grep -qE "[0-9] \./$file\$" <<<"$listing" || fail "$file is not in the package"
done
if grep -vE '^d' <<<"$listing" | grep -E '\./usr/(include|lib)/'; then
  fail "files of the library in the package of the program"
fi
if awk '{print $2}' <<<"$listing" | grep -vx 'root/root'; then fail "not owned by root"; fi
listing=$(dpkg-deb --contents "$library")
for file in usr/lib/libattest.a usr/include/attest/flow/trajectory.hpp usr/lib/cmake/attest/attestConfig.cmake; do
  grep -qE "[0-9] \./$file\$" <<<"${listing//x86_64-linux-gnu\//}" || fail "$file is not in libattest-dev"
done
for package in $(dpkg-deb --field "$library" Depends | tr -d ' ' | tr ',' ' '); do
  apt-cache show "$package" >/dev/null 2>&1 || dpkg-query --show "$package" >/dev/null 2>&1 \
    || fail "libattest-dev depends on $package, which does not exist"
done

# --- A clean root --------------------------------------------------------------------------------
root=$work/root
if [ "$(id -u)" -eq 0 ]; then
  mkdir -p "$root/var/lib/dpkg/"{info,updates} "$root/var/log"
  : >"$root/var/lib/dpkg/status"
  # What the package depends on is brought below, so dpkg is told not to ask for it.
  dpkg --root="$root" --force-depends --install "$program" >"$work/dpkg.log" 2>&1 \
    || { cat "$work/dpkg.log"; fail "dpkg --install"; }
  [ "$(dpkg-query --root="$root" --show --showformat='${db:Status-Status}' attest)" = installed ] \
    || fail "dpkg does not call it installed"
  echo "installed by dpkg --root"
else
  dpkg-deb --extract "$program" "$root"
  echo "unpacked by dpkg-deb (not root, so without dpkg's data base)"
fi

# Each library that a program names has to come from a package that it depends on.
depends=$(dpkg-deb --field "$program" Depends)
names=$(sed 's/([^)]*)//g; s/ //g' <<<"$depends" | tr ',|' '\n\n')
for binary in attest attest-check; do
  libraries=$(ldd "$root/usr/bin/$binary")
  ! grep -q 'not found' <<<"$libraries" || fail "$binary: $libraries"
  for needed in $(readelf --dynamic "$root/usr/bin/$binary" | sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p'); do
    [[ $needed != ld-linux* ]] || continue
    path=$(awk -v name="$needed" '$1 == name {print $3}' <<<"$libraries")
    owner=$({ dpkg --search "$(realpath "$path")" || dpkg --search "$path" \
              || dpkg --search "${path#/usr}"; } 2>/dev/null | head -n 1 | cut -d: -f1)
    grep -qFx "$owner" <<<"$names" \
      || fail "$binary needs $needed of the package '$owner', which is not in: $depends"
  done
  for path in $(grep -oE '/[^ ]+' <<<"$libraries"); do
    mkdir -p "$root$(dirname "$path")"
    cp -L "$path" "$root$path"
  done
  ! readelf --dynamic "$root/usr/bin/$binary" | grep -E 'RPATH|RUNPATH' || fail "$binary has an RPATH"
  if grep -aqF -e "$build" -e "$sources/src" "$root/usr/bin/$binary"; then
    fail "$binary contains a path of the build"
  fi
done
echo "depends: $depends"

mkdir -p "$root/proc" "$root/dev" "$root/tmp"
: >"$root/dev/null"
# A name space of its own for processes and mounts, so that nothing is left behind.
cat >"$work/enter" <<'INNER'
root=$1; shift
mount -t proc proc "$root/proc" && mount --bind /dev/null "$root/dev/null" || exit 125
exec chroot "$root" "$@"
INNER
spaces=(unshare --mount --pid --fork)
[ "$(id -u)" -eq 0 ] || spaces+=(--user --map-root-user)
clean=(env -i PATH=/usr/bin:/usr/sbin HOME=/tmp LC_ALL=C.UTF-8 TMPDIR=/tmp)
if "${spaces[@]}" sh "$work/enter" "$root" /usr/bin/attest --version >/dev/null 2>"$work/chroot.log"; then
  echo "run in a root of its own"
  inside() { "${clean[@]}" "${spaces[@]}" "$(command -v sh)" "$work/enter" "$root" "$@"; }
  outside=$root
else
  echo "run in place: no root of its own is possible here ($(tail -n 1 "$work/chroot.log"))"
  inside() { (cd / && "${clean[@]}" "$root$1" "${@:2}"); }
  outside=
fi
output=${outside:+}/tmp/attest-package-$$
[ -n "$outside" ] || trap 'rm -rf "$output"' EXIT

# --- It runs -------------------------------------------------------------------------------------
inside /usr/bin/attest --version | grep -F "attest $version" || fail "attest --version"
inside /usr/bin/attest-check --version | grep -F "$version" || fail "attest-check --version"
claims=$(inside /usr/bin/attest list | wc -l)
rows=$(($(wc -l <"$sources/theorems/inventory.tsv") - 1))
[ "$claims" -eq "$rows" ] || fail "attest list has $claims lines for $rows claims"
# Read from the reference run that came with it.
inside /usr/bin/attest show thm4.1/common-gamma | grep -qw holds || fail "attest show"
inside /usr/bin/attest verify thm4.1/common-gamma --profile quick --out "$output" \
  --format json,md,html,tex,margins >"$work/verify.log" 2>&1 || { cat "$work/verify.log"; fail "attest verify"; }
for file in results.json report.md report.html report.tex attest-margins.tex attest-margin.sty; do
  [ -s "$outside$output/$file" ] || fail "attest verify wrote no $file"
done
# It found attest-check beside itself.
grep -q '"checker": "attest-check' "$outside$output/results.json" || fail "attest-check did not run"
inside /usr/bin/attest-check --quiet "$output/certificates" || fail "attest-check"
grep -q '"id": "thm4.1/common-gamma"' "$outside$output/results.json" || fail "no such claim in the results"

# --- What lies beside it -------------------------------------------------------------------------
for page in attest attest-check; do
  gzip -cd "$root/usr/share/man/man1/$page.1.gz" | grep -q "^.SH SYNOPSIS" || fail "manual page of $page"
done
bash -n "$root/usr/share/bash-completion/completions/attest" || fail "completion"
# shellcheck disable=SC2016
bash -c '. "$1"; complete -p attest' - "$root/usr/share/bash-completion/completions/attest" >/dev/null \
  || fail "completion"
cmp "$root/usr/share/texmf/tex/latex/attest/attest-margin.sty" "$outside$output/attest-margin.sty" \
  || fail "the installed style file is another than the one that reports carry"
echo "PASSED"
