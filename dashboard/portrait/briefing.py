"""« Mon territoire en 90 secondes »: values beside the metropole, strengths, alerts, questions to ask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard import captions, changes, findings, locale, sentences
from dashboard.captions import PERIMETER
from dashboard.comparison.gaps import SURE, Gap, gap, points
from dashboard.content import Entry, Section, Sheet, Statement
from dashboard.disputes import figure
from dashboard.findings import evolution
from dashboard.findings.declaration import GROUPS, proof
from dashboard.findings.evolution import comparable, signed
from dashboard.i18n import _
from dashboard.wording import worded
from layers import change, measure, support
from layers.indicators import AMOUNT, COUNT
from layers.panel import METROPOLE
from layers.series import MISSING, Query

if TYPE_CHECKING:
    from dashboard.findings import Finding
    from dashboard.portrait.place import Place
    from dashboard.services import View
    from layers.indicators import Indicator
    from layers.series import Cell, Series

WANTED = ("actors_per_1000", "jobs_per_1000", "ess_job_share", "grants_per_inhabitant", "actors")
"""The five values; what a release cannot give is replaced by the next of `INSTEAD`."""
INSTEAD = ("jobs", "grants_amount", "median_income", "poverty_rate", "population", "population_density")
VALUES, SIDES, QUESTIONS = 5, 2, 3
NEUTRAL = ("mean_size",)
"""Indicators of which neither more nor less is a strength."""
EACH = 3
"""Findings of one template that are told."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the card, as printed; ``gap`` None where the place is the metropole or a part of it."""

    indicator: Indicator
    series: Series
    cell: Cell
    gap: Gap | None
    rank: str
    mark: str
    change: str


def values(view: View, place: Place) -> list[Value]:
    """Five values where the release has as many; one that the place has not comes last, if at all."""
    held = [key for key in (*WANTED, *INSTEAD) if measure.available(view.release, key)]
    found = [value(view, place, key) for key in held]
    known = [one for one in found if one.cell.state != MISSING]
    return [*known, *(one for one in found if one.cell.state == MISSING)][:VALUES]


def value(view: View, place: Place, key: str) -> Value:
    """An indicator in a place, in the year shown first, beside the metropole, the eight and what it was."""
    release, indicator = view.release, worded(view.release, key)
    series = measure.series(release, Query(key, place.level, perimeter=view.state.perimeter))
    cell, backing = place.cell(series), support.of(release, series.query)
    apart = None if place.is_whole else gap(indicator, cell, series.total, backing.gap(place.code))
    mark = "" if place.is_whole else sentences.marks(backing, series.cells)[series.cells.index(cell)]
    rank = _rank(place, series) if mark == sentences.RANKED else ""
    return Value(indicator, series, cell, apart, rank, mark, _change(view, place, indicator))


def _rank(place: Place, series: Series) -> str:
    """« 3e sur 8 »; empty for other places than a territory."""
    if place.level != "territory":
        return ""
    ranks = measure.ranks(series.cells)
    return _("{rank} sur {number}").format(rank=locale.ordinal(ranks[place.code]), number=len(ranks))


def _change(view: View, place: Place, indicator: Indicator) -> str:
    """« +4 % depuis 2019 », between years that the same sources tell; empty where nothing can be said."""
    years = comparable(view.release, view.release.indicators[indicator.key])
    if years is None:
        return ""
    query = Query(indicator.key, place.level, perimeter=view.state.perimeter)
    found = change.between(view.release, query, *years)
    one = found.total if place.is_whole else next(one for one in found.areas if one.now.code == place.code)
    if support.change(view.release, replace(query, year=years[1]), years[0])[one.now.code]:
        return ""
    if indicator.kind in (COUNT, AMOUNT):
        told = signed(one.percent / 100) if one.percent is not None else ""
    elif indicator.unit == "%":
        told = points(one.absolute, indicator.digits) if one.absolute is not None else ""
    else:
        told = changes.difference(indicator, one) if one.absolute is not None else ""
    return _("{change} depuis {year}").format(change=told, year=found.first) if told else ""


def section(view: View, place: Place) -> Section:
    """The card as a section."""
    shown = values(view, place)
    return Section(
        "briefing",
        _("En 90 secondes"),
        statements=(*sides(view, place), *questions(view, place)),
        sheets=(_sheet(view, place, shown),),
    )


def _sheet(view: View, place: Place, shown: list[Value]) -> Sheet:
    heads = [_("Indicateur"), place.named.short]
    heads += [] if place.is_whole else [_("Métropole"), _("Écart"), _("Rang")]
    return Sheet(
        "briefing-values",
        _("Cinq repères, {perimeter}").format(perimeter=_(PERIMETER[view.state.perimeter])),
        (*heads, _("Évolution")),
        tuple(_row(place, one) for one in shown),
    )


def _row(place: Place, one: Value) -> tuple[Entry, ...]:
    name = ", ".join(filter(None, (one.indicator.label, captions.when(one.series))))
    row = [Entry(name, name), _value(one, one.cell, place.code)]
    if not place.is_whole:
        total, apart = one.series.total, one.gap.told if one.gap else ""
        row.append(_value(one, total, METROPOLE))
        row += [Entry(apart, apart), Entry(one.rank, one.rank)]
    return (*row, Entry(one.change, one.change))


