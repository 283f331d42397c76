# shellcheck shell=bash
# System packages: installed where that needs no password, otherwise the exact command to type is printed.

LISTS_UPDATED=no

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

# Pango lays out the PDF documents: without it the application runs, and says so here.
offer_pango() {
    has_library 'libpangoft2-1\.0\.so' && return
    local -a names=(libpango-1.0-0 libpangoft2-1.0-0)
    step "Pango, for PDF documents"
    install_packages "${names[@]}" && return
    warn "Pango is absent: PDF documents cannot be made, all the rest works. To install it:" "$(apt_command "${names[@]}")"
}

offer_fonts() {
    [ -z "$(fc-list ':lang=fr' 2>/dev/null)" ] || return 0
    install_packages fontconfig fonts-dejavu-core && return
    warn "No font for French is installed: screenshots would show empty boxes. To install one:" \
        "$(apt_command fontconfig fonts-dejavu-core)"
}
