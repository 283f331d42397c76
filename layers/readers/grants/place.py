"""Where a grant goes: the place that its row tells, else that of its beneficiary, else that of who gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from layers.beneficiaries import MULTI_TERRITORY
from layers.readers import grantors
from layers.readers.grants.agreement import Agreement
from layers.readers.intake import Intake

_PLACES: Final = ("insee", "postcode", "city", "postcode_city", "address")
_OUTSIDE: Final = "outside"


@dataclass(frozen=True, slots=True)
class Where:
    """The commune of a grant, null where it has none in the metropole; ``outside`` where it is elsewhere."""

    commune: str | None
    way: str | None
    outside: bool = False
    unplaced: bool = False


NOWHERE: Final = Where(None, None, unplaced=True)


def where(intake: Intake, found: Agreement) -> Where:
    """Place of a grant: what its row says, the register by number, then by name, else nowhere or that of who gives."""
    told = intake.written_place(found.row, siret=found.siret)
    if told.status == "inside" and told.commune is not None:
        if told.conflict:
            intake.note(
                "place_conflict", "Indications de lieu qui se contredisent, la plus sûre retenue", found.row.line
            )
        return Where(told.commune, told.way)
    if told.status == _OUTSIDE:
        return Where(None, None, outside=True)
    commune, way = intake.register.place(found.siren, found.rna, found.name)
    if commune:
        return _registered(intake, commune, way)
    if found.several:
        return Where(None, MULTI_TERRITORY)
    if told.status != "unknown" or any(found.row[key] for key in _PLACES):
        intake.note("place_ignored", "Lieux écrits que rien ne situe : subventions comptées sans lieu", found.row.line)
    if grantors.reach(found.grantor_siren, found.grantor) == grantors.ELSEWHERE:
        return Where(None, None, outside=True)
    return NOWHERE


def _registered(intake: Intake, commune: str, way: str | None) -> Where:
    """The place that the register tells: Lille for Lomme, outside for a commune of elsewhere."""
    found = intake.attacher.attach(insee=commune)
    return Where(found.commune, way) if found.commune else Where(None, None, outside=True)
