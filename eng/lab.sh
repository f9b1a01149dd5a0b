# Sourced by build, run, test and bench: messages, and what has to be installed.
# After this: $root is the repository, $out where everything that is built goes.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$root/out
mkdir -p "$out"
# A fresh machine has no ICU; nothing here depends on a culture.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

# The comment at the head of the calling script is its help: line 2 up to the first line that is no comment.
show_help() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$1"; }

# value_of OPTION COUNT VALUE: the option's argument, or an error that names the option.
value_of() { (($2 > 1)) && [ -n "$3" ] || fail "$1 wants a value (see --help)"; printf '%s' "$3"; }

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# as_root COMMAND...: sudo is asked only where it needs no password, so that nothing waits for a terminal.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n "$@"; else return 1; fi
}

refresh_package_lists() {
    [ -z "${package_lists_are_fresh:-}" ] || return 0
    as_root apt-get update -qq >&2 || return 1
    package_lists_are_fresh=yes
}

# ensure_packages REASON PACKAGE...: installs what is missing, and says what and why.
ensure_packages() {
    local reason=$1 package missing=()
    shift
    command -v dpkg-query >/dev/null || fail "$reason needs Debian packages ($*), and this is not a Debian system"
    for package; do is_installed "$package" || missing+=("$package"); done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${missing[*]}: $reason"
    refresh_package_lists &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >&2 ||
        fail "$reason needs packages that could not be installed; run as root: apt-get install ${missing[*]}"
}

ensure_dotnet() {
    local wanted
    wanted=$(sed -n 's/.*"version": *"\([0-9]*\)\..*/\1/p' "$root/global.json")
    command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q "^$wanted\." ||
        fail "the .NET $wanted SDK is needed and is not on PATH: https://dotnet.microsoft.com/download/dotnet/$wanted.0"
}

# is_stale FILE SOURCE...: FILE is missing or older than one of the others.
is_stale() {
    local file=$1 source
    shift
    [ -e "$file" ] || return 0
    for source; do [ ! "$source" -nt "$file" ] || return 0; done
    return 1
}
