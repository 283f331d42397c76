"""The largest employers of a place, by the class that Sirene declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import locale
from dashboard.captions import sector_label
from dashboard.content import Entry, Section, Sheet
from dashboard.i18n import _
from geodata.perimeter import members
from layers import employers, measure
from layers.cube import UNKNOWN
from layers.dimensions import SIZES

if TYPE_CHECKING:
    from dashboard.portrait.place import Place
    from dashboard.services import View


def section(view: View, place: Place) -> Section | None:
    """Ten at most; what is missing where the release says no class. None for a release without structures."""
    year = measure.default_year(view.release, "actors")
    if year is None:
        return None
    title = _("Les plus grands employeurs")
    if not employers.told(view.release, year):
        told = _("Cette publication ne dit pas les tranches d’effectifs : le stock Sirene les dit.")
        return Section("employers", title, (locale.tight(told),))
    belongs = members(view.state.perimeter)
    inside = frozenset(
        code
        for code, territory in belongs.items()
        if place.is_whole or place.code == code or (place.level == "territory" and place.code == territory)
    )
    found = employers.largest(view.release, inside, year)
    said = _(
        "Par tranche d’effectifs déclarée à Sirene, {year} : une tranche n’est pas un nombre de postes, et rien ne dit "
        "qui est le plus grand dans une même tranche. Les structures en diffusion partielle ne sont pas listées."
    ).format(year=year)
    if not found:
        none = _("Aucune structure de {least} salariés ou plus.").format(least=employers.LEAST.partition("-")[0])
        return Section("employers", title, (locale.tight(said), locale.tight(none)))
    names = view.release.geography.communes["name"]
    rows = tuple(
        (
            Entry(one.name, one.name),
            _text(_(SIZES[one.size][0])),
            _text(sector_label(one.sector or UNKNOWN)),
            _text(str(names[one.commune])),
        )
        for one in found
    )
    heads = (_("Structure"), _("Tranche"), _("Secteur"), _("Commune"))
    return Section("employers", title, (locale.tight(said),), sheets=(Sheet("employers-list", title, heads, rows),))


def _text(told: str) -> Entry:
    return Entry(told, told)
