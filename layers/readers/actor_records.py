"""What the readers of lists of structures share: numbers, point, what is ruled out, duplicates, the record itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from layers import identifiers
from layers.headings import normalised
from layers.readers.intake import Intake, Place, Record
from layers.readers.reader import Records
from layers.readers.rows import Row
from layers.values.numbers import coordinate

_ID_LENGTH: Final = 16
Seen = dict[Hashable, int]
"""Line of each structure met so far."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where a geocoder put an address, in degrees (WGS 84)."""

    longitude: float
    latitude: float


def checked_siret(intake: Intake, row: Row, key: str) -> identifiers.Identifier | None:
    """SIRET of the column *key*; None once the row is refused for a wrong one. Oddities are noted."""
    found = identifiers.siret(row[key])
    if found.reason:
        intake.reject(row, key, found.reason, found.remedy)
        return None
    if found.note:
        intake.note("identifier_as_number", "SIRET écrits comme des nombres à virgule, lus sans perte", row.line)
    if found.absent:
        intake.note("siret_absent", "SIRET absents ou faits de zéros : structures gardées sans identifiant", row.line)
    return found


def point(intake: Intake, row: Row) -> Point | None:
    """Geocoded point of the row; None where absent or no pair of numbers."""
    longitude, latitude = coordinate(row["longitude"]), coordinate(row["latitude"])
    if longitude is not None and latitude is not None and abs(latitude) <= 90:  # noqa: PLR2004
        return Point(longitude, latitude)
    if row["longitude"] or row["latitude"]:
        intake.note("point_unreadable", "Coordonnées illisibles : structures placées à leur commune", row.line)
    return None


def place_of(intake: Intake, row: Row, siret: str | None, where: Point | None) -> Place | None:
    """Place of the row by all that it says; None once it has been ruled outside or refused."""
    attachment = intake.attacher.attach(
        siret=siret,
        postcode=row["postcode"] or None,
        name=row["city"] or None,
        department=row["department"] or None,
        longitude=where.longitude if where else None,
        latitude=where.latitude if where else None,
    )
    return intake.place(row, "city", attachment)


def point_in(intake: Intake, row: Row, commune: str, found: Point | None) -> Mapping[str, object]:
    """Columns of the position: the point where it falls in *commune*, else the commune only."""
    if found is None:
        return {"position": "commune"}
    there = intake.attacher.attach(longitude=found.longitude, latitude=found.latitude)
    if there.commune != commune:
        intake.note("point_elsewhere", "Points hors de la commune nommée : structures placées à leur commune", row.line)
        return {"position": "commune"}
    return {"longitude": found.longitude, "latitude": found.latitude, "position": "address"}


def actor_id(kind: str, siret: str | None, name: str, commune: str) -> str:
    """Identify an actor within its source: its SIRET, else a digest of its name and commune."""
    if siret:
        return f"{kind}:{siret}"
    digest = sha256(f"{normalised(name)}|{commune}".encode()).hexdigest()
    return f"{kind}:{digest[:_ID_LENGTH]}"


def listed(one: Callable[[Intake, Row, Seen], Record | None]) -> Callable[[Intake], Records]:
    """What reads a list, by what makes the structure of a row, or rules on the row and gives None."""

    def read(intake: Intake) -> Records:
        seen: Seen = {}
        return {"actors": [found for row in intake.rows() if (found := one(intake, row, seen)) is not None]}

    return read


def is_out(intake: Intake, row: Row, *reasons: tuple[object, str, str]) -> bool:
    """Whether one of *reasons* holds: what says so, then the code and the message of its warning; it is ruled on."""
    told = next(((code, message) for holds, code, message in reasons if holds), None)
    if told is not None:
        intake.note(*told, row.line)
        intake.account.count("not_ess")
    return told is not None


def record(intake: Intake, row: Row, place: Place, identity: str, siret: str | None = None, **told: object) -> Record:
    """The structure of a row, known by *identity*, at its commune unless *told* says more; the row is accepted."""
    intake.accept(place.commune)
    return {
        "actor_id": identity,
        "siret": siret,
        "siren": siret[:9] if siret else None,
        "name": row["name"],
        "commune": place.commune,
        "located_by": place.way,
        "position": "commune",
        "year": intake.vintage.year,
        **told,
        **intake.origin(row),
    }
