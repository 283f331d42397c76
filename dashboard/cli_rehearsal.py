"""What a dry run tells: what would change, what is to be looked at before one publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from dashboard import deliveries, french, hidden_shares
from layers.class_changes import ClassChange, Place
from layers.plausibility import Implausible
from layers.rehearsal import Change, Rehearsal
from layers.rehearsal_json import indicators_of, of_rehearsal
from layers.series import MISSING, SUPPRESSED, ZERO
from layers.typography import grouped
from layers.unmatched import Unmatched

FIRST = 10
"""Lines of each list that are printed; the report has them all."""
STATES = {ZERO: "zéro", SUPPRESSED: "secret", MISSING: "n.d."}

Say = Callable[[str], None]


def tell(rehearsal: Rehearsal, say: Say, title: Say) -> None:
    """Print a rehearsal, what is out of proportion first; the whole of each list is in the report."""
    with_what = f"la publication {rehearsal.compared}" if rehearsal.compared else "rien\u202f: première publication"
    title(f"Comparé à {with_what}")
    if rehearsal.unusual:
        title(f"  À vérifier avant de publier ({grouped(len(rehearsal.unusual))})\u202f:")
    for change in rehearsal.unusual:
        say(f"  ! {_change(change)}")
    for change in rehearsal.totals:
        if not change.unusual:
            say(f"  {_change(change)}")
    for label, changes in (("Communes", rehearsal.communes), ("Secteurs", rehearsal.sectors)):
        if changes:
            say(f"  {label} dont le nombre de structures change\u202f: {grouped(len(changes))}.")
    if rehearsal.is_still:
        say("  Aucun chiffre montré ne change.")
    told = of_rehearsal(rehearsal)
    _list(
        say,
        title,
        "Lignes qui changent, par table et par année",
        deliveries.changed(told["tables"], indicators_of(told)),
    )
    depart(told["departures"], say, title)
    _list(say, title, "Ce que le secret statistique cacherait", hidden_shares.told(told["hidden"]))
    _list(say, title, "Lieux introuvables", [_unmatched(one) for one in rehearsal.unmatched])
    _list(say, title, "Valeurs invraisemblables", [_implausible(one) for one in rehearsal.implausible])
    _list(say, title, "Changements de classe sur les cartes", list(_classes(rehearsal.classes)))
    repeated = [
        f"{file}, ligne {one.row}{f', déjà lue ligne {one.first}' if one.first else ''}\u202f: {one.what}"
        for file, rows in rehearsal.duplicates.items()
        for one in rows
    ]
    _list(say, title, "Lignes en double", repeated)


def depart(found: list[dict[str, Any]], say: Say, title: Say) -> None:
    """Print what of earlier files leaves, those that would not come back first."""
    _list(say, title, "Lignes publiées qui partiraient sans être redites", deliveries.removed(found))
    _list(say, title, "Lignes publiées que ces fichiers redisent", deliveries.said_again(found))


def _list(say: Say, title: Say, head: str, lines: list[str]) -> None:
    if not lines:
        return
    title(f"  {head} ({grouped(len(lines))})\u202f:")
    for line in lines[:FIRST]:
        say(f"    {line}")
    if more := len(lines[FIRST:]):
        say(f"    … et {grouped(more)} autres\u202f: la liste entière est dans le compte rendu (--report).")


def _change(change: Change) -> str:
    """« Structures, 2020 : de 12 à 15 »."""
    before, after = (
        "rien" if value is None else french.value(change.indicator, value) for value in (change.before, change.after)
    )
    return f"{change.indicator.label}, {change.where}\u202f: de {before} à {after}"


def _unmatched(one: Unmatched) -> str:
    meant = ", ".join(f"{name} ({code})" for code, name in one.suggestions)
    lines = ", ".join(str(row) for row in one.rows[:5]) + ("…" if len(one.rows) > 5 else "")  # noqa: PLR2004
    hint = f"\u202f; communes proches\u202f: {meant}" if meant else "\u202f; aucune commune proche"
    return f"«\u00a0{one.value}\u00a0» (colonne {one.column}, {grouped(len(one.rows))} ligne(s)\u202f: {lines}){hint}"


def _implausible(one: Implausible) -> str:
    value = f"{one.value:.12g}".replace(".", ",")
    return f"{one.source} {one.vintage}, ligne {one.row}, {one.where}, {one.column} = {value}\u202f: {one.reason}"


def _classes(changes: Iterable[ClassChange]) -> Iterable[str]:
    """« Structures, 2020 : Roubaisien : classe 2 → 3 »."""
    for indicator, some in groupby(changes, key=lambda change: change.indicator):
        areas = ", ".join(f"{one.name}\u202f: {told(one)}" for one in some)
        yield f"{indicator.label}\u202f: {areas}"


def told(change: ClassChange) -> str:
    """« classe 2 → 3 », and whether the scale alone is why."""
    unmoved = " (l’échelle change, pas la classe sur l’échelle actuelle)" if change.before == change.same_scale else ""
    both = all(isinstance(place, int) for place in (change.before, change.after))
    if change.before == change.after:
        return f"classe {_place(change.before)} → {_place(change.same_scale)} sur l’échelle actuelle, inchangée ensuite"
    start = "classe " if both else ""
    return f"{start}{_place(change.before)} → {_place(change.after)}{unmoved}"


def _place(place: Place) -> str:
    return STATES.get(place, "") if isinstance(place, str) else str(place)
