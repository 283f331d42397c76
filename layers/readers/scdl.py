"""Grants published by administrations (SCDL "subventions" 2.0 and 2.1, order of 17 November 2017), as they really are.

An agreement is contracted money. A beneficiary is kept where something says that it is of the ESS: the register, an RNA
number, or a name that opens with its legal form. Amounts are those of the rows: a total that several beneficiaries
share is divided by their shares, a total repeated for each instalment is counted once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from layers import ess
from layers.beneficiaries import MULTI_TERRITORY
from layers.readers import grantors, scdl_conformity, vintages
from layers.readers.columns import Located, missing
from layers.readers.grant_records import Beneficiary, decided, identified
from layers.readers.intake import Intake, Place, Record, Vintage
from layers.readers.jaune import report_unlocated
from layers.readers.reader import Reader, Records
from layers.readers.scdl_columns import COLUMNS
from layers.readers.scdl_rows import Agreement, agreement
from layers.sourcefile import SourceFile, open_source

KIND: Final = "scdl"
PART: Final = "subventions publiées par les administrations"
NO_SCHEME: Final = "Convention de subvention"
_WHOLE: Final = 1.0
_TOLERANCE: Final = 0.02
_FORMS: Final = {
    "association": re.compile(r"(?:association|assoc|asso|ass)\b\.?\s", re.IGNORECASE),
    "cooperative": re.compile(r"(?:societe |société )?(?:cooperative|coopérative|scop|scic|cae|cuma)\b", re.IGNORECASE),
    "mutuelle": re.compile(r"mutuelle\b", re.IGNORECASE),
    "fondation": re.compile(r"(?:fondation|fonds de dotation)\b", re.IGNORECASE),
}


def _vintage(source: SourceFile, located: Located, year: int | None) -> Vintage:
    """The grantor and the years of the file, read once more for it: each file of a grantor stands for itself."""
    rows = open_source(source.path, lambda cells: not missing(COLUMNS, cells)).rows
    years, names = set(), Counter[str]()
    for _, cells in rows:
        if len(cells) == len(source.header):
            names[" ".join(cells[located["grantor"][0]].split())] += 1
            if match := re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", cells[located["date"][0]]):
                years.add(int(match[0]))
    names.pop("", None)
    if not years or not names:
        return vintages.of_list(source, located, year)
    who = names.most_common(1)[0][0][:60] if len(names) == 1 else f"{len(names)} attribuants"
    span = str(min(years)) if len(years) == 1 else f"{min(years)}-{max(years)}"
    return Vintage(year or max(years), f"{who}, {span}")


def _read(intake: Intake) -> Records:
    intake.account.has_amounts = True
    rows = list(intake.rows())
    scdl_conformity.report(intake, rows)
    read = [found for row in rows if (found := agreement(intake, row))]
    kept = _once(intake, read)
    ordinals: Counter[str] = Counter()
    grants = [record for found in _shared(intake, kept) if (record := _grant(intake, found, ordinals))]
    report_unlocated(intake)
    return {"grants": grants}


def _once(intake: Intake, read: Sequence[Agreement]) -> list[Agreement]:
    """An agreement that is repeated, word for word or for each of its instalments, is counted once."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for found in read:
        if found.content in seen:
            intake.note("instalment", "Lignes qui répètent une convention déjà lue", found.row.line)
            intake.repeat(found.row, found.name, cents=found.cents)
        else:
            seen.add(found.content)
            kept.append(found)
    return kept


def _shared(intake: Intake, kept: Sequence[Agreement]) -> list[Agreement]:
    """Where several beneficiaries bear the same total and shares that make one, each has its share of it."""
    groups: dict[tuple[object, ...], list[Agreement]] = defaultdict(list)
    for found in kept:
        groups[found.decision].append(found)
    settled: dict[int, Agreement] = {}
    for group in groups.values():
        shares = [found.share for found in group]
        known = [share for share in shares if share is not None and share < _WHOLE]
        if len(group) > 1 and len(known) == len(group) and abs(sum(known) - _WHOLE) < _TOLERANCE:
            for found in group:
                intake.note("shared", "Montants totaux partagés entre bénéficiaires selon leur part", found.row.line)
                settled[found.row.line] = found.part()
    return [settled.get(found.row.line, found) for found in kept]


