"""The words of an indicator, in the language in force: a partial list is never called the ESS of the metropole."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dashboard import provenance
from dashboard.i18n import FRENCH, _, language, speaking
from layers.facts import cube
from layers.indicators import Indicator
from layers.indicators.declaration import TEXTS

if TYPE_CHECKING:
    from layers.release import Release

COMPLETE, LISTED = "structures ESS", "structures ESS listées"
ONE_COMPLETE, ONE_LISTED = "structure ESS", "structure ESS listée"
TOLD = (*TEXTS, "group")


def worded(release: Release, key: str) -> Indicator:
    """The declaration of an indicator, its nouns those of a list where its sources cover a part of the ESS only."""
    declared = release.indicators[key]
    kinds = {kind for year in cube(release, declared.numerator).sources.values() for kind in year}
    return _told(declared, language(), partial=bool(provenance.part(sorted(kinds))))


def told(indicator: Indicator) -> Indicator:
    """The declaration of an indicator, in the language in force."""
    return _told(indicator, language(), partial=False)


def listed(indicator: Indicator) -> Indicator:
    """The declaration of an indicator of structures, in French, as what the lists name and no more."""
    return replace(
        indicator,
        noun=indicator.noun.replace(COMPLETE, LISTED),
        noun_one=indicator.noun_one.replace(ONE_COMPLETE, ONE_LISTED),
        per=indicator.per.replace(COMPLETE, LISTED),
        label=indicator.label.replace("Structures ESS", "Structures ESS listées"),
    )


@lru_cache(maxsize=256)
def _told(declared: Indicator, lang: str, *, partial: bool) -> Indicator:
    if partial:
        declared = listed(declared)
    if lang == FRENCH:
        return declared
    with speaking(lang):
        texts: dict[str, Any] = {name: _(getattr(declared, name)) for name in TOLD}
        return replace(declared, **texts, verb=(_(declared.verb[0]), _(declared.verb[1])))
