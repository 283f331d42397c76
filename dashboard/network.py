"""Where the other machines of a network reach this one, whatever the address by which a page of it was asked for."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from dashboard.administration.access import is_loopback

NOWHERE = ("192.0.2.1", 9)
"""An address of documentation (RFC 5737): the system says which of its own it would use; nothing is sent."""


def is_shared(host: str) -> bool:
    """Whether a server that listens on an address is for every network of the machine.

    >>> [is_shared(host) for host in ("0.0.0.0", "::", "127.0.0.1", "192.0.2.7", "")]
    [True, True, False, False, False]
    """
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_unspecified
    return False


def own() -> str | None:
    """The address of this machine on its network; None where it has no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(NOWHERE)
        found = str(probe.getsockname()[0])
        return None if is_loopback(found) else found
    return None


def shared(origin: str, host: str) -> str:
    """The origin (« http://host:port ») to give to others, of a page that was asked for by ``origin``.

    It is another only where the page was asked for on the machine itself and the server listens to its networks.
    """
    parts = urlsplit(origin)
    if not (is_shared(host) and is_loopback(parts.hostname or "")):
        return origin
    found = own()
    return origin if found is None else f"{parts.scheme}://{found}" + (f":{parts.port}" if parts.port else "")
