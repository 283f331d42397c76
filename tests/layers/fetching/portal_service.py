"""The national portal's API of data sets, with files small enough for a test."""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from layers.fetching import portal
from layers.sirene.columns import ESTABLISHMENTS, POSITIONS, STOCKS, UNITS
from tests.layers.fetching.server import Answer, Asked, Server, json_answer
from tests.layers.readers.fictitious import siren

PIECE = 1 << 13
TITLES = {
    UNITS: "Sirene : Fichier StockUniteLegale - 01 novembre 2026 (format parquet)",
    ESTABLISHMENTS: "Sirene : Fichier StockEtablissement - 01 novembre 2026 (format parquet)",
    POSITIONS: "Sirene : Fichier géolocalisation établissements - 10 novembre 2026 (format parquet)",
}
LIST = (
    "SIREN,Nom ou raison sociale de l'entreprise,Famille juridique de l'entreprise,Code postal,"
    "Libellé de la commune de l'établissement,Code du département de l'établissement,"
    "Département de l'établissement,Région de l'établissement\n"
    f"{siren(1)},ASSOCIATION D'ESSAI,Associations,59000,LILLE,59,NORD,HAUTS-DE-FRANCE\n"
).encode()


def parquet(kind: str, rows: int = 3) -> bytes:
    """A stock file with the required columns only."""
    table = pa.table({name: pa.array([f"{row}" for row in range(rows)]) for name in STOCKS[kind].required})
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


def entry(title: str, form: str, url: str, content: bytes, **changes: Any) -> dict[str, Any]:
    """A resource as the portal describes it."""
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    return {
        "id": "00000000-0000-0000-0000-000000000000",
        "title": title,
        "format": form,
        "type": "main",
        "filetype": "file",
        "url": url,
        "filesize": len(content),
        "checksum": {"type": "sha1", "value": digest},
        "last_modified": "2026-11-01T09:30:45.065000+00:00",
        **changes,
    }


class Portal:
    """Data sets by slug, each a list of entries; files by path, ranges honoured."""

    def __init__(self, server: Server, rows: int = 3, drip: float = 0.0) -> None:
        self.drip = drip
        self.server = server
        self.sets: dict[str, list[dict[str, Any]]] = {}
        self.files: dict[str, bytes] = {}
        contents = {kind: parquet(kind, rows) for kind in TITLES}
        for kind, slug in ((UNITS, portal.STOCK), (ESTABLISHMENTS, portal.STOCK), (POSITIONS, portal.POSITIONS)):
            self.add(slug, TITLES[kind], "parquet", f"/files/{kind}.parquet", contents[kind])
        self.add(portal.STOCK, TITLES[UNITS].replace("(format parquet)", ""), "zip", "/files/unites.zip", b"PK")
        history = TITLES[ESTABLISHMENTS].replace("StockEtablissement", "StockEtablissementHistorique")
        self.add(portal.STOCK, history, "parquet", "/files/history.parquet", contents[UNITS])
        self.add(portal.LIST, "liste-des-entreprises-de-less.csv", "csv", "/files/ess.csv", LIST)

    def add(self, slug: str, title: str, form: str, path: str, content: bytes, **changes: Any) -> None:
        self.files[path] = content
        self.sets.setdefault(slug, []).append(entry(title, form, path, content, **changes))
        self.server.routes[f"/api/1/datasets/{slug}/"] = lambda _asked: json_answer(self._described(slug))
        self.server.routes[path] = self._file

    def _described(self, slug: str) -> dict[str, Any]:
        return {
            "title": f"Jeu {slug}",
            "license": "lov2",
            "organization": {"name": "Producteur d’essai"},
            "resources": self.sets[slug],
        }

    def _file(self, asked: Asked) -> Answer:
        content = self.files[asked.path]
        validators = {"ETag": f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'}
        match = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("Range", ""))
        if match is None or asked.headers.get("If-Range") not in (None, validators["ETag"]):
            return Answer(200, content, validators, drip=self.drip, piece=PIECE)
        start = int(match[1])
        told = f"bytes {start}-{len(content) - 1}/{len(content)}"
        return Answer(206, content[start:], {**validators, "Content-Range": told}, drip=self.drip, piece=PIECE)
