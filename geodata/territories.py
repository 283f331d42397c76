"""The eight territories of the metropole: names, and the forms that French sentences need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Territory:
    """One territory. `name` is the official name, `short_name` the usual one; the other fields serve sentences.

    >>> TERRITORIES["3"].within
    'dans le Roubaisien'
    """

    code: str
    name: str
    short_name: str
    full: str
    """Official name with its article, as subject: « le Territoire Roubaisien »."""
    article: str
    """Short name with its article, as subject: « le Roubaisien »."""
    within: str
    """Place complement: « dans le Roubaisien », « en Couronne Nord »."""
    of: str
    """Noun complement: « du Roubaisien », « des Weppes »."""
    gender: Literal["m", "f"]
    plural: bool = False


_ALL = (
    Territory(
        code="1",
        name="Territoire des Weppes",
        short_name="Weppes",
        full="le Territoire des Weppes",
        article="les Weppes",
        within="dans les Weppes",
        of="des Weppes",
        gender="f",
        plural=True,
    ),
    Territory(
        code="2",
        name="Territoire Tourquennois",
        short_name="Tourquennois",
        full="le Territoire Tourquennois",
        article="le Tourquennois",
        within="dans le Tourquennois",
        of="du Tourquennois",
        gender="m",
    ),
    Territory(
        code="3",
        name="Territoire Roubaisien",
        short_name="Roubaisien",
        full="le Territoire Roubaisien",
        article="le Roubaisien",
        within="dans le Roubaisien",
        of="du Roubaisien",
        gender="m",
    ),
    Territory(
        code="4",
        name="Territoire de la Lys",
        short_name="Lys",
        full="le Territoire de la Lys",
        article="la Lys",
        within="dans le territoire de la Lys",
        of="de la Lys",
        gender="f",
    ),
    Territory(
        code="5",
        name="Territoire Est",
        short_name="Est",
        full="le Territoire Est",
        article="l’Est",
        within="dans le territoire Est",
        of="de l’Est",
        gender="m",
    ),
    Territory(
        code="6",
        name="Couronne Nord de Lille",
        short_name="Couronne Nord",
        full="la Couronne Nord de Lille",
        article="la Couronne Nord",
        within="en Couronne Nord",
        of="de la Couronne Nord",
        gender="f",
    ),
    Territory(
        code="7",
        name="Couronne Sud de Lille",
        short_name="Couronne Sud",
        full="la Couronne Sud de Lille",
        article="la Couronne Sud",
        within="en Couronne Sud",
        of="de la Couronne Sud",
        gender="f",
    ),
    Territory(
        code="8",
        name="Territoire Lillois",
        short_name="Lillois",
        full="le Territoire Lillois",
        article="le Lillois",
        within="dans le Lillois",
        of="du Lillois",
        gender="m",
    ),
)

TERRITORIES: dict[str, Territory] = {territory.code: territory for territory in _ALL}
