"""Every figure that bears a key, wherever it is told: by page, file, document and answer, as printed or unrounded.

A key is what makes two figures one: indicator, area, year. What two places tell of one key must be one value.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask.testing import FlaskClient

from dashboard import locale
from dashboard.comparison import choice as compared
from dashboard.comparison.content import content as comparison
from dashboard.content import Content
from dashboard.funding.choice import Choice
from dashboard.funding.content import content as funding
from dashboard.funding.spread import spread
from dashboard.pages import accueil
from dashboard.portrait.content import content as portrait
from dashboard.portrait.place import place
from dashboard.services import View
from dashboard.viewstate import ViewState
from dashboard.wording import worded
from geodata.territories import TERRITORIES
from layers import awards, measure
from layers.indicators import INDICATORS
from layers.release import Release
from layers.series import Query

Key = tuple[str, str, int | None]
TEXT = "text"
"""What is only printed is compared as printed."""


@dataclass(frozen=True, slots=True)
class Told:
    """One telling: where, the value unrounded where it is known, and as it is printed."""

    where: str
    value: float | None
    text: str


Figures = defaultdict[Key, list[Told]]


def of_release(release: Release, client: FlaskClient | None = None) -> Figures:
    """All the figures of a release; through the addresses of its application where there is one."""
    found: Figures = defaultdict(list)
    view = View(release, ViewState(indicator="grants_amount"), ())
    held = [key for key in INDICATORS if measure.available(release, key)]
    for key in held:
        for level in ("territory", "commune"):
            series = measure.series(release, Query(key, level))
            for cell in (*series.cells, series.total):
                text = locale.cell(worded(release, key), cell)
                found[key, cell.code, series.query.year].append(Told(f"series {level}", cell.value, text))
    for key, told in _home(view):
        found[key].append(told)
    for code in ("mel", "3", "59512"):
        _of_content(found, f"portrait {code}", portrait(view, place(view, code)))
    if "jobs" in held:
        view_of_jobs = replace(view, state=replace(view.state, indicator="jobs"))
        _of_content(found, "comparison", comparison(view_of_jobs, compared.read(view_of_jobs)))
    for key, told in _funding(view):
        found[key].append(told)
    if client is not None:
        for key, told in _answers(client, held):
            found[key].append(told)
    return found


def differences(figures: Figures) -> list[str]:
    """Keys of which two tellings differ, with both."""
    return [
        f"{key}: {first.where} {first.value} « {first.text} », {other.where} {other.value} « {other.text} »"
        for key, (first, *others) in figures.items()
        for other in others
        if _differ(first, other)
    ]


def _differ(one: Told, other: Told) -> bool:
    if one.text and other.text and one.text != other.text:
        return True
    if one.value is None or other.value is None:
        return bool(one.value) != bool(other.value) and TEXT not in (one.where, other.where)
    return abs(one.value - other.value) > 1e-9 * max(1.0, abs(one.value))


def _home(view: View) -> Iterator[tuple[Key, Told]]:
    figures, _lacking = accueil.figures_of(view.release, view.state)
    for one in figures:
        series = measure.series(view.release, Query(one.key))
        yield (one.key, "mel", series.query.year), Told("home", series.total.value, one.value)


def _of_content(found: Figures, where: str, content: Content) -> None:
    """The entries of its tables that are a value of the registry, all sectors and families together."""
    for entry in (entry for section in content.sections for one in section.sheets for row in one.rows for entry in row):
        if entry.of is not None and not entry.of.cut[1]:
            value = entry.value if isinstance(entry.value, int | float) else None
            found[entry.of.indicator, entry.of.place, entry.of.year].append(Told(where, value, entry.text))


def _funding(view: View) -> Iterator[tuple[Key, Told]]:
    """The table of the territories, the named parts of its total, and what is drawn beside it."""
    release = view.release
    series = measure.series(release, Query("grants_amount"))
    stage = awards.usual(release, series.query.year)
    if stage is None or series.query.year is None:
        return
    asked = replace(view, state=replace(view.state, year=series.query.year))
    choice = Choice(stage=stage, need="population", constant=False, scenario=None)
    shown, made = spread(asked, choice), funding(asked, choice)
    by_name = {one.short_name: code for code, one in TERRITORIES.items()}
    sheet = next((one for section in made.sections for one in section.sheets if one.key == "by-territory"), None)
    for row in sheet.rows if sheet else ():
        code = by_name.get(row[0].text) or ("mel" if row[0].text == "Huit territoires ensemble" else None)
        amount = row[1].value
        if code and isinstance(amount, int | float):
            yield ("grants_amount", code, shown.year), Told("funding table", amount, "")
    for line in (*shown.lines, shown.whole):
        if ratio := line.ratios.get("population"):
            yield ("grants_per_inhabitant", line.code, shown.year), Told("funding ratio", ratio.value, "")
    apart = measure.nowhere(release, series.query)
    parts = sum(one.amount.cents for one in shown.buckets) / 100
    yield ("apart", "mel", shown.year), Told("measure", (apart.value or 0.0) if apart else 0.0, "")
    yield ("apart", "mel", shown.year), Told("funding buckets", parts, "")
    whole = (series.total.value or 0.0) + ((apart.value or 0.0) if apart else 0.0)
    yield ("all", "mel", shown.year), Told("home and apart", whole, "")
    yield ("all", "mel", shown.year), Told("funding total", shown.total.cents / 100, "")


def _answers(client: FlaskClient, held: list[str]) -> Iterator[tuple[Key, Told]]:
    """The API, and the file of the map, of every indicator at both levels."""
    for key in held:
        for level in ("territory", "commune"):
            answer: dict[str, Any] = client.get(f"/api/v1/indicators/{key}?level={level}").get_json()
            for cell in answer["values"]:
                yield (key, cell["code"], answer["year"]), Told(f"API {level}", cell["value"], "")
            text = client.get(f"/export/csv?indicator={key}&level={level}").data.decode("utf-8-sig")
            for line in csv.DictReader(io.StringIO(text), delimiter=";"):
                if re.fullmatch(r"\d|\d{5}", line["code"]):
                    value = float(line["value"].replace(",", ".")) if line["value"] else None
                    yield (key, line["code"], answer["year"]), Told(f"CSV {level}", value, "")
