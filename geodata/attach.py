"""One function that attaches any record to a commune of the metropole, and never guesses between two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import isfinite

from geodata import abroad, evidence
from geodata.addresses import place_in
from geodata.attachment import ELSEWHERE, Attachment, Finding, Way
from geodata.conclusion import Conclusion
from geodata.gazetteer import Gazetteer
from geodata.geography import Geography
from geodata.point import PointLocator
from geodata.suggestions import Suggester
from geodata.typography import NO_BREAK

__all__ = ["Attacher", "Attachment"]

Address = tuple[tuple[Finding, ...], tuple[Finding, ...]]


class Attacher:
    """Attaches records by the evidence they bear, the strongest first.

    INSEE code, SIRET address, post code with name, name, point, post code alone, and SIREN where all these are silent,
    provided that the unit has establishments in one commune only. Evidence that leaves several communes
    is narrowed by the next ones; evidence that disagrees with what is established is told, not followed.

    Parameters
    ----------
    gazetteer, geography
        Names and codes; polygons of the 95 communes.
    establishments
        INSEE code of the address by SIRET, where an official directory was imported.
    units
        INSEE code of the only commune where a legal unit has establishments, by SIREN.
    answers
        INSEE code by SIRET or SIREN, as a public register was asked for it: followed only where nothing else of the
        record tells a place.

    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        geography: Geography,
        establishments: Mapping[str, str] | None = None,
        units: Mapping[str, str] | None = None,
        answers: Mapping[str, str] | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._establishments = establishments or {}
        self._units = units or {}
        self._answers = answers or {}
        self._points = PointLocator(geography)
        self._members = frozenset(str(code) for code in geography.communes.index)
        self._conclusion = Conclusion(gazetteer, self._members)
        self._suggester = Suggester(gazetteer, self._members)
        self._addresses: dict[tuple[str | None, str | None, str | None], Address] = {}

    def attach(
        self,
        *,
        insee: str | None = None,
        siret: str | None = None,
        siren: str | None = None,
        postcode: str | None = None,
        name: str | None = None,
        department: str | None = None,
        address: str | Sequence[str] = (),
        longitude: float | None = None,
        latitude: float | None = None,
    ) -> Attachment:
        """Attach one record; every argument is what the file says, blank or None where it says nothing.

        `department` (code or name) tells apart communes of the same name. Positions are WGS 84 degrees. `siren` is
        followed only where nothing else tells a place: a SIRET that is not known is of some other establishment.
        `address` is the free text of one or several cells, in any order; it says the post code and the name that the
        record does not say apart.
        """
        code = _compact(insee)
        told, beyond = self._written(_given(postcode), _given(name), _given(department), address)
        located = (*told, _given(department))
        before, after = self._address(*located)
        findings = [*self._codes(code, _compact(siret), *told), *before]
        if longitude is not None and latitude is not None and isfinite(longitude) and isfinite(latitude):
            findings.append(self._points.find(longitude, latitude))
        findings += after
        findings += beyond
        silent = not any((code, siret, *told)) and not any(finding.places for finding in findings)
        if silent and siren and (known := evidence.by_siren(self._gazetteer, siren, self._units)):
            findings.append(known)
        if not any(finding.places for finding in findings):
            findings += self._answered(_compact(siret), _compact(siren))
        found = self._conclusion.of(findings)
        return self._suggest(found, code, *told) if found.status == "unknown" else found

    def _answered(self, siret: str | None, siren: str | None) -> Iterator[Finding]:
        told: tuple[tuple[Way, str | None], ...] = (("siret", siret), ("siren", siren))
        for way, number in told:
            if number and number in self._answers:
                yield evidence.by_insee(self._gazetteer, self._answers[number], way)
                return

    def is_named(self, name: str, department: str) -> bool:
        """Whether a name is that of a commune of a department, whatever else of France bears it."""
        return any(place.department == department for place in self._gazetteer.named(name))

    def _written(
        self, postcode: str | None, name: str | None, department: str | None, address: str | Sequence[str]
    ) -> tuple[tuple[str | None, str | None], tuple[Finding, ...]]:
        """Post code and name, completed by the address; what it says where it names a city of elsewhere or none.

        A cell that is no post code, or the name of no commune, is read as a part of the address.
        """
        cells = [cell for cell in ((address,) if isinstance(address, str) else address) if _given(cell)]
        code, plain = _compact(postcode), _POSTCODE.fullmatch(_compact(postcode) or "") is not None
        told = name is not None and (plain or bool(self._gazetteer.named(name)))
        if code and abroad.is_postcode(code) and (not told or abroad.has_neighbour(name or "")):
            return (None, None), (evidence.by_address((ELSEWHERE,)),)
        if (plain and told) or (not cells and (told or name is None) and (plain or code is None)):
            return (code, name), ()
        found = place_in(self._gazetteer, *cells, *filter(None, (postcode, name)))
        beyond = (ELSEWHERE,) if found.is_abroad else found.departments
        said = self._gazetteer.department(department) if department else None
        if beyond and not plain and not told and said in (None, *beyond):
            return (None, None), (evidence.by_address(beyond),)
        city = None if found.departments else found.city
        if code or name or found.postcode or city:
            return (code if plain else found.postcode or code, name if told else city or name), ()
        return (None, None), (evidence.by_address(()),)

    def _suggest(self, found: Attachment, insee: str | None, postcode: str | None, name: str | None) -> Attachment:
        """An unknown place, with the communes that may have been meant told in the remedy."""
        meant = self._suggester.nearest(insee=insee, postcode=postcode, name=name)
        if not meant:
            return found
        told = f"{found.remedy} Communes proches{NO_BREAK}: {self._conclusion.listed(meant)}."
        return replace(found, suggestions=meant, remedy=told.strip())

    def _codes(self, insee: str | None, siret: str | None, postcode: str | None, name: str | None) -> Iterator[Finding]:
        places = self._gazetteer
        if insee:
            both = evidence.postcode_as_insee(places, insee, postcode, name)
            yield both or evidence.by_insee(places, insee)
        if siret:
            yield evidence.by_siret(places, siret, self._establishments)

    def _address(self, postcode: str | None, name: str | None, department: str | None) -> Address:
        """Findings stronger than a point, and weaker; remembered, as files repeat the same few addresses."""
        key = (postcode, name, department)
        if key not in self._addresses:
            self._addresses[key] = self._read_address(*key)
        return self._addresses[key]

    def _read_address(self, postcode: str | None, name: str | None, department: str | None) -> Address:
        places = self._gazetteer
        where = places.department(department) if department else None
        if where is None and postcode:
            where = places.department_of_postcode(postcode)
        if not name:
            if postcode:
                return (), (evidence.by_postcode(places, postcode),)
            return (), (evidence.by_department(where),) if where else ()
        both = evidence.by_postcode_and_name(places, postcode, name) if postcode else None
        if both and both.places:
            return (both,), ()
        named = evidence.by_name(places, name, where)
        return (named,), self._postcode_beside(named, postcode, where)

    def _postcode_beside(self, named: Finding, postcode: str | None, where: str | None) -> tuple[Finding, ...]:
        """What a post code still says beside a name that is not of its communes.

        A name that is not recognised may be that of any commune of France: the post code then only suggests.
        """
        if postcode is None or where in named.places:
            return ()
        found = evidence.by_postcode(self._gazetteer, postcode)
        if named.places or not self._members.intersection(found.places):
            return (found,)
        return (Finding("postcode", hints=found.places, quiet=True),)


_POSTCODE = re.compile(r"\d{5}")


def _given(text: str | None) -> str | None:
    return text.strip() or None if isinstance(text, str) else None


def _compact(code: str | None) -> str | None:
    return "".join(code.split()).upper() or None if isinstance(code, str) else None
