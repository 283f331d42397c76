"""How long to wait before asking again."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from layers.fetching.clock import Clock

FIRST: Final = 1.0
LONGEST: Final = 60.0
_SECONDS = re.compile(r"\d{1,9}")


def pause(attempt: int, after: float | None, clock: Clock) -> float:
    """Seconds before attempt *attempt* + 1 (0 for the first): doubled each time, drawn from the upper half.

    A server's own delay is never cut short.
    """
    bound = min(LONGEST, FIRST * float(1 << attempt))
    drawn = bound * (0.5 + clock.draw() / 2)
    return drawn if after is None else max(after, drawn)


def retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds of a ``Retry-After`` header, in seconds or as an HTTP date (RFC 9110, 10.2.3); None where unreadable."""
    if not text:
        return None
    if _SECONDS.fullmatch(text.strip()):
        return float(text.strip())
    try:
        then = parsedate_to_datetime(text.strip())
    except ValueError:
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - now).total_seconds())
