"""The content of ``/financements``: the page, its files and its documents read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import captions, locale, provenance, sentences
from dashboard.content import Content
from dashboard.disputes import noted
from dashboard.disputes.shown import of_funding, of_page
from dashboard.exports.carte import defined
from dashboard.funding import calls, cuts, fairness, scenario, sections, words
from dashboard.funding.choice import PATH, address
from dashboard.funding.spread import Line, Spread, backing, spread, supported
from dashboard.headlines import MOST
from dashboard.i18n import _
from layers import measure, money, needs
from layers.indicators import FUNDING
from layers.intervals import LEAST_RANKING

if TYPE_CHECKING:
    from dashboard.content import Section
    from dashboard.funding.choice import Choice
    from dashboard.services import View


def content(view: View, choice: Choice) -> Content:
    """All of the page of a choice, in the language in force."""
    release, found = view.release, spread(view, choice)
    keys = [key for key, one in release.indicators.items() if one.group == FUNDING and measure.available(release, key)]
    return Content(
        key="financements",
        address=address(view, choice, pinned=True),
        title=_("Financements"),
        headline=headline(choice, found),
        subtitle=subtitle(view, choice, found),
        sections=_sections(view, choice, found),
        definitions=tuple(defined(view, key) for key in keys),
        lines=_lines(view, choice, found),
        release=release.id,
        demonstration=release.demonstration,
        disputed=noted.remarks(release, (*of_funding(view), *of_page(view, PATH))),
    )


def _sections(view: View, choice: Choice, found: Spread) -> tuple[Section, ...]:
    if found.year is None:
        return ()
    made = (
        scenario.section(view, choice, found),
        sections.territories(view, choice, found),
        fairness.section(view, choice, found),
        sections.instruments(view, choice, found),
        cuts.by_year(view, choice, found),
        cuts.cuts(view, choice, found),
        calls.section(view, found),
        cuts.without(view, choice, found),
    )
    return tuple(one for one in made if one is not None)


def headline(choice: Choice, found: Spread) -> str:
    """What a scenario changes; else who has most and least by unit of the need, where chance does not explain it."""
    if found.year is None:
        return _("Aucune subvention pour ce choix.")
    if told := scenario.headline(choice, found):
        return told
    stage = choice.stage or "voted"
    shown = supported(found, choice.need)
    if len(shown) > 1 and sum(one.amount.number for one in shown) >= LEAST_RANKING:
        low, high = shown[0], shown[-1]
        pair = {
            "noun": words.noun(stage),
            "unit": words.per(choice.need),
            "under": words.euros(_ratio(low, choice)),
            "within": low.named.within,
            "over": words.euros(_ratio(high, choice)),
            "where": high.named.within,
        }
        reason = backing(found, choice.need).pair(low.code, high.code)
        if not reason and len(shown) == len(found.lines):
            most, least = _ratio(high, choice), _ratio(low, choice)
            if least <= 0 or most / least > MOST:
                return locale.tight(_("{noun} par {unit} : {over} {where}, {under} {within}").format(**pair))
            told = _("{high} {verb} {times} plus par {unit} {than} : {over} contre {under}").format(
                **pair,
                high=high.named.subject,
                verb=_(words.VERBS[stage][high.named.plural]),
                times=locale.times(most / least),
                than=low.named.than,
            )
            return locale.tight(locale.capital(told))
        told = _("{noun} par {unit} : de {under} {within} à {over} {where}")
        if pair["under"] == pair["over"]:
            told = _("{noun} par {unit} : {over} partout")
        said = told.format(**pair)
        said += words.unlocated(len(found.lines) - len(shown))
        return locale.tight(said + sentences.reserve(reason))
    told = _("{noun} : {amount} en {year}, {number} en tout")
    if found.buckets:
        told = _(
            "{noun} : {amount} dans les huit territoires en {year}, {all} avec ce qui n’est d’aucun, {number} en tout"
        )
    return locale.tight(
        told.format(
            noun=words.noun(stage),
            amount=words.cents(found.whole.amount.cents),
            all=words.cents(found.total.cents),
            year=found.year,
            number=locale.number(found.total.number),
        )
    )


def _ratio(line: Line, choice: Choice) -> float:
    found = line.ratios.get(choice.need)
    return (found.value or 0.0) if found else 0.0


def subtitle(view: View, choice: Choice, found: Spread) -> str:
    """Stage, year, filters, euros, perimeter."""
    said = [words.noun(choice.stage or "voted"), *([str(found.year)] if found.year else [])]
    chosen = cuts.filters(view)
    said += [chosen] if chosen else []
    said.append(_("euros constants") if choice.constant else _("euros courants"))
    said.append(_(captions.PERIMETER[view.state.perimeter]))
    if other := found.of_another_year(choice.need):
        said.append(f"{locale.inside(_(needs.declared(choice.need).label))} {other}")
    part = provenance.part(tuple(dict.fromkeys(str(kind) for kind in found.now["source"])))
    said += [_("{part} seulement").format(part=part)] if part else []
    marks = money.marks(found.now, money.latest(view.release))
    said += [provenance.money(marks)] if marks else []
    return locale.tight(", ".join(said))


def _lines(view: View, choice: Choice, found: Spread) -> tuple[str, ...]:
    """Where it comes from: demonstration mark, filters, sources, licences, release, what is left apart."""
    release = view.release
    said = [_("Données de démonstration, fictives.")] if release.demonstration else []
    chosen = cuts.filters(view)
    said += [_("Filtres : {filters}.").format(filters=chosen)] if chosen else []
    kinds = tuple(dict.fromkeys(str(kind) for kind in found.now["source"]))
    vintages = tuple(dict.fromkeys(str(one) for one in found.now["vintage"]))
    said += provenance.line(release, kinds, vintages)
    said.append(_("Publication {release}.").format(release=release.id))
    said.append(cuts.money(view, choice))
    said += [
        _("{title} : {publisher}, {licence}.").format(title=one, publisher=one.publisher, licence=one.licence)
        for one in provenance.told(release, kinds, vintages)
        if one.publisher and one.licence
    ]
    said += captions.refused_of(release, kinds, vintages)
    part = provenance.part(kinds)
    said += [_("Données partielles : {part}.").format(part=part)] if part else []
    return tuple(dict.fromkeys(locale.tight(one) for one in said))