def _grant(intake: Intake, found: Agreement, ordinals: Counter[str]) -> Record | None:
    row, cents = found.row, found.cents
    siren = found.siret[:9] if found.siret else None
    if ess.public_body(siren, found.name, None):
        intake.note("public_body", "Organismes publics : hors ESS", row.line)
        intake.account.count("not_ess", cents)
        return None
    place, settled = _placed(intake, found)
    if settled:
        return None
    family = _family(found)
    if family is None and not intake.register.is_of_ess(found.siret, siren, found.rna):
        intake.note("not_known_as_ess", "Bénéficiaires que ni le registre, ni leur nom ne disent de l’ESS", row.line)
        intake.account.count("not_ess", cents)
        return None
    if place:
        intake.accept(place.commune, cents)
    else:
        intake.account.accept(None, cents)
    return {
        **identified(KIND, found.content, ordinals, Beneficiary(found.siret, siren, found.rna, found.name)),
        "commune": place.commune if place else None,
        "located_by": place.way if place else (MULTI_TERRITORY if found.several else None),
        "family": family,
        "grantor": found.grantor,
        "instrument": row["scheme"] or NO_SCHEME,
        "kind": "contracted",
        "year": found.year,
        "amount_cents": cents,
        "decision": decided(row["reference"], found.date, row["purpose"]),
        **intake.origin(row),
    }


def _placed(intake: Intake, found: Agreement) -> tuple[Place | None, bool]:
    """The place of the beneficiary, and whether the row has been ruled on for want of one.

    The file says no place. Grants of the metropole and of its communes to a beneficiary that no register knows stay in
    the bucket of what has none; those of an administration of elsewhere are outside.
    """
    if not found.siret and found.rna and (commune := intake.register.associations.get(found.rna)):
        return Place(commune, "rna"), False
    attachment = intake.attacher.attach(siret=found.siret)
    if found.siret and attachment.status == "unknown":
        unit = intake.attacher.attach(siren=found.siret[:9])
        if unit.status == "inside":
            intake.note("by_unit", "Établissements inconnus, situés par un autre de la même structure", found.row.line)
            attachment = unit
    if attachment.status != "unknown":
        place = intake.place(found.row, "siret", attachment, found.cents)
        return place, place is None
    reach = grantors.reach(found.grantor_siren)
    if reach == grantors.METROPOLE:
        intake.note("no_place", "Bénéficiaires sans lieu connu, comptés hors des territoires", found.row.line)
        return None, False
    if reach == grantors.ELSEWHERE:
        intake.account.count("outside", found.cents)
    else:
        intake.reject(
            found.row,
            "siret" if found.siret else "name",
            "bénéficiaire absent du registre de la métropole : son lieu n’est pas connu",
            "Importer le stock Sirene et les listes avant ce fichier ; un bénéficiaire d’ailleurs reste refusé.",
            cents=found.cents,
        )
    return None, True


def _family(found: Agreement) -> str | None:
    """Family that the row proves: an RNA number is an association's, a name may open with a legal form."""
    if found.rna:
        return "association"
    return next((family for family, pattern in _FORMS.items() if pattern.match(found.name + " ")), None)


READER: Final = Reader(
    kind=KIND,
    title="Subventions publiées par les administrations (données essentielles)",
    part=PART,
    publisher="Administrations attribuantes (nommées par le fichier)",
    licence="Licence de l’administration qui publie, à préciser",
    attribution="Données essentielles des conventions de subvention, administration attribuante",
    caveats=(
        "Le fichier ne dit pas où est le bénéficiaire : il est situé par le registre, d’après son SIRET.",
        "Sont gardés les bénéficiaires que le registre, un numéro RNA ou leur nom disent de l’ESS.",
        "Montants conventionnés, comptés en entier à l’année de la convention, même s’ils courent sur plusieurs.",
        "Les aides en nature ne sont pas comptées.",
    ),
    columns=COLUMNS,
    read=_read,
    vintage=_vintage,
)
