"""What is said of two ratios read together: sentence, metropole, subtitle, footer and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashboard import captions, locale
from dashboard.areas import metropole, named
from dashboard.i18n import _, plural
from layers.dimensions import DIMENSIONS

if TYPE_CHECKING:
    from dashboard.bivariate import Pair
    from dashboard.slices import Scope, Slice
    from layers.indicators import Indicator
    from layers.release import Release
    from layers.support import Support

THIRDS = 3
MOST_NAMED = 3
"""Areas of a corner that the sentence names; beyond, it counts them."""
SHOWN_AS = "\u00a0·\u00a0"


def headline(base: Slice, marks: str, backings: Sequence[Support]) -> str:
    """Who is in the two corners of the diagonal, by name where they are few, and on that side of both means for sure.

    ``backings`` are what the two ratios support.
    """
    if not any(one.isdecimal() for one in marks):
        told = _("Aucune zone n’a les deux valeurs")
    else:
        told = _("Forts sur les deux rapports : {high} ; faibles sur les deux : {low}")
    return locale.tight(
        told.format(
            high=_corner(base, marks, str(THIRDS * THIRDS - 1), backings),
            low=_corner(base, marks, "0", backings),
        )
    )


def _sure(code: str, backings: Sequence[Support], *, above: bool) -> bool:
    return all(not one.gap(code) and (one.of(code).value > one.total.value) == above for one in backings)


def _corner(base: Slice, marks: str, wanted: str, backings: Sequence[Support]) -> str:
    level = base.series.query.level
    found = [cell for cell, one in zip(base.cells, marks, strict=True) if one == wanted]
    found = [cell for cell in found if _sure(cell.code, backings, above=wanted != "0")]
    if not found:
        return _("aucun territoire") if level == "territory" else _("aucune commune")
    if len(found) <= MOST_NAMED:
        return locale.listed([named(level, cell.code, cell.name).short for cell in found])
    if level == "territory":
        return plural("{n} territoire", "{n} territoires", len(found)).format(n=len(found))
    return plural("{n} commune", "{n} communes", len(found)).format(n=len(found))


def whole(first: Indicator, base: Slice, pair: Pair) -> tuple[str, str]:
    """The metropole: its two values, and what they are."""
    said = _("{first} et {second}, {within}").format(
        first=locale.inside(first.label), second=locale.inside(pair.indicator.label), within=metropole().within
    )
    return SHOWN_AS.join((base.total_text, pair.total_text)), locale.tight(said)


def subtitle(base: Slice, pair: Pair) -> str:
    """The first indicator as always, then the second with its own filters and year."""
    query = pair.series.query
    said = [pair.indicator.label]
    if query.chosen:
        said.append(captions.choice(pair.series))
    if query.year is not None:
        said.append(str(query.year))
    told = _("{first} ; croisé avec : {second}").format(first=base.subtitle, second=", ".join(said))
    return locale.tight(told)


def footer(release: Release, base: Slice, pair: Pair) -> str:
    """Sources of the first indicator, then of the second, with what is hidden of it."""
    hidden = captions.suppressed((*pair.cells, pair.series.total))
    told = _("{label} : {sources}, {hidden}.").format(
        label=pair.indicator.label,
        sources=captions.sources(release, pair.series),
        hidden=plural("{n} valeur sous secret", "{n} valeurs sous secret", hidden).format(n=hidden),
    )
    return f"{base.source} {locale.tight(told)}"


def notes(release: Release, pair: Pair, scope: Scope, dropped: tuple[str, ...]) -> tuple[str, ...]:
    """What is to be known of the second number and of the classes."""
    label = pair.indicator.label
    said = [_("{label} : {note}").format(label=label, note=captions.note(one)) for one in pair.series.notes]
    for key in dropped:
        told = _("{label} : dit pour l’ensemble, sa source ne permet pas le filtre « {filter} ».")
        said.append(told.format(label=label, filter=_(DIMENSIONS[key].label)))
    if scope.level not in release.indicators[pair.indicator.key].levels:
        told = _("{label} : publié par commune et non additif, choisir le niveau « Communes ».")
        said.append(told.format(label=label))
    said.append(_("Faible, moyen, fort : les tiers des zones du niveau, toutes les années communes ensemble."))
    return tuple(locale.tight(note) for note in said)
