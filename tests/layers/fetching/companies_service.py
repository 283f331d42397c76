"""The company-search API as published: filters, page and result caps, refusals; over units that do not exist."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from geodata.names import normalise
from layers.fetching.query import EPCI, SECTIONS
from layers.identifiers import luhn
from tests.layers.fetching.server import Answer, Asked, json_answer
from tests.layers.readers.fictitious import siren

PARAMETERS = frozenset(
    (
        *("est_ess", "etat_administratif", "epci", "code_commune", "nature_juridique", "section_activite_principale"),
        *("q", "page", "per_page", "limite_matching_etablissements", "minimal", "include"),
    )
)
"""Those of the published description that are used; another is refused."""
COMMUNES = ("59350", "59512", "59599", "59009", "59328", "59025")
ELSEWHERE = "59606"
CATEGORIES = ("9220", "9220", "9220", "9260", "9300", "5458", "5710", "8210", "7344")
ACTIVITIES = ("88.99B", "94.99Z", "85.59A", "90.01Z", "47.11F", "86.10Z")
SECTION = {"88": "Q", "94": "S", "85": "P", "90": "R", "47": "G", "86": "Q"}


def establishment(number: int, order: int, commune: str, **changes: Any) -> dict[str, Any]:
    """As the component ``etablissement`` of the description."""
    return {
        "siret": _siret(number, order),
        "activite_principale": ACTIVITIES[number % len(ACTIVITIES)],
        "activite_principale_naf25": "88.99H",
        "etat_administratif": "A",
        "est_siege": order == 1,
        "commune": commune,
        "epci": EPCI if commune != ELSEWHERE else "200042190",
        "libelle_commune": "COMMUNE D’ESSAI",
        "code_postal": "59000",
        "adresse": "1 RUE DE L’ESSAI",
        "date_creation": "2015-03-02",
        "latitude": "50.6292",
        "longitude": "3.0573",
        "liste_enseignes": None,
        "nom_commercial": None,
        "statut_diffusion_etablissement": "O",
        "tranche_effectif_salarie": "11",
        "caractere_employeur": "O",
        **changes,
    }


def _siret(number: int, order: int) -> str:
    head = f"{siren(number)}{order:04d}"
    return next(head + key for key in "0123456789" if luhn(head + key))


def unit(number: int, communes: Sequence[str] = ("59350",), **changes: Any) -> dict[str, Any]:
    """As the component ``result``, with all its establishments under ``_all``."""
    found = [establishment(number, order + 1, commune) for order, commune in enumerate(communes)]
    ape = found[0]["activite_principale"]
    return {
        "siren": siren(number),
        "nom_complet": f"ASSOCIATION D’ESSAI {number}",
        "nom_raison_sociale": f"ASSOCIATION D’ESSAI {number}",
        "sigle": None,
        "nombre_etablissements": len(found),
        "nombre_etablissements_ouverts": len(found),
        "activite_principale": ape,
        "section_activite_principale": SECTION[ape[:2]],
        "etat_administratif": "A",
        "nature_juridique": CATEGORIES[number % len(CATEGORIES)],
        "statut_diffusion": "O",
        "tranche_effectif_salarie": "11",
        "complements": {"est_ess": True, "identifiant_association": None},
        "_all": found,
        **changes,
    }


def units(count: int, seed: int = 1) -> list[dict[str, Any]]:
    drawn = random.Random(seed)  # noqa: S311
    found = []
    for number in range(1, count + 1):
        places = drawn.choices((*COMMUNES, ELSEWHERE), k=drawn.choice((1, 1, 1, 2, 3)))
        found.append(unit(number, places))
    return found


class Companies:
    """The path ``/search``; *cap* is the number of answers that one question may have."""

    def __init__(self, found: Sequence[dict[str, Any]], cap: int = 10_000) -> None:
        self.units = sorted(found, key=lambda one: one["siren"])
        self.cap = cap
        self._found: dict[str, list[tuple[dict[str, Any], list[dict[str, Any]]]]] = {}

    def __call__(self, asked: Asked) -> Answer:
        query = asked.query
        if unknown := set(query) - PARAMETERS:
            return _wrong(f"paramètre inconnu {unknown}")
        page, per_page = int(query.get("page", 1)), int(query.get("per_page", 10))
        if not 1 <= per_page <= 25:
            return _wrong("Veuillez indiquer un paramètre `per_page` entre `1` et `25`, par défaut `10`.")
        if page * per_page > self.cap:
            return _wrong("Le nombre total de résultats est restreint à 10 000.")
        if len(query.get("q", "trois")) < 3:
            return _wrong("3 caractères minimum pour les termes de la requête")
        if set(query.get("section_activite_principale", "A").split(",")) - set(SECTIONS):
            return _wrong("section_activite_principale est non valide.")
        found = self._search({name: value for name, value in query.items() if name not in ("page", "per_page")})
        total = min(len(found), self.cap)
        shown = found[(page - 1) * per_page : page * per_page]
        limit = int(query.get("limite_matching_etablissements", 10))
        return json_answer(
            {
                "results": [_result(one, some[:limit]) for one, some in shown],
                "total_results": total,
                "page": page,
                "per_page": per_page,
                "total_pages": -(-total // per_page),
            }
        )

    def _search(self, query: dict[str, str]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
        key = str(sorted(query.items()))
        if key not in self._found:
            told = [one for one in self.units if self._answers(one, query)]
            self._found[key] = [(one, some) for one in told if (some := _matching(one, query))]
        return self._found[key]

    def _answers(self, one: dict[str, Any], query: dict[str, str]) -> bool:
        return (
            _is_sought(one, query.get("q"))
            and (query.get("est_ess") != "true" or one["complements"]["est_ess"])
            and query.get("etat_administratif", one["etat_administratif"]) == one["etat_administratif"]
            and _among(query.get("nature_juridique"), one["nature_juridique"])
            and _among(query.get("section_activite_principale"), one["section_activite_principale"])
        )


def _is_sought(one: dict[str, Any], text: str | None) -> bool:
    """By SIREN, SIRET, RNA number, or all the words of a name."""
    if text is None:
        return True
    numbers = {one["siren"], one["complements"]["identifiant_association"], *(it["siret"] for it in one["_all"])}
    return text in numbers or set(normalise(text).split()) <= set(normalise(one["nom_complet"]).split())


def _among(asked: str | None, value: str | None) -> bool:
    return asked is None or value in asked.split(",")


def _matching(one: dict[str, Any], query: dict[str, str]) -> list[dict[str, Any]]:
    return [
        found
        for found in one["_all"]
        if _among(query.get("epci"), found["epci"]) and _among(query.get("code_commune"), found["commune"])
    ]


def _result(one: dict[str, Any], matching: list[dict[str, Any]]) -> dict[str, Any]:
    """``minimal`` and ``include`` honoured: no directors, no accounts."""
    shown = {name: value for name, value in one.items() if not name.startswith("_")}
    return {**shown, "siege": one["_all"][0], "matching_etablissements": matching}


def _wrong(text: str) -> Answer:
    return json_answer({"erreur": text}, 400)
