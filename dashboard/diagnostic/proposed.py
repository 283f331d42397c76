"""The findings that the numbers support, as they may be taken into the register in one click."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import findings
from dashboard.findings import evolution
from dashboard.french import MINUS
from dashboard.i18n import FRENCH, _, speaking
from dashboard.portrait import briefing
from layers import measure
from layers.indicators import RATIO
from layers.series import Query
from layers.written.register import INDICATOR, Finding

if TYPE_CHECKING:
    from dashboard.findings import Finding as Computed
    from dashboard.portrait.place import Place
    from dashboard.services import View


def proposed(view: View, place: Place) -> list[Finding]:
    """What templates say of a place, each sentence once, with its indicator, value, year, release and proof.

    In French whatever the language in force: the register has one. The quadrant is a proposal: above the metropole a
    strength, below it a weakness; people decide.
    """
    view = replace(view, state=replace(view.state, lang=FRENCH))
    with speaking(FRENCH):
        found = [*_of_portrait(view, place), *(_made(view, place, one) for one in _computed(view, place))]
    return list({one.sentence: one for one in reversed(found)}.values())[::-1]


def _computed(view: View, place: Place) -> list[Computed]:
    release, state = view.release, view.state
    if place.is_whole:
        return findings.every(release, state)
    named = place.level == "territory"
    told = [one for one in findings.every(release, state) if named and place.code in one.areas]
    return told + evolution.changed(release, state, evolution.Where(place.level, place.code, place.named, ()))


def _made(view: View, place: Place, one: Computed) -> Finding:
    state = one.state
    query = Query(state.indicator, place.level, year=state.year, perimeter=view.state.perimeter, **state.filters)
    series = measure.series(view.release, query)
    cell = place.cell(series)
    return Finding(
        place=place.code,
        sentence=one.sentence,
        quadrant=_quadrant(cell.value, series.total.value) if one.indicator.kind == RATIO else _of_sign(one.sentence),
        theme=_(one.indicator.group),
        evidence=INDICATOR,
        indicator=one.indicator.key,
        value=cell.value,
        state=cell.state,
        year=series.query.year,
        release=view.release.id,
        proof=one.href,
    )


def _of_portrait(view: View, place: Place) -> list[Finding]:
    """The gaps to the metropole that the portrait may tell."""
    if place.is_whole:
        return []
    found = []
    for one in briefing.apart_of(view, place):
        told = briefing.statement(view, place, one, "")
        found.append(
            Finding(
                place=place.code,
                sentence=told.text,
                quadrant=_quadrant(one.cell.value, one.series.total.value),
                theme=_(one.indicator.group),
                evidence=INDICATOR,
                indicator=one.indicator.key,
                value=one.cell.value,
                state=one.cell.state,
                year=one.series.query.year,
                release=view.release.id,
                proof=told.href,
            )
        )
    return found


def _of_sign(sentence: str) -> str:
    """What counts is compared with nothing: it is a weakness where it falls."""
    return "weakness" if MINUS in sentence else "strength"


def _quadrant(value: float | None, reference: float | None) -> str:
    return "weakness" if value is not None and reference is not None and value < reference else "strength"
