"""The directory page, its export and the API: one truth, from one address."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from typing import Any
from urllib.parse import parse_qs, unquote

import numpy as np
import pytest
from flask.testing import FlaskClient

from dashboard.directory import points
from dashboard.directory.listing import PER_PAGE, Listing
from dashboard.directory.state import DirectoryState, parse
from layers import demonstration, directory
from tests import factories
from tests.dashboard import serving
from tests.dashboard.reading import Page
from tests.factories import AUBERS, LILLE, ROUBAIX, actor
from tests.layers.invented import grant

QUERIES = (
    "", "territory=3", "commune=59512&family=association", "sector=divers&size=10-19", "q=iris&territory=8",
    "employer=yes&qpv=in", "family=mutuelle&year=2021",
)  # fmt: skip


def exported(client: FlaskClient, query: str) -> list[dict[str, str]]:
    content = client.get(f"/acteurs.csv?{query}").data
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content[3:].decode()), delimiter=";"))


def listed(client: FlaskClient, query: str) -> tuple[int, list[str]]:
    """How many the page says, and the keys of the sheets that it links to, in order."""
    html = client.get(f"/acteurs?{query}").text
    count = re.search(r'<h1 id="headline">([\d\u202f]+)', html)
    assert count is not None
    keys = re.findall(r'<th scope="row"><a href="/acteurs/([^?"]+)', html)
    return int(count[1].replace("\u202f", "")), [unquote(key) for key in keys]


@pytest.mark.parametrize("query", QUERIES)
def test_page_export_and_api_show_the_same_rows(demo: FlaskClient, query: str) -> None:
    answer = json.loads(demo.get(f"/api/v1/actors?{query}").data)
    rows = exported(demo, query)
    count, keys = listed(demo, query)
    assert answer["count"] == len(rows) == count > 0
    assert [row["key"] for row in rows][:PER_PAGE] == keys
    assert [record["name"] for record in answer["records"]] == [row["name"] for row in rows[:PER_PAGE]]
    assert {row["demonstration"] for row in rows} == {"données de démonstration, fictives"}


def test_pages_hold_every_row_once(demo: FlaskClient) -> None:
    query = "commune=59009"
    count, _first = listed(demo, query)
    met = [key for page in range(1, -(-count // PER_PAGE) + 1) for key in listed(demo, f"{query}&page={page}")[1]]
    assert len(met) == len(set(met)) == count
    assert listed(demo, f"{query}&page=9999")[1] == listed(demo, f"{query}&page={-(-count // PER_PAGE)}")[1]


@pytest.mark.parametrize("name", ["name", "commune", "sector", "family", "size"])
def test_an_order_turns_round_and_what_is_not_told_stays_last(name: str) -> None:
    rows = [
        actor(n, LILLE if n % 2 else ROUBAIX, name=f"N{n}", size_class=size)
        for n, size in enumerate(["NN", "01", "12", "52"])
    ]
    rows.append(actor(9, None, name="Z", sector=None, family=None))
    release = factories.release(actors=rows)
    up, down = (Listing(release, DirectoryState(sort=sort)).whole() for sort in (name, f"-{name}"))
    assert set(up["name"]) == set(down["name"]) == {"N0", "N1", "N2", "N3", "Z"}
    if name == "name":
        assert up["name"].tolist() == down["name"].tolist()[::-1]
    else:
        assert up["name"].iloc[-1] == down["name"].iloc[-1] == "Z"
    if name == "size":
        assert down["size_class"].tolist()[:4] == ["52", "12", "01", "NN"]


def test_an_address_is_read_and_written_back() -> None:
    release = demonstration.release()
    query = "territory=3,8&family=association&q=iris&sort=-size&page=2&indicator=jobs&level=commune"
    state, ignored = parse(query, release)
    assert ignored == ()
    assert parse(state.to_query(), release) == (state, ())
    assert parse("territory=8&territory=3", release)[0].chosen == {"territory": ("8", "3")}
    assert state.cleared().to_query() == "sort=-size&indicator=jobs&level=commune"


@pytest.mark.parametrize(
    ("query", "left"),
    [("territory=9", ["territory=9"]), ("sector=divers,x", ["sector=x"]),
     ("couleur=bleu&page=0", ["couleur=bleu", "page=0"]),
     ("year=1789", ["year=1789"]), ("q=%20!", ["q= !"]), ("sort=age", ["sort=age"]),
     ("commune=75056", ["commune=75056"])],
)  # fmt: skip
def test_what_is_not_understood_is_told(demo: FlaskClient, query: str, left: list[str]) -> None:
    _state, ignored = parse(query, demonstration.release())
    assert [f"{one.key}={one.value}" for one in ignored] == left
    assert all(one in Page(demo.get(f"/acteurs?{query}").text).text_of("ignored") for one in left)


def test_an_impossible_choice_is_explained(demo: FlaskClient) -> None:
    page = demo.get("/acteurs?sector=construction&family=mutuelle&commune=59051").text
    assert "Ces filtres ne vont pas ensemble" in page
    state, _ignored = parse("sector=construction&family=mutuelle&commune=59051", demonstration.release())
    for chip in Listing(demonstration.release(), state).chips():
        assert chip.count == listed(demo, chip.href.partition("?")[2])[0]


def test_points_say_how_well_they_are_known() -> None:
    rows = [
        actor(1, LILLE, name="A", longitude=3.06, latitude=50.63, position="address"),
        actor(2, LILLE, name="B", longitude=3.07, latitude=50.63, position="commune"),
        actor(3, ROUBAIX, name="C"),
        actor(4, None, name="D"),
    ]
    release = factories.release(actors=rows)
    put = points.places(release, 2020, "yes")
    everything = np.ones(4, dtype=bool)
    assert put.tally(everything) == (1, 2, 1)
    base = json.loads(points.packed(release, 2020, "yes"))
    assert base["names"] == ["A", "B", "C", "D"]
    assert base["points"][2:] == [-1] * 6, "no point is made up for a commune"
    assert [base["communes"][at][0] if at >= 0 else None for at in base["where"]] == [LILLE, LILLE, ROUBAIX, None]
    assert base64.b64decode(points.bits(np.array([True, False, True, False]))) == bytes([0b10100000])


def test_who_may_not_be_named_is_nowhere(tmp_path: Any) -> None:
    number = {"siret": "12345678200010", "siren": "123456782"}
    client = serving.client(
        tmp_path,
        actors=[
            actor(1, LILLE, name="SECRETE", year=2019, **number),
            actor(2, LILLE, name="", diffusion="P", longitude=3.06, latitude=50.63, position="address", **number),
            actor(3, LILLE, name="Visible", siren="987654324", reasons="cj flag"),
            actor(4, AUBERS, name="<i>Attente</i>", ess="to_review"),
        ],
        grants=[
            grant(1, 150_000, LILLE, siren="987654324", kind="voted"),
            grant(2, 70_000, LILLE, siren="987654324", kind="paid"),
            grant(3, 30_000, LILLE, siren="987654324", kind="paid"),
        ],
    )
    told = [
        client.get(path).text
        for path in ("/acteurs", "/acteurs?year=2019", "/acteurs.csv", f"/acteurs/{number['siret']}")
    ]
    assert not [page for page in told if "SECRETE" in page or number["siret"] in page]
    assert "1 autre structure, qui a demandé à n’être pas diffusée" in " ".join(told[0].split())
    assert client.get(f"/acteurs/{number['siret']}").status_code == 404
    release = re.search(r'data-points="([^"]+)"', told[0])
    assert release is not None
    assert json.loads(client.get(release[1]).data)["names"] == ["Visible"]

    sheet = client.get("/acteurs/987654324-59350").text
    for words in ("catégorie juridique de l’ESS, indicateur ESS de Sirene", "1\u202f500", "700", "essai.csv, ligne 4"):
        assert words in sheet
    assert "2010, versée\u00a0: 1\u202f000\u202f€" in sheet.replace("\u00a0€", "\u202f€")
    assert "2\u202f500" not in sheet, "what is voted and what is paid are never added"
    waiting = client.get("/acteurs?ess=to_review").text
    assert "&lt;i&gt;Attente&lt;/i&gt;" in waiting
    assert "<i>Attente" not in waiting


@pytest.mark.parametrize("contact", ["", "ess@example.org"])
def test_an_error_is_reported_with_its_exact_reference(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, contact: str
) -> None:
    monkeypatch.setenv("ESS_CONTACT", contact)
    client = serving.client(tmp_path, actors=[actor(1, LILLE, siren="987654324")])
    page = client.get("/acteurs/987654324-59350").text
    release = re.search(r'data-release="(\w+)"', page)
    assert release is not None
    told = Page(page).text_of("report")
    for words in ("Essai 1", "987654324-59350", release[1], "essai.csv", "ligne 2", "sha256"):
        assert words in told
    mail = re.search(r'href="(mailto:[^"]+)"', page)
    assert (mail is not None) == bool(contact)
    if mail:
        assert unquote(mail[1]).startswith(f"mailto:{contact}?subject=")
        assert told.strip() in unquote(mail[1])


def test_a_list_of_the_map_leads_to_the_same_choice(demo: FlaskClient) -> None:
    html = demo.get("/acteurs?territory=3&sector=divers&indicator=jobs").text
    links = [parse_qs(found) for found in re.findall(r'href="/carte\?([^"]+)"', html.replace("&amp;", "&"))]
    assert {"indicator": ["jobs"], "sector": ["divers"], "territory": ["3"], "level": ["commune"]} in links


def test_facets_count_what_they_lead_to(demo: FlaskClient) -> None:
    state, _ignored = parse("territory=3&family=association", demonstration.release())
    for facet in Listing(demonstration.release(), state).facets():
        for option in facet.options[:3]:
            chosen = {**state.chosen, facet.key: (option.value,)}
            assert option.count == Listing(demonstration.release(), DirectoryState(chosen=chosen)).count
    assert [facet.key for facet in Listing(demonstration.release(), state).facets()] == list(directory.FACETS)
