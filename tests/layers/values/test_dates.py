from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.readers import vintages
from layers.values import date_writings
from layers.values.dates import PERIOD_NOTE, When, next_year, when, whens

LAST = 2027
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = st.dates(date(1990, 1, 1), date(LAST, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2023-06-30", "2023/06/30", "30/06/2023", "30-06-2023", "30.06.23", "30 juin 2023", "30-juin-23", "30 06 2023",
        "Délibération n°23-C-001 du 30 juin 2023", "CM du 30/06/2023", "45107", "45107.5", "20230630", "30062023",
        "2023-06-30T00:00:00", "2023-06-30 00:00:00", "30/06/2023 à 14h30", "June 30, 2023", "30-Jun-23",
        "30/06/2023_31/12/2023", "2023-06-30/2024-06-30", "du 30/06/2023 au 31/12/2024", "vendredi 30 juin 2023",
        "06/30/2023", "30/06/2023 - 31/12/2035",
    ],
)  # fmt: skip
def test_a_day_in_every_writing(text: str) -> None:
    assert when(text, last=LAST).day == date(2023, 6, 30)


@pytest.mark.parametrize(
    "text",
    ["2023", "2023.0", "2 023", "juin 2023", "juin-23", "T2 2023", "2023-T2", "2e trimestre 2023", "1er semestre 2023",
     "2023-06", "06/2023", "202306", "exercice 2023", "BP-2023", "subvention2023", "Budget primitif 2023 (voté)",
     "du T1 2023 au T4 2023", "12/03/2023 et 14/05/2023 puis 1er juin 2023"],
)  # fmt: skip
def test_a_year_without_its_day(text: str) -> None:
    found = when(text, last=LAST)
    assert (found.year, found.day, found.reason) == (2023, None, "")


@pytest.mark.parametrize("text", ["2022-2023", "2022/2023", "2022-23", "2022 à 2023", "Exercice 2022-2023"])
def test_a_period_counts_where_it_begins_and_is_said(text: str) -> None:
    assert when(text, last=LAST) == When(2022, years=(2022, 2023), note=PERIOD_NOTE)


@pytest.mark.parametrize(
    ("text", "note"),
    [("45107", "numéro de série"), ("31500", "1904"), ("30.06.23", "deux chiffres"), ("06/30/2023", "américaine"),
     ("01/07/2023_31/12/2023", "période")],
)  # fmt: skip
def test_what_is_interpreted_is_said(text: str, note: str) -> None:
    assert note in when(text, last=LAST).note


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("65748", "nombre"), ("bonjour", "ni date"), ("31/02/2023", "n’existe pas"), ("1850", "hors de 1990-2027"),
        ("2045", "hors de"), ("30/06/45", "hors de"), ("12345678", "n’existe pas"), ("200093201", "ni date"),
        ("n°2023-125", "ni date"), ("Délibération 2023-C-012", "ni date"), ("03 20 21 22 23", "ni date"),
        ("1 930,54", "ni date"), ("2021, 2023", "plusieurs années"), ("x" * 400, "trop long"),
        ("12/03/2021 modifiée le 30/06/2023", "plusieurs dates"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_in_words(text: str, reason: str) -> None:
    found = when(text, last=LAST)
    assert (found.year, found.day) == (None, None)
    assert reason in found.reason
    assert found.remedy


@pytest.mark.parametrize("text", ["", "  ", "-", "néant", "NC"])
def test_nothing_is_no_error(text: str) -> None:
    assert when(text) == When()


def test_several_years_are_proposed() -> None:
    assert when("2021, 2023", last=LAST).years == (2021, 2023)


def test_the_column_tells_the_order_of_day_and_month() -> None:
    assert [found.day for found in whens(["03/04/2023", "06/30/2023"])] == [date(2023, 3, 4), date(2023, 6, 30)]
    assert whens(["03/04/2023", "30/06/2023"])[0].day == date(2023, 4, 3)
    assert whens(["03/04/2023", "30/06/2023", "06/30/2023"])[0].day == date(2023, 4, 3)


def test_the_column_tells_the_epoch_of_serial_numbers() -> None:
    assert whens(["31500", "43645"])[1].day == date(2023, 6, 30)
    assert whens(["33000", "45107"])[1].day == date(2023, 6, 30)


@given(DAYS)
def test_every_day_in_every_sure_writing_is_read_back(day: date) -> None:
    french, english = MONTHS[day.month - 1], ENGLISH[day.month - 1]
    serial = (day - date(1899, 12, 30)).days
    for text in (
        day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}", f"{day:%Y%m%d}", f"{day:%d%m%Y}",
        f"{day.day} {french} {day.year}",
        f"{day.day}-{french.upper()}-{day:%y}", f"le {day.day} {french} {day.year}.",
        f"{english} {day.day}, {day.year}",
        f"{day:%d}-{english[:3]}-{day:%Y}", f"Séance du {day:%d/%m/%Y} (n° 12-45)", f"{day}T12:30:00", str(serial),
    ):  # fmt: skip
        assert when(text, last=LAST).day == day, text


