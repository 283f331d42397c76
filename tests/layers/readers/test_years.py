"""A table of months or quarters makes one value a year, the same in any form: the last, the mean or the sum."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.attach import Attacher
from layers import measure
from layers.importing import import_files
from layers.indicators.declared import LAST, MEAN, SUM, YEAR, from_json
from layers.questions import TABLE, known, save, saved
from layers.readers.opened import NO_MAPPING
from layers.readers.registry import open_file
from layers.readers.years import CHOICES
from layers.series import Query
from layers.store import Store
from layers.values.periods import MONTHS
from tests import factories
from tests.factories import LILLE, ROUBAIX
from tests.layers.readers.declared_tables import declaration, reading, release, written

KEY = "tableau-allocataires-du-rsa"
EXAMPLES = int(os.environ.get("ESS_TABLES", "8"))
Told = dict[tuple[str, int, int], str]
"""Cell by commune, year and month or quarter."""
HOW: dict[str, Callable[[list[float]], float]] = {LAST: lambda found: found[-1], MEAN: fmean, SUM: sum}


def name(of: int, year: int, rank: int, how: int) -> str:
    """A period as files write it, in one of several ways."""
    quarters = (f"T{rank} {year}", f"{year}-Q{rank}", f"{year}T{rank}")
    months = (f"{year}-{rank:02}", f"{list(MONTHS)[rank - 1]} {year}", f"{year}-{rank:02}-01")
    return (quarters if of == 4 else months)[how % 3]


def table(told: Told, of: int, form: str, how: int) -> tuple[list[list[str]], dict[str, Any]]:
    """The rows of a table of some form, and what its declaration says of its column."""
    periods = sorted({(year, rank) for _place, year, rank in told})
    places = sorted({place for place, _year, _rank in told})
    if form == "wide":
        head = ["CODGEO", *(f"RSA {name(of, *one, how % 2)}" for one in periods)]
        rows = [[place, *(told.get((place, *one), "") for one in periods)] for place in places]
        return [head, *rows], {"numerator": f"RSA {YEAR}"}
    if form == "two columns":
        head = ["CODGEO", "annee", "mois" if of == 12 else "trimestre", "RSA"]
        return [head, *([place, str(y), str(r), said] for (place, y, r), said in told.items())], {"numerator": "RSA"}
    rows = [[place, name(of, y, r, how), said] for (place, y, r), said in told.items()]
    return [["CODGEO", "periode", "RSA"], *rows], {"numerator": "RSA"}


@st.composite
def tables(draw: st.DrawFn) -> tuple[Told, int]:
    of = draw(st.sampled_from([4, 12]))
    last = draw(st.integers(1, of))
    whole = [(2020, rank) for rank in range(1, of + 1)] + [(2021, rank) for rank in range(1, last + 1)]
    cell = st.one_of(st.integers(0, 400).map(str), st.just("s"))
    return {(place, *one): draw(cell) for place in (LILLE, ROUBAIX) for one in whole}, of


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=tables(), form=st.sampled_from(["wide", "two columns", "long"]), writing=st.integers(0, 2))
def test_a_year_is_made_of_its_parts_in_any_form(
    tmp_path: Path, attacher: Attacher, drawn: tuple[Told, int], form: str, writing: int
) -> None:
    told, of = drawn
    rows, number = table(told, of, form, writing)
    path = written(tmp_path / "caf.csv", rows)
    for how, made in HOW.items():
        found = reading(path, declaration(number, periods=how), attacher)
        assert found.account.rejects == []
        given_ = {
            (row.commune, row.year): None if row.state == "suppressed" else row.value
            for row in found.tables["observations"].itertuples()
        }
        expected = {}
        for place in (LILLE, ROUBAIX):
            for year in (2020, 2021):
                parts = [said for (where, when, _rank), said in sorted(told.items()) if (where, when) == (place, year)]
                if how == LAST or len(parts) == of:
                    read = parts[-1:] if how == LAST else parts
                    expected[place, year] = None if "s" in read else made([float(one) for one in read])
        assert given_ == pytest.approx(expected)


def test_it_is_asked_once_and_said_wherever_the_indicator_is(tmp_path: Path) -> None:
    store, rows = Store(tmp_path / "data"), [["CODGEO", "mois", "RSA aidés"]]
    rows += [[LILLE, f"2021-{month:02}", str(month)] for month in range(1, 13)]
    path, said = written(tmp_path / "caf.csv", rows), declaration({"numerator": "RSA aidés"})
    asked = import_files([path], store, declaration=said)
    assert (asked.outcome, [one["id"] for one in asked.files[0]["questions"]]) == ("asked", ["periods"])
    done = import_files([path], store, declaration=said, answers={"periods": CHOICES[SUM]})
    shown = store.load(done.release or "")
    assert "Somme des mois" in shown.indicators[KEY].caveat
    (told,) = shown.observations["value"]
    assert told == 78
    after = written(
        tmp_path / "caf_2022.csv", [rows[0], *([one[0], one[1].replace("2021", "2022"), "1"] for one in rows[1:])]
    )
    assert import_files([after], store).outcome == "published", "the answer serves for the next file of its shape"


def test_medians_are_never_added_up() -> None:
    whose = {"source": "A", "publisher": "B", "licence": "C", "periods": "sum"}
    median = {"label": "Revenu médian", "unit": "€", "number": "median", "numerator": "MED"}
    with pytest.raises(ValueError, match="ne s’additionnent pas"):
        from_json({**whose, "indicators": [median]})


def test_the_population_of_the_release_may_divide(tmp_path: Path, attacher: Attacher) -> None:
    said = declaration(
        {"number": "ratio", "numerator": "RSA", "denominator": "{population}", "scale": 1000, "unit": "pour 1 000"}
    )
    rows = [["CODGEO", "RSA"], *([code, "10"] for code in factories.geography().communes.index)]
    found = reading(written(tmp_path / "caf_2021.csv", rows), said, attacher)
    assert set(found.tables["observations"]["variable"]) == {KEY}
    geography = factories.geography()
    shown = measure.series(release(geography, found), Query(KEY))
    assert shown.total.value == pytest.approx(10_000 * len(rows[1:]) / geography.communes["population"].sum())
    with pytest.raises(ValueError, match="que d’un rapport"):
        declaration({"number": "median", "denominator": "{population}"})


def test_a_later_declaration_wins_over_what_the_table_was_said_to_hold(tmp_path: Path, attacher: Attacher) -> None:
    store = Store(tmp_path / "data")
    rows = [["CODGEO", "Libellé", "RSA aidés"], *([code, f"Commune {code}", "3"] for code in (LILLE, ROUBAIX))]
    path = written(tmp_path / "caf_2021.csv", rows)
    held = {TABLE: "actors", "column:Libellé": "name"}
    before = import_files([path], store, answers=held, dry_run=True)
    assert before.files[0]["kind"] == "table"
    shape = open_file(path, None, NO_MAPPING, known(store.folder, {})).shape
    save(store.folder, shape, held)
    done = import_files([path], store, declaration=declaration({"numerator": "RSA aidés"}))
    assert (done.outcome, done.files[0]["kind"]) == ("published", "tableau-caf-allocataires")
    assert TABLE not in saved(store.folder, shape)
    again = import_files([written(tmp_path / "caf_2022.csv", rows)], store)
    assert again.files[0]["kind"] == "tableau-caf-allocataires"
