"""A card for each source of the manifest: origin, licence, and what became of each of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard import locale
from dashboard.i18n import _
from dashboard.pages import methode_words as words
from dashboard.pages.methode_release import day
from geodata.territories import TERRITORIES
from layers.secrecy.digests import KEYED

if TYPE_CHECKING:
    from layers.release import Release

FIRST_REJECTS = 20


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of some rows; ``width`` is their part of the rows read, in percent."""

    outcome: str
    label: str
    meaning: str
    rows: str
    width: float


@dataclass(frozen=True, slots=True)
class Card:
    """One source, ready to print."""

    kind: str
    title: str
    origin: tuple[tuple[str, str], ...]
    sha256: str
    keyed: bool
    rows_read: str
    fates: tuple[Fate, ...]
    amount: str
    places: tuple[tuple[str, str, str], ...]
    caveats: tuple[str, ...]
    warnings: tuple[tuple[str, str], ...]
    rejects: tuple[Mapping[str, Any], ...]
    more_rejects: str
    to_review: str


def cards(release: Release) -> list[Card]:
    """The cards of a release, in the order of its manifest."""
    return [_card(release, source) for source in release.manifest["sources"]]


def _card(release: Release, source: Mapping[str, Any]) -> Card:
    account = source["account"] or {}
    rejects = account.get("rejects", [])
    total = account.get("amount_total")
    return Card(
        kind=source["kind"],
        title=_(source["title"]),
        origin=tuple((label, text) for label, text in _origin(source) if text),
        sha256=source["sha256"],
        keyed=bool(source.get(KEYED)),
        rows_read=locale.number(account["rows_read"]) if "rows_read" in account else "",
        fates=_fates(account),
        amount="" if total is None else locale.euros(total),
        places=_places(account),
        caveats=tuple(source.get("caveats", ())),
        warnings=tuple((locale.number(w["count"]), w["message"]) for w in account.get("warnings", ())),
        rejects=tuple(rejects[:FIRST_REJECTS]),
        more_rejects=locale.number(len(rejects) - FIRST_REJECTS) if len(rejects) > FIRST_REJECTS else "",
        to_review=_to_review(release, source),
    )


def _origin(source: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    form = ", ".join(
        filter(
            None,
            [
                source["encoding"],
                source["delimiter"] and _("séparateur « {mark} »").format(mark=source["delimiter"]),
            ],
        )
    )
    return (
        (_("Producteur"), _(source["publisher"])),
        (_("Millésime"), _(source["vintage"])),
        (_("Licence"), _(source["licence"])),
        (_("Mention à reproduire"), source["attribution"]),
        (_("Fichier"), source["file"]),
        (_("Forme"), form if source["file"] else ""),
        (_("Récupéré le"), day(source["retrieved"]) if source.get("retrieved") else ""),
        (_("Importé le"), day(source["imported"]) if source["imported"] else ""),
    )


def _fates(account: Mapping[str, Any]) -> tuple[Fate, ...]:
    """The fates that at least one row has."""
    read = account.get("rows_read", 0)
    counts = {outcome: account.get(f"rows_{outcome}", 0) for outcome in words.OUTCOMES}
    return tuple(
        Fate(
            outcome,
            _(words.OUTCOMES[outcome][0]),
            _(words.OUTCOMES[outcome][1]),
            locale.number(rows),
            round(100 * rows / read, 2),
        )
        for outcome, rows in counts.items()
        if rows and read
    )


def _places(account: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Name of each territory, its rows, its euros where the file has amounts."""
    rows, money = account.get("accepted_by_territory", {}), account.get("amount_by_territory", {})
    if not rows:
        return ()
    return tuple(
        (place.name, locale.number(rows.get(code, 0)), locale.euros(money.get(code, 0)) if money else "")
        for code, place in TERRITORIES.items()
    )


def _to_review(release: Release, source: Mapping[str, Any]) -> str:
    """How many of its records wait to be checked; empty for none."""
    own = release.actors["file_sha256"].eq(source["sha256"]) & release.actors["ess"].eq("to_review")
    return locale.number(int(own.sum())) if own.any() else ""
