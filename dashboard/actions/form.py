"""What the forms of action sheets hold, as `layers.written.actions` takes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from dashboard.actions.measures import latest
from dashboard.i18n import msg
from layers.written import actions
from layers.written.actions import TEXTS, Action, Year
from layers.written.locking import Invalid

if TYPE_CHECKING:
    from dashboard.portrait.place import Place
    from dashboard.services import View
    from layers.written.database import Database

LABELS = {
    "title": msg("Titre"),
    "status": msg("Avancement"),
    "issue": msg("Enjeu"),
    "objective": msg("Objectif"),
    "findings": msg("Constats auxquels elle répond"),
    "pilot": msg("Pilote (un organisme)"),
    "partners": msg("Partenaires"),
    "perimeter": msg("Périmètre"),
    "budget": msg("Budget (€)"),
    "instrument": msg("Dispositif de financement"),
    "begins": msg("Début (année)"),
    "ends": msg("Fin (année)"),
    "indicator": msg("Indicateur du tableau de bord"),
    "measured": msg("Sinon, ce que l’on compte"),
    "baseline": msg("Valeur de départ"),
    "baseline_year": msg("Année de départ"),
    "target": msg("Cible"),
    "target_year": msg("Année de la cible"),
    "risks": msg("Risques"),
    "year": msg("Année"),
    "done": msg("Ce qui a été fait"),
    "value": msg("Valeur comptée"),
}
"""Fields as they are named on the page, in the order of the sheet."""
WHOLE = ("budget", "begins", "ends", "baseline_year", "target_year", "year")
TYPED = ("baseline", "target", "value")
BLANKS = str.maketrans({" ": "", "\u00a0": "", "\u202f": "", "€": ""})


def done(database: Database, view: View, place: Place, form: Mapping[str, Any], who: str) -> str:
    """Do what a form asks; the identifier of the action.

    Raises as `layers.written.actions`, ``KeyError`` or ``ValueError`` for what is no form of ours.
    """
    what = form["what"]
    if what == "add":
        blank = Action(place.code, "")
        return actions.add(database, replace(blank, **_edited(view, place, form, blank)), who).id
    if actions.read(database, form["id"]).place != place.code:
        raise KeyError(form["id"])
    if what == "change":
        before = actions.read(database, form["id"])
        actions.change(database, before.id, int(form["version"]), _edited(view, place, form, before), who)
    elif what in ("withdraw", "restore"):
        actions.withdraw(database, form["id"], int(form["version"]), who, withdrawn=what == "withdraw")
    elif what == "follow":
        year, value = number(form, "year"), amount(form, "value")
        if year is None:
            raise Invalid("year")
        told = Year(form["id"], year, form.get("done", ""), value, version=int(form["version"]))
        actions.follow(database, told, who)
    else:
        raise KeyError(what)
    return str(form["id"])


def _edited(view: View, place: Place, form: Mapping[str, Any], before: Action) -> dict[str, Any]:
    """What a form changes of an action; a baseline of ours is the one of the release shown, never a typed one."""
    found: dict[str, Any] = {name: form[name] for name in (*TEXTS, "status") if name in form}
    found |= {name: number(form, name) for name in WHOLE if name in form and name != "year"}
    found |= {name: amount(form, name) for name in TYPED if name in form and name != "value"}
    if "findings" in form:
        found["findings"] = json.dumps([one for one in form["findings"] if one])
    if "indicator" not in form:
        return found
    key = form["indicator"] or None
    if key is None:
        return found | {"indicator": None, "baseline_state": None, "baseline_release": None}
    if key not in view.release.indicators:
        raise Invalid("indicator")
    if key == before.indicator:
        kept = asdict(before)
        names = ("baseline", "baseline_year", "baseline_state", "baseline_release")
        return found | {"indicator": key} | {name: kept[name] for name in names}
    cell, year = latest(view, place, key)
    return found | {
        "indicator": key,
        "baseline": cell.value,
        "baseline_year": year,
        "baseline_state": cell.state,
        "baseline_release": view.release.id,
    }


def number(form: Mapping[str, Any], name: str) -> int | None:
    """A whole number as it is typed; None where nothing is. Raises `Invalid`."""
    text = str(form.get(name, "")).translate(BLANKS)
    if not text:
        return None
    if not text.isdecimal() or len(text) > 12:  # noqa: PLR2004
        raise Invalid(name)
    return int(text)


def amount(form: Mapping[str, Any], name: str) -> float | None:
    """A number as it is typed, with a comma or a point; None where nothing is. Raises `Invalid`."""
    text = str(form.get(name, "")).translate(BLANKS).replace(",", ".")
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise Invalid(name) from error
