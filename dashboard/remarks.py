"""What is to be known of a ranking: neighbours too close to be told apart, numbers that have no total."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashboard import locale, sentences
from dashboard.areas import territory
from dashboard.i18n import _

if TYPE_CHECKING:
    from dashboard.slices import Scope
    from layers.indicators import Indicator
    from layers.series import Cell

MOST_PAIRS = 3
"""Pairs of neighbours in the ranking that are named; beyond, they are told together."""


def by_commune(indicator: Indicator, scope: Scope) -> list[str]:
    """Where an indicator is asked for at a level at which it is not published."""
    if scope.level in indicator.levels:
        return []
    if scope.level == "commune":
        return [_("Publié par territoire seulement : choisir le niveau « Territoires ».")]
    return [_("Publié par commune et non additif : choisir le niveau « Communes ».")]


def neighbours(indicator: Indicator, cells: Sequence[Cell], scope: Scope) -> list[str]:
    """« Écart faible entre … »: areas that follow each other too closely to be told apart, the first such pair."""
    shown = sorted((cell for cell in cells if cell.value), key=lambda cell: -(cell.value or 0))
    if scope.level != "territory":
        return []
    pairs = [
        locale.listed([territory(high.code).short, territory(low.code).short])
        for high, low in itertools.pairwise(shown)
        if sentences.weak(indicator, low, high)
    ]
    if len(pairs) > MOST_PAIRS:
        return [_("Écarts faibles entre la plupart des voisins du classement : l’ordre dit peu.")]
    return [_("Écart faible : {pairs}.").format(pairs=locale.separator().join(pairs))] if pairs else []
