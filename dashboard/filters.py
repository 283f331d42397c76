"""Filters as a reader sees them: a chip for each, the number beside each choice, why nothing meets them all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard import captions, locale
from dashboard.i18n import _
from layers import counting, measure
from layers.choices import labels, offer, offered, reason
from layers.dimensions import DIMENSIONS
from layers.series import MISSING, SUPPRESSED, ZERO, Query

if TYPE_CHECKING:
    from dashboard.services import View
    from layers.release import Release

MOST_TOLD = 3
"""Filters whose removal is said to bring something back."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One value of one filter that is active."""

    key: str
    slug: str
    label: str

    @property
    def removes(self) -> str:
        """Name of its button."""
        return locale.tight(_("Retirer le filtre : {label}").format(label=self.label))


def chips(view: View) -> list[Chip]:
    """A chip for each value of each filter of a view, in the order of the dimensions."""
    found = []
    for key, slugs in view.state.series_query().chosen.items():
        told = labels(view.release, view.state.indicator, key, slugs)
        found += [Chip(key, slug, _(label)) for slug, label in zip(slugs, told, strict=True)]
    return found


def several(number: int) -> str:
    """What a select says that has several values."""
    return _("{number} choix réunis").format(number=number)


def packed(release: Release) -> dict[str, Any]:
    """What the browser needs of the filters: labels, values that each indicator has or why it has none, texts."""
    facts = {offer(key): key for key in release.indicators}
    names: dict[str, dict[str, str]] = {key: {} for key in DIMENSIONS}
    offers: dict[str, dict[str, Any]] = {}
    for fact, indicator in facts.items():
        held = offered(release, indicator)
        offers[fact] = {key: [*held[key]] if key in held else _(reason(release, indicator, key)) for key in DIMENSIONS}
        for key, told in held.items():
            names[key] |= {slug: _(label) for slug, label in told.items()}
    return {
        "offers": offers,
        "names": names,
        "every": {key: _(dimension.every) for key, dimension in DIMENSIONS.items()},
        "texts": {
            "several": _("{number} choix réunis"),
            "remove": locale.tight(_("Retirer le filtre : {label}")),
            "loading": _("Lecture des nombres…"),
            "failed": locale.tight(_("Les nombres n’ont pas pu être lus : réseau ou serveur absent.")),
            "dropped": locale.tight(_("Filtre retiré, sans objet pour cet indicateur : {labels}.")),
        },
    }


def choices(view: View) -> dict[str, Any]:
    """For each dimension: its choices as (slug, label, number in words), or why it has none."""
    state, release = view.state, view.release
    query = state.series_query()
    territory = state.territory if state.level == "commune" else None
    counted = counting.counts(release, query, territory)
    found: dict[str, Any] = {}
    for key in DIMENSIONS:
        names = offered(release, state.indicator).get(key, {})
        found[key] = {
            "why": "" if names else _(reason(release, state.indicator, key)),
            "choices": [[slug, _(label), _number(counted[key][slug])] for slug, label in names.items()],
        }
    return {"release": release.id, "demonstration": release.demonstration, "dimensions": found}


def _number(count: counting.Count) -> str:
    if count.number is None:
        return {SUPPRESSED: "s", MISSING: _("n.d.")}[count.state]
    return locale.number(count.number)


def explained(release: Release, query: Query, territory: str | None) -> list[str]:
    """Why a view is all zero: nothing meets all its filters, and what taking one of them away would bring back."""
    if not query.chosen or not _is_zero(release, query, territory):
        return []
    said = [_("Rien ne répond à la fois à ces filtres.") if len(query.chosen) > 1 else _("Rien ne répond à ce filtre.")]
    if len(query.chosen) > 1:
        back = [told for key in query.chosen if (told := _without(release, query, key, territory))]
        said += [_("Sans « {filter} » : {number}.").format(**told) for told in back[:MOST_TOLD]]
        said += [] if back else [_("Retirer un seul filtre ne suffit pas.")]
    return [locale.tight(" ".join(said))]


def _is_zero(release: Release, query: Query, territory: str | None) -> bool:
    series = measure.series(release, query if territory is None else replace(query, level="territory"))
    cell = series.total if territory is None else series.cell(territory)
    return cell.state == ZERO


def _without(release: Release, query: Query, key: str, territory: str | None) -> dict[str, str] | None:
    """What is counted once a filter is taken away; None for nothing."""
    level = query.level if territory is None else "territory"
    series = measure.series(release, replace(query.filtered(key, None), level=level))
    cell = series.total if territory is None else series.cell(territory)
    if not cell.numerator:
        return None
    number = captions.counted(release.indicators[query.indicator].numerator, cell.numerator)
    names = labels(release, query.indicator, key, query.chosen[key])
    return {"filter": _(" ou ").join(_(name) for name in names), "number": number}
