"""One row of the published grants: what it says once its writings are read, or why it is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from layers import identifiers
from layers.readers.dates import day
from layers.readers.intake import Intake
from layers.readers.numbers import cents
from layers.readers.rows import Row

PLACEHOLDER_NIC: Final = "00000"
SIRET_DIGITS: Final = 14
_RNA = re.compile(r"W\d{9}")
_EUROS = re.compile(r"\s*(?:euros?|eur|€)\s*$", re.IGNORECASE)
_DECIMALS = re.compile(r"\d{1,2}")
_NOT_SAID: Final = frozenset({"ne rien indiquer", "sans objet", "néant", "nc", "n/a", "na", "-"})
_SEVERAL = re.compile(r"multi-?territoires?|m[ée]tropolitain|tous les territoires", re.IGNORECASE)
_PERCENT: Final = 100.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """One grant as its row says it; ``share`` is the part of the beneficiary, between 0 and 1, where it is said."""

    row: Row
    grantor: str
    grantor_siren: str | None
    name: str
    siret: str | None
    rna: str | None
    year: int
    date: str
    cents: int
    share: float | None

    @property
    def decision(self) -> tuple[object, ...]:
        """What several beneficiaries of one agreement have in common."""
        return self.grantor_siren or self.grantor, self.date, self.row["reference"], self.row["purpose"], self.cents

    @property
    def content(self) -> tuple[object, ...]:
        """What makes two rows the same grant, whatever their instalments and conditions."""
        return *self.decision, self.siret or self.rna or self.name

    @property
    def several(self) -> bool:
        """Whether the row itself says that it is for several territories."""
        return _SEVERAL.search(self.row["purpose"]) is not None

    def part(self) -> Agreement:
        """The same, with the share of the total."""
        return replace(self, cents=round(self.cents * (self.share or 1)))


def agreement(intake: Intake, row: Row) -> Agreement | None:
    """Read one row; None once it has been refused."""
    amount = _amount(intake, row)
    if amount is None:
        return None
    when = day(row["date"])
    if when is None:
        intake.reject(row, "date", "date absente ou illisible", "Une date complète : 2017-06-30.", cents=amount)
        return None
    if not row["name"]:
        intake.reject(row, "name", "nom du bénéficiaire absent", "Compléter le nom.", cents=amount)
        return None
    numbers = _beneficiary(intake, row, amount)
    if numbers is None:
        return None
    grantor = identifiers.siret(row["grantor_siret"])
    siren = grantor.code[:9] if grantor.code else identifiers.siren(row["grantor_siret"]).code
    if amount < 0:
        intake.note("negative_amount", "Montants négatifs, déduits des totaux", row.line)
    return Agreement(
        row,
        " ".join(row["grantor"].split()) or "Attribuant non précisé",
        siren or _siren_of_placeholder(row["grantor_siret"]),
        " ".join(row["name"].split()),
        *numbers,
        when.year,
        when.isoformat(),
        amount,
        _share(row["share"]),
    )


def _amount(intake: Intake, row: Row) -> int | None:
    if _DECIMALS.fullmatch(row["nature"]):
        intake.reject(
            row,
            "amount",
            "montant coupé en deux par sa virgule décimale",
            "Mettre le montant entre guillemets, ou un point pour décimale.",
            value=f"{row['amount']},{row['nature']}",
        )
        return None
    amount = cents(_EUROS.sub("", row["amount"]))
    if amount is None:
        intake.reject(row, "amount", "montant absent ou illisible", "Un nombre en euros, deux décimales au plus.")
        return None
    nature = row["nature"].lower()
    if "nature" in nature and "num" not in nature:
        intake.reject(
            row, "nature", "aide en nature : une valeur, et non une somme versée", "Laisser de côté.", cents=amount
        )
        return None
    if "nature" in nature:
        intake.note("partly_in_kind", "Aides en partie en nature, comptées en entier", row.line)
    return amount


def _beneficiary(intake: Intake, row: Row, amount: int) -> tuple[str | None, str | None] | None:
    """SIRET and RNA number, either or both null; None once the row has been refused for one of them."""
    written = row["siret"]
    rna = next((text.upper() for text in (row["rna"], written) if _RNA.fullmatch(text.upper())), None)
    if rna == written.upper() or written.lower() in _NOT_SAID:
        return None, rna
    siret = identifiers.siret(written)
    digits = re.sub(r"\D", "", written)
    if len(digits) == SIRET_DIGITS and digits.endswith(PLACEHOLDER_NIC) and digits.strip("0"):
        reason, remedy = "SIRET terminé par 00000 : un SIREN complété de zéros", "Donner celui de l’établissement."
        intake.reject(row, "siret", reason, remedy, cents=amount)
        return None
    if siret.reason:
        intake.reject(row, "siret", siret.reason, siret.remedy, cents=amount)
        return None
    if row["rna"] and rna is None and row["rna"].lower() not in _NOT_SAID:
        intake.note("rna_ignored", "Numéros RNA mal formés, laissés de côté", row.line)
    return siret.code, rna


def _siren_of_placeholder(text: str) -> str | None:
    """SIREN of a grantor whose SIRET is a SIREN completed with zeros: it says who gives, and nothing else."""
    digits = re.sub(r"\D", "", text)
    return identifiers.siren(digits[:9]).code if digits.endswith(PLACEHOLDER_NIC) else None


def _share(text: str) -> float | None:
    """Share of the beneficiary: ``0.8``, ``80 %`` or ``80``; None where it is not said."""
    plain = text.replace("%", "").replace(",", ".").strip()
    try:
        value = float(plain)
    except ValueError:
        return None
    share = value / _PERCENT if value > 1 else value
    return share if 0 < share <= 1 else None
