# shellcheck shell=bash
# The virtual environment: hashed, locked requirements and the project itself, editable.
# `.venv/.ready-SET` holds what the environment was made from; `.venv/.half-made` is there while it is being made.

lock_file() { printf '%s/requirements/%s.txt' "$ROOT" "$1"; }

# mark SET: where, with which Python, from which lock and project file.
mark() {
    printf '%s\n' "$ROOT"
    python_version "$VENV/bin/python"
    sha256sum <"$(lock_file "$1")"
    sha256sum <"$ROOT/pyproject.toml"
}

is_ready() {
    [ -r "$VENV/.ready-$1" ] && [ ! -e "$VENV/.half-made" ] && is_of_chosen_python &&
        [ "$(<"$VENV/.ready-$1")" = "$(mark "$1")" ]
}

is_of_chosen_python() {
    [ -z "${PYTHON:-}" ] || [ "$(python_version "$PYTHON")" = "$(python_version "$VENV/bin/python")" ]
}

# Whether new requirements can be laid over what is there: whole, of a supported Python, and not moved since.
is_usable() {
    [ ! -e "$VENV/.half-made" ] && [ -x "$VENV/bin/python" ] && is_supported "$VENV/bin/python" && is_of_chosen_python || return 1
    [ "$(cat "$VENV/.made-in" 2>/dev/null)" = "$ROOT" ]
}

make_environment() {
    is_usable || start_afresh
    install_requirements "$1"
    step "Installing the project itself"
    pip install --quiet --no-deps --no-build-isolation --editable "$ROOT" || fail "The project could not be installed (see above)."
    declare_ready "$1"
}

install_requirements() {
    rm -f "$VENV"/.ready-*
    touch "$VENV/.half-made"
    step "Installing requirements/$1.txt"
    pip install --require-hashes --only-binary :all: --requirement "$(lock_file "$1")" ||
        fail "The requirements could not be installed (see above)." \
            "Check the network, the disk and pip's own configuration, then type the same command again."
    rm "$VENV/.half-made"
}

# The tests' requirements hold those of the application: one environment serves both.
declare_ready() {
    mark "$1" >"$VENV/.ready-$1"
    [ "$1" = run ] || mark run >"$VENV/.ready-run"
}

start_afresh() {
    local python
    python=$(require_python)
    [ ! -e "$VENV" ] || [ -e "$VENV/pyvenv.cfg" ] || [ -e "$VENV/.half-made" ] ||
        fail "$VENV is there and is not a virtual environment: move it away."
    step "Virtual environment with $("$python" --version) ($python)"
    require_pip "$python"
    rm -rf -- "$VENV"
    mkdir -- "$VENV"
    touch "$VENV/.half-made"
    if has_ensurepip "$python"; then
        "$python" -m venv "$VENV"
    else
        "$python" -m venv --without-pip "$VENV"
    fi
    printf '%s\n' "$ROOT" >"$VENV/.made-in"
}

has_ensurepip() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# Debian keeps ensurepip in a package of its own; a pip outside the environment does as well.
require_pip() {
    has_ensurepip "$1" && return
    "$1" -m pip --python "$1" --version >/dev/null 2>&1 && return
    fail "This Python cannot make a virtual environment: it lacks the module ensurepip. Type:" \
        "$(apt_command "${MISSING[@]:-python$(python_version "$1")-venv}")"
}

# The environment's own pip, else the one of the Python it was made from. The person's pip settings are left alone.
pip() {
    local -a command=("$VENV/bin/python" -m pip)
    [ -x "$VENV/bin/pip" ] || command=("$(require_python)" -m pip --python "$VENV/bin/python")
    PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 "${command[@]}" "$@" >&2 </dev/null
}
