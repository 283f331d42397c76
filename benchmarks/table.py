"""Medians of the visits, their ratios to the first subject, as a Markdown table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.visit import Change, Visit

Visits = Sequence[Visit]
Reading = Callable[[Visits], Sequence[float]]
Measured = Mapping[str, Mapping[str, Visits]]
"""Visits by subject, then by network."""


@dataclass(frozen=True)
class Line:
    """One line of the table; ``reading`` gives one number a visit or a change."""

    key: str
    title: str
    network: str
    reading: Reading
    digits: int = 0


def plotly_first(visit: Visit) -> float:
    """100 where Plotly's script was asked for before the map could be used, else 0."""
    return 100.0 * (visit.plotly_asked is not None and visit.plotly_asked < visit.ready)


def _each(reading: Callable[[Visit], float]) -> Reading:
    return lambda visits: [reading(visit) for visit in visits]


def _every(reading: Callable[[Change], float]) -> Reading:
    return lambda visits: [reading(change) for visit in visits for change in visit.changes]


LINES = (
    Line("kb_before_map", "first map: kB received by then", "lan", _each(lambda v: v.received_before_map / 1000)),
    Line("requests_before_map", "first map: requests sent by then", "lan", _each(lambda v: v.requests_before_map)),
    Line("fresh_map_ms", "first map, first visit to a new server, ms", "fresh", _each(lambda v: v.first_map)),
    Line("map_ms", "first map, ms", "lan", _each(lambda v: v.first_map)),
    Line("map_4g_ms", "first map, 4G, ms", "4g", _each(lambda v: v.first_map)),
    Line("ready_ms", "map that answers, ms", "lan", _each(lambda v: v.ready)),
    Line("ready_4g_ms", "map that answers, 4G, ms", "4g", _each(lambda v: v.ready)),
    Line("kb", "page at rest: kB received", "lan", _each(lambda v: v.received / 1000)),
    Line("plotly_first", "visits where Plotly is asked for before the map answers, %", "lan", _each(plotly_first)),
    Line("change_ms", "filter change to repainted map, ms", "lan", _every(lambda c: c.ms), 1),
    Line("change_4g_ms", "filter change to repainted map, 4G, ms", "4g", _every(lambda c: c.ms), 1),
    Line("change_requests", "filter change: requests sent before the repaint", "lan", _every(lambda c: c.requests)),
    Line("change_kb", "filter change: kB received", "lan", _every(lambda c: c.received / 1000), 1),
)


def medians(measured: Measured) -> dict[str, dict[str, float]]:
    """By line, then by subject; a network that was not measured gives nothing."""
    found: dict[str, dict[str, float]] = {}
    for line in LINES:
        by_subject = {name: line.reading(networks.get(line.network, ())) for name, networks in measured.items()}
        if all(by_subject.values()):
            found[line.key] = {name: median(numbers) for name, numbers in by_subject.items()}
    return found


def ratio(ours: float, other: float) -> str:
    """How many times the other is ours: « ×12 », « ×1.4 »; nothing where ours is zero."""
    if ours <= 0:
        return ""
    times = other / ours
    return f"×{times:.0f}" if times >= 9.95 else f"×{times:.1f}"


def markdown(found: Mapping[str, Mapping[str, float]], subjects: Sequence[str]) -> str:
    """The table; the others have their ratio to the first subject beside their number."""
    rows = [f"| median | {' | '.join(subjects)} |", "|---" * (len(subjects) + 1) + "|"]
    for line in LINES:
        if line.key not in found:
            continue
        numbers = found[line.key]
        cells = [f"{numbers[name]:,.{line.digits}f}" for name in subjects]
        for place, name in enumerate(subjects[1:], start=1):
            cells[place] = f"{cells[place]} {ratio(numbers[subjects[0]], numbers[name])}".strip()
        rows.append(f"| {line.title} | {' | '.join(cells)} |")
    return "\n".join(rows)
