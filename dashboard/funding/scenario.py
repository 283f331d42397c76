"""A scenario: what a rule would give each territory of the next years' budgets, and how equitable that would be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import locale, sentences
from dashboard.areas import territory
from dashboard.content import Entry, Section, Sheet
from dashboard.drawing.bars import Bar, bars
from dashboard.funding import words
from dashboard.funding.fairness import measured
from dashboard.funding.spread import CENTS, Spread, ratio
from dashboard.i18n import _
from geodata.territories import TERRITORIES
from layers import awards, equity, needs
from layers.allocation import RULES, Given, budgets
from layers.awards import MULTI, NOWHERE

if TYPE_CHECKING:
    from dashboard.drawing import Drawing
    from dashboard.funding.choice import Choice, Scenario
    from dashboard.services import View
    from layers.equity import Equity

MEASURES = ("gini", "hoover", "theil")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario gives, in cents.

    ``before`` is what each territory has in the year shown, ``years`` what it would have in each year to come,
    ``totals`` their budgets, ``apart`` what of each is kept for several territories. Of every year, the amounts of the
    eight and what is apart add up to the budget.
    """

    before: dict[str, int]
    before_apart: int
    years: tuple[dict[str, int], ...]
    totals: tuple[int, ...]
    apart: tuple[int, ...]


def outcome(scenario: Scenario, found: Spread) -> Outcome | None:
    """What a scenario gives; None where the need of a territory is hidden or not known, or where none has any."""
    need = {code: found.need[code].value for code in TERRITORIES if code in found.need}
    known = {code: value for code, value in need.items() if value is not None}
    if len(known) < len(TERRITORIES) or not sum(known.values()):
        return None
    sums = awards.sums(found.now, "place")
    before = {code: sums.get(code, 0) for code in TERRITORIES}
    before_apart = sums.get(MULTI, 0) + sums.get(NOWHERE, 0)
    kept = max(before_apart, 0) if scenario.apart is None else scenario.apart * CENTS
    totals = budgets(scenario.budget * CENTS, scenario.growth, scenario.years)
    rule = RULES[scenario.rule]
    apart = tuple(min(kept, total) for total in totals)
    years = tuple(
        rule.share(Given(total - aside, known, before, scenario.floor * CENTS))
        for total, aside in zip(totals, apart, strict=True)
    )
    return Outcome(before, before_apart, years, totals, apart)


def section(view: View, choice: Choice, found: Spread) -> Section | None:
    """The scenario of a choice as a section; None where it has none."""
    if choice.scenario is None:
        return None
    made = outcome(choice.scenario, found)
    title = _("Scénario : {rule}").format(rule=locale.inside(_(RULES[choice.scenario.rule].label)))
    if made is None:
        told = _(
            "Pas de scénario selon ce besoin : il n’est pas connu, ou sous secret, dans un territoire au moins ; "
            "le partage le laisserait deviner. Choisir un autre besoin."
        )
        return Section("scenario", locale.tight(title), (locale.tight(told),))
    return Section(
        "scenario",
        locale.tight(title),
        tuple(map(locale.tight, _explained(choice, found, made))),
        drawings=(_ranking(choice, found, made),),
        sheets=(_amounts(choice, found, made), _measures(choice, found, made)),
    )


def _explained(choice: Choice, found: Spread, made: Outcome) -> list[str]:
    scenario = choice.scenario
    if scenario is None:
        return []
    rule, need = RULES[scenario.rule], needs.declared(choice.need)
    said = [
        _("{rule} Besoin choisi : {need}.").format(rule=_(rule.explained), need=locale.inside(_(need.label))),
        (
            _("Budget de {first} ; {apart} restent pour plusieurs territoires, {shared} sont partagés.")
            if len(made.totals) == 1
            else _(
                "Budgets de {first} à {last} en {number} ans ; {apart} restent chaque année pour plusieurs territoires."
            )
        ).format(
            first=words.cents(made.totals[0]),
            last=words.cents(made.totals[-1]),
            number=len(made.totals),
            apart=words.cents(made.apart[0]),
            shared=words.cents(made.totals[0] - made.apart[0]),
        ),
        _("L’année de départ est {year} ({stage}). Chaque euro du budget est attribué, au centime.").format(
            year=found.year, stage=words.label(choice.stage or "voted").lower()
        ),
    ]
    if rule.uses_floor:
        told = _("Plancher demandé : {floor} par territoire.").format(floor=words.cents(scenario.floor * CENTS))
        if scenario.floor * CENTS * len(TERRITORIES) > made.totals[0] - made.apart[0]:
            told += " " + _("Le budget ne suffit pas aux huit planchers : ils sont abaissés d’autant.")
        said.append(told)
    if rule.key == "keep" and min(made.before.values()) < 0:
        said.append(_("Où plus a été repris qu’attribué, il n’y a rien à garder : le territoire part de zéro."))
    return said


