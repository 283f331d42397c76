"""The sources that ``ess fetch`` knows, and the one function that brings one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urljoin

from layers.fetching import boundaries, companies, portal, record
from layers.fetching.client import Client
from layers.fetching.failure import FetchFailed, Unreached, writing
from layers.fetching.progress import SILENT, Tell
from layers.fetching.query import EPCI
from layers.fetching.request import Request
from layers.lock import FolderLock, StoreBusy

LOCK: Final = ".ess-fetch.lock"


@dataclass(frozen=True, slots=True)
class Source:
    """One official source: what it is in French, the service that has it, what brings it.

    *imported* tells whether ``ess import`` reads its files; *page* is where a browser finds them, after the address of
    the service, and *by_hand* what is to be done there.
    """

    name: str
    title: str
    service: str
    bring: Callable[[Request], list[Path]]
    page: str
    by_hand: str
    imported: bool = True


@dataclass(frozen=True, slots=True)
class Fetched:
    """One file in place, and its manifest."""

    path: Path
    manifest: Mapping[str, Any]

    @property
    def incomplete(self) -> list[str]:
        """What is missing of it or cannot be shown not to be, in French."""
        return list(self.manifest["incomplete"])


SOURCES: Final[Mapping[str, Source]] = {
    source.name: source
    for source in (
        Source(
            "recherche-entreprises",
            "unités de l’ESS de la métropole (API)",
            "companies",
            companies.fetch,
            f"https://www.data.gouv.fr{portal.PAGE}{portal.LIST}/",
            "y télécharger la liste des entreprises de l’ESS, qui tient lieu de cette API, puis : ess import FICHIER",
        ),
        Source(
            "sirene",
            "stock mensuel Sirene, Parquet (environ 3 Go)",
            "portal",
            portal.sirene,
            f"{portal.PAGE}{portal.STOCK}/",
            "y télécharger StockUniteLegale et StockEtablissement du même mois (Parquet), puis : ess import des deux"
            " fichiers",
        ),
        Source(
            "ess-france",
            "liste des entreprises de l’ESS",
            "portal",
            portal.ess_france,
            f"{portal.PAGE}{portal.LIST}/",
            "y télécharger la liste (CSV), puis : ess import FICHIER",
        ),
        Source(
            "boundaries",
            "contours et populations des communes",
            "geography",
            boundaries.fetch,
            f"/epcis/{EPCI}/communes?{urlencode(boundaries.QUERY)}",
            f"enregistrer la page sous le nom communes_{EPCI}.geojson ; elle se compare aux communes embarquées, et ne"
            " s’importe pas",
            imported=False,
        ),
    )
}


def fetch(name: str, address: str, folder: Path, client: Client, tell: Tell = SILENT) -> list[Fetched]:
    """Bring the source *name* of `SOURCES` into *folder*, which is made where it is missing.

    Parameters
    ----------
    address : base address of the service.
    client : what makes the requests.
    tell : told of the progress.

    Raises
    ------
    FetchFailed
        Not all could be brought. What came is kept: the same call goes on from there.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with FolderLock(folder / LOCK).held(wait=0):
            paths = SOURCES[name].bring(Request(name, address, folder, client, tell))
    except Unreached as error:
        raise FetchFailed(error.reason, f"{error.remedy} {_by_hand(SOURCES[name], address)}") from error
    except StoreBusy as error:
        raise FetchFailed(f"une autre récupération est en cours dans {folder}", "Attendre qu’elle finisse") from error
    except PermissionError as error:
        raise FetchFailed(f"écriture interdite dans {folder}", "Vérifier ses droits, ou changer --out") from error
    return [Fetched(path, record.manifest(path)) for path in paths]


def _by_hand(source: Source, address: str) -> str:
    """How to have the files without this command."""
    page = urljoin(f"{address.rstrip('/')}/", source.page)
    return (
        f"À la main, d’un poste qui a accès à Internet : ouvrir {page} dans un navigateur, {source.by_hand} ;"
        " ou y lancer la même commande, et copier le dossier reçu"
    )
