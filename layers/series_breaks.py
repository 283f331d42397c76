"""Breaks of series (domain, section 3), declared once: lines, changes, indices, notes, API and exports follow.

No number of one side is compared with a number of the other: no line joins them, no change and no index is computed.
A break may concern one dimension only: priority neighbourhoods changed their limits, which changes nothing of a total.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers import facts, stages
from layers.cache import MB, Cache
from layers.dimensions import GRANTS
from layers.indicators import INDICATORS

if TYPE_CHECKING:
    from layers.cube import Cube
    from layers.release import Release
    from layers.series import Query

POSTS: Final = ("jobs", "private_jobs", "all_jobs", "ess_establishments", "all_establishments", "jobs_expected")
SOURCES, STAGES = "sources", "stages"
SAME: Final = {facts.EMBEDDED: "population"}
"""Kinds of file that are one publication: the municipal populations of Insee, embedded or imported."""


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """One break, French in its texts.

    ``first`` is the first year of the new series. It concerns ``facts`` (all of them where empty), read from
    ``sources`` (kinds of file, any where empty), cut by ``dimension`` (whatever the cut where None). ``reference``
    says where it is published. ``of_region`` is one of values of the region, which are beside those of the metropole.
    """

    key: str
    first: int
    sentence: str
    reference: str
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    dimension: str | None = None
    of_region: bool = False

    def concerns(self, fact: str, cuts: Collection[str]) -> bool:
        """Whether it is one of a fact, cut by these dimensions."""
        if self.of_region or (self.dimension is not None and self.dimension not in cuts):
            return False
        return not self.facts or fact in self.facts

    def parts(self, before: int, after: int) -> bool:
        """Whether two years are on either side of it."""
        return min(before, after) < self.first <= max(before, after)


REGISTRY: Final = {
    declared.key: declared
    for declared in (
        SeriesBreak(
            key="clap-flores",
            first=2017,
            facts=POSTS,
            sentence="Flores a remplacé Clap au millésime 2017 et couvre tous les employeurs : les postes d’avant 2017 "
            "et ceux d’après ne se comparent pas.",
            reference="Insee, Flores, définitions et méthodes (information 4996967)",
        ),
        SeriesBreak(
            key="urssaf-apprentis",
            first=2023,
            facts=POSTS,
            sources=("urssaf",),
            sentence="L’Urssaf compte les apprentis depuis septembre 2023 : ses effectifs d’avant et d’après ne se "
            "comparent pas.",
            reference="Urssaf, séries d’effectifs salariés, data.gouv.fr",
        ),
        SeriesBreak(
            key="naf-2025",
            first=2027,
            sources=("sirene", "recherche-entreprises", "flores", "flores-communes"),
            dimension="sector",
            sentence="La nomenclature d’activités passe de la NAF rév. 2 à la NAF 2025 en 2027 : les secteurs d’avant "
            "et d’après ne se comparent pas.",
            reference="Insee, NAF 2025 ; Sirene donne déjà les deux codes",
        ),
        SeriesBreak(
            key="qpv-2015",
            first=2015,
            dimension="qpv",
            sentence="Les quartiers prioritaires ont remplacé les zones urbaines sensibles au 1er janvier 2015 : ce "
            "qui est dedans ou dehors n’est plus la même chose.",
            reference="Décret n° 2014-1750 du 30 décembre 2014",
        ),
        SeriesBreak(
            key="qpv-2024",
            first=2024,
            dimension="qpv",
            sentence="Les limites des quartiers prioritaires ont changé au 1er janvier 2024 : ce qui est dedans ou "
            "dehors n’est plus la même chose.",
            reference="Insee, quartiers prioritaires 2024 (information 8273723)",
        ),
        SeriesBreak(
            key="region-2016",
            first=2016,
            of_region=True,
            sentence="Le Nord-Pas-de-Calais et la Picardie ont fait les Hauts-de-France au 1er janvier 2016 : les "
            "valeurs de la région d’avant et d’après ne se comparent pas.",
            reference="Loi n° 2015-29 du 16 janvier 2015",
        ),
    )
}
OTHER_SOURCES: Final = "Les sources de {after} ne sont pas celles de {before} : les deux années ne se comparent pas."
OTHER_STAGE: Final = (
    "Les subventions de {after} ne sont pas prises au même stade que celles de {before} (votées, conventionnées ou "
    "versées) : les deux années ne se comparent pas."
)


@dataclass(frozen=True, slots=True)
class Found:
    """A break between two years that follow each other in a release.

    ``sentence`` is French, with the places ``before`` and ``after``.
    """

    key: str
    before: int
    after: int
    sentence: str
    reference: str = ""

    def told(self) -> str:
        """The sentence, in French."""
        return self.sentence.format(before=self.before, after=self.after)


BREAKS: Final[Cache[tuple[Found, ...]]] = Cache("breaks", MB)


def declared(indicator: str, cuts: Collection[str] = ()) -> tuple[SeriesBreak, ...]:
    """Breaks of the registry that may concern an indicator cut by some dimensions, whatever the release."""
    return tuple(b for b in REGISTRY.values() if any(b.concerns(fact, cuts) for fact in _facts(indicator)))


def found(release: Release, query: Query) -> tuple[Found, ...]:
    """Breaks between the years of an indicator in a release, in their order, for the dimensions that a query cuts."""

    def between() -> tuple[Found, ...]:
        built = facts.cube(release, release.indicators[query.indicator].numerator)
        pairs = zip(built.years, built.years[1:], strict=False)
        return tuple(one for before, after in pairs for one in _between(release, query, before, after))

    return BREAKS.get((release.token, query.indicator, tuple(sorted(query.chosen))), between)


def runs(release: Release, query: Query) -> tuple[tuple[int, ...], ...]:
    """Years that can be compared with each other, run by run, in their order."""
    years = facts.cube(release, release.indicators[query.indicator].numerator).years
    starts = {one.after for one in found(release, query)}
    made: list[list[int]] = []
    for year in years:
        if year in starts or not made:
            made.append([])
        made[-1].append(year)
    return tuple(tuple(run) for run in made)


def run_of(release: Release, query: Query, year: int | None) -> tuple[int, ...]:
    """The years that can be compared with one; empty where the indicator has not that year."""
    return next((run for run in runs(release, query) if year in run), ())


def across(release: Release, query: Query, one: int, other: int) -> tuple[Found, ...]:
    """Breaks between two years: where there is any, neither change nor index is computed."""
    first, last = sorted((one, other))
    return tuple(b for b in found(release, query) if first <= b.before and b.after <= last)


def _facts(indicator: str) -> Sequence[str]:
    made_of = INDICATORS.get(indicator)
    if made_of is None:
        return (indicator,)
    return [made_of.numerator, *([made_of.denominator] if made_of.denominator else [])]


def _publications(built: Cube, year: int) -> set[str]:
    return {SAME.get(kind, kind) for kind in built.sources.get(year, ())}


def _between(release: Release, query: Query, before: int, after: int) -> list[Found]:
    numerator = release.indicators[query.indicator].numerator
    built = facts.cube(release, numerator)
    kinds = {*built.sources.get(before, ()), *built.sources.get(after, ())}
    made = [
        Found(b.key, before, after, b.sentence, b.reference)
        for b in declared(query.indicator, query.chosen)
        if b.parts(before, after) and (not b.sources or kinds & set(b.sources))
    ]
    if _publications(built, before) != _publications(built, after):
        made.append(Found(SOURCES, before, after, OTHER_SOURCES))
    if numerator in facts.RECORDS and facts.RECORDS[numerator].table == GRANTS:
        stage = stages.by_year(release)
        if stage.get(before) != stage.get(after):
            made.append(Found(STAGES, before, after, OTHER_STAGE))
    return made
