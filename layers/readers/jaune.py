"""State subsidies to associations, the "jaune" of the budget bill for 2012: payments of 2010."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from typing import Final

from layers import identifiers
from layers.readers import vintages
from layers.readers.columns import Column, Located
from layers.readers.intake import Intake, Place, Record, Vintage
from layers.readers.jaune_blocks import Block, Line, blocks
from layers.readers.reader import Reader, Records
from layers.sourcefile import SourceFile
from layers.typography import euros_text

KIND: Final = "jaune"
ONLY_YEAR_OF_THESE_COLUMNS: Final = 2010
_ID_LENGTH: Final = 16
_WHERE = re.compile(r"^(?P<name>.*?)\s+-\s+(?P<department>\d{2,3}|2[AB])(?:\s+(?P<commune>.*))?$", re.DOTALL)

COLUMNS: Final = (
    Column("siren", "SIREN"),
    Column("association", "ASSOCIATION", "association(?:_nom_departement_ville)?"),
    Column("programme", "IMPUTATION"),
    Column("total", "Total des subventions"),
    Column("detail", "Détail des subventions"),
)


def _vintage(source: SourceFile, located: Located, year: int | None) -> Vintage:
    law = vintages.budget_law(source.path)
    paid = year or (law - vintages.PAYMENT_LAG if law else ONLY_YEAR_OF_THESE_COLUMNS)
    return Vintage(paid, f"PLF {paid + vintages.PAYMENT_LAG}")


def _read(intake: Intake) -> Records:
    intake.account.has_amounts = True
    printed: set[tuple[object, ...]] = set()
    ordinals: Counter[str] = Counter()
    grants: list[Record] = []
    for block in blocks(intake.rows()):
        if block.content in printed:
            _rule_repeated(intake, block)
            continue
        printed.add(block.content)
        grants += _block(intake, block, ordinals)
    _report_unlocated(intake)
    return {"grants": grants}


def _rule_repeated(intake: Intake, block: Block) -> None:
    for line in block.lines():
        intake.note("same_block", "Associations imprimées deux fois à l’identique, comptées une fois", line.row.line)
        intake.account.count("duplicate", line.amount_cents or 0 if line is not block.total else 0)


def _block(intake: Intake, block: Block, ordinals: Counter[str]) -> list[Record]:
    lines = block.details
    if block.total is not None and not block.details:
        lines = [block.total]
        intake.note("total_without_details", "Totaux sans détail, repris comme montants", block.total.row.line)
    elif block.total is not None:
        _rule_total(intake, block, block.total)
    else:
        intake.note("details_without_total", "Détails sans ligne de total : non vérifiés", lines[0].row.line)
    found = (_grant(intake, block, line, ordinals) for line in lines)
    return [record for record in found if record is not None]


def _rule_total(intake: Intake, block: Block, total: Line) -> None:
    """Check a total against its details, and rule it a control row: it only repeats them."""
    if total.amount_cents is None:
        intake.reject(total.row, "total", *_UNREADABLE)
        return
    intake.account.count("control")
    if total.amount_cents != block.detailed_cents():
        intake.account.warn(
            "total_mismatch",
            f"{block.association} (ligne {total.row.line}) : total {euros_text(total.amount_cents)},"
            f" détails {euros_text(block.detailed_cents())}.",
        )


_UNREADABLE: Final = (
    "montant illisible",
    "Corriger le montant : des chiffres, groupés par trois au plus, et deux décimales au plus.",
)


def _grant(intake: Intake, block: Block, line: Line, ordinals: Counter[str]) -> Record | None:
    if (amount := _amount(intake, block, line)) is None:
        return None
    siren = identifiers.siren(block.siren)
    if siren.reason:
        intake.reject(line.row, "siren", siren.reason, siren.remedy, cents=amount)
        return None
    name, place = _placed(intake, line, amount)
    if place is None:
        return None
    if amount < 0:
        intake.note("negative_amount", "Montants négatifs, déduits des totaux", line.row.line)
    intake.accept(place.commune, amount)
    return {
        "grant_id": _grant_id(intake, block, line, amount, ordinals),
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
        **intake.origin(line.row),
    }


def _amount(intake: Intake, block: Block, line: Line) -> int | None:
    """Amount of a line; None once it is refused, as unreadable or as perhaps cut by the end of the file."""
    key = "total" if line is block.total else "detail"
    if line.amount_cents is None:
        intake.reject(line.row, key, *_UNREADABLE)
        return None
    at_the_cut = line.row.line == intake.source.unfinished
    checked = block.total is not None and block.total.amount_cents == block.detailed_cents()
    if at_the_cut and not checked:
        intake.reject(
            line.row,
            key,
            "montant peut-être coupé : le fichier s’arrête au milieu de cette ligne",
            "Télécharger à nouveau le fichier d’origine.",
        )
        return None
    return line.amount_cents


def _placed(intake: Intake, line: Line, amount: int) -> tuple[str, Place | None]:
    """Name of the association, and its place by the ``- 59 COMMUNE`` that ends it in this file."""
    text = line.row["association"]
    match = _WHERE.match(text)
    if match is None or not (match["commune"] or "").strip():
        intake.reject(
            line.row,
            "association",
            "commune absente",
            "Compléter la commune de cette association à la fin de son nom, après le département.",
            cents=amount,
        )
        return text, None
    attachment = intake.attacher.attach(name=match["commune"].strip(), department=match["department"])
    return match["name"].strip(), intake.place(line.row, "association", attachment, amount)


def _grant_id(intake: Intake, block: Block, line: Line, amount: int, ordinals: Counter[str]) -> str:
    """Identify a payment by what it is, and by its rank among identical ones, whatever its line."""
    said = "|".join((*block.key, line.programme, str(intake.vintage.year), str(amount)))
    digest = sha256(said.encode()).hexdigest()[:_ID_LENGTH]
    ordinals[digest] += 1
    return f"{KIND}:{digest}:{ordinals[digest]}"


def _report_unlocated(intake: Intake) -> None:
    refused = intake.account.cents["rejected"]
    intake.account.warn(
        "amount_rejected",
        f"{euros_text(refused)} sur des lignes refusées ne sont comptés dans aucun territoire.",
        intake.account.rows["rejected"] if refused else 0,
    )


READER: Final = Reader(
    kind=KIND,
    title="Subventions de l’État aux associations (« jaune » budgétaire)",
    publisher="Direction du budget",
    licence="Licence Ouverte",
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
)
