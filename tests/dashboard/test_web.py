"""Plain addresses: health, packs, structures, exports, and what is not found."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from dashboard import assets, packs, program
from dashboard.packs import PackKey
from dashboard.slices import Scope
from dashboard.web import _scope
from geodata.perimeter import PERIMETERS
from layers import demonstration
from layers.classing import Classing

IMMUTABLE = "public, max-age=31536000, immutable"
DEMO = demonstration.release().id


def test_health_tells_the_release(demo: FlaskClient) -> None:
    answer = demo.get("/health")
    assert answer.get_json() == {"status": "ok", "release": DEMO}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/comparer", "/territoire/3", "/territoire/59512", "/financements", "/suivi"])
def test_a_page_is_made_once_and_not_sent_to_who_holds_it(demo: FlaskClient, path: str) -> None:
    first, again = (demo.get(path, headers={"Accept-Encoding": "br"}) for _ in range(2))
    assert (first.data, first.headers["ETag"]) == (again.data, again.headers["ETag"])
    held = demo.get(path, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (held.status_code, held.data, held.headers["ETag"]) == (304, b"", first.headers["ETag"])
    for other in (f"{path}?lang=en", f"{path}?perimeter=85", f"{path}?couleur=bleu"):
        answer = demo.get(other, headers={"If-None-Match": first.headers["ETag"]})
        assert answer.status_code == 200
        assert answer.headers["ETag"] != demo.get(path).headers["ETag"]


@pytest.mark.parametrize("name", sorted(assets.files()))
def test_scripts_and_styles_are_for_ever_under_their_digest(demo: FlaskClient, name: str) -> None:
    answer = demo.get(f"{assets.base()}/{name}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, IMMUTABLE)
    assert answer.data == assets.files()[name]
    assert answer.mimetype == assets.kind(name)
    assert demo.get(f"/assets/0000000000/{name}").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("scope", [Scope("territory", None, 95), Scope("commune", "3", 85), Scope("commune", None, 90)])
def test_a_pack_is_for_ever_under_its_release_and_program(demo: FlaskClient, scope: Scope) -> None:
    key = PackKey("actors_per_1000", scope, Classing("quantile"))
    answer = demo.get(f"/pack/{DEMO}/{key.path}.json?v={program.mark()}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, IMMUTABLE)
    assert answer.data == packs.pack(demonstration.release(), key)


@pytest.mark.parametrize("query", ["", "?v=0000000000"])
def test_a_pack_of_another_program_is_not_kept(demo: FlaskClient, query: str) -> None:
    answer = demo.get(f"/pack/{DEMO}/actors/territory-all-95/jenks.json{query}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_the_page_names_the_pack_that_its_script_asks_for(demo: FlaskClient) -> None:
    page = demo.get("/carte?indicator=actors&level=commune&territory=3&method=quantile").get_data(as_text=True)
    found = re.search(r' data-fetch="([^"]+)"', page)
    assert found is not None
    assert found.group(1) == f"/pack/{DEMO}/actors/commune-3-95/quantile.json?v={program.mark()}"
    boot = json.loads(page.split('id="boot">')[1].split("</script>")[0])
    assert (boot["release"], boot["program"]) == (DEMO, program.mark())
    script = assets.files()["packs.js"].decode()
    assert "`/pack/${this.release}/${name}.json?${this.mark}`" in script


@pytest.mark.parametrize(
    "path",
    [
        "0123456789ab/actors/territory-all-95/jenks.json", f"{DEMO}/magie/territory-all-95/jenks.json",
        f"{DEMO}/actors/territory-all-87/jenks.json", f"{DEMO}/actors/territory-3-95/jenks.json",
        f"{DEMO}/actors/commune-9-95/jenks.json", f"{DEMO}/actors/territory-all-95/kmeans.json",
        f"{DEMO}/actors/quartier-all-95/jenks.json", f"{DEMO}/actors/territory-all-95/jenks.txt",
        "..%2f..%2fetc/actors/territory-all-95/jenks.json", f"{DEMO}/actors/commune-all-95-95/jenks.json",
    ],
)  # fmt: skip
def test_an_unknown_pack_is_not_found(demo: FlaskClient, path: str) -> None:
    assert demo.get(f"/pack/{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/assets/x/absent.js", "/export/odt", "/territoire/3x", "/carte/", "/export/", "/pack/"]
)
def test_an_unknown_address_is_not_found(demo: FlaskClient, path: str) -> None:
    answer = demo.get(path)
    assert answer.status_code == 404
    assert "Page introuvable" in answer.get_data(as_text=True)


def test_scopes_are_read_as_they_are_named() -> None:
    scopes = [Scope("territory", None, p) for p in PERIMETERS]
    scopes += [Scope("commune", code, p) for code in (None, *"12345678") for p in PERIMETERS]
    assert [_scope(scope.key) for scope in scopes] == scopes
    assert [
        _scope(text) for text in ("", "commune", "commune-3", "commune--95", "commune-3-95-x", "territory-all-٩٥")
    ] == [None] * 6


def test_structures_of_a_view(imported: FlaskClient) -> None:
    answer = imported.get("/structures?commune=59512")
    assert answer.get_json()["lines"] == [
        ["<b>Essai</b>", "Divers · Associations", "/acteurs/siae:essai:2?commune=59512"]
    ]
    assert answer.mimetype == "application/json"


def test_an_export_is_a_file_named_after_the_view(imported: FlaskClient, demo: FlaskClient) -> None:
    answer = imported.get("/export/csv?indicator=actors&level=commune")
    release = imported.get("/health").get_json()["release"]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="ess_actors_commune_{release}.csv"'
    assert answer.mimetype == "text/csv"
    assert demo.get("/export/json").headers["Content-Disposition"].endswith('_demonstration.json"')


def test_an_export_follows_the_link_of_the_page(imported: FlaskClient) -> None:
    page = imported.get("/carte?indicator=actors&level=commune&perimeter=85").get_data(as_text=True)
    link = re.search(r'href="([^"]+)" download data-form="csv"', page)
    assert link is not None
    lines = imported.get(link.group(1).replace("&amp;", "&")).get_data(as_text=True).splitlines()
    assert len(lines) == 86


@pytest.mark.parametrize("path", ["/carte", "/structures", "/export/csv", "/export/json", "/methode", "/"])
@pytest.mark.parametrize(
    "query", ["%ff%fe=%00", "year=" + "9" * 3000, "sector=<script>", "indicator=&&&=;", "release=../../etc"]
)
def test_no_query_breaks_a_page(demo: FlaskClient, path: str, query: str) -> None:
    answer = demo.get(f"{path}?{query}")
    assert answer.status_code in (200, 302)
    assert b"<script>=" not in answer.data


def test_what_is_too_large_is_refused(demo: FlaskClient) -> None:
    answer = demo.post("/_dash-update-component", data=b"x" * 3_000_000, content_type="application/json")
    assert answer.status_code == 413


def test_the_table_of_a_view_is_that_of_its_page(demo: FlaskClient) -> None:
    query = "indicator=actors_per_1000&level=commune&territory=3"
    answer = demo.get(f"/table?{query}")
    assert answer.mimetype == "text/html"
    told = answer.get_data(as_text=True)
    assert '<th scope="row">Roubaix<' in told
    assert told.count('data-code="') == told.count('scope="row"') > 2
    page = demo.get(f"/carte?{query}").get_data(as_text=True)
    served = page.partition("<h2>Tableau des valeurs</h2>")[2].partition("</table>")[0]
    assert served.split() == told.partition("</h2>")[2].partition("</table>")[0].split()


@pytest.mark.parametrize(("since", "status"), [("2019", 200), ("1789", 404), ("20190", 404), ("", 404)])
def test_a_pack_of_changes_is_of_a_year_that_is_held(demo: FlaskClient, since: str, status: int) -> None:
    path = f"/pack/{DEMO}/actors/territory-all-95/jenks+since-{since}.json"
    assert demo.get(path).status_code == status
