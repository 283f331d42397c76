"""The words of an indicator in a release: a partial list is never called the ESS of the metropole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import provenance
from layers.facts import cube
from layers.indicators import INDICATORS, Indicator

if TYPE_CHECKING:
    from layers.release import Release

COMPLETE, LISTED = "structures ESS", "structures ESS listées"
ONE_COMPLETE, ONE_LISTED = "structure ESS", "structure ESS listée"


def worded(release: Release, key: str) -> Indicator:
    """The declaration of an indicator, its nouns those of a list where its sources cover a part of the ESS only."""
    indicator = INDICATORS[key]
    kinds = {kind for year in cube(release, indicator.numerator).sources.values() for kind in year}
    if not provenance.part(sorted(kinds)):
        return indicator
    return replace(
        indicator,
        noun=indicator.noun.replace(COMPLETE, LISTED),
        noun_one=indicator.noun_one.replace(ONE_COMPLETE, ONE_LISTED),
        per=indicator.per.replace(COMPLETE, LISTED),
        label=indicator.label.replace("Structures ESS", "Structures ESS listées"),
    )
