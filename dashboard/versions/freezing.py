"""What a version of a diagnostic holds: findings, figures, actions, votes and disputes as they are then."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from layers import measure
from layers.series import Query
from layers.written import actions, disputes, register
from layers.written.workshop import results

if TYPE_CHECKING:
    from dashboard.portrait.place import Place
    from dashboard.services import View
    from layers.written.database import Database
    from layers.written.workshop.results import Result

OF_DISPUTE: Final = ("id", "indicator", "year", "shown", "status", "outcome", "answer", "created")
"""What is frozen of a dispute: not the reason that a person wrote, which must go when they ask."""


def content(database: Database, view: View, place: Place) -> dict[str, Any]:
    """The diagnostic of a place now, on the release of the view."""
    code = place.code
    shown = [one for one in register.listed(database, code) if not one.withdrawn]
    acts = [one for one in actions.listed(database, code) if not one.withdrawn]
    years = actions.years(database, [one.id for one in acts])
    return {
        "demonstration": view.release.demonstration,
        "perimeter": view.state.perimeter,
        "findings": [asdict(one) for one in shown],
        "figures": figures(view, place),
        "actions": [asdict(one) | {"years": [asdict(year) for year in years if year.action == one.id]} for one in acts],
        "votes": [_votes(one) for one in results.closed(database, code)],
        "disputes": [
            {name: getattr(one, name) for name in OF_DISPUTE}
            for one in disputes.listed(database)
            if one.place == code and one.status != disputes.WITHDRAWN
        ],
    }


def figures(view: View, place: Place) -> list[dict[str, Any]]:
    """Every indicator that the release measures, for the place: value, state, year."""
    found = []
    for key in view.release.indicators:
        if not measure.available(view.release, key):
            continue
        series = measure.series(view.release, Query(key, place.level, perimeter=view.state.perimeter))
        cell = place.cell(series)
        found.append({"indicator": key, "value": cell.value, "state": cell.state, "year": series.query.year})
    return found


def _votes(result: Result) -> dict[str, Any]:
    """A vote that is closed, with what small groups hide left hidden (`tally.dots`)."""
    return {
        "meeting": result.meeting.title,
        "held": result.meeting.held,
        "question": result.scene.question,
        "secret": result.scene.secret,
        "voters": dict(result.tally.voters),
        "rows": [
            {"finding": one.finding, "dots": one.dots, "by_college": dict(one.by_college), "gap": one.gap}
            for one in result.tally.votes
        ],
    }
