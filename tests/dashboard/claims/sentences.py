"""Every sentence that the pages compose of a release, each with the numbers that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from dashboard import changes, findings, slices, trends
from dashboard.comparison import choice as comparison
from dashboard.followup import choice as followup
from dashboard.followup.content import headline as followed
from dashboard.funding import choice as funding
from dashboard.funding.choice import Scenario
from dashboard.funding.content import headline as funded
from dashboard.funding.spread import spread
from dashboard.pages import accueil, carte, comparer
from dashboard.portrait import briefing
from dashboard.portrait import content as portrait
from dashboard.portrait.place import METROPOLE, place
from dashboard.services import View
from dashboard.viewstate import ViewState
from layers import measure
from layers.classing import Classing
from layers.indicators import DEFAULT, INDICATORS
from layers.release import Release
from layers.series import Query
from layers.stages import by_year

PLACES = (METROPOLE, "8", "1", "59350")
SCOPES = (("territory", None), ("commune", None), ("commune", "8"))


@dataclass(frozen=True)
class Said:
    """One sentence: the page, the text with plain spaces, the indicator, level and year it is about; ``since`` for a
    change, ``inside`` for a territory whose communes alone are listed, ``code`` for the area it is of."""

    page: str
    text: str
    key: str = ""
    level: str = "territory"
    year: int | None = None
    since: int | None = None
    inside: str | None = None
    code: str | None = None


def every(release: Release) -> Iterator[Said]:
    """The sentences of all the pages."""
    for one in _every(release):
        yield replace(one, text=one.text.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2011", "-"))


def _every(release: Release) -> Iterator[Said]:
    held = [key for key in INDICATORS if measure.available(release, key)]
    seen = View(release, ViewState(), ())
    yield Said("accueil", accueil.answer(release, seen.state), "actors_per_1000", code="mel")
    for key in held:
        yield from _map(release, key)
    for one in findings.every(release, seen.state):
        yield _finding("constat", one)
    for code in PLACES:
        yield from _portrait(seen, code)
    for key in held:
        view = View(release, ViewState(indicator=key), ())
        for areas in ((), ("8", "3"), ("59350", "59512", "1")):
            choice = comparison.read(view)
            if areas:
                choice = replace(choice, places=tuple(comparison.place(release, code) for code in areas))
            yield Said("comparer", comparer.headline(view, choice), key, "both")
    yield from _funding(release)
    yield Said("suivi", followed(release, followup.read(seen)))


def _finding(page: str, one: findings.Finding) -> Said:
    return Said(page, one.sentence, one.indicator.key, year=one.state.year, code=one.state.territory or "mel")


def _map(release: Release, key: str) -> Iterator[Said]:
    years = measure.years(release, key)
    for level, inside in SCOPES:
        scope = slices.Scope(level, inside, 95)
        made = slices.make(release, Query(key, level), scope, Classing())
        about = Said("carte", made.headline, key, level, made.series.query.year, inside=inside)
        yield about
        all_of_it = replace(about, page="carte, ensemble", code=inside or "mel", level="territory", inside=None)
        yield replace(all_of_it, text=f"{made.whole[0]} {made.whole[1]}")
        for cell in made.cells[:: 1 if level == "territory" else 17]:
            yield replace(about, text=carte.sentence_of(made, cell.code), page="carte, zone", code=cell.code)
        if len(years) > 1:
            moved = slices.make(release, Query(key, level, year=years[-1]), scope, Classing(), since=years[0])
            about = replace(about, page="carte, évolution", year=years[-1], since=years[0])
            yield replace(about, text=moved.headline)
            yield replace(about, text=moved.subtitle, page="carte, évolution de tous", code="mel")
    for year in years[1:]:
        view = View(release, ViewState(indicator=key, year=year, compare=years[0]), ())
        told = changes.of(view)
        if told is not None:
            yield Said("graphique d’évolution", told.summary, key, "territory", year, years[0])
    for code in ("8", None):
        view = View(release, ViewState(indicator=key, territory=code), ())
        line = trends.of(view, "le Lillois" if code else "la métropole")
        if line is not None:
            yield Said("graphique des années", line.summary, key, year=years[-1], code=code or "mel")


def _portrait(seen: View, code: str) -> Iterator[Said]:
    where = place(seen, code)
    sides = briefing.sides(seen, where)
    titled = [replace(one, text=portrait.headline(seen, where), kind="titre") for one in sides[:1]]
    notable = briefing.notable(seen, where)
    for one in (*titled, *sides, *briefing.questions(seen, where), *(notable.statements if notable else ())):
        if (proof := dict(parse_qsl(one.href.partition("?")[2]))).get("sector") is None:
            key, year = proof.get("indicator", DEFAULT if one.href else ""), proof.get("year")
            named = proof.get("commune") or proof.get("territory") or "mel"
            yield Said(f"portrait, {one.kind}", one.text, key, where.level, int(year) if year else None, code=named)
    for one in briefing.values(seen, where):
        about = Said("portrait, repère", "", one.indicator.key, where.level, one.series.query.year, code=code)
        yield replace(about, text=one.change, page="portrait, évolution")
        yield replace(about, text=one.rank, page="portrait, rang")


def _funding(release: Release) -> Iterator[Said]:
    if not len(release.grants):
        return
    for year in sorted(by_year(release)):
        view = View(release, ViewState(indicator=funding.INDICATOR, year=year), ())
        usual = funding.read(view)
        for need, key in (("population", "grants_per_inhabitant"), ("jobs", "grants_per_job")):
            if measure.available(release, key):
                choice = replace(usual, need=need)
                yield Said("financements", funded(choice, spread(view, choice)), key, year=year)
        choice = replace(usual, scenario=Scenario("equal", 900_000))
        yield Said("scénario", funded(choice, spread(view, choice)), year=year)
