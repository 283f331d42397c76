"""State subsidies to associations, the "jaune" of the budget bills for 2013 to 2025: one line a payment, no total.

Columns change from one edition to the next (name and city apart, NIC from 2018, COG codes); the rules do not.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from typing import Final

from layers import ess, identifiers
from layers.headings import normalised
from layers.readers import proof, vintages
from layers.readers.columns import Column, Located, locate
from layers.readers.intake import Intake, Record, Vintage
from layers.readers.jaune import KIND, LICENCE, PUBLISHER, TITLE, is_said, report_unlocated
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.recognition.opening import Table
from layers.recognition.spellings import spelled
from layers.values.numbers import cents

HOME: Final = "59"
NIC_DIGITS: Final = 5
INSEE_DIGITS: Final = 5
_ID_LENGTH: Final = 16
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")

_PROGRAMME = re.compile(r"[1-9]\d\d\s*[-:–]\s*\S|(?:P|BOP) ?[1-9]\d\d\b")
_MOST: Final = 0.8

COLUMNS: Final = (
    Column("siren", "SIREN"),
    Column("nic", "NIC", required=False),
    Column("name", "Dénomination", spelled("association", "dénomination")),
    Column("department", "Département", spelled("département", "COG code (département) (ou pays)")),
    Column("city", "Ville", spelled("ville", "COG ville (ou pays)", "COG libellé")),
    Column("amount", "Montant", spelled("subvention {year} (en euros)", "{year}", "montant")),
    Column("programme", "Programme", spelled("programme …")),
    Column("purpose", "Objet", spelled("objet …"), required=False),
    Column("agreement", "Convention", spelled("convention …"), required=False),
)


def _is_jaune(source: Table) -> bool:
    """Whether places are told as the State does (COG), or programmes as its budget does (« 163-01 »)."""
    cog = any(normalised(title).startswith("cog_") for title in source.header)
    programmes = proof.cells(source, locate(COLUMNS, source.header)["programme"])
    numbered = sum(_PROGRAMME.match(told) is not None for told in programmes)
    return cog or is_said(source) or (bool(programmes) and numbered >= _MOST * len(programmes))


def _vintage(source: Table, located: Located, year: int | None) -> Vintage:
    """Year of payment: asked for, told by the header (amount, programme, purpose), else the budget bill's less two."""
    law = vintages.budget_law(source.path)
    told = year or _written(source, located) or (law - vintages.PAYMENT_LAG if law else None)
    if told is None:
        return vintages.of_list(source, located, year)
    return Vintage(told, f"PLF {told + vintages.PAYMENT_LAG}")


def _written(source: Table, located: Located) -> int | None:
    for key in ("amount", "programme", "purpose"):
        for position in located[key]:
            if match := _YEAR.search(normalised(source.header[position]).replace("_", " ")):
                return int(match[1])
    return None


def _read(intake: Intake) -> Records:
    intake.account.has_amounts = True
    ordinals: Counter[str] = Counter()
    found = (_grant(intake, row, ordinals) for row in intake.rows())
    grants = [record for record in found if record is not None]
    report_unlocated(intake)
    return {"grants": grants}


def _grant(intake: Intake, row: Row, ordinals: Counter[str]) -> Record | None:
    amount = cents(row["amount"])
    if amount is None:
        intake.reject(row, "amount", "montant absent ou illisible", "Un nombre en euros, avec ou sans décimales.")
        return None
    department = row["department"]
    if len(department) == len(HOME) and department != HOME:
        intake.account.count("outside", amount)
        return None
    siren = identifiers.siren(row["siren"])
    if siren.reason:
        intake.reject(row, "siren", siren.reason, siren.remedy, cents=amount)
        return None
    attachment = intake.attacher.attach(
        insee=department if len(department) == INSEE_DIGITS else None,
        name=row["city"] or None,
        department=department if department and len(department) != INSEE_DIGITS else None,
        siren=siren.code,
    )
    place = intake.place(row, "city", attachment, amount)
    if place is None:
        return None
    if ess.public_body(siren.code, row["name"], None):
        intake.note("public_body", "Organismes publics : hors ESS", row.line)
        intake.account.count("not_ess", amount)
        return None
    if amount < 0:
        intake.note("negative_amount", "Montants négatifs, déduits des totaux", row.line)
    intake.accept(place.commune, amount)
    return {
        "grant_id": _grant_id(intake, row, amount, ordinals),
        "siren": siren.code,
        "siret": _siret(intake, row, siren.code),
        "name": row["name"],
        "commune": place.commune,
        "located_by": place.way,
        "family": "association",
        "grantor": "État",
        "instrument": row["programme"] or "Programme non précisé",
        "kind": "paid",
        "year": intake.vintage.year,
        "amount_cents": amount,
        **intake.written(row),
    }


def _siret(intake: Intake, row: Row, siren: str | None) -> str | None:
    """SIRET of SIREN and NIC where both are whole; a NIC that lost its zeros is left out, never padded."""
    if siren is None or not row["nic"]:
        return None
    if len(row["nic"]) == NIC_DIGITS and (found := identifiers.siret(siren + row["nic"])).code:
        return found.code
    intake.note("nic_ignored", "NIC incomplets ou faux : bénéficiaires gardés par leur SIREN", row.line)
    return None


def _grant_id(intake: Intake, row: Row, amount: int, ordinals: Counter[str]) -> str:
    """Identify a payment by what it is, and by its rank among identical ones, whatever its line."""
    said = (row["siren"], row["name"], row["programme"], row["purpose"], str(intake.vintage.year), str(amount))
    digest = sha256("|".join(said).encode()).hexdigest()[:_ID_LENGTH]
    ordinals[digest] += 1
    return f"{KIND}:{digest}:{ordinals[digest]}"


READER: Final = Reader(
    kind=KIND,
    title=TITLE,
    part="subventions de l’État aux associations",
    at_seat=True,
    publisher=PUBLISHER,
    licence=LICENCE,
    attribution="Direction du budget, annexe au projet de loi de finances, data.gouv.fr",
    caveats=(
        "Versements de l’année, deux ans avant celle du projet de loi de finances.",
        "L’association est située à la commune de son siège, non à celle de l’action financée.",
        "Les associations sans commune dans le fichier ne sont comptées dans aucun territoire.",
        "Le fichier ne donne pas l’activité : le secteur est inconnu.",
    ),
    columns=COLUMNS,
    read=_read,
    vintage=_vintage,
    proof=_is_jaune,
)
