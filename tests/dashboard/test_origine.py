"""« D’où vient ce chiffre ? »: the page, the API and the command tell one origin, and none of who is not named."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from dashboard.cli import main
from dashboard.portrait.content import content as portrait
from dashboard.portrait.place import place
from layers import demonstration, measure
from layers.series import Query
from tests import factories
from tests.dashboard import serving
from tests.dashboard.api_pages import got
from tests.layers.invented import actor, grant

HIDDEN = ("Régie Cachée", "11111111100019", "111111111", "ligne 41", '"row":41')
"""What would name the beneficiary that no page may name, or lead to it."""
QUERIES = ("q=cachee", "q=regie", f"commune={factories.LILLE}", "territory=8", "sort=name", "sort=-name", "year=2020")


@pytest.fixture(scope="module")
def hiding(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A release with a structure in partial diffusion that a list and grants name, in three ways."""
    told: dict[str, Any] = {"commune": factories.LILLE, "year": 2020, "raw": "Nom : Régie Cachée | SIREN : 111111111"}
    return serving.client(
        tmp_path_factory.mktemp("hiding"),
        actors=[
            actor(1, siret="11111111100019", siren="111111111", name="[ND]", diffusion="P", source="sirene"),
            actor(40, siret="11111111100019", name="Régie Cachée"),
            actor(3, siret="22222222200027", name="Structure connue"),
        ],
        grants=[
            grant(40, 111_100, siret="11111111100019", name="Régie Cachée", **told),
            grant(41, 222_200, name="Régie Cachée", **{**told, "row": 41}),
            grant(42, 333_300, siren="111111111", name="Regie cachee (Lille)", **{**told, "row": 41}),
            grant(43, 444_400, siret="22222222200027", name="Structure connue", commune=factories.LILLE, year=2020),
        ],
    )


def first_part(answer: Any) -> Any:
    return answer["parts"][0]


def test_the_records_of_the_api_add_up_to_the_figure_page_after_page(demo: FlaskClient) -> None:
    found = _records(demo, "/indicators/actors/origin?area=3")
    assert sum(record["value"] for record in found) == got(demo, "/indicators/actors/origin?area=3")["numerator"]
    assert len({record["name"] for record in found}) == len(found)


def _records(client: FlaskClient, path: str) -> list[Any]:
    found: list[Any] = []
    following: str | None = f"/api/v1{path}"
    while following:
        part = first_part(json.loads(client.get(following).data))
        found += part["records"]
        following = part["next"]
    return found


def test_a_figure_of_a_series_has_its_origin_where_it_is_asked_for(demo: FlaskClient) -> None:
    plain = got(demo, "/indicators/grants_per_inhabitant")
    assert "origin" not in plain["total"]
    asked = got(demo, "/indicators/grants_per_inhabitant?origin=1")
    schemas = got(demo, "/openapi.json")["components"]
    Draft202012Validator({"$ref": "#/components/schemas/Series", "components": schemas}).validate(asked)
    for cell in (*asked["values"], asked["total"]):
        of = {part["of"]: part["total"] for part in cell["origin"]["parts"]}
        assert of == {"numerator": cell["numerator"], "denominator": cell["denominator"]}
        whole = json.loads(demo.get(cell["origin"]["address"]).data)
        assert whole["value"] == cell["value"]
        Draft202012Validator({"$ref": "#/components/schemas/Origin", "components": schemas}).validate(whole)


@pytest.mark.parametrize("query", ["area=9", "area=59001", "page=2&area=59025", "part=3", "part=0", "zone=3"])
def test_what_is_not_understood_is_a_problem(demo: FlaskClient, query: str) -> None:
    response = demo.get(f"/api/v1/indicators/grants_per_inhabitant/origin?{query}")
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"


def test_the_page_tells_the_figure_its_sum_and_its_lines(demo: FlaskClient) -> None:
    html = demo.get("/origine?indicator=grants_per_inhabitant&area=3").text
    answer = got(demo, "/indicators/grants_per_inhabitant/origin?area=3")
    names = [record["name"] for record in first_part(answer)["records"]]
    assert names
    assert all(name in html for name in names)
    assert all(f"ligne {record['lines'][0]['row']}<" in html for record in first_part(answer)["records"])
    assert "Formule" in html
    english = demo.get("/origine?indicator=grants_per_inhabitant&area=3&lang=en").text
    assert "Where does this figure come from?" in english


def test_every_figure_of_a_portrait_and_the_panel_of_the_map_lead_to_it(demo: FlaskClient) -> None:
    release = demonstration.release()
    view = factories.view(release)
    made = portrait(view, place(view, "3"))
    entries = [
        entry for section in made.sections for sheet in section.sheets for row in sheet.rows for entry in row[1:]
    ]
    links = re.findall(r'<a class="traced" href="([^"]+)"', demo.get("/territoire/3").text)
    assert len(links) == sum(entry.of is not None for entry in entries) > 0
    for link in (links[0], links[-1]):
        assert demo.get(link.replace("&amp;", "&")).status_code == 200
    panel = re.search(r'id="whence" href="([^"]+)"', demo.get("/carte?territory=3&indicator=actors").text)
    assert panel is not None
    assert "Structures ESS, Roubaisien" in demo.get(panel[1].replace("&amp;", "&")).text


