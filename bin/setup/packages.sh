# shellcheck shell=bash
# System packages: installed where that needs no password, otherwise the exact command to type is printed.

LISTS_UPDATED=no
MISSING=() # what could not be installed, for the messages

may_install() {
    [ "${ESS_SYSTEM_PACKAGES:-yes}" != no ] || return 1
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300 "$@" >&2 </dev/null; }

update_lists() {
    [ "$LISTS_UPDATED" = no ] || return 0
    note "apt-get update"
    apt -q update || warn "apt-get update did not finish well; trying with the lists that are there."
    LISTS_UPDATED=yes
}

# install_packages NAME...: false where it may not install, or could not.
install_packages() {
    may_install || return 1
    update_lists
    note "apt-get install $*"
    apt -q install --no-install-recommends "$@"
}

# apt_command NAME...: the line a person types to install the same.
apt_command() {
    local sudo='sudo '
    [ "$(id -u)" -ne 0 ] || sudo=''
    printf '%sapt-get update && %sapt-get install -y --no-install-recommends %s' "$sudo" "$sudo" "$*"
}

has_library() { PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | grep -q "$1"; }
has_font() { [ -n "$(fc-list ':lang=fr' 2>/dev/null)" ]; }

# missing_packages [browser]: Debian's names of what is not there. Pango lays out the PDF documents.
missing_packages() {
    is_usable || missing_venv
    has_library 'libpangoft2-1\.0\.so' || printf '%s\n' libpango-1.0-0 libpangoft2-1.0-0
    has_font || printf '%s\n' fontconfig fonts-dejavu-core
    [ "${1:-}" = browser ] || return 0
    has_library 'libatomic\.so\.1' || printf 'libatomic1\n' # for Playwright's driver
    [ -n "$(chromium_candidates)" ] || ! apt_has_real_chromium || printf 'chromium\n'
}

missing_venv() {
    local python
    python=$(find_python) || return 0
    has_ensurepip "$python" || printf 'python%s-venv\n' "$(python_version "$python")"
}

install_missing_packages() {
    local name
    mapfile -t MISSING < <(missing_packages "$@")
    [ "${#MISSING[@]}" -gt 0 ] || return 0
    step "System packages: ${MISSING[*]}"
    if may_install; then
        install_packages "${MISSING[@]}" || for name in "${MISSING[@]}"; do install_packages "$name" || true; done
        mapfile -t MISSING < <(missing_packages "$@")
        [ "${#MISSING[@]}" -gt 0 ] || return 0
    fi
    warn "They could not be installed from here. To install them, type:" "$(apt_command "${MISSING[@]}")" \
        "Without Pango all works but PDF documents; without fonts, screenshots show empty boxes."
}