def _value(one: Value, cell: Cell, code: str) -> Entry:
    return Entry(cell.value, locale.cell(one.indicator, cell), cell.state, of=figure.of(one.series, code))


def sides(view: View, place: Place) -> list[Statement]:
    """Strengths and alerts: the greatest gaps to the metropole that neither threshold nor chance explain."""
    if place.is_whole:
        return [Statement(one.sentence, one.label, one.href) for one in findings.pick(view.release, view.state)]
    apart = sorted(apart_of(view, place), key=lambda one: -abs(one.gap.relative if one.gap else 0))
    above = [one for one in apart if one.gap and one.gap.relative > 0][:SIDES]
    below = [one for one in apart if one.gap and one.gap.relative < 0][:SIDES]
    return [
        *(statement(view, place, one, _("Atout")) for one in above),
        *(statement(view, place, one, _("Point de vigilance")) for one in below),
    ]


def apart_of(view: View, place: Place) -> list[Value]:
    """Values of the ESS and of its funding, of this place, of which a gap to the metropole is established.

    Money of head offices, of the State or of an old year (`layers.money`) tells nothing of a place.
    """
    told = (one.key for one in view.release.indicators.values() if one.group in GROUPS and one.key not in NEUTRAL)
    held = [key for key in told if measure.available(view.release, key)]
    found = (value(view, place, key) for key in held)
    sure = [one for one in found if one.gap is not None and one.gap.verdict == SURE]
    return [one for one in sure if not captions.money(view.release, one.series)]


def statement(view: View, place: Place, one: Value, kind: str) -> Statement:
    """A value of a place as a sentence, with its rank, the value of the metropole, and the view that proves it."""
    ranks = measure.ranks(one.series.cells)
    told = sentences.area_sentence(
        one.indicator, one.series, one.cell, ranks.get(place.code), len(ranks), mark=one.mark
    )
    where = {"territory": place.code} if place.level == "territory" else {"commune": place.code, "level": "commune"}
    seen = proof(view.state, one.indicator.key, one.series.query.year, **where)
    return Statement(locale.tight(locale.capital(told)) + ".", kind, f"/carte?{seen.to_query()}")


def questions(view: View, place: Place) -> list[Statement]:
    """Three questions at most, each about something that the numbers show or do not say."""
    asked: list[Statement] = []
    kind = _("Question à poser")
    below = [one for one in apart_of(view, place) if one.gap and one.gap.relative < 0] if not place.is_whole else []
    if below:
        lowest = min(below, key=lambda one: one.gap.relative if one.gap else 0)
        told = _("{label} : {value} {within}, {total} dans la métropole. Qu’est-ce qui l’explique, et qui peut agir ?")
        asked.append(Statement(_filled(told, place, lowest), kind))
    special = _special(view, place)
    if special is not None:
        told = _("{finding} Est-ce une force à développer, ou une dépendance ?").format(finding=special.sentence)
        asked.append(Statement(locale.tight(told), kind, special.href))
    lacking = [
        locale.inside(_(one.label))
        for one in view.release.indicators.values()
        if not measure.available(view.release, one.key)
    ]
    if lacking:
        told = _("Qui peut dire ce que cette publication ne dit pas : {lacking} ?")
        asked.append(Statement(locale.tight(told.format(lacking=locale.listed(lacking[: SIDES + 1]))), kind))
    told = _("Qui, {within}, manque dans ces chiffres : bénévoles, collectifs, projets qui naissent ?")
    asked.append(Statement(locale.tight(told.format(within=place.named.within)), kind))
    return asked[:QUESTIONS]


def _filled(told: str, place: Place, one: Value) -> str:
    return locale.tight(
        told.format(
            label=one.indicator.label,
            value=locale.cell(one.indicator, one.cell),
            within=place.named.within,
            total=locale.cell(one.indicator, one.series.total),
        )
    )


def _special(view: View, place: Place) -> Finding | None:
    """The most notable specialisation of a territory."""
    found = [
        one
        for one in findings.every(view.release, view.state)
        if one.template == "specialisation" and place.territory in one.areas
    ]
    return max(found, key=lambda one: one.strength, default=None) if place.level == "territory" else None


def notable(view: View, place: Place) -> Section | None:
    """The findings that name the place, by template, the most notable first; None where nothing is established."""
    release, state = view.release, view.state
    if place.is_whole:
        found = [one for one in findings.every(release, state) if one.template != "trend"]
    else:
        named = place.level == "territory"
        found = [one for one in findings.every(release, state) if named and place.code in one.areas]
    where = evolution.Where(place.level, None if place.is_whole else place.code, place.named, ())
    found += evolution.changed(release, state, where)
    told_above = {one.text for one in sides(view, place)}
    found = [one for one in found if one.sentence not in told_above]
    found.sort(key=lambda one: (list(findings.TEMPLATES).index(one.template), -one.strength))
    if not found:
        return None
    said = _("Phrases composées d’après les nombres ; rien n’est dit d’un écart que le hasard explique.")
    told = tuple(Statement(one.sentence, one.label, one.href) for one in _few(found))
    return Section("findings", _("Ce que disent les chiffres"), (locale.tight(said),), statements=told)


def _few(found: list[Finding]) -> list[Finding]:
    """The most notable of each template."""
    by: dict[str, list[Finding]] = {}
    for one in found:
        by.setdefault(one.template, []).append(one)
    return [one for some in by.values() for one in some[:EACH]]
