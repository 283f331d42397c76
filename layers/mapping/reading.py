"""A spreadsheet read by its mapping: structures with the reason why they are listed, or grants."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from layers import ess, identifiers
from layers.headings import normalised
from layers.mapping.declaration import BY_KEY, GRANTS, TO_REVIEW, Mapping
from layers.readers import vintages
from layers.readers.actor_records import actor_id
from layers.readers.columns import Column, Located
from layers.readers.dates import day
from layers.readers.grant_records import Beneficiary, decided, identified
from layers.readers.intake import Intake, Place, Record, Vintage
from layers.readers.jaune import report_unlocated
from layers.readers.numbers import cents
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.sourcefile import SourceFile

KIND: Final = "table"
HIDDEN: Final = "(non repris)"
NO_INSTRUMENT: Final = "Dispositif non précisé"
_TOWN = re.compile(r"(?P<postcode>\d{5})\s*,?\s*(?P<city>[^\d,;]+?)\s*$")
_EUROS = re.compile(r"\s*(?:euros?|eur)\s*$", re.IGNORECASE)


def reader(mapping: Mapping) -> Reader:
    """The reader of a mapping."""
    columns = tuple(
        Column(key, header, re.escape(normalised(header)), required=key in ("name", "amount"))
        for header, key in mapping.columns.items()
    )
    absent = tuple(
        Column(key, BY_KEY[key].label, r"(?!)", required=False) for key in BY_KEY if key not in mapping.columns.values()
    )
    return Reader(
        kind=KIND,
        title=mapping.title,
        part=mapping.title,
        publisher="Producteur de la liste, à préciser",
        licence="Licence à préciser",
        attribution=mapping.title,
        caveats=("Tableau lu par une correspondance de colonnes : à relire avant toute conclusion.",),
        columns=(*columns, *absent),
        read=lambda intake: _read(intake, mapping),
        vintage=lambda source, located, year: _vintage(mapping, source, located, year),
    )


def _vintage(mapping: Mapping, source: SourceFile, located: Located, year: int | None) -> Vintage:
    """The year, and the title: two lists of one year do not replace each other."""
    told = int(mapping.constants["year"]) if "year" in mapping.constants else year
    found = vintages.of_list(source, located, told)
    return replace(found, label=f"{mapping.title}, {found.label}")


def _read(intake: Intake, mapping: Mapping) -> Records:
    if mapping.private:
        intake.source = replace(intake.source, rows=_masked(intake.located, intake.source.rows))
    if mapping.table == GRANTS:
        intake.account.has_amounts = True
        ordinals: Counter[str] = Counter()
        grants = [found for row in intake.rows() if (found := _grant(intake, mapping, row, ordinals))]
        report_unlocated(intake)
        return {"grants": grants}
    seen: dict[str, int] = {}
    return {"actors": [found for row in intake.rows() if (found := _actor(intake, mapping, row, seen))]}


def _masked(located: Located, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Rows whose columns that are left aside say nothing, not even in the account of a refused row."""
    kept = {at for places in located.values() for at in places}
    for line, cells in rows:
        yield line, [cell if at in kept or not cell.strip() else HIDDEN for at, cell in enumerate(cells)]


def _actor(intake: Intake, mapping: Mapping, row: Row, seen: dict[str, int]) -> Record | None:
    who = _who(intake, row, 0)
    if who is None:
        return None
    siret, siren, rna, name = who
    place = _place(intake, row, siret, siren, cents=0)
    if place is None:
        return None
    if ess.public_body(siren, name, row["ape"] or None) or ess.ape_excluded(row["ape"] or None):
        intake.note("not_ess", "Organismes publics, ou activités hors du champ : hors ESS", row.line)
        intake.account.count("not_ess")
        return None
    identity = actor_id(f"{KIND}:{normalised(mapping.title)}", siret, name, place.commune)
    if intake.is_seen(row, name, identity, seen):
        return None
    intake.accept(place.commune)
    basis = mapping.constants.get("basis", TO_REVIEW)
    return {
        "actor_id": identity,
        "siret": siret,
        "siren": siren,
        "rna": rna,
        "name": name,
        "commune": place.commune,
        "located_by": place.way,
        "sector": ess.sector_of(row["ape"] or None),
        "ape": row["ape"] or None,
        "family": mapping.constants.get("family") or ("association" if rna else None),
        "ess": "to_review" if basis == TO_REVIEW else "yes",
        "reasons": None if basis == TO_REVIEW else basis,
        "position": "commune",
        "year": intake.vintage.year,
        **intake.origin(row),
    }