def test_a_hidden_figure_leads_to_nothing_anywhere(demo: FlaskClient) -> None:
    series = measure.series(demonstration.release(), Query("jobs", "commune"))
    code = next(cell.code for cell in series.cells if cell.state == "suppressed")
    answer = got(demo, f"/indicators/jobs/origin?area={code}")
    assert (answer["state"], answer["numerator"], answer["parts"]) == ("suppressed", None, [])
    html = demo.get(f"/origine?indicator=jobs&area={code}").text
    assert "sous secret" in html
    assert "<table" not in html


def test_who_may_not_be_named_is_in_no_answer(hiding: FlaskClient) -> None:
    """Whatever is looked for or ordered by: the amounts are there, and nothing that names, places or leads to it."""
    addresses = [
        "/origine?indicator=actors&area=8",
        *(f"/origine?indicator={key}&area=8" for key in ("grants_amount", "grants_count", "grants_beneficiaries")),
        *(f"/api/v1/indicators/{key}/origin?area=8" for key in ("actors", "grants_amount", "grants_beneficiaries")),
        "/api/v1/indicators/grants_amount?origin=1&level=commune",
        *(f"/api/v1/grants?{query}" for query in QUERIES if "sort" not in query),
        *(f"/financements/subventions{form}?{query}" for query in QUERIES for form in ("", ".csv")),
        "/methode",
    ]
    for address in addresses:
        text = hiding.get(address).text
        told = [one for one in HIDDEN if one in text.replace('value="cachee"', "")]
        assert told == [], address
    assert "Structure connue" in hiding.get("/financements/subventions?year=2020").text


def test_the_amounts_of_who_is_not_named_stay_in_the_sums(hiding: FlaskClient) -> None:
    answer = got(hiding, f"/grants?commune={factories.LILLE}&year=2020")
    assert (answer["count"], answer["amount_total"]) == (4, 11110)
    blanked = [record for record in answer["records"] if record["unnamed"]]
    assert len(blanked) == 3
    kept = {"unnamed", "sector", "family", "grantor", "instrument", "kind", "year", "amount", "source", "vintage"}
    for record in blanked:
        assert {name for name, value in record.items() if value} <= {*kept, "file_sha256"}
    schemas = got(hiding, "/openapi.json")["components"]
    Draft202012Validator({"$ref": "#/components/schemas/Grants", "components": schemas}).validate(answer)


def test_a_change_leads_to_the_figures_of_both_years(demo: FlaskClient) -> None:
    page = demo.get("/origine?indicator=actors&year=2023&compare=2019&area=3").get_data(as_text=True)
    told, other = re.findall(r'<p class="sum" id="moved">(.+?) <a href="(.+?)">', page)[0]
    then, now = (measure.series(demonstration.release(), Query("actors", year=year)).cell("3") for year in (2019, 2023))
    assert f"De {then.value:.0f} en 2019 à {now.value:.0f} en 2023" in told.replace("\u202f", "").replace("\u00a0", " ")
    assert f"{100 * (now.value / then.value - 1):+.1f}".replace(".", ",") in told  # type: ignore[operator]
    back = demo.get(other.replace("&amp;", "&")).get_data(as_text=True)
    assert f"<b>{then.value:.0f}</b>" in back
    assert told in back


def test_a_name_that_is_looked_for_never_finds_it(hiding: FlaskClient) -> None:
    assert got(hiding, "/grants?q=regie+cachee&year=2020")["count"] == 0


def test_the_command_prints_the_figure_and_a_line_for_each_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["trace", *arguments, "--data-dir", str(tmp_path)])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    status, out, _err = run("grants_per_inhabitant", "3")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    figure = measure.series(demonstration.release(), Query("grants_per_inhabitant")).cell("3")
    assert float(rows[0]["value"]) == figure.value
    lines = [row for row in rows if row["part"] == "numerator" and row["row"]]
    assert sum(float(row["value"]) for row in lines) == figure.numerator
    assert {len(row["file_sha256"]) for row in lines} == {64}
    status, out, _err = run("grants_per_inhabitant", "--area", "3", "--format", "json")
    assert json.loads(out)["parts"][0]["count"] == len(lines)
    for wrong in (("inconnu",), ("actors", "75056"), ("actors", "--year", "1900"), ("actors", "--sector", "inconnue")):
        status, out, err = run(*wrong)
        assert (status, out) == (2, "")
        assert "inconnu" in err or "Pas de valeur" in err
