"""One table in many forms is one indicator; what adds up is added up, and nothing else."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geodata.attach import Attacher
from geodata.geography import Geography
from geodata.perimeter import PERIMETERS, members
from geodata.territories import TERRITORIES
from layers import measure
from layers.indicators import INDICATORS
from layers.readers import declaring, read_file
from layers.secrecy.levels import areas_of
from layers.secrecy.superseded import beside
from layers.secrecy.table import Line
from layers.series import MISSING, SUPPRESSED, VALUE, ZERO, Query
from layers.unreadable import UnreadableFile
from tests import factories
from tests.factories import AUBERS, LILLE, PROVIN, ROUBAIX, TOURCOING
from tests.layers.readers.declared_tables import declaration, long, reading, release, sdmx, wide, written
from tests.layers.secrecy.projection import System

KEY = "tableau-allocataires-du-rsa"
EXAMPLES = int(os.environ.get("ESS_TABLES", "8"))
COMMUNES = sorted(members())
WIDE = {"numerator": "Allocataires {year}"}


@pytest.fixture(scope="module")
def geography(attacher: Attacher) -> Geography:
    return factories.geography()


def everywhere(number: float = 10) -> dict[tuple[str, int], str]:
    return {(code, 2021): f"{number:g}" for code in COMMUNES}


def states(shown, query: Query) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {cell.code: cell.state for cell in measure.series(shown, query).cells}


cells = st.dictionaries(
    st.tuples(
        st.sampled_from([LILLE, ROUBAIX, TOURCOING, AUBERS, PROVIN, "59128"]), st.sampled_from([2019, 2020, 2021])
    ),
    st.one_of(st.integers(0, 5_000).map(str), st.just("s")),
    min_size=1,
)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(drawn=({(LILLE, 2020): "4", (ROUBAIX, 2021): "s", (LILLE, 2021): "0"}, 1, True), form="xlsx")
@given(drawn=st.tuples(cells, st.integers(0, 99), st.booleans()), form=st.just("csv"))
def test_a_table_is_the_same_indicator_in_any_form(
    drawn: tuple[dict[tuple[str, int], str], int, bool], form: str, attacher: Attacher, tmp_path: Path
) -> None:
    cells, seed, named = drawn
    names = factories.geography().communes["name"].to_dict()
    name, title = (names.__getitem__, "Commune") if named else (str, "code_insee")
    forms = {
        "long": (long(cells, name, title), declaration({})),
        "wide": (wide(cells, name, title), declaration(WIDE)),
        "sdmx": (sdmx(cells), declaration({"numerator": "N"}, measure="RSA_MEASURE", value="OBS_VALUE")),
    }
    found = []
    for kind, (rows, said) in forms.items():
        head, *below = rows
        below.sort(key=lambda row: crc32(f"{seed}{row}".encode()))
        path = written(tmp_path / f"{kind}.{form}", [head, *below])
        read = reading(path, said, attacher)
        assert not read.account.rejects
        assert not read.account.questions
        frame = read.tables["observations"].query("state != 'missing'")
        found.append(
            sorted(frame[["commune", "variable", "year", "value", "state"]].fillna(-1).itertuples(index=False))
        )
    assert found[0] == found[1] == found[2]
    expected = {(*key, said if said == "s" else float(said)) for key, said in cells.items()}
    assert {(one.commune, one.year, "s" if one.state == "suppressed" else one.value) for one in found[0]} == expected


def test_counts_add_up_and_a_missing_commune_is_no_zero(
    attacher: Attacher, geography: Geography, tmp_path: Path
) -> None:
    told = everywhere()
    del told[ROUBAIX, 2021]
    told[TOURCOING, 2021] = "0"
    read = reading(written(tmp_path / "a.csv", long(told)), declaration({}), attacher)
    shown = release(geography, read)
    assert list(shown.indicators)[: len(INDICATORS)] == list(INDICATORS)
    found = measure.series(shown, Query(KEY))
    of = {code: sum(1 for t in members().values() if t == code) for code in TERRITORIES}
    assert {cell.code: cell.value for cell in found.cells} == {
        code: None if code == "3" else 10.0 * (count - (code == "2")) for code, count in of.items()
    }
    assert found.cell("3").state == found.total.state == MISSING
    assert states(shown, Query(KEY, "commune"))[TOURCOING] == ZERO
    assert (found.unit, found.vintage) == ("allocataires", "2021")


def test_a_ratio_adds_both_up_then_divides(attacher: Attacher, geography: Geography, tmp_path: Path) -> None:
    rows = [["Code", "Aidés", "Ménages"], *([code, str(1 + at), "50"] for at, code in enumerate(COMMUNES))]
    number = {"number": "rapport", "numerator": "Aidés", "denominator": "Ménages", "unit": "%", "scale": 100}
    shown = release(geography, reading(written(tmp_path / "aides_2022.csv", rows), declaration(number), attacher))
    for perimeter in PERIMETERS:
        inside = [COMMUNES.index(code) + 1 for code in members(perimeter)]
        total = measure.series(shown, Query(KEY, perimeter=perimeter)).total
        assert (total.numerator, total.denominator) == (sum(inside), 50 * len(inside))
        assert total.value == pytest.approx(100 * sum(inside) / (50 * len(inside)))


def test_a_median_is_never_added_up(attacher: Attacher, geography: Geography, tmp_path: Path) -> None:
    median = declaration({"number": "médiane", "unit": "€"})
    by_commune = release(geography, reading(written(tmp_path / "a.csv", long(everywhere(900))), median, attacher))
    assert by_commune.indicators[KEY].levels == ("commune",)
    assert states(by_commune, Query(KEY)) == {code: VALUE if code == "8" else MISSING for code in TERRITORIES}
    both = [*long(everywhere(900)), ["Weppes", "2021", "950"], ["T3", "2021", "s"]]
    shown = release(geography, reading(written(tmp_path / "b.csv", both), median, attacher))
    found = states(shown, Query(KEY))
    assert (found["1"], found["3"], found["2"], shown.indicators[KEY].levels[0]) == (
        VALUE,
        SUPPRESSED,
        MISSING,
        "territory",
    )


def test_a_table_of_territories_gives_no_commune(attacher: Attacher, geography: Geography, tmp_path: Path) -> None:
    rows = [
        ["Territoire", "2020", "2021"],
        *([one.name, "5", "7"] for one in TERRITORIES.values()),
        ["MEL", "40", "57"],
    ]
    read = reading(written(tmp_path / "t.csv", rows), declaration({"numerator": "{année}"}), attacher)
    shown = release(geography, read)
    assert set(states(shown, Query(KEY, "commune")).values()) == {MISSING}
    found = measure.series(shown, Query(KEY))
    assert [cell.value for cell in found.cells] == [7.0] * 8
    assert found.total.value == measure.series(shown, Query(KEY, "commune")).total.value == 56
    assert read.account.rows["control"] == 1
    assert [one.message for one in read.account.warnings if one.code == "total_mismatch"]
    then = measure.series(shown, Query(KEY, perimeter=85))
    assert {cell.code for cell in then.cells if cell.state == MISSING} == {"1", "7"}
    assert then.total.state == MISSING


def test_digits_are_territories_where_the_title_says_so(attacher: Attacher, tmp_path: Path) -> None:
    rows = [["Code territoire", "Allocataires"], *([str(code), "5"] for code in range(1, 9))]
    read = reading(written(tmp_path / "t_2021.csv", rows), declaration({}), attacher)
    assert set(read.tables["observations"]["commune"]) == set(TERRITORIES)


def test_what_is_hidden_cannot_be_rebuilt(attacher: Attacher, geography: Geography, tmp_path: Path) -> None:
    told = {(code, 2021): str((3, 8, 40, 70, 200)[crc32(code.encode()) % 5]) for code in COMMUNES}
    shown = release(geography, reading(written(tmp_path / "a.csv", long(told)), declaration({"secrecy": 11}), attacher))
    places, areas, sums = areas_of(tuple(COMMUNES))
    values = np.array([sum(int(told[COMMUNES[i], 2021]) for i in area) for area in areas], dtype=float)
    hidden = np.zeros(len(areas), dtype=bool)
    for perimeter in PERIMETERS:
        for level in ("commune", "territory"):
            found = measure.series(shown, Query(KEY, level, perimeter=perimeter))
            for cell in (*found.cells, found.total):
                at = places[cell.code, 0 if len(cell.code) > 3 else perimeter]
                hidden[at] = cell.state == SUPPRESSED
                assert cell.value == (None if hidden[at] else values[at])
    assert hidden[values < 11].all()
    lines = [Line(total, np.array(parts)) for total, parts in sums]
    assert not System(lines, len(areas)).known(hidden)
    assert states(shown, Query(KEY))["1"] == VALUE, "a territory is shown all the same"


def test_of_two_releases_one_state_of_what_is_hidden_is_served(
    attacher: Attacher, geography: Geography, tmp_path: Path
) -> None:
    """Three units more in one commune: of the year that differs, nothing is left in the release that is not shown."""
    told = {(code, year): "40" for code in COMMUNES for year in (2020, 2021)}
    rule = declaration({"secrecy": 11})
    first, second = (
        release(geography, reading(written(tmp_path / f"{name}.csv", long(cells)), rule, attacher))
        for name, cells in (("a", told), ("b", told | {(ROUBAIX, 2021): "43"}))
    )
    older = beside(first, replace(second, id="1"))
    assert set(states(older, Query(KEY, year=2021)).values()) == {SUPPRESSED}
    assert set(states(older, Query(KEY, year=2020)).values()) == {VALUE}
    assert "retirés" in str(measure.series(older, Query(KEY, year=2021)).notes[0])
    assert beside(first, first) is first
    open_ = declaration({})
    first, second = (replace(one, manifest=release(geography, reading(tmp_path / "a.csv", open_, attacher)).manifest)
                     for one in (first, second))  # fmt: skip
    assert beside(first, second) is first, "nothing of it is secret"


def test_a_secret_of_the_file_hides_the_sums_over_it(attacher: Attacher, geography: Geography, tmp_path: Path) -> None:
    told = {**everywhere(), (ROUBAIX, 2021): "s"}
    rows = [*long(told), ["Territoire Roubaisien", "2021", "100"]]
    shown = release(geography, reading(written(tmp_path / "a.csv", rows), declaration({}), attacher))
    found = measure.series(shown, Query(KEY))
    assert (found.cell("3").state, found.total.state, found.cell("2").state) == (SUPPRESSED, SUPPRESSED, VALUE)


def test_few_units_hide_a_median(attacher: Attacher, geography: Geography, tmp_path: Path) -> None:
    rows = [["INSEE", "Loyer", "Baux"], [LILLE, "14", "900"], [ROUBAIX, "11", "4"], [AUBERS, "9", ""]]
    number = {"number": "median", "numerator": "Loyer", "denominator": "Baux", "secrecy": 5, "unit": "€ par m²"}
    shown = release(geography, reading(written(tmp_path / "a_2020.csv", rows), declaration(number), attacher))
    found = states(shown, Query(KEY, "commune"))
    assert (found[LILLE], found[ROUBAIX], found[AUBERS]) == (VALUE, SUPPRESSED, SUPPRESSED)


def test_associated_communes_are_in_lille(attacher: Attacher, tmp_path: Path) -> None:
    for rows in (
        [[LILLE, "2021", "9"], ["59355", "2021", "3"], ["59298", "2021", "2"]],
        [["Lille", "2021", "9"], ["Lomme", "2021", "3"], ["Hellemmes", "2021", "2"]],
    ):
        path = written(tmp_path / "a.csv", [["Commune", "Année", "Allocataires"], *rows])
        read = reading(path, declaration({}), attacher)
        assert read.account.rows == {"accepted": 1, "duplicate": 2}
        assert list(read.tables["observations"]["value"]) == [9.0]


def test_what_cannot_be_read_is_said_with_its_line(attacher: Attacher, tmp_path: Path) -> None:
    rows = [
        *(["code_insee", "Allocataires 2020", "Allocataires 2021"], [LILLE, "12", "douze"], [ROUBAIX, "x", "-3"]),
        *(["75056", "1", "2"], ["Atlantide", "1", "2"], [LILLE, "13", "4"], [TOURCOING, "1 234,0", "5"]),
    ]
    read = reading(written(tmp_path / "a.csv", rows), declaration(WIDE), attacher)
    assert read.account.rows == {"accepted": 2, "rejected": 3, "outside": 1}
    assert [one.row for one in read.account.rejects] == [3, 5, 6]
    assert all(one.reason and one.remedy for one in read.account.rejects)
    told = next(one for one in read.account.warnings if one.code == "unreadable_value")
    assert "Allocataires 2021" in told.message
    assert "2" in told.message
    with pytest.raises(UnreadableFile, match="Bénéficiaires") as refused:
        reading(written(tmp_path / "b.csv", rows), declaration({"numerator": "Bénéficiaires"}), attacher)
    assert (refused.value.line, refused.value.column) == (1, "Bénéficiaires")
    assert "Allocataires 2020" in refused.value.remedy
    with pytest.raises(UnreadableFile, match="lieux"):
        reading(written(tmp_path / "c.csv", [["Mois", "Allocataires"], ["mars", "3"]]), declaration({}), attacher)


def test_a_table_as_staff_send_it(attacher: Attacher, geography: Geography, tmp_path: Path) -> None:
    names = [str(geography.communes.loc[code, "name"]) for code in (LILLE, ROUBAIX, TOURCOING)]
    rows = [
        *(["Vacance par commune"], ["Au 31/12/2022"], [""], ["Commune", "Taux de logements vacants", "Logements"]),
        *([name, f"{at + 5},5 %", f"1 00{at}"] for at, name in enumerate(names)),
        *(["Total MEL", "6,5 %", "3003"], ["Champ : MEL"]),
    ]
    rate = {"number": "taux", "unit": "%", "numerator": "Taux de logements vacants"}
    for name in ("a.csv", "a.xlsx"):
        read = reading(written(tmp_path / name, rows), declaration(rate), attacher)
        frame = read.tables["observations"]
        assert (list(frame["value"]), set(frame["year"])) == ([5.5, 6.5, 7.5], {2022})
        assert read.account.rows == {"accepted": 3, "control": 1}
    found = declaring.guessed(declaring.opened(tmp_path / "a.csv", lambda _cells: False), attacher)
    assert (found.area, [one.numerator for one in found.numbers]) == (
        "Commune",
        ["Taux de logements vacants", "Logements"],
    )
    assert found.numbers[0].number == "rate"
    with pytest.raises(UnreadableFile, match="tableau de communes") as refused:
        read_file(tmp_path / "a.csv", None, None, attacher)
    assert "--declare" in refused.value.remedy


def test_columns_of_insee_have_their_years(attacher: Attacher, tmp_path: Path) -> None:
    rows = [["CODGEO", "LIBGEO", "P21_CHOM1564", "P15_CHOM1564"], [LILLE, "Lille", "12.4", "11"]]
    read = reading(written(tmp_path / "a.csv", rows), declaration({"numerator": "P{year}_CHOM1564"}), attacher)
    assert dict(zip(read.tables["observations"]["year"], read.tables["observations"]["value"], strict=True)) == {
        2021: 12.4,
        2015: 11.0,
    }
    table = declaring.opened(tmp_path / "a.csv", lambda _cells: False)
    assert declaring.references(table, "CODGEO") == ("P{year}_CHOM1564",)


def test_a_table_finer_than_communes_is_refused(attacher: Attacher, tmp_path: Path) -> None:
    rows = [["com", "iris", "Allocataires"], *([code, f"{at}", f"{at}"] for code in COMMUNES[:5] for at in range(3))]
    with pytest.raises(UnreadableFile, match="10 lignes") as refused:
        reading(written(tmp_path / "iris_2021.csv", rows), declaration({}), attacher)
    assert "IRIS" in refused.value.remedy


def test_a_year_that_nothing_tells_is_asked(attacher: Attacher, tmp_path: Path) -> None:
    rows = [["code_insee", "Allocataires"], [LILLE, "12"]]
    asked = reading(written(tmp_path / "a.csv", rows), declaration({}), attacher).account.questions
    assert [one.key for one in asked] == ["year"]
    for path, said in ((tmp_path / "caf_2019.csv", {}), (tmp_path / "a.csv", {"year": "2019"})):
        read = reading(written(path, rows), declaration({}, **said), attacher)
        assert (list(read.tables["observations"]["year"]), read.account.questions) == ([2019], [])
