"""One visit in headless Chromium: a cold load, then several changes of the sector."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from benchmarks.traffic import Traffic

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
WINDOW: Any = {"width": 1440, "height": 900}
QUIET_MS, LOAD_MS, CHANGE_MS = 400, 60_000, 8_000
NETWORKS: dict[str, dict[str, float] | None] = {
    "lan": None,
    "4g": {"latency": 60, "downloadThroughput": 10e6 / 8, "uploadThroughput": 5e6 / 8},
}
"""Emulated by Chromium: ms added to each answer, bytes a second. It charges nothing for opening a connection."""


@dataclass(frozen=True)
class Subject:
    """A page to measure.

    ``areas`` selects the shapes of its map, ``ready`` what is there once the map can be used; ``choice`` brings a
    sector within one gesture and gives that gesture.
    """

    name: str
    path: str
    areas: str
    ready: str
    choice: Callable[[Page, str], Callable[[], object]]


@dataclass(frozen=True)
class Change:
    """One change of the sector: ms from the input event to the frame that shows the last new fill."""

    sector: str
    ms: float
    requests: int
    received: int


@dataclass(frozen=True)
class Visit:
    """What one visit gave; moments are ms from the start of the navigation."""

    first_map: float
    ready: float
    received_before_map: int
    received: int
    requests_before_map: int
    requests: int
    plotly_asked: float | None
    outside: list[str]
    changes: list[Change] = field(default_factory=list)


class NotPainted(Exception):  # noqa: N818  (says what happened)
    """The map did not appear in time."""


@dataclass(frozen=True)
class Place:
    """Where to visit: address of the server, name of the network, how many areas make a map."""

    address: str
    network: str
    areas: int


def visit(browser: Browser, subject: Subject, at: Place, sectors: Sequence[str], shots: Path | None) -> Visit:
    """Open a page with an empty cache, then choose each sector in turn.

    ``shots`` is a folder for a picture of the first map and one of the last. Raises `NotPainted`.
    """
    context = browser.new_context(viewport=WINDOW, locale="fr-FR")
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        traffic = Traffic(session, at.address)
        _emulate(session, at.network)
        page.add_init_script(_probe(subject, at.areas))
        seen = _load(page, traffic, subject, at.address)
        _shoot(page, shots, f"{subject.name}, {at.network}, first")
        changes = [change(page, traffic, subject, sector) for sector in sectors]
        _shoot(page, shots, f"{subject.name}, {at.network}, last")
        return replace(seen, changes=[one for one in changes if one is not None])
    finally:
        context.close()


def _probe(subject: Subject, least: int) -> str:
    return (
        PROBE.replace("__AREAS__", subject.areas).replace("__READY__", subject.ready).replace("__LEAST__", str(least))
    )


def _emulate(session: CDPSession, network: str) -> None:
    conditions = NETWORKS[network]
    if conditions is not None:
        session.send("Network.emulateNetworkConditions", {"offline": False, **conditions})


def _load(page: Page, traffic: Traffic, subject: Subject, address: str) -> Visit:
    page.goto(address + subject.path, wait_until="commit", timeout=LOAD_MS)
    if not page.evaluate(f"mapWatch.settled({QUIET_MS}, {LOAD_MS})"):
        raise NotPainted(f"{subject.name}: no map in {LOAD_MS / 1000:.0f} s")
    page.wait_for_load_state("networkidle", timeout=LOAD_MS)
    start, first, ready = page.evaluate("[performance.timeOrigin, mapWatch.painted[0], mapWatch.ready]")
    plotly = traffic.first_plotly()
    return Visit(
        first_map=first - start,
        ready=max(first, ready) - start,
        received_before_map=traffic.received_by(first),
        received=traffic.received(),
        requests_before_map=traffic.requests(0, first),
        requests=len(traffic.exchanges),
        plotly_asked=None if plotly is None else plotly - start,
        outside=sorted(traffic.outside),
    )


def watched(page: Page, subject: Subject, address: str, least: int) -> Traffic:
    """Count what a page asks for and note when its map changes; ``least`` areas make a map."""
    page.add_init_script(_probe(subject, least))
    return Traffic(page.context.new_cdp_session(page), address)


def change(page: Page, traffic: Traffic, subject: Subject, sector: str) -> Change | None:
    """None where no fill changed: both sectors may paint the same classes."""
    gesture = subject.choice(page, sector)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(100)
    page.evaluate("mapWatch.forget()")
    already = traffic.received()
    gesture()
    if not page.evaluate(f"mapWatch.settled({QUIET_MS}, {CHANGE_MS})"):
        return None
    inputs, painted = page.evaluate("[mapWatch.inputs, mapWatch.painted]")
    begun, shown = min(inputs), max(painted)
    return Change(sector, shown - begun, traffic.requests(begun, shown), traffic.received() - already)


def _shoot(page: Page, folder: Path | None, name: str) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png")