def _grant(intake: Intake, mapping: Mapping, row: Row, ordinals: Counter[str]) -> Record | None:
    told = _money(intake, row)
    who = _who(intake, row, told[0]) if told else None
    if told is None or who is None:
        return None
    (amount, year), (siret, siren, rna, name) = told, who
    if ess.public_body(siren, name, None) or _is_a_commune(intake, name):
        intake.note("public_body", "Organismes publics : hors ESS", row.line)
        intake.account.count("not_ess", amount)
        return None
    place = _place(intake, row, siret, siren, cents=amount)
    if place is None:
        return None
    family = mapping.constants.get("family") or ("association" if rna else None)
    if family is None and not intake.register.is_of_ess(siret, siren, rna):
        intake.note("not_known_as_ess", "Bénéficiaires que rien ne dit de l’ESS", row.line)
        intake.account.count("not_ess", amount)
        return None
    intake.accept(place.commune, amount)
    instrument = mapping.constants.get("instrument") or row["instrument"] or NO_INSTRUMENT
    grantor = row["grantor"] or mapping.constants.get("grantor") or mapping.title
    said = mapping.title, name, siret, place.commune, year, amount, instrument
    return {
        **identified(KIND, said, ordinals, Beneficiary(siret, siren, rna, name)),
        "commune": place.commune,
        "located_by": place.way,
        "family": family,
        "grantor": grantor,
        "instrument": instrument,
        "kind": mapping.constants.get("stage", "voted"),
        "year": year,
        "amount_cents": amount,
        "decision": decided("", row["date"], ""),
        **intake.origin(row),
    }


def _money(intake: Intake, row: Row) -> tuple[int, int] | None:
    """Amount in cents and year; None once the row has been refused for one of them."""
    amount = cents(_EUROS.sub("", row["amount"]))
    if amount is None:
        intake.reject(row, "amount", "montant absent ou illisible", "Un nombre en euros, deux décimales au plus.")
        return None
    year = _year(intake, row)
    if year is None:
        intake.reject(row, "year" if row["year"] else "date", "année illisible", "Quatre chiffres.", cents=amount)
        return None
    return amount, year


def _year(intake: Intake, row: Row) -> int | None:
    """Year of a row: its own, that of its date, else that of the file."""
    if row["year"]:
        match = re.fullmatch(r"((?:19|20)\d\d)(?:[.,]0)?", row["year"])
        return int(match[1]) if match else None
    if row["date"]:
        found = day(row["date"])
        return found.year if found else None
    return intake.vintage.year


def _who(intake: Intake, row: Row, amount: int) -> tuple[str | None, str | None, str | None, str] | None:
    """SIRET, SIREN, RNA number and name; None once the row has been refused for one of them."""
    name = " ".join(row["name"].split())
    if not name:
        intake.reject(row, "name", "nom absent", "Compléter le nom, ou supprimer la ligne.", cents=amount)
        return None
    siret, siren = identifiers.siret(row["siret"]), identifiers.siren(row["siren"])
    for key, found in (("siret", siret), ("siren", siren)):
        if found.reason:
            intake.reject(row, key, found.reason, found.remedy, cents=amount)
            return None
    rna = row["rna"].upper() if re.fullmatch(r"[Ww]\d{9}", row["rna"]) else None
    if row["rna"] and rna is None:
        intake.note("rna_ignored", "Numéros RNA mal formés, laissés de côté", row.line)
    return siret.code, siret.code[:9] if siret.code else siren.code, rna, name


def _place(intake: Intake, row: Row, siret: str | None, siren: str | None, *, cents: int) -> Place | None:
    """Place by code, post code and name, or the end of an address; None once the row has been ruled on."""
    town = _TOWN.search(row["address"])
    postcode = row["postcode"] or (town["postcode"] if town else "")
    city = row["city"] or (town["city"] if town else "")
    attachment = intake.attacher.attach(
        insee=row["insee"] or None,
        siret=siret,
        siren=siren,
        postcode=postcode or None,
        name=city or None,
        department=row["department"] or None,
    )
    if attachment.status == "inside" and attachment.commune:
        return intake.place(row, "city", attachment, cents)
    if attachment.status == "outside":
        intake.account.count("outside", cents)
        return None
    key = next((key for key in ("city", "postcode", "insee", "address") if intake.located[key]), "name")
    shown = "" if key == "address" else None
    intake.reject(row, key, attachment.reason, attachment.remedy, value=shown, cents=cents)
    return None


def _is_a_commune(intake: Intake, name: str) -> bool:
    """Whether a beneficiary is named as a commune of the Nord: the commune itself."""
    named = intake.attacher.attach(name=name, department="59")
    return named.status in ("inside", "outside", "ambiguous") and named.way == "name" and not named.conflict