@given(DAYS, st.integers(0, 700), st.sampled_from(["_", "/", " - ", " au "]), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d"]))
def test_a_period_is_read_by_its_first_day(day: date, length: int, between: str, form: str) -> None:
    end = date.fromordinal(day.toordinal() + length)
    assert when(f"{day.strftime(form)}{between}{end.strftime(form)}", last=LAST).day == day


@given(st.text() | st.text(alphabet="0123456789/-. juinT_", max_size=25))
def test_whatever_a_cell_holds_is_read_refused_or_empty(text: str) -> None:
    found = when(text)
    assert found.year is None or not found.reason
    assert bool(found.reason) == bool(found.remedy)
    assert found.year is None or 1990 <= found.year <= next_year()
    assert found.day is None or found.day.year == found.year


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("export_20231231", (2023,)), ("20231231_extract", (2023,)), ("export_31122023", (2023,)), ("2023-06", (2023,)),
        ("T2_2023", (2023,)), ("subventions2023", (2023,)), ("BP 2023", (2023,)), ("CA2023", (2023,)),
        ("exercice-2022-2023", (2022, 2023)), ("liste_2023_v2024", (2023, 2024)), ("siren 200093201", ()),
        ("compte 65748", ()), ("20009320100016", ()), ("plan 2050, aides 2023", (2023,)), ("202306_liste", (2023,)),
        ("sans année", ()), ("2023-06-30", (2023,)), ("export_20231231T1200", (2023,)),
    ],
)  # fmt: skip
def test_years_of_titles_sheets_and_file_names(name: str, years: tuple[int, ...]) -> None:
    assert vintages.years_in(name) == years
    found = vintages.named(Path(f"{name}.csv"))
    assert (found.year if found else None) == (years[0] if len(years) == 1 else None)


def test_a_month_of_the_name_is_in_its_edition() -> None:
    assert vintages.named(Path("siae_2020-12.csv")) == vintages.Vintage(2020, "2020-12")


def test_an_assumed_year_is_told_with_those_that_were_not_chosen() -> None:
    assert "2022, 2023" in vintages.assumed_current(Path("exercice-2022-2023.csv")).note
    assert "supposé" in vintages.assumed_current(Path("liste.csv")).label


@given(
    st.integers(1990, LAST),
    st.sampled_from(["{}", "liste_{}", "{}_liste", "{}1231", "0107{}", "T1 {}", "BP{}", "{}-06"]),
)
def test_one_year_is_sure_and_digits_around_it_are_none(year: int, form: str) -> None:
    name = form.format(year)
    assert vintages.years_in(name) == (year,)
    assert vintages.years_in(f"9{name}9" if name == str(year) else f"{name} 65748") in ((), (year,))
    assert vintages.years_in(f"9{year}") == vintages.years_in(f"{year}99") == ()


def test_two_digits_are_of_the_century_that_makes_them_plausible() -> None:
    assert [date_writings.full_year(text, LAST) for text in ("23", "27", "95", "28")] == [2023, 2027, 1995, 2028]
