"""State subsidies to associations, the "jaune" of the budget bill for 2012: payments of 2010."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import Final

from layers import identifiers
from layers.readers import proof, vintages
from layers.readers.columns import Column, Located, locate
from layers.readers.intake import Intake, Place, Record, Vintage
from layers.readers.jaune_associations import Association, Line, Settlement, associations, settle
from layers.readers.reader import Reader, Records
from layers.recognition.opening import Table
from layers.recognition.spellings import spelled
from layers.typography import euros_text

KIND: Final = "jaune"
TITLE: Final = "Subventions de l’État aux associations (« jaune » budgétaire)"
PUBLISHER: Final = "Direction du budget"
LICENCE: Final = "Licence Ouverte"
ONLY_YEAR_OF_THESE_COLUMNS: Final = 2010
_ID_LENGTH: Final = 16
_WHERE = re.compile(r"^(?P<name>.*)\s+-\s+(?P<department>\d{2,3}|2[AB])(?:\s+(?P<commune>.*))?$", re.DOTALL)

COLUMNS: Final = (
    Column("siren", "SIREN"),
    Column("association", "ASSOCIATION", spelled("association (nom département ville)")),
    Column("programme", "IMPUTATION"),
    Column("total", "Total des subventions"),
    Column("detail", "Détail des subventions"),
)


WORDS: Final = ("jaune", "PLF", "projet de loi de finances", "effort financier de l’État")


def _is_jaune(source: Table) -> bool:
    """Whether associations end by their department and commune, or the file says that it is of the budget bill."""
    names = proof.cells(source, locate(COLUMNS, source.header)["association"])
    return any(_WHERE.match(name) for name in names) or is_said(source)


def is_said(source: Table) -> bool:
    """Whether a file says that it is of a budget bill."""
    return vintages.budget_law(source.path) is not None or proof.says(proof.around(source), WORDS)


def _vintage(source: Table, located: Located, year: int | None) -> Vintage:
    law = vintages.budget_law(source.path)
    paid = year or (law - vintages.PAYMENT_LAG if law else ONLY_YEAR_OF_THESE_COLUMNS)
    return Vintage(paid, f"PLF {paid + vintages.PAYMENT_LAG}")


def _read(intake: Intake) -> Records:
    intake.account.has_amounts = True
    ordinals: Counter[str] = Counter()
    grants = [
        record for association in associations(intake.rows()) for record in _association(intake, association, ordinals)
    ]
    report_unlocated(intake)
    return {"grants": sorted(grants, key=lambda grant: int(str(grant["row"])))}


def _association(intake: Intake, association: Association, ordinals: Counter[str]) -> list[Record]:
    settlement = settle(association)
    _rule_copies(intake, settlement)
    _rule_totals(intake, association, settlement)
    found = (_grant(intake, association, settlement, line, ordinals) for line in settlement.payments)
    return [record for record in found if record is not None]


def _rule_copies(intake: Intake, settlement: Settlement) -> None:
    for line in settlement.repeats:
        intake.note("same_row", "Lignes imprimées deux fois, comptées une fois", line.row.line)
        intake.repeat(line.row, line.row["association"], cents=line.amount_cents or 0 if line.programme else 0)


def _rule_totals(intake: Intake, association: Association, settlement: Settlement) -> None:
    """Rule totals control rows, as they only repeat their details, and say where they do not agree with them."""
    for line in settlement.controls:
        if line.amount_cents is None:
            intake.reject(line.row, "total", *_UNREADABLE)
        else:
            intake.account.count("control")
    first = settlement.payments[0].row.line
    if not association.details:
        intake.note("total_without_details", "Totaux sans détail, repris comme montants", first)
    elif settlement.stated is None:
        intake.note("details_without_total", "Détails sans total lisible : non vérifiés", first)
    elif not settlement.verified:
        intake.account.warn(
            "total_mismatch",
            f"{association.text} (ligne {settlement.controls[0].row.line}) :"
            f" total {euros_text(settlement.stated)}, détails {euros_text(settlement.detailed)}.",
        )


_UNREADABLE: Final = (
    "montant illisible",
    "Corriger le montant : des chiffres, groupés par trois au plus, et deux décimales au plus.",
)


def _grant(
    intake: Intake, association: Association, settlement: Settlement, line: Line, ordinals: Counter[str]
) -> Record | None:
    if (amount := _amount(intake, settlement, line)) is None:
        return None
    siren = identifiers.siren(association.siren)
    if siren.reason:
        intake.reject(line.row, "siren", siren.reason, siren.remedy, cents=amount)
        return None
    name, place = _placed(intake, line, siren.code, amount)
    if place is None:
        return None
    if amount < 0:
        intake.note("negative_amount", "Montants négatifs, déduits des totaux", line.row.line)
    intake.accept(place.commune, amount)
    return {
        "grant_id": _grant_id(intake, association, line, amount, ordinals),
        "siren": siren.code,
        "name": name,
        "commune": place.commune,
        "located_by": place.way,
        "family": "association",
        "grantor": "État",
        "instrument": line.programme or "Programme non précisé",
        "kind": "paid",
        "year": intake.vintage.year,
        "amount_cents": amount,
        **intake.written(line.row),
    }


def _amount(intake: Intake, settlement: Settlement, line: Line) -> int | None:
    """Amount of a line; None once it is refused, as unreadable or as perhaps cut by the end of the file."""
    key = "detail" if line.programme else "total"
    if line.amount_cents is None:
        intake.reject(line.row, key, *_UNREADABLE)
        return None
    at_the_cut = line.row.line == intake.source.unfinished
    if at_the_cut and not settlement.verified:
        intake.reject(
            line.row,
            key,
            "montant peut-être coupé : le fichier s’arrête au milieu de cette ligne",
            "Télécharger à nouveau le fichier d’origine.",
            cents=line.amount_cents,
        )
        return None
    return line.amount_cents


_COMMUNE_REMEDY: Final = (
    "Écrire la commune de cette association en entier à la fin de son nom, après le département (« - 59 LILLE »)."
)


def _placed(intake: Intake, line: Line, siren: str | None, amount: int) -> tuple[str, Place | None]:
    """Name of the association, and its place by the ``- 59 COMMUNE`` that ends it, by its SIREN where it has none."""
    text = line.row["association"]
    match = _WHERE.match(text)
    said = (match["commune"] or "").strip() if match else ""
    department = match["department"] if match else None
    attachment = intake.attacher.attach(name=said or None, department=department, siren=siren)
    if not said and attachment.status != "inside":
        intake.reject(
            line.row,
            "association",
            "commune absente",
            _COMMUNE_REMEDY,
            cents=amount,
        )
        return text, None
    told = replace(attachment, remedy=_COMMUNE_REMEDY) if attachment.remedy else attachment
    return match["name"].strip() if match else text, intake.place(line.row, "association", told, amount)


def _grant_id(intake: Intake, association: Association, line: Line, amount: int, ordinals: Counter[str]) -> str:
    """Identify a payment by what it is, and by its rank among identical ones, whatever its line."""
    said = "|".join((association.siren, association.text, line.programme, str(intake.vintage.year), str(amount)))
    digest = sha256(said.encode()).hexdigest()[:_ID_LENGTH]
    ordinals[digest] += 1
    return f"{KIND}:{digest}:{ordinals[digest]}"


def report_unlocated(intake: Intake) -> None:
    """Say how many euros stand on refused rows."""
    refused = intake.account.cents["rejected"]
    intake.account.warn(
        "amount_rejected",
        f"{euros_text(refused)} sur des lignes refusées ne sont comptés dans aucun territoire.",
        intake.account.rows["rejected"] if refused else 0,
    )


READER: Final = Reader(
    kind=KIND,
    title=TITLE,
    part="subventions de l’État aux associations",
    at_seat=True,
    publisher=PUBLISHER,
    licence=LICENCE,
    attribution="Direction du budget, annexe au projet de loi de finances pour 2012, data.gouv.fr",
    caveats=(
        "Versements de 2010, les seuls que ce fichier décrit : données anciennes.",
        "L’association est située à la commune de son siège, non à celle de l’action financée.",
        "Les associations sans commune dans le fichier ne sont comptées dans aucun territoire.",
        "Le fichier ne donne pas l’activité : le secteur est inconnu.",
    ),
    columns=COLUMNS,
    read=_read,
    vintage=_vintage,
    proof=_is_jaune,
)
