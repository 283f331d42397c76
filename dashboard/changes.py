"""The chart of what changed between two years, area by area: bars on either side of zero, table and sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from dashboard import evolution, locale, trends
from dashboard.areas import named
from dashboard.colours import DOWN, RULE, SOFT, UP
from dashboard.figures import styled
from dashboard.i18n import _
from dashboard.trends import Told
from dashboard.wording import worded
from geodata.perimeter import members
from layers import change, measure, support
from layers.indicators import AMOUNT
from layers.panel import METROPOLE
from layers.series import SUPPRESSED

if TYPE_CHECKING:
    from dashboard.services import View
    from layers.change import Change, Changes
    from layers.indicators import Indicator

MOST = 10
"""Bars drawn on each side where the areas are many; the table has them all."""


def of(view: View) -> Told | None:
    """What changed since the year that the view compares with; None where it compares with none."""
    state, release = view.state, view.release
    year = state.year if state.year is not None else measure.default_year(release, state.indicator)
    if state.compare is None or year is None or state.compare == year:
        return None
    indicator = worded(release, state.indicator)
    found = change.between(release, state.series_query(), state.compare, year)
    reasons = support.change(release, state.series_query(), state.compare)
    inside = {code for code, territory in members(state.perimeter).items() if territory == state.territory}
    kept = [one for one in found.areas if state.level == "territory" or not inside or one.now.code in inside]
    kept.sort(key=lambda one: (one.absolute is None, -_shown(indicator, one), one.now.code))
    return Told(
        title=locale.tight(
            _("{indicator} : évolution de {first} à {last}").format(
                indicator=indicator.label, first=found.first, last=found.last
            )
        ),
        summary=locale.tight(_summary(state.level, indicator, found, kept, reasons)),
        draw=partial(_figure, state.level, indicator, kept) if any(one.absolute is not None for one in kept) else None,
        heads=(_("Zone"), str(found.first), str(found.last), _("Écart"), _("Évolution")),
        rows=tuple(_row(state.level, indicator, one) for one in (*kept, found.total)),
        source=trends.source(view, (found.first, found.last)),
        notes=tuple(locale.tight(note) for note in _notes(indicator, found)),
    )


def _shown(indicator: Indicator, one: Change) -> float:
    """What a bar shows: per cent of a count or of an amount, the difference of a ratio."""
    wanted = one.percent if change.is_percent(indicator) else one.absolute
    return wanted if wanted is not None else 0.0


def _has_bar(indicator: Indicator, one: Change) -> bool:
    return (one.percent if change.is_percent(indicator) else one.absolute) is not None


def difference(indicator: Indicator, one: Change) -> str:
    """What lies between the two values, signed, or the mark of its state."""
    if one.absolute is None:
        return "s" if one.state == SUPPRESSED else _("n.d.")
    euros = indicator.kind == AMOUNT or indicator.unit.startswith("€")
    return trends.signed(one.absolute, indicator.digits, locale.euros if euros else locale.number)


def _percent(one: Change) -> str:
    if one.percent is None:
        return "s" if one.state == SUPPRESSED else _("n.d.")
    return trends.signed(one.percent, 1, locale.percent)


def _row(level: str, indicator: Indicator, one: Change) -> tuple[str, ...]:
    name = named(level, one.now.code, one.now.name).short if one.now.code != "mel" else _("Métropole")
    return (
        name,
        locale.cell(indicator, one.then),
        locale.cell(indicator, one.now),
        difference(indicator, one),
        _percent(one),
    )


def _summary(
    level: str, indicator: Indicator, found: Changes, kept: Sequence[Change], reasons: Mapping[str, str]
) -> str:
    if found.breaks:
        return _("Aucune évolution n’est calculée de {first} à {last} : la série est rompue.").format(
            first=found.first, last=found.last
        )
    told = [one for one in kept if _has_bar(indicator, one) and not reasons[one.now.code]]
    if len(told) < 2:  # noqa: PLR2004
        return _("De {first} à {last}, trop peu de zones ont une évolution qui puisse être dite.").format(
            first=found.first, last=found.last
        )
    high, low = max(told, key=lambda one: _shown(indicator, one)), min(told, key=lambda one: _shown(indicator, one))
    said = _("De {first} à {last}, de {low} ({low_place}) à {high} ({high_place}) ; métropole : {total}.")
    if len(told) < len(kept):
        said = _(
            "De {first} à {last}, hors hasard, de {low} ({low_place}) à {high} ({high_place}) ; métropole : {total}."
        )
    if amount(indicator, low) == amount(indicator, high):
        said = _("De {first} à {last}, {high} partout ; métropole : {total}.")
    return said.format(
        first=found.first,
        last=found.last,
        low=amount(indicator, low),
        low_place=named(level, low.now.code, low.now.name).short,
        high=amount(indicator, high),
        high_place=named(level, high.now.code, high.now.name).short,
        total=_("évolution non établie") if reasons[METROPOLE] else amount(indicator, found.total),
    )


def amount(indicator: Indicator, one: Change) -> str:
    """A change as it is told: in per cent of what adds up, else as a difference."""
    return _percent(one) if change.is_percent(indicator) else difference(indicator, one)


def _notes(indicator: Indicator, found: Changes) -> list[str]:
    notes = [trends.told(one) for one in found.breaks]
    notes.append(_("n.d. : série rompue, valeur absente, ou moins de cinq unités ; s : secret statistique."))
    if indicator.stands_on is not None:
        notes.append(evolution.few(indicator))
    notes.append(_("Périmètre constant : les mêmes communes à toutes les années."))
    return notes


def _figure(level: str, indicator: Indicator, kept: Sequence[Change]) -> Any:
    told = [one for one in kept if _has_bar(indicator, one)]
    drawn = told if len(told) <= 2 * MOST else [*told[:MOST], *told[-MOST:]]
    values = [_shown(indicator, one) for one in drawn]
    figure = go.Figure(
        go.Bar(
            x=values,
            y=[named(level, one.now.code, one.now.name).short for one in drawn],
            text=[amount(indicator, one) for one in drawn],
            orientation="h",
            marker_color=[UP if value >= 0 else DOWN for value in values],
            textposition="outside",
            hoverinfo="skip",
            cliponaxis=False,
        )
    )
    low, high = min([0.0, *values]), max([0.0, *values])
    room = 0.28 * ((high - low) or 1.0)
    figure.update_yaxes(autorange="reversed", automargin=True, ticks="", fixedrange=True, gridcolor=RULE)
    figure.update_xaxes(
        showticklabels=False, showgrid=False, zeroline=True, zerolinecolor=SOFT, zerolinewidth=1, fixedrange=True,
        range=[low - (room if low < 0 else 0), high + (room if high > 0 else 0)],
    )  # fmt: skip
    return styled(figure, 60 + 30 * len(drawn))
