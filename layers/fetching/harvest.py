"""All the units that the company-search API has for a question, whatever its page and result caps."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from layers.fetching.failure import FetchFailed
from layers.fetching.pages import Pages
from layers.fetching.query import Query
from layers.fetching.request import Request
from layers.fetching.units import UNREADABLE, Unit, reduced

PER_PAGE: Final = 25
CAP: Final = 10_000
"""Answers that the API gives to one question at most: ``page`` × ``per_page`` may not go beyond."""
ESTABLISHMENTS: Final = 100
"""Establishments that the API lists of one unit at most."""
COUNTED_EXACTLY: Final = 2_500
"""Below, the API counts what it has exactly; above, its count is an estimate and a gap proves nothing yet."""
ASKED: Final = {
    "per_page": str(PER_PAGE),
    "limite_matching_etablissements": str(ESTABLISHMENTS),
    "minimal": "true",
    "include": "siege,matching_etablissements,complements",
}
"""Neither directors nor accounts are asked for: no data on persons comes in."""


@dataclass(slots=True)
class Harvest:
    """The answers to a question and to its parts.

    Attributes
    ----------
    units : by SIREN, then in the order of the questions: a unit with establishments in several communes comes several
        times, each time with others.
    questions : label and number of units of each question that was read to its end.
    incomplete : in French, what could not be had.
    cut : SIREN of the units with as many establishments in one commune as the API lists, so that there may be more.
    """

    request: Request
    pages: Pages
    units: dict[str, list[Unit]] = field(default_factory=dict)
    questions: list[tuple[str, int]] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    cut: set[str] = field(default_factory=set)
    asked: int = 0

    def gather(self, query: Query) -> None:
        """Read *query* whole, or its parts where it has too many answers."""
        first = self._page(query, 1, 1)
        if first["total"] < CAP:
            self._read(query)
            return
        parts = query.parts()
        if not parts:
            self.incomplete.append(
                f"{query.label} : plus de {CAP} unités, que l’API ne donne pas toutes ; les {CAP} premières sont lues"
            )
            self._read(query)
            return
        self._gather_parts(query, parts)

    def _gather_parts(self, query: Query, parts: tuple[Query, ...]) -> None:
        if not query.splits_surely:
            self.incomplete.append(
                f"{query.label} : plus de {CAP} unités, lues par section d’activité ; celles dont l’activité n’est pas"
                " renseignée peuvent manquer"
            )
        for part in parts:
            self.gather(part)

    def _read(self, query: Query) -> None:
        """Read every page; once more where fewer units came than announced, pages being served unevenly."""
        found: dict[str, Unit] = {}
        announced = self._pass(query, 1, found)
        if len(found) < announced:
            announced = self._pass(query, 2, found)
        for unit in found.values():
            self.units.setdefault(unit["siren"], []).append(unit)
        self.questions.append((query.label, len(found)))
        if announced < CAP:
            self._settle(query, found, announced)
        if query.communes:
            self.cut.update(siren for siren, unit in found.items() if unit["cut"])

    def _settle(self, query: Query, found: dict[str, Unit], announced: int) -> None:
        """Ask smaller questions where units or establishments are missing and these may bring them; else say so."""
        short = len(found) < announced
        spread = not query.communes and any(unit["cut"] for unit in found.values())
        estimated = short and announced > COUNTED_EXACTLY
        if (spread or estimated) and query.splits_surely and query.parts():
            self._gather_parts(query, query.parts())
        elif short:
            self.incomplete.append(f"{query.label} : {len(found)} unités reçues sur {announced} annoncées")

    def _pass(self, query: Query, number: int, found: dict[str, Unit]) -> int:
        page = 1
        while True:
            answer = self._page(query, page, number)
            announced = int(answer["total"])
            for unit in answer["units"]:
                found.setdefault(unit["siren"], unit)
            if page * PER_PAGE >= min(announced, CAP) or not answer["units"]:
                return announced
            page += 1

    def _page(self, query: Query, page: int, number: int) -> dict[str, Any]:
        """One page, from the journal where it was received before."""
        params = {**query.filters, **ASKED, "page": str(page)}
        key = json.dumps([params, number], sort_keys=True)
        answer = self.pages.get(key)
        if answer is None:
            answer = _checked(self.request.client.json(f"{self.request.address.rstrip('/')}/search", params))
            self.pages.keep(key, answer)
        self.asked += 1
        self.request.tell(query.label, page, -(-min(answer["total"], CAP) // PER_PAGE) or 1)
        return answer


def _checked(answer: Any) -> dict[str, Any]:
    """Total and units of an answer, reduced to what is used.

    Raises
    ------
    FetchFailed
        Where it has not the form that the API describes.
    """
    try:
        total, results = answer["total_results"], answer["results"]
        if not isinstance(total, int) or not isinstance(results, list):
            raise TypeError("total_results, results")
        return {"total": total, "units": [reduced(result, ESTABLISHMENTS) for result in results]}
    except UNREADABLE as error:
        raise FetchFailed(
            f"la réponse du service n’a pas la forme qu’il publie ({error})",
            "Le service a sans doute changé : signaler ce message",
        ) from error
