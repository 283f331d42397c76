"""The list of grants: one truth with the figures, the API and its files, from one address."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboard.grants.listing import PER_PAGE, Listing
from dashboard.grants.state import ORDERS, PATH, GrantsState, parse
from layers import demonstration, measure, stages
from layers.measure import NOWHERE
from layers.names import plain
from layers.series import Query
from tests import factories, random_releases

QUERIES = (
    "",
    "territory=3",
    "commune=59512&sort=name",
    "year=2021&sort=-commune",
    "stage=paid&territory=8",
    f"territory={NOWHERE}",
)


def exported(client: FlaskClient, query: str) -> list[dict[str, str]]:
    content = client.get(f"{PATH}.csv?{query}").data
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content[3:].decode()), delimiter=";"))


def euros(text: str) -> float:
    return float(text.replace(",", "."))


@pytest.mark.parametrize("query", QUERIES)
def test_page_files_and_listing_show_the_same_grants(demo: FlaskClient, query: str) -> None:
    rows = exported(demo, query)
    html = demo.get(f"{PATH}?{query}").text
    names = re.findall(r'<th scope="row" data-head="Bénéficiaire">([^<]+)', html)
    assert names == [row["name"] for row in rows[:PER_PAGE]]
    assert names
    book = load_workbook(io.BytesIO(demo.get(f"{PATH}.xlsx?{query}").data), read_only=True)
    lines = [line for line in book.worksheets[0].iter_rows(min_row=5, values_only=True) if line[0]]
    assert [line[0] for line in lines] == [row["name"] for row in rows]
    assert [line[6] for line in lines] == [euros(row["amount"]) for row in rows]


@pytest.mark.parametrize("seed", [None, *range(random_releases.number(1))])
def test_the_list_of_a_place_adds_up_to_its_figure(seed: int | None) -> None:
    release = demonstration.release() if seed is None else random_releases.release(seed)
    for year in measure.years(release, "grants_amount"):
        if year not in stages.by_year(release):
            continue
        for level in ("territory", "commune"):
            series = measure.series(release, Query("grants_amount", level, year=year))
            for cell in series.cells[:: 1 if level == "territory" else 7]:
                state, _ = parse(f"{level}={cell.code}&year={year}", release)
                assert cell.numerator is None or Listing(release, state).cents / 100 == pytest.approx(cell.numerator)
            nowhere, _ = parse(f"territory={NOWHERE}&year={year}", release)
            apart = measure.unlocated(release, series.query)
            assert Listing(release, nowhere).cents / 100 == pytest.approx(apart)


def test_it_is_ordered_as_it_is_asked_and_every_grant_is_on_one_page() -> None:
    release = demonstration.release()
    for column in ORDERS:
        for sort in (column, f"-{column}"):
            state, ignored = parse(f"sort={sort}&stage=asked", release)
            frame = Listing(release, state).frame
            communes = frame["commune"].map(release.geography.communes["name"])
            told = {
                "amount": frame["amount_cents"],
                "commune": communes.map(plain, na_action="ignore"),
                **{name: frame[name].map(plain) for name in ("name", "grantor", "instrument")},
            }[column]
            known = [*told.dropna()]
            assert known == sorted(known, reverse=sort.startswith("-")), sort
            assert told.isna().sum() == told.isna()[::-1].cummin().sum()
            assert ignored == ()
    pages = [Listing(release, GrantsState(stage="asked", page=n)) for n in range(1, 99)]
    read = [row["where"] for one in pages[: pages[0].pages] for row in one.rows()]
    assert len(read) == len(set(read)) == pages[0].count > PER_PAGE


def test_an_address_is_written_as_it_is_read_and_says_what_it_does_not_know() -> None:
    release = demonstration.release()
    for query in QUERIES:
        state, ignored = parse(query, release)
        assert (parse(state.to_query(), release)[0], ignored) == (state, ())
    state, ignored = parse("grantor=personne&year=1789&page=0&couleur=bleu&sort=rien&indicator=actors", release)
    assert state == GrantsState()
    assert [one.key for one in ignored] == ["grantor", "year", "page", "couleur", "sort"]


def test_pages_of_money_lead_to_the_list_of_their_place(demo: FlaskClient) -> None:
    for address, key, value in (
        ("/financements", "", ""), ("/territoire/3", "territory", "3"), ("/territoire/59512", "commune", "59512"),
        ("/origine?indicator=grants_amount&area=59512", "commune", "59512"),
    ):  # fmt: skip
        found = re.search(rf'href="{PATH}([^"]*)"', demo.get(address).text)
        assert found is not None, address
        asked = dict(parse_qsl(found[1].replace("&amp;", "&").removeprefix("?")))
        assert not key or asked[key] == value
        assert demo.get(f"{PATH}{found[1]}".replace("&amp;", "&")).status_code == 200


def test_nothing_to_list_says_so(imported: FlaskClient, demo: FlaskClient) -> None:
    assert "Aucune subvention pour ce choix" in demo.get(f"{PATH}?commune=59025&q=zzz").text
    assert imported.get(f"{PATH}?territory=1&q=essai").status_code == 200
    assert json.loads(imported.get("/api/v1/grants?territory=1&q=essai").data)["records"] == []
    answer = json.loads(imported.get("/api/v1/grants").data)
    assert {row["name"] for row in exported(imported, "")} == {one["name"] for one in answer["records"]}


def test_a_release_without_grants_has_an_empty_list() -> None:
    release = factories.release(observations=factories.everywhere())
    listing = Listing(release, GrantsState())
    assert (listing.count, listing.pages, listing.year) == (0, 1, None)
    assert listing.headline()
    assert listing.content().sections[0].sheets[0].rows == ()
