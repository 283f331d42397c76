"""Sirene's monthly stock and the list of ESS France: which file of the portal is which, brought and checked."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from layers.fetching import record
from layers.fetching.catalogue import Dataset, Resource, dataset
from layers.fetching.download import Download
from layers.fetching.failure import FetchFailed, writing
from layers.fetching.record import Record
from layers.fetching.request import Request

STOCK: Final = "base-sirene-des-entreprises-et-de-leurs-etablissements-siren-siret"
POSITIONS: Final = "geolocalisation-des-etablissements-du-repertoire-sirene-pour-les-etudes-statistiques"
PAGE: Final = "/fr/datasets/"
LIST: Final = "liste-des-entreprises-de-less"
_WORDS: Final = r"(?i).*(?<![a-z]){}(?![a-z]).*"
_DATE = re.compile(r"(?i)(\d{1,2}(?:er)?\s+[a-zéû]+\s+20\d{2}|\d{1,2}/\d{1,2}/20\d{2}|20\d{2}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file sought in a data set: by a pattern of its title and its format; *name* is the one given to it here."""

    slug: str
    pattern: str
    form: str
    name: str


SIRENE: Final = (
    Wanted(STOCK, _WORDS.format("StockUniteLegale"), "parquet", "StockUniteLegale_utf8.parquet"),
    Wanted(STOCK, _WORDS.format("StockEtablissement"), "parquet", "StockEtablissement_utf8.parquet"),
    Wanted(
        POSITIONS,
        r"(?i).*g[ée]olocalisation.*",
        "parquet",
        "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.parquet",
    ),
)
ESS_FRANCE: Final = Wanted(LIST, r"(?i).*entreprises?.*", "csv", "ess-france_{month}.csv")


def sirene(request: Request) -> list[Path]:
    """Bring legal units, establishments and positions, Parquet, of the same month."""
    sets = {slug: dataset(request.client, request.address, slug) for slug in (STOCK, POSITIONS)}
    chosen = [(sets[wanted.slug], choose(sets[wanted.slug], wanted), wanted.name) for wanted in SIRENE]
    _check_same_month([resource for _set, resource, _name in chosen[:2]])
    return [_bring(request, *found) for found in chosen]


def ess_france(request: Request) -> list[Path]:
    """Bring the list of ESS France, named by the month in which it was last changed."""
    found = dataset(request.client, request.address, LIST)
    resource = choose(found, ESS_FRANCE)
    name = ESS_FRANCE.name.format(month=record.month(resource.modified or request.client.clock.now()))
    return [_bring(request, found, resource, name)]


def choose(found: Dataset, wanted: Wanted) -> Resource:
    """The file sought: the latest of those that have the title and the format.

    Raises
    ------
    FetchFailed
        None has them, or several without a date to choose by.
    """
    fitting = [
        resource
        for resource in found.resources
        if resource.form == wanted.form and re.fullmatch(wanted.pattern, resource.title)
    ]
    if not fitting:
        titles = ", ".join(f"« {resource.title} » ({resource.form})" for resource in found.resources[:8])
        raise FetchFailed(
            f"aucun fichier {wanted.form} attendu dans « {found.title} »",
            f"Fichiers publiés : {titles or 'aucun'}. Télécharger à la main celui qu’il faut, ou signaler ce message",
        )
    latest = max((one.modified for one in fitting if one.modified), default=None)
    newest = [one for one in fitting if one.modified == latest]
    if len(newest) > 1:
        titles = ", ".join(f"« {resource.title} »" for resource in fitting)
        raise FetchFailed(
            f"plusieurs fichiers possibles dans « {found.title} » : {titles}",
            f"Télécharger à la main celui qu’il faut sur {found.address}",
        )
    return newest[0]


def _check_same_month(stocks: Sequence[Resource]) -> None:
    """Titles carry the date of the stock: two dates, and the portal is being updated."""
    dates = [match[1].lower() for stock in stocks if (match := _DATE.search(stock.title))]
    if len(dates) == len(stocks) and len(set(dates)) > 1:
        raise FetchFailed(
            f"le portail publie des stocks de dates différentes ({' et '.join(dates)})",
            "La mise à jour mensuelle est en cours : relancer demain",
        )


def _bring(request: Request, found: Dataset, resource: Resource, name: str) -> Path:
    target = request.folder / name
    if _is_there(target, resource):
        request.client.note(f"{name} est déjà là, tel que le portail le publie")
        return target
    began = request.client.clock.now()
    look = _look_parquet if resource.form == "parquet" else _look_text
    sha256 = Download(request.client, resource.url, target, resource.expected, look, request.tell).bring()
    with writing(request.folder):
        record.write(
            request.folder,
            Record(
                file=name,
                source=request.source,
                title=f"{found.title} — {resource.title}",
                publisher=found.publisher,
                licence=found.licence,
                address=resource.url,
                query={"dataset": found.address},
                retrieved=began.isoformat(timespec="seconds"),
                sha256=sha256,
                bytes=target.stat().st_size,
                rows=_rows(target),
                details=_published(resource),
            ),
        )
    return target


def _published(resource: Resource) -> dict[str, str | None]:
    expected = resource.expected
    checked = f"{expected.algorithm}:{expected.digest}" if expected.digest else None
    return {"published": resource.modified.isoformat() if resource.modified else None, "checksum": checked}


def _is_there(target: Path, resource: Resource) -> bool:
    """Whether the very file that the portal describes was brought before: same published digest, same bytes."""
    published = _published(resource)
    try:
        with target.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return False
    said = record.read(target, sha256)
    return bool(published["checksum"] and said and said.get("details") == published)


def _look_parquet(path: Path) -> str | None:
    try:
        pq.read_metadata(path)
    except (pa.ArrowException, ValueError):
        return "ce n’est pas un fichier Parquet lisible"
    return None


def _look_text(path: Path) -> str | None:
    """A page of error or of welcome is sent as a file by some networks."""
    with path.open("rb") as file:
        head = file.read(512).lstrip().lower()
    return "c’est une page web, non un fichier de données" if head.startswith((b"<!doctype", b"<html")) else None


def _rows(target: Path) -> int:
    """Rows of a Parquet file or records of a CSV, its header apart."""
    if target.suffix == ".parquet":
        return int(pq.read_metadata(target).num_rows)
    with target.open(encoding="utf-8", errors="replace", newline="") as lines:
        return max(0, sum(1 for _record in csv.reader(lines)) - 1)
