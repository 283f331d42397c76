"""Whether it is equitable: Lorenz curve, Gini, Theil, Hoover, beside the need that one chooses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dashboard import locale
from dashboard.areas import territory
from dashboard.content import Entry, Section, Sheet
from dashboard.drawing.bars import Bar, bars
from dashboard.drawing.lorenz import Step, lorenz
from dashboard.funding import words
from dashboard.funding.spread import CENTS, Spread, between_and_within, measures
from dashboard.i18n import _
from geodata.territories import TERRITORIES
from layers import awards, equity, needs
from layers.intervals import LEAST_RANKING

if TYPE_CHECKING:
    from dashboard.drawing import Drawing
    from dashboard.funding.choice import Choice
    from dashboard.services import View
    from layers.equity import Equity

DIGITS = 3
TICKS = (0, 25, 50, 75, 100)


def section(view: View, choice: Choice, found: Spread) -> Section:
    """The curve of the year shown and the measures of every year; why there are none where there are not."""
    need = needs.declared(choice.need)
    said = [
        _("Besoin choisi : {need}, {year}. {told}").format(
            need=locale.inside(_(need.label)),
            year=needs.told_in(view.release, choice.need, found.year or 0) or _("inconnu à moins de cinq ans"),
            told=_(need.told),
        ),
        _(
            "Gini : 0 quand chaque territoire a la même part du montant que du besoin, près de 1 quand un seul a tout. "
            "Hoover : part du montant à déplacer pour que chacun ait la sienne. Theil : 0 à l’égalité ; celui des "
            "communes se partage entre ce qui sépare les territoires et ce qui sépare leurs communes."
        ),
        _("Avec huit territoires, ces mesures décrivent sans rien prouver : elles se lisent avec les barres."),
    ]
    if found.whole.amount.number < LEAST_RANKING:
        told = _("Moins de {least} subventions localisées : ces mesures ne disent guère que le hasard.")
        said.append(told.format(least=LEAST_RANKING))
    current = measures(view, choice, found, found.year) if found.year is not None else None
    if current is None:
        said.append(_lacking(found))
    hidden = current is None and _hidden(found)
    return Section(
        "fairness",
        _("Est-ce équitable ?"),
        tuple(map(locale.tight, said)),
        drawings=() if current is None else (_curve(choice, found, current), _gaps(choice, found)),
        sheets=() if hidden else (_by_year(view, choice, found),),
    )


def _hidden(found: Spread) -> list[str]:
    """Territories of which the need is not told."""
    return [territory(code).short for code in TERRITORIES if code in found.need and found.need[code].value is None]


def _lacking(found: Spread) -> str:
    """Why there is no measure of the year shown."""
    if hidden := _hidden(found):
        return _(
            "Non calculé : le besoin n’est pas connu, ou sous secret, pour {areas} ; "
            "une mesure d’ensemble laisserait le deviner."
        ).format(areas=locale.listed(hidden))
    if below := [one.named.short for one in found.lines if one.amount.cents < 0]:
        return _(
            "Non calculable en {year} : le montant est négatif pour {areas} (plus repris qu’attribué) ; "
            "ces mesures comparent des parts, qui ne peuvent pas l’être."
        ).format(year=found.year, areas=locale.listed(below))
    return _("Non calculable : aucun montant localisé pour ce choix.")


def _ordered(found: Spread) -> tuple[dict[str, int], dict[str, float], list[str]]:
    """Amounts, needs, and the territories from the least served to the best served."""
    cents = awards.sums(found.now, "place")
    need = {code: found.need[code].value or 0.0 for code in TERRITORIES}
    order = sorted(TERRITORIES, key=lambda code: (cents.get(code, 0) / need[code] if need[code] else 0.0, code))
    return cents, need, order


def _gaps(choice: Choice, found: Spread) -> Drawing:
    """What each has more or less than its equal share of what is located, the least served first."""
    cents, need, order = _ordered(found)
    total = sum(cents.get(code, 0) for code in TERRITORIES)
    share = equity.equal_share(need, total)
    gaps = {code: (cents.get(code, 0) - share[code]) / CENTS for code in order}
    rows = [
        Bar(f"{i}. {territory(code).short}", gaps[code], words.signed(gaps[code] * CENTS))
        for i, code in enumerate(order, start=1)
    ]
    moved = sum(gap for gap in gaps.values() if gap > 0)
    return bars(
        "gaps",
        locale.tight(_("Écart à la part égale, {year}").format(year=found.year)),
        locale.tight(
            _("{moved} vont au-delà des parts égales, sur {total}.").format(
                moved=words.cents(moved * CENTS), total=words.cents(total)
            )
        ),
        rows,
        (_("Territoire"), _("Écart, €")),
    )


def _curve(choice: Choice, found: Spread, current: Equity) -> Drawing:
    cents, need, order = _ordered(found)
    points = equity.lorenz([need[code] for code in order], [cents.get(code, 0) for code in order])
    steps = [
        Step(territory(code).short, x, y, locale.percent(100 * x, 1), locale.percent(100 * y, 1))
        for code, (x, y) in zip(order, points[1:], strict=True)
    ]
    told = _("Gini {gini}, Hoover {hoover} : {part} du montant serait à déplacer pour des parts égales.").format(
        gini=locale.number(current.gini, 2),
        hoover=locale.number(current.hoover, 2),
        part=locale.percent(100 * current.hoover),
    )
    label = locale.inside(_(needs.declared(choice.need).label))
    return lorenz(
        "lorenz",
        locale.tight(_("Courbe de Lorenz, du territoire le moins servi au plus servi, {year}").format(year=found.year)),
        locale.tight(told),
        steps,
        columns=(_("Territoire"), _("Part du besoin, cumulée"), _("Part du montant, cumulée")),
        axes=(
            locale.tight(_("Part du besoin ({need}), cumulée").format(need=label)),
            locale.tight(_("Part du montant, cumulée ; en pointillé, des parts égales")),
        ),
        percent=[locale.percent(tick) for tick in TICKS],
    )


def _by_year(view: View, choice: Choice, found: Spread) -> Sheet:
    rows = []
    for year in found.years:
        one, split = measures(view, choice, found, year), between_and_within(view, choice, found, year)
        rows.append(
            (
                words.text_entry(str(year)),
                *(measured(None if one is None else getattr(one, name)) for name in ("gini", "hoover", "theil")),
                *(measured(part) for part in (split or (None, None))),
            )
        )
    heads = (
        _("Année"),
        _("Gini"),
        _("Hoover"),
        _("Theil, territoires"),
        _("Theil des communes : entre territoires"),
        _("Theil des communes : à l’intérieur"),
    )
    note = _(
        "Non calculable : un montant est négatif (somme reprise), aucun n’est localisé, ou il en va à qui n’a "
        "aucun besoin."
    )
    lacking = any(entry.value is None for row in rows for entry in row)
    return Sheet(
        "equity", _("Mesures d’équité, année par année"), heads, tuple(rows), locale.tight(note) if lacking else ""
    )


def measured(value: float | None) -> Entry:
    """A cell of a measure of equity; « non calculable » where there is none, or an infinite one."""
    known = value is not None and math.isfinite(value)
    return words.number_entry(value, DIGITS) if value is not None and known else words.uncomputed_entry()
