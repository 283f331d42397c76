# shellcheck shell=bash
# A Chromium that really paints. Ubuntu's package is an empty one that points to a snap: it is tried, never trusted.

# The same program without the windows of a desk: it starts and paints in two thirds of the time.
SHELL_ALONE=chromium-headless-shell

# Candidates, best first: CHROMIUM alone where set, the system's, then one that Playwright brought.
chromium_candidates() {
    if [ -n "${CHROMIUM:-}" ]; then
        printf '%s\n' "$CHROMIUM"
        return
    fi
    local name
    for name in "$SHELL_ALONE" chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" || true
    done
    compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-${HOME:-/root}/.cache/ms-playwright}/chromium-*/chrome-linux*/chrome" || true
}

# paints BINARY: whether it gives back a page it was handed, headless, without the network.
paints() {
    local profile page
    profile=$(mktemp -d)
    page=$(timeout 60 "$1" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync --user-data-dir="$profile" \
        --dump-dom 'data:text/html,<p>painted</p>' 2>/dev/null </dev/null) || true
    rm -rf -- "$profile"
    [[ $page == *'<p>painted</p>'* ]]
}

# Sets CHROMIUM to the first binary that paints.
find_chromium() {
    local binary
    while read -r binary; do
        if paints "$binary"; then
            export CHROMIUM=$binary
            note "Chromium: $CHROMIUM"
            return
        fi
        note "$binary is there but paints nothing"
    done < <(chromium_candidates)
    return 1
}

# The path and the date of the binary that painted.
chromium_mark() { stat -L -c '%n %Y %s' -- "$CHROMIUM" 2>/dev/null; }

# Quick: the browser remembered from last time, where it has not changed since.
is_known_chromium() {
    local remembered binary
    [ -r "$VENV/.chromium" ] && remembered=$(<"$VENV/.chromium") && [ -n "$remembered" ] || return 1
    binary=${remembered% * *}
    [ "${CHROMIUM:-$binary}" = "$binary" ] || return 1
    [ "$(CHROMIUM=$binary chromium_mark)" = "$remembered" ] || return 1
    export CHROMIUM=$binary
}

# Debian has one; Ubuntu's packages of that name only call for a snap.
apt_has_real_chromium() {
    local shown
    shown=$(apt-cache show --no-all-versions chromium 2>/dev/null) || true
    if [ -n "$shown" ]; then ! grep -qi snap <<<"$shown"; else ! grep -qs '^ID=ubuntu' /etc/os-release; fi
}

# A real one from apt beside one that paints nothing; where apt has none, Playwright's own download.
bring_chromium() {
    may_install || return 1
    if apt_has_real_chromium; then
        install_packages chromium
    else
        note "apt has no Chromium but a snap here: asking Playwright to download one"
        timeout 900 "$VENV/bin/playwright" install --with-deps chromium >&2 </dev/null
    fi
}

# Asked of apt where it may be; what is there does without it.
lighten() {
    [ -z "${CHROMIUM:-}" ] && ! command -v "$SHELL_ALONE" >/dev/null && may_install && apt_has_real_chromium || return 0
    install_packages "$SHELL_ALONE" || note "$SHELL_ALONE could not be had: the tests take longer without it"
}

obtain_chromium() {
    step "Chromium for the browser tests"
    lighten
    find_chromium || { [ -z "${CHROMIUM:-}" ] && bring_chromium && find_chromium; } || no_chromium
    require_driver
    chromium_mark >"$VENV/.chromium"
}

no_chromium() {
    [ -z "${CHROMIUM:-}" ] || fail "CHROMIUM=$CHROMIUM does not paint a page: correct it or unset it."
    fail "The browser tests need a Chromium that works, and none could be found or installed. Either:" \
        "on Debian:             $(apt_command chromium libatomic1 fontconfig fonts-dejavu-core)" \
        "on Ubuntu:             .venv/bin/playwright install --with-deps chromium" \
        "without root:          .venv/bin/playwright install chromium" \
        "one that is elsewhere: CHROMIUM=/path/to/chromium bin/test" \
        "or test the rest only: bin/test --without-browser"
}

# The program that drives the browser is shipped with Playwright; it needs libraries of the system too.
require_driver() {
    local said
    said=$("$VENV/bin/playwright" --version 2>&1) && return
    fail "The driver of the browser tests does not start: $said" "Type: $(apt_command libatomic1)" \
        "or test the rest only: bin/test --without-browser"
}
