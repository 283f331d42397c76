from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.attach import Attacher
from layers.readers import Reading, read_file
from tests.layers.readers.fictitious import JAUNE, jaune_detail, jaune_total, siren, text, write

ROUBAIX = "59 ROUBAIX"


def read(
    folder: Path, attacher: Attacher, *rows: list[str], name: str = "plf2012.csv", year: int | None = None
) -> Reading:
    return read_file(write(folder, JAUNE, rows, name), "jaune", year, attacher)


def warned(reading: Reading) -> dict[str, str]:
    return {warning.code: warning.message for warning in reading.account.warnings}


def test_a_detail_is_a_payment_and_its_total_a_control(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(
        tmp_path,
        attacher,
        jaune_total(1, "1 500 ", ROUBAIX),
        jaune_detail(1, "1 000 ", ROUBAIX),
        jaune_detail(1, "500,50", ROUBAIX, "Autre: 2"),
    )
    grants = reading.tables["grants"]
    assert dict(reading.account.rows) == {"control": 1, "accepted": 2}
    assert grants["amount_cents"].tolist() == [100_000, 50_050]
    first = grants.iloc[0]
    assert (first["siren"], first["name"], first["commune"]) == (siren(1), "FICTION N°1", "59512")
    assert (first["grantor"], first["kind"], first["instrument"]) == ("État", "paid", "Fiction: 1 - Essai")
    assert (first["year"], first["vintage"], first["family"]) == (2010, "PLF 2012", "association")
    assert grants["sector"].isna().all()
    assert reading.account.to_json()["amount_total"] == 1500.5
    assert "1\u202f500\u202f€, détails 1\u202f500,50\u202f€" in warned(reading)["total_mismatch"]


def test_rows_of_one_association_need_not_follow_each_other(tmp_path: Path, attacher: Attacher) -> None:
    rows = [
        jaune_total(1, "30"),
        jaune_total(2, "5"),
        jaune_detail(2, "5"),
        jaune_detail(1, "10"),
        jaune_detail(1, "20"),
    ]
    reading = read(tmp_path, attacher, *rows)
    assert dict(reading.account.rows) == {"control": 2, "accepted": 3}
    assert warned(reading) == {}
    assert reading.tables["grants"]["row"].tolist() == [4, 5, 6]


def test_a_mismatch_names_the_association_and_both_amounts(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, jaune_total(1, "64 530"), jaune_detail(1, "54 530"))
    message = warned(reading)["total_mismatch"]
    assert "FICTION N°1 - 59 LILLE (ligne 2)" in message
    assert "64\u202f530\u202f€" in message and "54\u202f530\u202f€" in message


def test_a_total_alone_and_details_alone_are_payments_and_said(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, jaune_total(1, "30"), jaune_detail(2, "5"))
    assert dict(reading.account.rows) == {"accepted": 2}
    assert set(warned(reading)) == {"total_without_details", "details_without_total"}
    assert reading.account.amount_cents == 3_500


def test_a_file_printed_twice_counts_once(tmp_path: Path, attacher: Attacher) -> None:
    rows = [
        jaune_total(1, "30"),
        jaune_detail(1, "10"),
        jaune_detail(1, "20"),
        jaune_total(2, "5"),
        jaune_detail(2, "5"),
    ]
    reading = read(tmp_path, attacher, *rows, *rows)
    assert dict(reading.account.rows) == {"control": 2, "accepted": 3, "duplicate": 5}
    assert reading.account.amount_cents == 3_500


def test_the_same_detail_twice_is_two_payments_where_the_total_says_so(tmp_path: Path, attacher: Attacher) -> None:
    twice = [jaune_detail(1, "10"), jaune_detail(1, "10")]
    reading = read(tmp_path, attacher, jaune_total(1, "20"), *twice)
    assert dict(reading.account.rows) == {"control": 1, "accepted": 2}
    assert reading.tables["grants"]["grant_id"].is_unique
    again = read(tmp_path, attacher, jaune_total(1, "10"), *twice)
    assert dict(again.account.rows) == {"control": 1, "accepted": 1, "duplicate": 1}


@pytest.mark.parametrize("place", ["59 ", "59", ""])
def test_an_association_without_commune_is_refused_with_its_line(
    tmp_path: Path, attacher: Attacher, place: str
) -> None:
    reading = read(tmp_path, attacher, jaune_total(1, "5", place), jaune_detail(1, "5", place), jaune_detail(2, "1"))
    (reject,) = reading.account.rejects
    assert (reject.row, reject.column, reject.reason) == (3, "ASSOCIATION", "Commune absente.")
    assert "commune de cette association" in reject.remedy
    assert "5\u202f€" in warned(reading)["amount_rejected"]
    assert reading.account.cents["rejected"] == 500


def test_elsewhere_is_outside_and_an_unknown_name_is_refused(tmp_path: Path, attacher: Attacher) -> None:
    places = ["59 DOUAI", "75 PARIS", "59 VILLEFICTIVE"]
    rows = [row for n, place in enumerate(places) for row in (jaune_total(n, "5", place), jaune_detail(n, "5", place))]
    reading = read(tmp_path, attacher, *rows)
    assert dict(reading.account.rows) == {"control": 3, "outside": 2, "rejected": 1}
    assert "VILLEFICTIVE" in reading.account.rejects[0].reason


def test_the_last_dash_of_a_name_opens_the_place(tmp_path: Path, attacher: Attacher) -> None:
    row = [siren(1), "AMIS DU 62 - 62 EN FETE - 59 LILLE CEDEX 9", "Fiction: 1", "", "5"]
    assert read(tmp_path, attacher, row).tables["grants"]["name"].item() == "AMIS DU 62 - 62 EN FETE"


@pytest.mark.parametrize("amount", ["", "abc", "1 23", "5 000 0", "1.234"])
def test_an_amount_that_may_be_cut_is_never_read(tmp_path: Path, attacher: Attacher, amount: str) -> None:
    reading = read(tmp_path, attacher, jaune_total(1, "5 000"), jaune_detail(1, amount))
    (reject,) = reading.account.rejects
    assert (reject.row, reject.column, reject.value) == (3, "Détail des subventions", amount)
    assert reading.account.amount_cents == 0
    assert "total_mismatch" in warned(reading)


def test_an_unreadable_total_is_refused_and_its_details_kept(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, jaune_total(1, "beaucoup"), jaune_detail(1, "5"))
    assert dict(reading.account.rows) == {"rejected": 1, "accepted": 1}
    assert reading.account.rejects[0].column == "Total des subventions"


def test_a_file_that_stops_in_the_middle_of_an_amount_does_not_count_its_first_half(
    tmp_path: Path, attacher: Attacher
) -> None:
    whole = text(JAUNE, [jaune_total(1, "12000"), jaune_detail(1, "12000")])
    path = tmp_path / "plf2012.csv"
    path.write_text(whole[:-3], encoding="utf-8")
    reading = read_file(path, None, None, attacher)
    assert reading.account.rejects[0].reason.startswith("Montant peut-être coupé")
    assert reading.account.amount_cents == 0
    path.write_text(whole.rstrip("\n"), encoding="utf-8")
    assert read_file(path, None, None, attacher).account.amount_cents == 1_200_000


def test_a_wrong_siren_is_refused_with_its_amount_accounted_for(tmp_path: Path, attacher: Attacher) -> None:
    row = ["123456789", "FICTION - 59 LILLE", "Fiction: 1", "", "5"]
    reading = read(tmp_path, attacher, row)
    assert (reading.account.rejects[0].column, reading.account.cents["rejected"]) == ("SIREN", 500)


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("plf2012.csv", None, (2010, "PLF 2012")),
        ("jaune_PLF-2013_x.csv", None, (2011, "PLF 2013")),
        ("liste.csv", None, (2010, "PLF 2012")),
        ("plf2012.csv", 2009, (2009, "PLF 2011")),
    ],
)
def test_payments_are_of_two_years_before_the_budget(
    tmp_path: Path, attacher: Attacher, name: str, year: int | None, expected: tuple[int, str]
) -> None:
    reading = read(tmp_path, attacher, jaune_detail(1, "5"), name=name, year=year)
    assert (reading.tables["grants"]["year"].item(), reading.account.vintage) == expected


