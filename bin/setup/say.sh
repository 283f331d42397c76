# shellcheck shell=bash
# What the set-up says goes to the error stream: the output belongs to the command that follows.

step() { printf '==> [%3d s] %s\n' "$SECONDS" "$*" >&2; }
note() { printf '            %s\n' "$*" >&2; }

# warn REASON [REMEDY LINE...]
warn() {
    printf 'warning: %s\n' "$1" >&2
    shift
    remedy "$@"
}

# fail REASON [REMEDY LINE...]: stops.
fail() {
    printf '\nerror: %s\n' "$1" >&2
    shift
    remedy "$@"
    exit 1
}

remedy() {
    local line
    for line in "$@"; do printf '    %s\n' "$line" >&2; done
}
