# shellcheck shell=sh
# Shared by run, test, check and manage: Python, the virtual environment, system packages.
# POSIX sh; sourced from the top folder of the repository.

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

is_debian() { [ -r /etc/debian_version ] && command -v apt-get >/dev/null 2>&1; }

# Install Debian packages when root; else print the one line to type and stop.
need_packages() {
    if is_debian && [ "$(id -u)" = 0 ]; then
        say "installing $*"
        export DEBIAN_FRONTEND=noninteractive
        # shellcheck disable=SC2086
        apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1 ||
            { apt-get update -q >/dev/null && apt-get install -y -q --no-install-recommends "$@" >/dev/null; } ||
            fail "The packages could not be installed. Type: apt-get update && apt-get install $*"
    elif is_debian; then
        fail "Some system packages are missing. Type this line, then start again:
  sudo apt-get install -y $*"
    else
        fail "Some system packages are missing. On macOS type: brew install python pango
Elsewhere install what your system calls: $*"
    fi
}

# Set PYTHON to a Python of 3.11 or newer.
find_python() {
    PYTHON=
    for name in python3.13 python3.12 python3.11 python3.14 python3; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            PYTHON=$name
            break
        fi
    done
    [ -n "$PYTHON" ] || need_packages python3 python3-venv
    [ -n "$PYTHON" ] || PYTHON=python3
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "TechPlan needs Python 3.11 or newer; this is $("$PYTHON" -V)."
}

# Make .venv and install a locked list (runtime or dev) into it, unless that was done with this very list.
# A .venv that is a link belongs to somebody else: it is used as it is, and nothing in it is ever changed.
make_venv() {
    list=$1
    wanted="$(cksum <"requirements/$list.txt")"
    if [ -L .venv ]; then
        [ -x .venv/bin/python ] || fail ".venv is a link to a place without a Python. Mend the link, or remove it."
        return
    fi
    if [ -x .venv/bin/python ] && [ "$(cat ".venv/techplan-$list" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
        find_python
        "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || need_packages python3-venv
        say "making a virtual environment in .venv ($("$PYTHON" -V))"
        "$PYTHON" -m venv .venv || fail "The virtual environment could not be made."
    fi
    say "installing the packages of requirements/$list.txt (half a minute or so)"
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-input --require-hashes \
        -r "requirements/$list.txt" || fail "The packages could not be installed; the lines above say why."
    printf '%s\n' "$wanted" >".venv/techplan-$list"
    if [ "$list" = dev ]; then
        cksum <requirements/runtime.txt >.venv/techplan-runtime
    fi
}

# The libraries that WeasyPrint opens to make a PDF.
need_pdf_libraries() {
    if [ "$(uname -s)" = Darwin ] && [ -d /opt/homebrew/lib ]; then
        export DYLD_FALLBACK_LIBRARY_PATH="/opt/homebrew/lib:${DYLD_FALLBACK_LIBRARY_PATH:-/usr/local/lib:/usr/lib}"
    fi
    { [ -e .venv/techplan-libraries ] || [ -L .venv ]; } && return
    pdf_libraries_load ||
        need_packages libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core
    pdf_libraries_load || fail "The Pango library is there, but cannot be loaded; WeasyPrint needs it for the PDF."
    : >.venv/techplan-libraries
}

pdf_libraries_load() {
    .venv/bin/python - <<'END' 2>/dev/null
import ctypes, sys
ends = {"darwin": "lib{}.dylib"}
stem = ends.get(sys.platform, "lib{}.so.0")
for name in ("gobject-2.0", "pango-1.0", "harfbuzz", "pangoft2-1.0", "harfbuzz-subset"):
    file = stem.format(name) if sys.platform != "darwin" else stem.format(name + ".0")
    ctypes.CDLL(file)
ctypes.CDLL("libfontconfig.1.dylib" if sys.platform == "darwin" else "libfontconfig.so.1")
END
}

# The embedded mode: everything in TECHPLAN_HOME, no other server.
embedded() {
    export TECHPLAN_MODE=embedded
    export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-techplan.settings.base}"
    export TECHPLAN_HOME="${TECHPLAN_HOME:-$PWD/var}"
}