places = st.sampled_from(["59 LILLE", ROUBAIX, "59 DOUAI", "75 PARIS", "59 ", "59 VILLEFICTIVE"])
blocks = st.lists(
    st.tuples(places, st.lists(st.integers(0, 10**9), min_size=1, max_size=4, unique=True)), min_size=1, max_size=6
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks, st.randoms(use_true_random=False))
def test_no_euro_is_lost_or_counted_twice(tmp_path: Path, attacher: Attacher, drawn, random) -> None:
    rows = []
    for number, (place, amounts) in enumerate(drawn):
        rows.append(jaune_total(number, f"{sum(amounts)}", place))
        rows += [jaune_detail(number, f"{amount:,}".replace(",", " "), place) for amount in amounts]
    random.shuffle(rows)
    account = read(tmp_path, attacher, *rows).account
    assert sum(account.cents.values()) == 100 * sum(sum(amounts) for _, amounts in drawn)
    assert account.rows["control"] == len(drawn)
    assert account.rows["duplicate"] == 0


@pytest.mark.real
def test_the_real_list(shared_data: Path, attacher: Attacher) -> None:
    (path,) = (shared_data / "funding").glob("jaune_*.csv")
    reading = read_file(path, None, None, attacher)
    account, grants = reading.account, reading.tables["grants"]
    assert (reading.reader.kind, account.encoding, account.vintage) == ("jaune", "cp1252", "PLF 2012")
    assert (account.rows_read, account.rows["control"], account.rows["duplicate"]) == (1329, 626, 0)
    assert account.rows["accepted"] == len(grants) == 464
    assert sum(account.cents.values()) == 3_517_883_400
    assert account.to_json()["amount_total"] == 25_291_590
    assert grants["siren"].nunique() == 396
    assert set(account.accepted_by_territory) == set("12345678")
    assert "total_mismatch" not in {warning.code for warning in account.warnings}
