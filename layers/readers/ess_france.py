"""The list of ESS enterprises that ESS France publishes: one line a legal unit and establishment, all of France."""

from __future__ import annotations

from typing import Final

from layers import ess, identifiers
from layers.ess_rule import LIST
from layers.headings import normalised
from layers.readers import proof, vintages
from layers.readers.actor_records import Seen, is_out, listed, record
from layers.readers.columns import Column, locate
from layers.readers.intake import Intake, Record
from layers.readers.reader import Reader
from layers.readers.rows import Row
from layers.recognition.opening import Table

KIND: Final = "ess-france"
HOME: Final = "59"
SIREN_DIGITS, POSTCODE_DIGITS = 9, 5
FAMILIES: Final = {
    "associations": "association",
    "association": "association",
    "cooperatives": "cooperative",
    "cooperative": "cooperative",
    "mutuelles": "mutuelle",
    "mutuelle": "mutuelle",
    "fondations": "fondation",
    "fondation": "fondation",
    "societes_commerciales": "societe_commerciale_ess",
    "societes_commerciales_de_l_ess": "societe_commerciale_ess",
    "societe_commerciale": "societe_commerciale_ess",
}

COLUMNS: Final = (
    Column("siren", "SIREN", meaning="siren"),
    Column("name", "Nom ou raison sociale de l’entreprise", meaning="name"),
    Column("family", "Famille juridique de l’entreprise", meaning="legal"),
    Column("postcode", "Code postal", meaning="postcode"),
    Column("city", "Libellé de la commune de l’établissement", meaning="city"),
    Column("department", "Code du département de l’établissement", meaning="department"),
)


def _is_of_ess(source: Table) -> bool:
    """Whether a legal family is one of the law of 2014, or the file says that it is of the ESS."""
    families = proof.cells(source, locate(COLUMNS, source.header)["family"])
    said = proof.says(proof.around(source), ["ESS", "ESS France", "économie sociale"])
    return said or any(normalised(family) in FAMILIES for family in families)


def _actor(intake: Intake, row: Row, seen: Seen) -> Record | None:
    department = row["department"]
    if department and department.zfill(2) != HOME:  # nearly all are, and cost no more than this
        intake.account.count("outside")
        return None
    postcode = row["postcode"].zfill(POSTCODE_DIGITS) if row["postcode"].isdigit() else row["postcode"]
    attachment = intake.attacher.attach(
        postcode=postcode or None, name=row["city"] or None, department=department or None
    )
    place = intake.place(row, "city", attachment)
    siren = _siren(intake, row) if place else None
    if place is None or siren is None:
        return None
    public = ess.public_body(siren, row["name"], None), "public_body", "Organismes publics : hors ESS"
    if is_out(intake, row, public) or intake.is_seen(row, siren, (siren, place.commune), seen):
        return None
    told = {"siren": siren, "family": _family(intake, row), "ess": "yes", "reasons": LIST}
    name = row["name"] or f"SIREN {siren}"
    return record(intake, row, place, f"{KIND}:{siren}:{place.commune}", **told, name=name)


def _siren(intake: Intake, row: Row) -> str | None:
    """SIREN of nine digits, the zeros that the list leaves out given back; None once the row is refused."""
    text = "".join(row["siren"].split())
    if text.isdigit() and len(text) < SIREN_DIGITS:
        text = text.zfill(SIREN_DIGITS)
        intake.note("leading_zeros", "SIREN sans leurs zéros de tête, complétés et vérifiés par leur clé", row.line)
    found = identifiers.siren(text)
    if found.code is None:
        intake.reject(row, "siren", found.reason or "SIREN absent", found.remedy or "Compléter le SIREN.")
    return found.code


def _family(intake: Intake, row: Row) -> str | None:
    if not row["family"]:
        intake.note("family_absent", "Familles juridiques absentes : inconnues", row.line)
        return None
    found = FAMILIES.get(normalised(row["family"]))
    if found is None:
        intake.note("family_unknown", "Familles juridiques que la loi ne connaît pas : inconnues", row.line)
    return found


READER: Final = Reader(
    kind=KIND,
    title="Liste des entreprises de l’ESS (ESS France)",
    publisher="ESS France et les CRESS",
    licence="Licence Ouverte 2.0",
    attribution="ESS France, liste nationale des entreprises de l’économie sociale et solidaire",
    caveats=(
        "Une ligne par unité légale et commune, sans SIRET ni activité : le secteur n’est connu que si une autre source"
        " le dit.",
        "La liste ne distingue pas les employeurs.",
        "En 2024, elle ne comptait pas les sociétés commerciales de l’ESS.",
    ),
    columns=COLUMNS,
    read=listed(_actor),
    vintage=vintages.of_list,
    proof=_is_of_ess,
)
