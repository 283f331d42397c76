"""Requests and what became of them: success rate with its interval, leverage; from the register of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard import locale
from dashboard.areas import territory
from dashboard.content import Entry, Section, Sheet
from dashboard.funding import words
from dashboard.i18n import _
from geodata.territories import TERRITORIES
from layers import programme
from layers.dimensions import slug_of, split
from layers.intervals import LEAST_RATE, wilson

if TYPE_CHECKING:
    from dashboard.funding.spread import Spread
    from dashboard.services import View


def section(view: View, found: Spread) -> Section:
    """By territory and by instrument; what would be needed where the release has no register."""
    calls = programme.entries(view.release, "call")
    if "laureate" not in calls or found.year is None:
        told = _(
            "Aucun registre de demandes dans cette publication : ni taux de réussite, ni effet de levier. "
            "Il se remplit par le modèle « appel-a-projets »."
        )
        return Section("calls", _("Demandes et réussite"), (locale.tight(told),))
    now = calls[calls["year"].eq(found.year)]
    if view.state.instrument:
        kept = set(split(view.state.instrument))
        now = now[[slug_of(text) in kept if isinstance(text, str) else False for text in now["instrument"]]]
    said = [
        _(
            "Taux de réussite : lauréats parmi les demandes recevables, avec l’intervalle que laissent les petits "
            "nombres (Wilson, 95 %) ; aucun taux sous {least} demandes recevables."
        ).format(least=LEAST_RATE),
        _("Effet de levier : euros d’autres financeurs pour un euro accordé, sur les projets lauréats."),
    ]
    if any(view.state.filters[key] for key in ("sector", "family", "size", "employer", "qpv")):
        said.append(_("Le registre ne dit ni secteur ni famille : ces filtres n’y sont pas appliqués."))
    places = [(territory(code).short, now[now["territory"].eq(code)]) for code in TERRITORIES]
    places += [(_("Sans territoire"), now[now["territory"].isna()]), (_("Total"), now)]
    names = sorted(str(name) for name in now["instrument"].dropna().unique())
    tools = [(name, now[now["instrument"].eq(name)]) for name in names]
    sheets = (
        _sheet("success-territory", _("Demandes et réussite par territoire, {year}"), _("Territoire"), places, found),
        _sheet("success-instrument", _("Demandes et réussite par dispositif, {year}"), _("Dispositif"), tools, found),
    )
    return Section("calls", _("Demandes et réussite"), tuple(map(locale.tight, said)), sheets=sheets)


def _sheet(key: str, title: str, head: str, parts: list[tuple[str, pd.DataFrame]], found: Spread) -> Sheet:
    heads = (
        head,
        _("Demandes"),
        _("Recevables"),
        _("Lauréats"),
        _("Taux de réussite"),
        _("Intervalle à 95 %"),
        _("Effet de levier"),
    )
    rows = tuple((words.data_entry(name), *_row(frame)) for name, frame in parts if len(frame))
    return Sheet(key, locale.tight(title.format(year=found.year)), heads, rows)


def _row(frame: pd.DataFrame) -> tuple[Entry, ...]:
    eligible, laureates = (int(programme.total(frame, name) or 0) for name in ("eligible", "laureate"))
    told = eligible >= LEAST_RATE and laureates <= eligible
    low, high = wilson(laureates, eligible) if told else (0.0, 0.0)
    between = _("{low} à {high}").format(low=locale.percent(100 * low), high=locale.percent(100 * high))
    return (
        words.number_entry(len(frame)),
        words.number_entry(eligible),
        words.number_entry(laureates),
        words.share_entry(laureates / eligible) if told else words.state_entry("missing"),
        words.text_entry(locale.tight(between) if told else ""),
        _leverage(frame),
    )


def _leverage(frame: pd.DataFrame) -> Entry:
    """``(Σ project budgets − Σ granted) / Σ granted`` over laureates whose two numbers are known."""
    if not {"granted", "project_budget"} <= set(frame.columns):
        return words.state_entry("missing")
    known = frame[frame["granted"].gt(0) & frame["project_budget"].notna()]
    granted = float(known["granted"].sum())
    if len(known) < LEAST_RATE or not granted:
        return words.state_entry("missing")
    return words.number_entry((float(known["project_budget"].sum()) - granted) / granted, 1)
