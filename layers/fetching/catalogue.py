"""Files of the national open-data portal, found by its API (``/api/1/datasets/{slug}/``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from layers.fetching.client import Client
from layers.fetching.download import ALGORITHMS, Expected
from layers.fetching.failure import FetchFailed

LICENCES: Final = {
    "lov2": "Licence Ouverte 2.0",
    "fr-lo": "Licence Ouverte",
    "odc-odbl": "ODbL",
    "notspecified": "Licence non précisée par le portail",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of a data set, as the portal describes it."""

    title: str
    form: str
    url: str
    expected: Expected
    modified: date | None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set of the portal: its address, title, publisher, licence and files."""

    address: str
    title: str
    publisher: str
    licence: str
    resources: tuple[Resource, ...]


def dataset(client: Client, base: str, slug: str) -> Dataset:
    """Describe the data set *slug*.

    Raises
    ------
    FetchFailed
        Unreachable, unknown, or an answer that is no data set.
    """
    address = f"{base.rstrip('/')}/api/1/datasets/{slug}/"
    found: Any = client.json(address)
    if not isinstance(found, dict) or not isinstance(found.get("resources"), list):
        raise FetchFailed(f"{address} ne décrit pas un jeu de données", "Vérifier l’adresse du portail (--address)")
    organization = found.get("organization")
    publisher = organization.get("name") if isinstance(organization, dict) else None
    licence = str(found.get("license") or "notspecified")
    resources = (_resource(address, entry) for entry in found["resources"] if isinstance(entry, dict))
    return Dataset(
        address,
        str(found.get("title") or slug),
        str(publisher or "Producteur non précisé par le portail"),
        LICENCES.get(licence, licence),
        tuple(resource for resource in resources if resource),
    )


def _resource(address: str, entry: Mapping[str, Any]) -> Resource | None:
    """The file of an entry; None where it has no address that can be read."""
    url = urljoin(address, str(entry.get("url") or ""))
    if not entry.get("url") or urlsplit(url).scheme not in ("http", "https"):
        return None
    return Resource(
        " ".join(str(entry.get("title") or "").split()),
        str(entry.get("format") or "").lower(),
        url,
        _expected(entry),
        _day(entry.get("last_modified")),
    )


def _expected(entry: Mapping[str, Any]) -> Expected:
    size, checksum = entry.get("filesize"), entry.get("checksum")
    known = isinstance(size, int) and not isinstance(size, bool) and size > 0
    bytes_ = size if known else None
    if isinstance(checksum, dict) and checksum.get("type") in ALGORITHMS and isinstance(checksum.get("value"), str):
        return Expected(bytes_, checksum["type"], checksum["value"].lower())
    return Expected(bytes_)


def _day(text: object) -> date | None:
    try:
        return datetime.fromisoformat(str(text)).date()
    except ValueError:
        return None
