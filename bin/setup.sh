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

# prepare SET: makes the environment for `run` or `test` unless it is there already.
prepare() {
    is_ready "$1" && return
    wait_for_turn
    if ! is_ready "$1"; then # another set-up may have made it while this one waited
        step "Setting up $1 in $VENV (once; later starts skip this)"
        offer_pango
        make_environment "$1"
        step "Set-up finished"
    fi
    give_up_turn
}

# prepare_browser: leaves in CHROMIUM a browser that really paints a page, or stops with what to type.
prepare_browser() {
    is_known_chromium && return
    wait_for_turn
    step "Chromium for the browser tests"
    obtain_chromium
    offer_fonts
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
