"""Beneficiaries of files asked of the company-search API: by SIRET, SIREN and RNA number, then by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from layers import lookups
from layers.fetching import matches
from layers.fetching.failure import FetchFailed, Refused, Unreached, writing
from layers.fetching.matches import Match, match
from layers.fetching.request import Request
from layers.lock import FolderLock, StoreBusy
from layers.lookups import FOUND, Lookup
from layers.sought import NAME, Sought, asked_as, key

LOCK: Final = ".lock"
PER_PAGE: Final = 25
MOST_PAGES: Final = 10
"""Pages read to be sure that a name is the only one: beyond, it is not shown to be."""
ASKED: Final = {
    "per_page": str(PER_PAGE),
    "limite_matching_etablissements": "100",
    "minimal": "true",
    "include": "siege,matching_etablissements,complements",
}
"""Neither directors nor accounts are asked for: no data on persons comes in."""
BY_HAND: Final = (
    "À la main, d’un poste qui a accès à Internet : ouvrir https://annuaire-entreprises.data.gouv.fr dans un "
    "navigateur, y chercher chaque bénéficiaire, écrire sa commune ou son code postal dans une colonne du fichier, "
    "l’enregistrer, puis : ess import FICHIER ; ou y lancer : ess fetch recherche-entreprises --for FICHIER, et copier "
    "son dossier lookups ici, dans « {folder} »"
)


@dataclass(slots=True)
class Searched:
    """What came of a search: answers by outcome, one a beneficiary; what was asked now; names that were kept back."""

    outcomes: Counter[str] = field(default_factory=Counter)
    several: list[tuple[str, Lookup]] = field(default_factory=list)
    asked: int = 0
    kept_back: int = 0


@dataclass(slots=True)
class Search:
    """Questions to the API, each kept in the data folder as it is answered."""

    request: Request
    known: dict[str, Lookup]
    searched: Searched = field(default_factory=Searched)

    def of(self, one: Sought) -> Lookup | None:
        """The answer that knows a beneficiary, else one that says something; None where nothing may be asked."""
        told: Lookup | None = None
        for way, text in one.keys:
            found = self._known(way, text)
            if found.outcome == FOUND or found.siren:
                return found
            told = found if told is None or found.outcome != lookups.ABSENT else told
        return told

    def _known(self, way: str, text: str) -> Lookup:
        today = self.request.client.clock.now().date()
        kept = self.known.get(key(way, text))
        if kept is not None and kept.stands(today):
            return kept
        found = self._asked(way, text, today.isoformat())
        with writing(self.request.folder):
            lookups.keep(self.request.folder, found)
        self.known[found.key] = found
        self.searched.asked += 1
        return found

    def _asked(self, way: str, text: str, day: str) -> Lookup:
        try:
            found, whole = self._units(way, text)
        except Refused:
            if not self.searched.asked:  # the service refuses everything: it is no fault of this question
                raise
            found, whole = [], True
        return matches.answer(way, text, found, day, whole=whole)

    def _units(self, way: str, text: str) -> tuple[list[Match], bool]:
        """The units that answer, and whether no other can; a second unit of the same name is enough to stop."""
        found: list[Match] = []
        said = asked_as(text) if way == NAME else text
        for page in range(1, MOST_PAGES + 1):
            total, some = self._page(said, page)
            found += some
            exact = {one.siren for one in found if matches.is_exact(text, one)}
            if page * PER_PAGE >= total or not some or (way == NAME and len(exact) > 1):
                return found, page * PER_PAGE >= total or len(exact) > 1
            if way != NAME:
                break
        return found, way != NAME

    def _page(self, text: str, page: int) -> tuple[int, list[Match]]:
        address = f"{self.request.address.rstrip('/')}/search"
        return self.request.client.json(address, {"q": text, **ASKED, "page": str(page)}, _read)


def search(request: Request, wanted: Sequence[Sought]) -> Searched:
    """Ask for beneficiaries what is not known of them yet; the folder of *request* is the data folder.

    Raises
    ------
    FetchFailed
        Not all could be asked. What came is kept: the same call goes on from there.
    """
    with _held(request.folder):
        found = Search(request, lookups.read(request.folder))
        for done, one in enumerate(wanted):
            request.tell("Bénéficiaires cherchés", done, len(wanted))
            if one.kept_back:
                found.searched.kept_back += 1
            elif (told := found.of(one)) is not None:
                found.searched.outcomes[told.outcome] += 1
                if told.outcome == lookups.SEVERAL:
                    found.searched.several.append((one.keys[-1][1], told))
        request.tell("Bénéficiaires cherchés", len(wanted), len(wanted))
    return found.searched


@contextmanager
def _held(data_dir: Path) -> Iterator[None]:
    folder = data_dir / lookups.FOLDER
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with FolderLock(folder / LOCK).held(wait=0):
            yield
    except Unreached as error:
        raise FetchFailed(error.reason, f"{error.remedy} {BY_HAND.format(folder=folder)}") from error
    except StoreBusy as error:
        raise FetchFailed("une autre recherche est en cours", "Attendre qu’elle finisse, puis relancer") from error
    except PermissionError as error:
        raise FetchFailed(f"écriture interdite dans {folder}", "Vérifier les droits de ce dossier") from error


def _read(answer: Mapping[str, Any]) -> tuple[int, list[Match]]:
    total, results = answer["total_results"], answer["results"]
    if not isinstance(total, int) or not isinstance(results, list):
        raise TypeError("total_results, results")
    return total, [match(result) for result in results]
