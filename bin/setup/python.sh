# shellcheck shell=bash
# Which Python: the first of the usual names that this project supports.

is_supported() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1
}

python_version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

# Prints the path of a supported Python; PYTHON, where set, is the only candidate.
find_python() {
    local name
    local -a names=(python3 python3.13 python3.12 python3.11)
    [ -z "${PYTHON:-}" ] || names=("$PYTHON")
    for name in "${names[@]}"; do
        if is_supported "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

require_python() {
    find_python && return
    [ -z "${PYTHON:-}" ] || fail "PYTHON=$PYTHON is not a Python from 3.11 to 3.13."
    local found
    found=$(python3 --version 2>&1) || found="no python3"
    fail "Python from 3.11 to 3.13 is needed; found here: $found." \
        "Install one, for example:" \
        "  $(apt_command python3.11 python3.11-venv)" \
        "or name one that is elsewhere:  PYTHON=/path/to/python3.12 bin/run"
}
