"""A server on loopback and a clock that does not wait."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from layers.fetching.client import Client
from layers.fetching.clock import Bucket, Clock
from layers.fetching.sources import Fetched, fetch
from tests.layers.fetching.server import Server, serving

BEGAN = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@dataclass
class Hands:
    """A clock moved by what sleeps on it, and by *tick* seconds each time it is looked at."""

    elapsed: float = 0.0
    tick: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> Clock:
        return Clock(lambda: BEGAN + timedelta(seconds=self.elapsed), self._monotonic, self._sleep, lambda: 1.0)

    def _monotonic(self) -> float:
        self.elapsed += self.tick
        return self.elapsed

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.elapsed += seconds


@contextmanager
def full_beyond(size: int) -> Iterator[None]:
    """A disk on which no file grows beyond *size* bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    former = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, former)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def notes() -> list[str]:
    return []


@pytest.fixture
def client(hands: Hands, notes: list[str]) -> Iterator[Client]:
    clock = hands.clock()
    found = Client(Bucket(1e9, clock), clock, notes.append)
    yield found
    found.session.close()


@pytest.fixture
def bring(server: Server, client: Client, tmp_path: Path) -> Callable[[str], list[Fetched]]:
    return lambda source: fetch(source, server.base, tmp_path / "out", client)
