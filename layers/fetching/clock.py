"""Time and chance, given to what waits so that tests need not wait."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Date and time (UTC), seconds that only grow, waiting (seconds), and a number drawn between 0 and 1."""

    now: Callable[[], datetime] = _now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    draw: Callable[[], float] = random.random


@dataclass(slots=True)
class Bucket:
    """Token bucket: at most *rate* requests a second on average, *burst* at once.

    The published limit of the company-search API is seven a second by address (its OpenAPI description).
    """

    rate: float
    clock: Clock
    burst: float = 1.0
    _tokens: float = 1.0
    _seen: float | None = None

    def take(self) -> None:
        """Wait until one more request may leave."""
        now = self.clock.monotonic()
        gained = 0.0 if self._seen is None else (now - self._seen) * self.rate
        self._tokens = min(self.burst, self._tokens + gained)
        self._seen = now
        if self._tokens < 1:
            missing = (1 - self._tokens) / self.rate
            self.clock.sleep(missing)
            self._seen, self._tokens = now + missing, 1.0
        self._tokens -= 1
