"""``python -m benchmarks.growth --addresses 3000``: the memory of a process that answers valid addresses.

All are different: a crawler asks for them, or somebody who means harm, bundles of maps as often as pages, files, API,
search and points. The process serves the demonstration. Its memory is printed before and after, with what each cache
takes of its bound, and the time of maps that all read, in the same run: kept already, then asked for again.
"""

from __future__ import annotations

import gc
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urlencode

from dashboard.packs import PackKey, filters_of
from dashboard.slices import Scope
from geodata.perimeter import PERIMETERS, members
from layers import demonstration, measure
from layers.choices import offered
from layers.classing import MANUAL, Classing
from layers.indicators import INDICATORS, can_cross
from layers.series import LEVELS, READY, Query

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from layers.release import Release

One = TypeVar("One")
HEADERS = {"Accept-Encoding": "br"}
TERRITORIES = tuple(str(code) for code in range(1, 9))
PAGES = ("/", "/carte", "/comparer", "/acteurs", "/financements", "/suivi", *(f"/territoire/{c}" for c in TERRITORIES))
HOT_TIMES = 50
STEP = 200
"""Addresses after which the memory is printed on the way."""
OK = 200


class Draw:
    """Draws addresses that a release answers."""

    def __init__(self, release: Release, chance: random.Random) -> None:
        self._release, self._chance = release, chance
        self._indicators = [key for key in INDICATORS if measure.available(release, key)]

    def pack(self) -> str:
        """A bundle of maps: indicator, scope, classes, circles, year compared with, second indicator, filters."""
        key, scope = self._one(self._indicators), self._scope()
        others = [other for other in self._indicators if can_cross(key, other)]
        if others and self._now(0.2):
            asked = PackKey(key, scope, second=self._one(others))
        else:
            years = measure.years(self._release, key)
            since = self._one(years) if years and self._now(0.2) else None
            asked = PackKey(key, scope, self._classing(), self._now(0.3), self._filters(key), since)
        return f"/pack/{self._release.id}/{quote(asked.path, safe='/')}.json"

    def page(self) -> str:
        """A page with a choice of its own, in one of the languages."""
        key = self._one(self._indicators)
        cuts = {name: self._one(list(slugs)) for name, slugs in offered(self._release, key).items() if self._now(0.3)}
        return f"{self._one(PAGES)}?{urlencode(self._asked(key) | cuts | {'lang': self._one(('fr', 'en'))})}"

    def other(self) -> str:
        """The API, a file, a table, the search, structures, points of any year."""
        key = self._one(self._indicators)
        query, commune = urlencode(self._asked(key)), self._one(sorted(members()))
        number = self._chance.randrange(1, 99_999)
        return self._one(
            (
                f"/api/v1/indicators/{key}?{urlencode(self._asked(key, 'level', 'perimeter'))}",
                f"/export/csv?{query}",
                f"/table?{query}",
                f"/search?q={quote(f'{commune} {number} ' * 20)}",
                f"/structures?commune={commune}&{query}",
                f"/acteurs/points/{self._release.id}/{number}-yes.json",
            )
        )

    def any(self) -> str:
        """One of all these, bundles as often as the rest."""
        return self._one((self.pack, self.pack, self.page, self.other))()

    def _asked(self, key: str, *names: str) -> dict[str, object]:
        years = measure.years(self._release, key)
        asked = {"indicator": key, "level": self._one(LEVELS), "perimeter": self._one(PERIMETERS)}
        asked |= {"year": self._one(years)} if years else {}
        return {name: asked[name] for name in names} if names else asked

    def _scope(self) -> Scope:
        level = self._one(LEVELS)
        territory = self._one((None, *TERRITORIES)) if level == "commune" else None
        return Scope(level, territory, self._one(PERIMETERS))

    def _classing(self) -> Classing:
        if self._now(0.2):
            return Classing(MANUAL, bounds=tuple(float(b) for b in sorted(self._chance.sample(range(1, 999), 3))))
        return Classing(self._one(("jenks", "quantile", "equal")), self._one((None, 3, 4)))

    def _filters(self, key: str) -> str:
        held = {name: list(slugs) for name, slugs in offered(self._release, key).items() if name not in READY}
        if not held or self._now(0.7):
            return ""
        name = self._one(sorted(held))
        return filters_of(Query(key).filtered(name, self._one(held[name])))

    def _now(self, part: float) -> bool:
        return self._chance.random() < part

    def _one(self, among: Sequence[One]) -> One:
        return self._chance.choice(among)


def main(count: int, *, packs: bool) -> None:
    """Serve, ask, print."""
    from app import create_server  # noqa: PLC0415  (imports Dash: only where one serves)
    from dashboard.settings import Settings  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as data:
        client = create_server(Settings(data_dir=Path(data))).test_client()
        release = demonstration.release()
        draw = Draw(release, random.Random(3))  # noqa: S311  (a draw, not a secret)
        hot = [f"/pack/{release.id}/actors_per_1000/{scope}-all-95/jenks.json" for scope in LEVELS]
        for address in (*hot, *hot, "/", "/carte"):
            client.get(address, headers=HEADERS)
        before, kept = resident(), timed(client, hot)
        print(f"before: {before:.0f} MB; a map that is kept: {kept:.2f} ms")
        began, failed = time.process_time(), 0
        for done in range(count):
            if done and done % STEP == 0:
                print(f"{done} addresses: {resident():.0f} MB", flush=True)
            answer = client.get(draw.pack() if packs else draw.any(), headers=HEADERS)
            failed += answer.status_code != OK
        spent = time.process_time() - began
        gc.collect()
        after, again = resident(), timed(client, hot)
        print(f"after {count} addresses, {failed} of them refused: {after:.0f} MB ({after - before:+.0f});")
        print(f"a map that is kept: {again:.2f} ms; an address: {spent / count * 1000:.0f} ms of processor")
        _caches()


def timed(client: FlaskClient, addresses: Sequence[str]) -> float:
    """Milliseconds of an address, median: the first answer of each counts as the others."""
    took = []
    for address in addresses * HOT_TIMES:
        began = time.perf_counter()
        client.get(address, headers=HEADERS)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def resident() -> float:
    """Megabytes of memory that this process takes (Linux)."""
    told = Path("/proc/self/status").read_text("ascii")
    return int(told.split("VmRSS:")[1].split()[0]) / 1000


def _caches() -> None:
    from layers.cache import MB, in_use  # noqa: PLC0415  (absent from what this is compared with)

    for one in in_use():
        print(f"  {one.name:<16} {one.size / MB:7.1f} of {one.most / MB:7.1f} MB")
