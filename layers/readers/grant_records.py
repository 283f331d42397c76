"""What the readers of lists of grants share: an identifier that their content alone makes, and who receives."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from layers.covering import SUPPOSED
from layers.headings import normalised
from layers.readers.intake import Record

_ID_LENGTH: Final = 16
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """Who receives, as the row says it."""

    siret: str | None
    siren: str | None
    rna: str | None
    name: str


def identified(kind: str, said: tuple[object, ...], ordinals: Counter[str], who: Beneficiary) -> Record:
    """First columns of a grant; rows that say the same are numbered in *ordinals*."""
    digest = sha256("|".join(map(str, said)).encode()).hexdigest()[:_ID_LENGTH]
    ordinals[digest] += 1
    return {
        "grant_id": f"{kind}:{digest}:{ordinals[digest]}",
        "siret": who.siret,
        "siren": who.siren,
        "rna": who.rna,
        "name": who.name,
    }


def decided(reference: str, date: str, purpose: str) -> str | None:
    """What tells a decision in the list of its grantor, whatever its amount; None where the row says nothing of it.

    Without a reference nor a day it only supposes one (`SUPPOSED`): « fonctionnement » is said of many grants.
    """
    said = (reference, date) if reference else (date, purpose) if date or purpose else ()
    plain = "|".join(normalised(part) for part in said)
    if not plain.strip("|"):
        return None
    supposed = SUPPOSED if not (reference or _DAY.fullmatch(date)) else ""
    return supposed + sha256(plain.encode()).hexdigest()[:_ID_LENGTH]
