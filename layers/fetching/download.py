"""One large file over the network: resumed where it stopped, checked, put in place whole."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import requests

from layers import durable
from layers.fetching.client import Again, Client
from layers.fetching.failure import Exhausted, FetchFailed, writing
from layers.fetching.progress import SILENT, Tell

PARTIAL: Final = 206
UNSATISFIABLE: Final = 416
WINDOW, SLOWEST = 60.0, 1024
"""Seconds over which fewer than so many bytes a second is no download."""
MARGIN: Final = 64 << 20
ALGORITHMS: Final = ("sha256", "sha1", "sha512", "md5")
_CONTENT_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the portal says of a file: bytes, and a digest by one of `ALGORITHMS`; None where it does not say."""

    size: int | None = None
    algorithm: str | None = None
    digest: str | None = None


@dataclass(slots=True)
class Download:
    """One file being brought: *aside* receives it, *notes* says of which edition these bytes are.

    *look* says in French what is wrong with the content received, None where nothing is.
    """

    client: Client
    url: str
    target: Path
    expected: Expected
    look: Callable[[Path], str | None] = lambda _path: None
    tell: Tell = SILENT

    @property
    def aside(self) -> Path:
        """The bytes received so far."""
        return self.target.with_name(f".{self.target.name}.part")

    @property
    def notes(self) -> Path:
        """Address, validators and expected digest of the bytes received so far."""
        return self.target.with_name(f".{self.target.name}.part.json")

    def bring(self) -> str:
        """Bring the file and put it in place; return its sha256.

        Raises
        ------
        FetchFailed
            Refused, cut without end, not the file that the portal describes, or no room for it.
        """
        self._check_room()
        for last in (False, True):
            self._receive()
            sha256, fault = self._examined()
            if fault is None:
                self._settle()
                return sha256
            self._drop()
            if last:
                raise FetchFailed(
                    f"{self.target.name} : {fault}",
                    "Le portail se met peut-être à jour : relancer plus tard",
                )
            self.client.note(f"{self.target.name} : {fault}, téléchargé à nouveau en entier")
        raise AssertionError("unreachable")

    def _receive(self) -> None:
        """Attempts are counted anew each time some bytes have come."""
        while True:
            had = self._have()
            try:
                self.client.persist(self.url, self._once)
            except Exhausted:
                if self._have() <= had:
                    raise
            else:
                return

    def _once(self) -> None:
        with writing(self.target.parent):
            have = self._resumable()
        headers = {"Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
            if validator := _validator(self._noted()):
                headers["If-Range"] = validator
        with self.client.opened(self.url, headers=headers) as response:
            if response.status_code == UNSATISFIABLE:
                self._beyond(response, have)
            elif response.status_code == PARTIAL and have:
                self._check_continues(response, have)
                self._append(response, have)
            else:
                self._begin(response)

    def _begin(self, response: requests.Response) -> None:
        with writing(self.target.parent):
            self.aside.unlink(missing_ok=True)
            durable.write(self.notes, json.dumps(self._description(response.headers)).encode())
        self._append(response, 0)

    def _append(self, response: requests.Response, have: int) -> None:
        of = _whole_size(response) or self.expected.size
        clock = self.client.clock
        began, received = clock.monotonic(), 0
        with writing(self.target.parent), self.aside.open("ab") as file:
            for piece in self.client.pieces(response, decoded=False):
                file.write(piece)
                have, received = have + len(piece), received + len(piece)
                self.tell(self.target.name, have, of)
                if (now := clock.monotonic()) - began > WINDOW:
                    if received < SLOWEST * (now - began):
                        raise Again("débit trop faible")
                    began, received = now, 0
        if of is not None and have < of:
            raise Again("réponse coupée avant la fin")

    def _check_continues(self, response: requests.Response, have: int) -> None:
        """The part that comes must follow what is there, and be of the same edition of the file."""
        match = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        noted, now = self._noted(), _validators(response.headers)
        changed = any(noted.get(key) and now[key] and noted[key] != now[key] for key in now)
        if changed or match is None or match[1] != str(have):
            self._drop()
            raise Again("le fichier a changé depuis le début du téléchargement")

    def _beyond(self, response: requests.Response, have: int) -> None:
        """Nothing is left to send: right where all is there, else these bytes are of another edition."""
        match = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if not (have and match and match[2] == str(have)):
            self._drop()
            raise Again("le fichier a changé depuis le début du téléchargement")

    def _resumable(self) -> int:
        """Bytes that may be kept: of this address and digest, and that something can tell to be of the same edition."""
        noted = self._noted()
        same = noted.get("url") == self.url and noted.get("digest") == self.expected.digest
        if not (same and (_validator(noted) or self.expected.digest)):
            self._drop()
        return self._have()

    def _examined(self) -> tuple[str, str | None]:
        """Digest of what was received, and what is wrong with it."""
        sha256 = hashlib.sha256()
        algorithm = self.expected.algorithm if self.expected.digest else None
        other = hashlib.new(algorithm, usedforsecurity=False) if algorithm else None
        size = 0
        with writing(self.target.parent), self.aside.open("rb") as file:
            while piece := file.read(1 << 20):
                size += len(piece)
                sha256.update(piece)
                if other:
                    other.update(piece)
        if self.expected.size is not None and size != self.expected.size:
            return sha256.hexdigest(), f"{size} octets reçus, {self.expected.size} annoncés"
        if other and self.expected.digest and other.hexdigest() != self.expected.digest.lower():
            return sha256.hexdigest(), f"la somme de contrôle {algorithm} n’est pas celle que le portail annonce"
        return sha256.hexdigest(), self.look(self.aside)

    def _settle(self) -> None:
        with writing(self.target.parent):
            with self.aside.open("rb+") as file:
                os.fsync(file.fileno())
            self.aside.replace(self.target)
            self.notes.unlink(missing_ok=True)
            durable.flush_folder(self.target.parent)

    def _check_room(self) -> None:
        with writing(self.target.parent):
            free = shutil.disk_usage(self.target.parent).free
        needed = (self.expected.size or 0) - self._have()
        if needed + MARGIN > free and needed > 0:
            raise FetchFailed(
                f"{self.target.name} demande {needed >> 20} Mo, il en reste {free >> 20} dans {self.target.parent}",
                "Libérer de la place, ou choisir un autre dossier avec --out",
            )

    def _description(self, headers: Mapping[str, str]) -> dict[str, Any]:
        return {"url": self.url, "digest": self.expected.digest, **_validators(headers)}

    def _noted(self) -> dict[str, Any]:
        try:
            noted = json.loads(self.notes.read_bytes())
        except (OSError, ValueError):
            return {}
        return noted if isinstance(noted, dict) else {}

    def _have(self) -> int:
        try:
            return self.aside.stat().st_size
        except OSError:
            return 0

    def _drop(self) -> None:
        with writing(self.target.parent):
            self.aside.unlink(missing_ok=True)
            self.notes.unlink(missing_ok=True)


def _validators(headers: Mapping[str, str]) -> dict[str, str | None]:
    return {"etag": headers.get("ETag"), "modified": headers.get("Last-Modified")}


def _validator(noted: Mapping[str, Any]) -> str | None:
    """What ``If-Range`` may carry: a strong ETag, else the date (RFC 9110, 13.1.5)."""
    etag = noted.get("etag")
    if isinstance(etag, str) and not etag.startswith("W/"):
        return etag
    modified = noted.get("modified")
    return modified if isinstance(modified, str) else None


def _whole_size(response: requests.Response) -> int | None:
    match = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if match and match[2] != "*":
        return int(match[2])
    length = response.headers.get("Content-Length", "")
    return int(length) if response.status_code != PARTIAL and length.isdigit() else None
