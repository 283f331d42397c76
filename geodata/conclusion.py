"""What the findings say together: one commune, none, or several that nothing tells apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geodata import evidence
from geodata.attachment import ELSEWHERE, Attachment, Finding, Way
from geodata.gazetteer import Gazetteer
from geodata.typography import NARROW, NO_BREAK

_NOTHING = Finding(
    "name",
    problem="La ligne ne dit pas où se trouve la structure.",
    remedy="Ajoutez le code Insee de la commune, ou son nom avec le code postal.",
)
_COMMUNE_CODE_LENGTH = 5
_TOLD = 5
_WAYS: dict[Way, str] = {
    "insee": "le code Insee",
    "siret": "l’adresse du SIRET",
    "postcode+name": "l’adresse",
    "name": "le nom de la commune",
    "point": "la position",
    "postcode": "le code postal",
    "siren": "l’établissement de cette unité légale",
}


class Conclusion:
    """Draws the conclusion of findings given in order of strength."""

    def __init__(self, gazetteer: Gazetteer, members: Iterable[str]) -> None:
        self._gazetteer = gazetteer
        self._members = frozenset(str(code) for code in members)

    def of(self, findings: Sequence[Finding]) -> Attachment:
        """Narrow the places by each finding in turn; a finding that contradicts what stands is only told."""
        way, places, conflicts = self._narrow([finding for finding in findings if finding.places])
        if way is None:
            return self._unknown([finding for finding in findings if not finding.places])
        notes = [finding.problem for finding in findings if finding.problem and not finding.quiet]
        conflict = " ".join([*notes, *(self._disagreement(way, places, other) for other in conflicts)])
        if not any(place in self._members for place in places):
            return self._outside(way, places, conflict)
        if len(places) == 1:
            return Attachment("inside", commune=places[0], way=way, conflict=conflict)
        return self._ambiguous(way, places, conflict)

    def _narrow(self, findings: list[Finding]) -> tuple[Way | None, tuple[str, ...], list[Finding]]:
        way: Way | None = None
        places: tuple[str, ...] = ()
        conflicts: list[Finding] = []
        for finding in findings:
            common = self._common(places, finding.places) if way else finding.places
            if not common:
                conflicts.append(finding)
            elif way is None or len(common) < len(places):
                way, places = finding.way, common
        return way, places, conflicts

    def _common(self, places: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
        met = (self._meet(place, other) for place in places for other in others)
        return tuple(dict.fromkeys(place for place in met if place))

    def _meet(self, place: str, other: str) -> str | None:
        """The narrower of two places of which one holds the other; None where they are apart."""
        if place == other:
            return place
        for wide, narrow in ((place, other), (other, place)):
            if wide == ELSEWHERE and narrow not in self._members:
                return narrow
            if len(wide) < _COMMUNE_CODE_LENGTH and narrow != ELSEWHERE and narrow.startswith(wide):
                return narrow
        return None

    def _unknown(self, failures: list[Finding]) -> Attachment:
        told = [failure for failure in failures if failure.problem] or [_NOTHING]
        loud = [failure for failure in told if not failure.quiet] or told
        hints = tuple(dict.fromkeys(hint for failure in failures for hint in failure.hints))
        reason = " ".join(dict.fromkeys(failure.problem for failure in loud))
        if any(hint in self._members for hint in hints):
            meant = f"{reason} S’agit-il de{NO_BREAK}: {self.listed(hints)}{NARROW}?"
            return Attachment("ambiguous", way=loud[0].way, candidates=hints, reason=meant, remedy=loud[0].remedy)
        return Attachment("unknown", reason=reason, remedy=loud[0].remedy)

    def _outside(self, way: Way, places: tuple[str, ...], conflict: str) -> Attachment:
        where = "" if places == (ELSEWHERE,) else f"{NO_BREAK}: {self.listed(places)}"
        return Attachment("outside", way=way, reason=f"Hors de la métropole{where}.", conflict=conflict)

    def _ambiguous(self, way: Way, places: tuple[str, ...], conflict: str) -> Attachment:
        reason = f"Plusieurs lieux possibles d’après {_WAYS[way]}{NO_BREAK}: {self.listed(places)}."
        return Attachment(
            "ambiguous", way=way, candidates=places, reason=reason, remedy=evidence.GIVE_CODE, conflict=conflict
        )

    def _disagreement(self, way: Way, places: tuple[str, ...], other: Finding) -> str:
        kept = _WAYS[way]
        told = f"{kept[0].upper()}{kept[1:]} indique {self.listed(places)}"
        return f"{told}, mais {_WAYS[other.way]} indique {self.listed(other.places)}."

    def listed(self, places: tuple[str, ...]) -> str:
        """« Lille (59350), Roubaix (59512) », the first few of them."""
        told = ", ".join(self._describe(place) for place in places[:_TOLD])
        return told if len(places) <= _TOLD else f"{told}… ({len(places)} en tout)"

    def _describe(self, place: str) -> str:
        known = self._gazetteer.place(place)
        if known:
            return f"{known.name} ({place})"
        if place == ELSEWHERE:
            return "un lieu hors de la métropole"
        department = self._gazetteer.departments.get(place)
        return f"{department} ({place})" if department else f"commune {place}"
