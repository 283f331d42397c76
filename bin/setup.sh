# shellcheck shell=bash
# Everything a fresh Debian or Ubuntu machine needs, done once; the second time only a stamp is compared.
# Sourced by bin/run, bin/test and bin/lock. Settings: PYTHON, CHROMIUM, ESS_SYSTEM_PACKAGES=no (install nothing by apt).

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV=$ROOT/.venv
export ROOT VENV
unset PYTHONHOME PYTHONPATH # what other projects put there must not answer for ours

# shellcheck source-path=SCRIPTDIR
. "$ROOT/bin/setup/say.sh"
# shellcheck source-path=SCRIPTDIR
. "$ROOT/bin/setup/python.sh"
# shellcheck source-path=SCRIPTDIR
. "$ROOT/bin/setup/packages.sh"
# shellcheck source-path=SCRIPTDIR
. "$ROOT/bin/setup/chromium.sh"
# shellcheck source-path=SCRIPTDIR
. "$ROOT/bin/setup/environment.sh"

# prepare SET [browser]: makes the environment for `run` or `test` unless it is there already;
# with `browser`, leaves in CHROMIUM a browser that really paints a page, or stops with what to type.
prepare() {
    if is_ready "$1" && { [ $# -eq 1 ] || is_known_chromium; }; then return; fi
    wait_for_turn
    step "Setting up $* in $VENV (once; later starts skip this)"
    install_missing_packages "${@:2}"
    is_ready "$1" || make_environment "$1"
    [ $# -eq 1 ] || is_known_chromium || obtain_chromium
    step "Set-up finished"
    give_up_turn
}

# Two set-ups at once would spoil each other: the lock is on this very file, so nothing is left behind.
wait_for_turn() {
    command -v flock >/dev/null || return 0
    exec 9<"$ROOT/bin/setup.sh"
    flock --nonblock 9 && return
    step "Another set-up of this project is under way: waiting for it"
    flock 9
}

give_up_turn() { exec 9<&-; }
