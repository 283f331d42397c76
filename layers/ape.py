"""The principal activity code (APE, NAF rev. 2) as files write it."""

from __future__ import annotations

import re

_APE = re.compile(r"(\d{2})\.?(\d{2})([A-Z])")


def ape_code(naf: str | None) -> str | None:
    """Write an APE as five characters, ``"88.99b"`` as ``"8899B"``; None where it is not one."""
    match = _APE.fullmatch((naf or "").strip().upper())
    return "".join(match.groups()) if match else None
