"""What is asked of each of two releases, and what of an answer must be the same: all but the moment it was made."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Final
from unittest import mock
from urllib.parse import urlencode

from flask.testing import FlaskClient
from pypdf import PdfReader

from app import create_server
from dashboard.api.routes import ROUTES
from dashboard.exports import EXPORTERS
from dashboard.exports.contents import FORMS
from dashboard.gate import FIELD
from dashboard.settings import Settings
from geodata.perimeter import PERIMETERS
from geodata.territories import TERRITORIES
from layers import current, measure
from layers.ess import FAMILIES, SECTORS
from layers.release import Release
from layers.secrecy.superseded import under_secrecy
from layers.series import LEVELS
from tests.attacks.rooms import windows
from tests.dashboard.opened import administrator
from tests.page_views import VIEWS

MOMENT: Final = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00)?")
OWN: Final = re.compile(rb'(?<=name="%b" value=")[0-9a-f]+|(?<="end_id":")[^"]+' % FIELD.encode())
"""What is of an answer and of no release: the token of a form, the mark that Dash draws."""
PACK: Final = re.compile(r'/pack/[^"&]+\.json\?v=\w+')
MACHINE: Final = re.compile(rb"D:\d{14}\S*|(?<=IndirectObject\()(\d+, \d+), \d+")
"""In the objects of a document: its moment, and where they stand in the memory of who reads them."""
AROUND: Final = 120
"""Bytes shown on each side of a difference."""
HEADERS: Final = ("Content-Type", "Content-Disposition", "ETag", "Cache-Control")


def secret(release: Release) -> list[str]:
    """Indicators that are made of what secrecy may hide."""
    return [key for key, one in release.indicators.items() if under_secrecy(one) and measure.available(release, key)]


def few(release: Release) -> Iterator[str]:
    """A selection that takes seconds: each way out once."""
    jobs, *others = secret(release)
    yield from ("/health", "/methode", "/territoire/3", "/suivi", "/financements?need=jobs", "/search?q=emplois")
    for key in (jobs, *others):
        yield f"/api/v1/indicators/{key}?level=commune"
    yield f"/api/v1/indicators/{jobs}?compare=2022&sector=commerce"
    yield from ("/api/v1/releases", "/api/v1/indicators", f"/api/v1/indicators/{jobs}?origin=1")
    yield from (f"/api/v1/indicators/{key}/origin?area=3&sector=commerce" for key in (jobs, *others))
    yield f"/origine?indicator={jobs}&area=3&family=fondation"
    yield f"/carte?indicator={jobs}&level=commune"
    yield f"/carte?indicator={others[0]}&circles=1"
    yield "/comparer?areas=3,8,59512&indicator=ess_job_share"
    yield "/territoire/5.pptx"
    yield from (f"/export/{form}?indicator={jobs}&level=commune" for form in ("xlsx", "gpkg", "geojson", "svg"))


def every(release: Release) -> Iterator[str]:
    """All that is public and may tell posts: every page, answer and file, by cut, year, perimeter and place."""
    yield from few(release)
    yield from (address for views in VIEWS.values() for address in views)
    yield from (f"/api/v1{route.path}" for route in ROUTES.values() if "{" not in route.path)
    keys = secret(release)
    for key, level in product(keys, LEVELS):
        asked: list[dict[str, str]] = [{"year": str(year)} for year in measure.years(release, key)]
        asked += [{"perimeter": str(one)} for one in PERIMETERS]
        asked += [{"sector": one} for one in SECTORS] + [{"family": one} for one in FAMILIES]
        asked += [{"sector": "commerce,construction", "family": "association"}, {"compare": "2021"}]
        for one in asked:
            query = urlencode({"level": level, **one})
            yield f"/api/v1/indicators/{key}?{query}"
            yield f"/carte?{urlencode({'indicator': key})}&{query}"
        for more in ("", "&method=jenks", "&method=equal", "&circles=1", "&scale=year", "&mode=projection", "&lang=en"):
            yield f"/carte?indicator={key}&level={level}{more}"
        yield f"/table?indicator={key}&level={level}"
        yield f"/structures?indicator={key}&level={level}"
        yield from (f"/export/{form}?indicator={key}&level={level}" for form in EXPORTERS)
        yield from (f"/carte?indicator={key}&level={level}&with={other}" for other in keys if other != key)
        yield f"/comparer?indicator={key}&areas=3,8,59512,mel"
        yield from (f"/contester?indicator={key}&place={place}" for place in ("mel", "3", "59512"))
    places = ("mel", *TERRITORIES, "59350", "59512", "59025", "59648")
    for key, place in product(keys, places):
        for cut in (
            {},
            {"sector": "commerce"},
            {"sector": "sante-humaine", "family": "fondation"},
            {"perimeter": "85"},
        ):
            query = urlencode({"area": place, **cut})
            yield f"/api/v1/indicators/{key}/origin?{query}"
            yield f"/origine?indicator={key}&{query}"
    yield from (f"/territoire/{place}" for place in places)
    yield from (f"/territoire/{place}.{form}" for place in ("mel", "5", "59512") for form in FORMS)
    yield from (f"/{page}.{form}" for page in ("comparer", "financements", "suivi") for form in FORMS)
    yield from (f"/diagnostic/{place}" for place in places)


def differences(pair: tuple[Release, Release], addresses: Sequence[str], folder: Path) -> tuple[int, list[str]]:
    """How many answers were compared, and those that differ, each with the first place where it does."""
    one, other = pair
    kept = {address: zlib.compress(body, 1) for address, body in answers(one, addresses, folder)}
    found, seen = [], 0
    for address, body in answers(other, addresses, folder):
        seen += 1
        before = zlib.decompress(kept[address]) if address in kept else b""
        if before != body:
            found.append(f"{address}\n  {_where(before, body)}")
    if seen != len(kept):
        found.append(f"{len(kept)} answers, then {seen}")
    return seen, found


def _where(before: bytes, after: bytes) -> str:
    pairs = enumerate(zip(before, after, strict=False))
    at = next((i for i, (one, other) in pairs if one != other), min(len(before), len(after)))
    return " | ".join(
        repr(text[max(0, at - AROUND) : at + AROUND].decode(errors="replace")) for text in (before, after)
    )


def answers(release: Release, addresses: Iterable[str], folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each address, packs of maps, charts of Dash and windows of a meeting besides, and what each of them answers."""
    with mock.patch.object(current.demonstration, "release", lambda: release):
        client = create_server(Settings(data_dir=folder)).test_client()
        packs: set[str] = set()
        for address in dict.fromkeys(addresses):
            body = _answer(client, address)
            yield address, body
            if address.startswith("/carte"):
                new = {*PACK.findall(body.decode(errors="replace"))} - packs
                yield from ((pack, _answer(client, pack)) for pack in sorted(new))
                packs |= new
                query = address.partition("?")[2]
                yield f"charts of {query}", _charts(client, query)
        led = administrator(Settings(data_dir=folder))
        yield from ((told, plain(body)) for told, body in windows(led, secret(release)[:1]))