def headline(choice: Choice, found: Spread) -> str:
    """Who gains most and who loses most; empty without a scenario that can be told."""
    made = outcome(choice.scenario, found) if choice.scenario else None
    if made is None:
        return ""
    change = {code: made.years[-1][code] - made.before[code] for code in TERRITORIES}
    high, low = max(change, key=lambda code: (change[code], code)), min(change, key=lambda code: (change[code], code))
    told = _("Avec {budget}, {first} : {gain} ; {last} : {loss}")
    if len(made.years) > 1:
        told = _("En année {number}, avec {budget}, {first} : {gain} ; {last} : {loss}")
    return locale.tight(
        locale.capital(
            told.format(
                number=len(made.years),
                budget=words.cents(made.totals[-1]),
                first=territory(high).subject,
                gain=words.signed(change[high]),
                last=territory(low).subject,
                loss=words.signed(change[low]),
            )
        )
    )


def _change(before: int, after: int) -> tuple[Entry, Entry]:
    """The change in euros and in percent; from nothing, or from what was taken back, there is none."""
    cents = after - before
    absolute = Entry(cents / CENTS, words.signed(cents), "value" if cents else "zero")
    if before <= 0:
        return absolute, words.text_entry("")
    part = 100 * cents / before
    text = locale.percent(part)
    more = "+" if part > 0 and text != locale.percent(0) else ""
    return absolute, Entry(part, more + text, "value" if cents else "zero")


def _ahead(made: Outcome) -> list[str]:
    """What the years of a scenario are called."""
    if len(made.years) == 1:
        return [_("Scénario")]
    return [_("Année {number}").format(number=i) for i in range(1, len(made.years) + 1)]


def _amounts(choice: Choice, found: Spread, made: Outcome) -> Sheet:
    ahead = _ahead(made)
    unit = words.head(found, choice.need)
    heads = (
        _("Territoire"),
        str(found.year),
        *ahead,
        _("Évolution"),
        _("Évolution (en pourcentage)"),
        f"{unit}, {found.year}",
        f"{unit}, {ahead[-1].lower()}",
    )

    def row(name: str, before: int, after: list[int], cell: str | None) -> tuple[Entry, ...]:
        below = found.need.get(cell) if cell else None
        per = [words.ratio_entry(ratio(cents, below)) for cents in (before, after[-1])] if cell else None
        return (
            words.text_entry(name),
            words.entry(before),
            *(words.entry(cents) for cents in after),
            *_change(before, after[-1]),
            *(per or [words.text_entry("")] * 2),
        )

    rows = [
        row(territory(code).short, made.before[code], [year[code] for year in made.years], code) for code in TERRITORIES
    ]
    rows.append(row(_("Plusieurs territoires, ou sans commune"), made.before_apart, list(made.apart), None))
    whole = sum(made.before.values())
    rows.append(row(_("Huit territoires ensemble"), whole, [sum(year.values()) for year in made.years], "mel"))
    rows.append(row(_("Total"), whole + made.before_apart, list(made.totals), None))
    return Sheet("scenario-amounts", locale.tight(_("Ce que chaque territoire recevrait")), heads, tuple(rows))


def _measures(choice: Choice, found: Spread, made: Outcome) -> Sheet:
    need = [found.need[code].value or 0.0 for code in TERRITORIES]

    def of(cents: dict[str, int]) -> Equity | None:
        return equity.equity(need, [cents[code] for code in TERRITORIES])

    before, after = of(made.before), of(made.years[-1])
    rows = tuple(
        (
            words.text_entry(name),
            _measure(before, key),
            _measure(after, key),
        )
        for key, name in zip(MEASURES, ("Gini", "Hoover", "Theil"), strict=True)
    )
    heads = (_("Mesure"), str(found.year), _ahead(made)[-1])
    return Sheet("scenario-equity", _("L’équité, avant et après"), heads, rows)


def _measure(found: Equity | None, key: str) -> Entry:
    return measured(None if found is None else getattr(found, key))


def _ranking(choice: Choice, found: Spread, made: Outcome) -> Drawing:
    """Euros a unit of the need in the last year, the highest first, beside the equal share."""
    per = {code: made.years[-1][code] / CENTS / (found.need[code].value or 1.0) for code in TERRITORIES}
    order = sorted(TERRITORIES, key=lambda code: (-per[code], code))
    rows = [Bar(territory(code).short, per[code], words.euros(per[code])) for code in order]
    whole = found.need["mel"].value or 1.0
    mean = sum(made.years[-1].values()) / CENTS / whole
    unit = words.per(choice.need)
    title = _("Scénario : € par {unit}").format(unit=unit)
    title += f", {locale.inside(_ahead(made)[-1])}" if len(made.years) > 1 else ""
    return bars(
        "scenario-per",
        locale.tight(title),
        locale.tight(sentences.extent((rows[-1].text, rows[-1].name), (rows[0].text, rows[0].name)) + "."),
        rows,
        (_("Territoire"), _("€ par {unit}").format(unit=unit)),
        mark=Bar(_("Part égale :"), mean, words.euros(mean)),
    )
