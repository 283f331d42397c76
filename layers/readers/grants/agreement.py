"""One row of a file of grants: what it says once its writings are read, or why it is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from layers import identifiers
from layers.readers.grants.context import ASKED_FOR, ASSUMED, Context
from layers.readers.grants.granted import not_granted, only_asked, partly_in_kind, received
from layers.readers.intake import Intake
from layers.readers.rows import Row
from layers.rounding import whole
from layers.values.dates import when

_DECIMALS = re.compile(r"\d{1,2}")
_SEVERAL = re.compile(r"multi-?territoires?|m[ée]tropolitain|tous les territoires", re.IGNORECASE)
_PERCENT: Final = 100.0
UNTOLD: Final = 0
"""Year of a part that neither its row nor the file tells: it is settled by the other rows."""
UNKNOWN_GRANTOR: Final = "Attribuant non précisé"


@dataclass(frozen=True, slots=True)
class Part:
    """What a row grants for one year, at one stage."""

    year: int
    cents: int
    stage: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """One grant as its row says it; ``share`` is the part of the beneficiary, between 0 and 1, where it is said."""

    row: Row
    grantor: str
    grantor_siren: str | None
    name: str
    siret: str | None
    siren: str | None
    rna: str | None
    date: str
    parts: tuple[Part, ...]
    share: float | None

    @property
    def cents(self) -> int:
        """All that the row grants."""
        return sum(part.cents for part in self.parts)

    @property
    def year(self) -> int:
        """The latest year that it grants for."""
        return max(part.year for part in self.parts)

    @property
    def decision(self) -> tuple[object, ...]:
        """What several beneficiaries of one agreement have in common."""
        return self.grantor_siren or self.grantor, self.date, self.row["reference"], self.row["purpose"], self.cents

    @property
    def content(self) -> tuple[object, ...]:
        """What makes two rows the same grant, whatever their instalments and conditions."""
        return *self.decision, self.siret or self.siren or self.rna or self.name

    @property
    def identified(self) -> bool:
        """Whether the row has a reference or a purpose, by which another that repeats it is known."""
        return bool(self.row["reference"] or self.row["purpose"])

    @property
    def several(self) -> bool:
        """Whether the row itself says that it is for several territories."""
        return _SEVERAL.search(self.row["purpose"]) is not None

    def shared(self) -> Agreement:
        """The same, with the share of the total."""
        share = self.share or 1
        return replace(self, parts=tuple(replace(part, cents=whole(part.cents * share)) for part in self.parts))


def agreement(intake: Intake, known: Context, row: Row) -> Agreement | None:
    """Read one row; None once it has been refused. A name, an amount and a year are all that a grant needs."""
    money = _money(intake, known, row)
    if money is None:
        return None
    total = sum(cents for _, cents, _ in money)
    name = " ".join(row["name"].split())
    if not name:
        intake.reject(
            row, "name", "nom du bénéficiaire absent", "Compléter le nom, ou supprimer la ligne.", cents=total
        )
        return None
    year, date = _year(intake, known, row, needed=any(told is None for told, _, _ in money))
    grantor = " ".join(row["grantor"].split()) or known.grantor or UNKNOWN_GRANTOR
    if total < 0:
        intake.note("negative_amount", "Montants négatifs, déduits des totaux", row.line)
    siret, siren, rna = _numbers(intake, row)
    parts = tuple(Part(told or year, cents, stage) for told, cents, stage in money)
    return Agreement(
        row, grantor, _siren_of(row["grantor_siret"]) or known.grantor_siren, name, siret, siren, rna, date, parts,
        _share(row["share"]),
    )  # fmt: skip


def _money(intake: Intake, known: Context, row: Row) -> list[tuple[int | None, int, str]] | None:
    """Year (None: the row's), cents and stage of each grant of a row; None once it has been refused."""
    if not _is_money(intake, known, row):
        return None
    found: list[tuple[int | None, int, str]] = []
    faults = []
    for granted in known.amounts.granted:
        cells = [(at, row.cells[at]) for at in granted.places if at < len(row.cells) and row.cells[at]]
        read = [(at, text, known.amount(at, text)) for at, text in cells]
        faults += [(at, text, one) for at, text, one in read if one.cents is None]
        for _, _, one in read:
            if one.rounded:
                intake.note("rounded", "Montants arrondis au centime", row.line)
        if read and all(one.cents is not None for _, _, one in read):
            found.append((granted.year, sum(one.cents or 0 for _, _, one in read), granted.stage))
    if faults:
        at, text, one = faults[0]
        intake.refuse(row, intake.source.header[at], text, reason=one.reason, remedy=one.remedy)
        return None
    if not found:
        _refuse_nothing(intake, known, row)
        return None
    return [one for one in found if one[1]] or found[:1]


def _refuse_nothing(intake: Intake, known: Context, row: Row) -> None:
    """A row without any grant: what it holds instead is said."""
    other = next((why for one, why in known.amounts.left if one.at < len(row.cells) and row.cells[one.at]), "")
    reason = f"aucune subvention sur cette ligne : {other}" if other else "montant absent"
    remedy = "Laisser de côté." if other else "Compléter le montant : un nombre en euros."
    intake.reject(row, "amount", reason, remedy)


def _is_money(intake: Intake, known: Context, row: Row) -> bool:
    """Whether a row is a grant of money; it is refused otherwise, with what it would have counted."""
    if _DECIMALS.fullmatch(nature := row["nature"].strip()):
        intake.reject(
            row,
            "amount",
            "montant coupé en deux par sa virgule décimale",
            "Mettre le montant entre guillemets, ou un point pour décimale.",
            value=f"{row['amount']},{nature}",
        )
        return False
    if partly_in_kind(row):
        intake.note("partly_in_kind", "Aides en partie en nature, comptées en entier", row.line)
    asked = None if known.says_stage else only_asked(row)
    if (found := asked or not_granted(row) or received(row, told_cents(known, row))) is None:
        return True
    key, reason, remedy = found
    intake.reject(row, key, reason, remedy, cents=told_cents(known, row))
    return False


def told_cents(known: Context, row: Row) -> int:
    """Cents that the columns of grants of a row hold, 0 for what is no amount."""
    places = (at for one in known.amounts.granted for at in one.places if at < len(row.cells))
    return sum(known.amount(at, row.cells[at]).cents or 0 for at in places)


def _year(intake: Intake, known: Context, row: Row, *, needed: bool) -> tuple[int, str]:
    """Year of a row and the day that its decision bears: its own year, the day, the payment, else that of the file."""
    told, dated = when(row["year"]), when(row["date"])
    date = dated.day.isoformat() if dated.day else row["date"]
    if not needed:
        return 0, date
    for key, found in (("year", told), ("date", dated)):
        if found.year is not None:
            if found.note:
                intake.note(f"{key}_note", f"{found.note} : année retenue", row.line)
            return found.year, date
        if row[key]:
            intake.note("date_ignored", "Dates illisibles, laissées de côté", row.line)
    paid = when(row["period"])
    if paid.year is not None:
        intake.note("year_of_payment", "Année du versement, faute de date de décision", row.line)
        return paid.year, date
    if row.under.year and known.how != ASKED_FOR:
        intake.note("year_of_title", "Année du titre au-dessus de la ligne, que la ligne ne dit pas", row.line)
        return row.under.year, date
    if known.how == ASSUMED:
        return UNTOLD, date
    intake.note("year_of_file", f"Année du fichier ({known.year(row.line)}), que la ligne ne dit pas", row.line)
    return known.year(row.line), date


def _numbers(intake: Intake, row: Row) -> tuple[str | None, str | None, str | None]:
    """SIRET, SIREN and RNA number of the beneficiary, each null where the row says none that is right."""
    written = row["siret"]
    rna = next((code for text in (row["rna"], written, row["siren"]) if (code := identifiers.rna(text))), None)
    siret = identifiers.ABSENT if identifiers.rna(written) else identifiers.siret(written)
    siren = identifiers.siren(row["siren"]).code or _siren_of(written)
    if siret.code is None and written and siren and rna is None:
        intake.note("siren_of_siret", "SIRET incomplets ou mal formés, dont le SIREN est gardé", row.line)
    elif siret.reason and siren is None:
        intake.note(
            "siret_ignored", "SIRET illisibles, laissés de côté : le bénéficiaire est cherché autrement", row.line
        )
    if row["rna"] and rna is None and any(sign.isdigit() for sign in row["rna"]):
        intake.note("rna_ignored", "Numéros RNA mal formés, laissés de côté", row.line)
    return siret.code, siret.code[:9] if siret.code else siren, rna


def _siren_of(text: str) -> str | None:
    """The SIREN that a number bears: itself, the head of a SIRET, or of a SIREN that was completed with zeros."""
    digits = re.sub(r"[\s'’.\u00a0\u202f]", "", text)
    return identifiers.siren(digits[:9]).code if digits.isdecimal() and len(digits) in (9, 14) else None


def _share(text: str) -> float | None:
    """Share of the beneficiary: ``0.8``, ``80 %`` or ``80``; None where it is not said."""
    plain = text.replace("%", "").replace(",", ".").strip()
    try:
        value = float(plain)
    except ValueError:
        return None
    share = value / _PERCENT if value > 1 else value
    return share if 0 < share <= 1 else None
