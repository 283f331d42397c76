"""Where local administration may be: a request of this machine, straight to a server that listens to it alone.

None of this proves it: a proxy may say nothing, and name this machine. `administration.local` asks for a secret too.
"""

from __future__ import annotations

import hmac
import ipaddress
import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from flask import Request

    from dashboard.settings import Settings

OFF, BOUND, FORWARDED, REMOTE, HOST, ORIGIN, TOKEN = "off", "bound", "forwarded", "remote", "host", "origin", "token"
SIGNED, LINK, SILENT = "signed", "link", "silent"
FORWARDING: Final = (
    "forwarded", "via", "x-forwarded", "x-real-ip", "x-original-", "x-client-ip", "x-cluster-client-ip",
    "true-client-ip", "cf-", "cdn-", "fastly-", "x-envoy-", "x-amzn-", "x-azure-", "x-proxy",
)  # fmt: skip
"""How the names begin of headers by which a proxy says that the request came from elsewhere."""
OLD: Final = "HTTP/1.0"
"""What proxies speak that say nothing of whom they speak for; no browser does."""
COOKIE: Final = "ess_admin"
FIELD: Final = "jeton"
KEY: Final = "admin.key"
_BYTES: Final = 32


def refusal(request: Request, settings: Settings) -> str | None:
    """Why a request has no local administration, whatever it knows: one of the words above; None where it may."""
    if settings.admin == OFF:
        return OFF
    if settings.proxies or not is_loopback(settings.host):
        return BOUND
    host = request.headers.get("Host", "")
    if _is_forwarded(request) or request.headers.get("Origin") == f"https://{host}":  # https ends at a proxy
        return FORWARDED
    if not is_loopback(request.environ.get("REMOTE_ADDR", "")):
        return REMOTE
    if not is_loopback(_name(host)):  # a name of elsewhere that leads here
        return HOST
    return None


def write_refusal(request: Request) -> str | None:
    """Why a request that is allowed may not change anything, before what it sends is read."""
    if is_foreign(request):
        return ORIGIN
    return None if COOKIE in request.cookies else TOKEN


def is_own(request: Request) -> bool:
    """Whether a form comes from the name that the request gives: browsers say which, and a proxy passes it on."""
    return request.headers.get("Origin") == f"http://{request.headers.get('Host', '')}"


def is_foreign(request: Request) -> bool:
    """Whether a page of elsewhere sent a request, which browsers say of every form."""
    origin, host = request.headers.get("Origin"), request.headers.get("Host", "")
    if origin is not None and origin not in {f"{request.scheme}://{host}", f"https://{host}"}:  # https ends at a proxy
        return True
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine, reached by itself.

    >>> [is_loopback(host) for host in ("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "example.org", "")]
    [True, True, True, False, False, False]
    """
    bare = host.strip("[]").lower()
    if bare == "localhost":
        return True
    with suppress(ValueError):
        address = ipaddress.ip_address(bare)
        mapped = getattr(address, "ipv4_mapped", None)
        return (mapped or address).is_loopback
    return False


def session() -> str:
    """A new session, which nobody can guess."""
    return secrets.token_urlsafe(_BYTES)


def token(key: bytes, visit: str) -> str:
    """What the forms of a session carry: nobody makes it without the key of the data folder."""
    return hmac.new(key, visit.encode(), sha256).hexdigest()


def is_token(key: bytes, visit: str, given: str) -> bool:
    """Whether a form carries the token of its session."""
    return bool(visit) and hmac.compare_digest(token(key, visit).encode(), given.encode())


def key(data_dir: Path) -> bytes:
    """The key that signs tokens, one for all the processes that serve a data folder; made at the first visit."""
    path = data_dir / KEY
    with suppress(FileNotFoundError):
        return path.read_bytes()
    data_dir.mkdir(parents=True, exist_ok=True)
    aside = data_dir / f".{KEY}.{secrets.token_hex(4)}"
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
    try:
        os.link(aside, path)  # the first of two processes wins, whole
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        aside.replace(path)
    aside.unlink(missing_ok=True)
    return path.read_bytes()


def _is_forwarded(request: Request) -> bool:
    old = request.environ.get("SERVER_PROTOCOL") == OLD
    return old or any(name.lower().startswith(FORWARDING) for name in request.headers.keys())  # noqa: SIM118


def _name(host: str) -> str:
    """The name of a ``Host`` header, without its port."""
    with suppress(ValueError):
        return urlsplit(f"//{host}").hostname or ""
    return ""
