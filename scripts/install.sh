#!/usr/bin/env bash
# Makes .venv and installs ChromaDesk with one extra into it: scripts/install.sh demo|test|lint|docs
# What is there already is left alone. Says what to do, in one sentence, when it cannot go on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
extra="$1"
python=".venv/bin/python"

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    local candidate
    if [ -n "${PYTHON:-}" ]; then
        recent "$PYTHON" || die "PYTHON=$PYTHON is no Python 3.11 or newer; point it at one."
        echo "$PYTHON"
        return
    fi
    for candidate in python3.11 python3 python3.12 python3.13 python; do
        if recent "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    die "Python 3.11 or newer is needed and none was found; install it (Debian, Ubuntu: apt install python3 python3-venv)" \
        "or say where it is: make PYTHON=/path/to/python3.11"
}

# Installs Debian packages where that needs no question to anybody; fails otherwise.
debian_install() {
    local as_root=()
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || return 1
        as_root=(sudo -n)
    fi
    say "Installing Debian packages: $*"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20)
    ${as_root[@]+"${as_root[@]}"} "${apt[@]}" update </dev/null >/dev/null || true
    ${as_root[@]+"${as_root[@]}"} "${apt[@]}" install -y --no-upgrade --no-install-recommends "$@" </dev/null >/dev/null
}

make_venv() {
    # A .venv that was interrupted, or whose Python is gone, is made anew.
    if [ -x "$python" ] && recent "$python" && "$python" -m pip --version >/dev/null 2>&1; then
        return
    fi
    local base version
    base="$(find_python)"
    version="$("$base" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
    if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
        debian_install "python$version-venv" || die "Python $version cannot make virtual environments here;" \
            "install its venv module (Debian, Ubuntu: apt install python$version-venv)."
    fi
    say "Making .venv with Python $version ..."
    "$base" -m venv --clear .venv || die "Could not make .venv in $PWD; see above."
}

# The system libraries that Qt's own files lack on this machine, a word each ("fonts" when there is no font at all).
qt_lacks() {
    local qt
    qt="$("$python" -c 'import importlib.util as u; print(u.find_spec("PySide6").submodule_search_locations[0])')/Qt"
    LC_ALL=C ldd "$qt/lib/libQt6Widgets.so.6" "$qt"/plugins/platforms/lib{qoffscreen,qxcb}.so 2>/dev/null |
        awk '/not found/ && !/libQt6/ { print $1 }' | sort -u
    if [ -z "$(fc-list 2>/dev/null | head -n 1)" ]; then
        echo fonts
    fi
}

ready_qt() {
    [ "$(uname -s)" = Linux ] || return 0
    local packages=(libegl1 libgl1 libglib2.0-0 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libx11-xcb1 libxcb-cursor0
        libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1
        libxcb-xfixes0 libxcb-xkb1 fontconfig fonts-dejavu-core)
    local lacking
    lacking="$(qt_lacks)"
    [ -n "$lacking" ] || return 0
    debian_install "${packages[@]}" || true
    lacking="$(qt_lacks | tr '\n' ' ')"
    [ -n "$lacking" ] || return 0
    say "Qt lacks on this machine: $lacking- as root, run: apt-get install ${packages[*]}"
    "$python" -c 'from PySide6 import QtWidgets' 2>/dev/null ||
        die "The studio cannot start without them; install them and run this again."
    say "Going on: only windows on a screen need them."
}

make_venv
say "Installing ChromaDesk and what it needs into .venv (the first time PyTorch is fetched: some minutes) ..."
quiet=-q
[ ! -t 2 ] || quiet=
"$python" -m pip install $quiet --disable-pip-version-check --no-input -c constraints.txt -e ".[$extra]" >&2 ||
    die "pip could not install ChromaDesk's dependencies; check the network and the free space (about 8 GB), then run this again."
[ "$extra" = lint ] || ready_qt
touch ".venv/.installed-$extra"
