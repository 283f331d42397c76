"""Local administration: a link that a run of the server prints opens it once, in one browser, until the run is over.

What a run leaves in the data folder: its address, and the SHA-256 of each link not used yet, as the name of a file;
only the account of the system that serves reads them. The key of the sessions stays in the memory of the run.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from itsdangerous import BadData, URLSafeTimedSerializer

from dashboard.administration import access

if TYPE_CHECKING:
    from flask import Request, Response

    from dashboard.settings import Settings

FOLDER: Final = "admin.local"
PATH: Final = "/admin/ouvrir"
MINUTES: Final = 60
"""How long a link waits for its one use."""
HOURS: Final = 12
"""How long a browser stays open to administration, where the run lasts longer."""
_BYTES: Final = 24
_SECONDS: Final = 1.0


class Local:
    """The local administration of one run of a server, shared by all its processes."""

    def __init__(self, settings: Settings, address: str) -> None:
        self._folder, self._address = settings.data_dir / FOLDER, address
        self._name = secrets.token_hex(8)
        self._note = self._folder / f"{settings.port}.run"
        self._cookie = f"ess_local_{settings.port}"  # browsers do not tell the ports of a machine apart
        self._signer = URLSafeTimedSerializer(secrets.token_bytes(32), salt="local")

    def begin(self) -> None:
        """Let `links` know of the run. Raises ``OSError`` where the data folder takes no file."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        self._note.unlink(missing_ok=True)
        _write(self._note, json.dumps({"name": self._name, "address": self._address}))

    def end(self) -> None:
        """Leave nothing behind, unless another run took the place."""
        with suppress(OSError, ValueError):
            if json.loads(self._note.read_text())["name"] == self._name:
                self._note.unlink()

    def link(self) -> str:
        """A new link. Raises ``OSError`` where the data folder takes no file."""
        return _link(self._folder, self._name, self._address)

    def spend(self, code: str) -> bool:
        """Whether a code is that of a link of this run, not used and not too old; it is used from now on."""
        path = self._folder / _digest(self._name, code)
        try:
            fresh = not _is_old(path)
            path.unlink()  # of all those who come at once, one removes it
        except OSError:
            return False
        return fresh

    def put(self, response: Response) -> Response:
        """Open administration to the browser that is answered."""
        value = self._signer.dumps(secrets.token_hex(8))
        response.set_cookie(self._cookie, str(value), max_age=HOURS * 3600, path="/", httponly=True, samesite="Strict")
        return response

    def is_open(self, request: Request) -> bool:
        """Whether a request is of a browser that opened a link of this run."""
        try:
            self._signer.loads(request.cookies.get(self._cookie, ""), max_age=HOURS * 3600)
        except BadData:
            return False
        return True


def granted(settings: Settings, address: str) -> Local | None:
    """The local administration of a server that starts; None where there is none: it listens to others, or for them."""
    closed = settings.admin == access.OFF or settings.proxies or not access.is_loopback(settings.host)
    return None if closed else Local(settings, address)


def links(data_dir: Path) -> list[str]:
    """A new link for each run on a data folder that answers. Raises ``OSError`` where this account may not make one."""
    runs: list[dict[str, Any]] = [json.loads(path.read_text()) for path in sorted((data_dir / FOLDER).glob("*.run"))]
    return [_link(data_dir / FOLDER, run["name"], run["address"]) for run in runs if _answers(run["address"])]


def _link(folder: Path, name: str, address: str) -> str:
    """The code stands after the ``#``, which browsers send to nobody: no log, no proxy and no other site sees it."""
    for path in folder.glob("*.link"):
        with suppress(FileNotFoundError):
            if _is_old(path):
                path.unlink()
    code = secrets.token_urlsafe(_BYTES)
    _write(folder / _digest(name, code), "")
    return f"{address.rstrip('/')}{PATH}#{code}"


def _digest(name: str, code: str) -> str:
    return f"{sha256(f'{name} {code}'.encode()).hexdigest()}.link"


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > MINUTES * 60


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _answers(address: str) -> bool:
    parts = urlsplit(address)
    with suppress(OSError), socket.create_connection((parts.hostname or "", parts.port or 80), _SECONDS):
        return True
    return False