def _answer(client: FlaskClient, address: str) -> bytes:
    answer = client.get(address)
    told = "\n".join(f"{name}: {answer.headers.get(name)}" for name in HEADERS)
    return f"{answer.status_code}\n{told}\n".encode() + plain(answer.data)


def _charts(client: FlaskClient, query: str) -> bytes:
    asked = {
        "output": "charts.children",
        "outputs": {"id": "charts", "property": "children"},
        "inputs": [{"id": "view", "property": "data", "value": query}],
        "changedPropIds": ["view.data"],
    }
    return plain(client.post("/_dash-update-component", json=asked).data)


def plain(content: bytes) -> bytes:
    """What a file says: members of an archive, workbooks within included, rows of a database, text of a document."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"\n".join(name.encode() + b"\n" + plain(archive.read(name)) for name in sorted(archive.namelist()))
    if content.startswith(b"%PDF"):
        return b"\n".join(_of_document(PdfReader(io.BytesIO(content))))
    if content.startswith(b"SQLite format 3"):
        base = sqlite3.connect(":memory:")
        base.deserialize(content)
        return MOMENT.sub(b"", "\n".join(base.iterdump()).encode())
    return OWN.sub(b"", MOMENT.sub(b"", content))


def _of_document(reader: PdfReader) -> Iterator[bytes]:
    """Text, drawings and alternative texts: every object of the document, its moment apart."""
    for page in reader.pages:
        yield page.extract_text().encode()
        if (drawn := page.get_contents()) is not None:
            yield drawn.get_data()
    for number in sorted(reader.xref.get(0, {})):
        found = reader.get_object(number)
        yield MACHINE.sub(b"", MOMENT.sub(b"", str(found).encode()))
        if hasattr(found, "get_data"):
            yield found.get_data()
