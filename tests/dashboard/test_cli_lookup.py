"""``ess fetch recherche-entreprises --for``: a file asks for the places that it lacks, and the next import has them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.administration import blueprint
from layers import lookups
from layers.store import Store
from tests.dashboard.desk import Desk, inline
from tests.dashboard.forms.test_administered_forms import form_at
from tests.dashboard.test_cli_fetch import Run, _environment, ess
from tests.layers.fetching.companies_service import Companies, unit
from tests.layers.fetching.server import Server, serving, status
from tests.layers.readers.fictitious import siret

__all__ = ["ess"]
LILLE, ROUBAIX, PARIS = "59350", "59512", "75108"
HEADER = "Attributaire;SIRET bénéficiaire;Objet;Montant voté;Année"
ROWS = (
    f"ASSOCIATION D’ESSAI UN;{siret(1)};essai 1;100;2023",
    f"ASSOCIATION D’ESSAI DEUX;{siret(2)};essai 2;200;2023",
    "ASSOCIATION D’ESSAI TROIS;;essai 3;400;2023",
    "ASSOCIATION D’ESSAI QUATRE;;essai 4;800;2023",
    "DUPONT MARTIN;;essai 5;1600;2023",
    f"SOCIETE D’ESSAI SIX;{siret(6)};essai 6;3200;2023",
)


def _units() -> list[dict[str, Any]]:
    def named(number: int, name: str, commune: str, **changes: Any) -> dict[str, Any]:
        title = f"ASSOCIATION D’ESSAI {name}"
        return unit(number, (commune,), nom_complet=title, nom_raison_sociale=title, **changes)

    said = {"est_ess": False, "identifiant_association": None}
    return [
        named(1, "UN", ROUBAIX), named(2, "DEUX", PARIS), named(3, "TROIS", LILLE),
        named(7, "QUATRE", LILLE), named(8, "QUATRE", PARIS),
        unit(6, (ROUBAIX,), nature_juridique="5710"), unit(9, nature_juridique="1000", complements=said),
    ]  # fmt: skip


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        found.routes["/search"] = Companies(_units())
        yield found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "subventions_2023.csv"
    path.write_text("\n".join([HEADER, *ROWS]) + "\n", "utf-8")
    return path


def placed(data: Path) -> dict[str, str | None]:
    store = Store(data)
    grants = store.load(str(store.current())).tables()["grants"]
    return dict(
        zip(
            grants["name"].str.split().str[-1],
            grants["commune"].astype(object).where(grants["commune"].notna(), None),
            strict=True,
        )
    )


def test_a_file_asks_for_what_it_lacks_and_is_placed_by_the_answers(
    ess: Run, server: Server, file: Path, tmp_path: Path
) -> None:
    code, out, _err = ess("import", file)
    assert code == 0
    assert placed(tmp_path / "data") == dict.fromkeys(("UN", "DEUX", "TROIS", "QUATRE"))
    code, out, err = ess("fetch", "recherche-entreprises", "--for", file)
    assert code == 0, err
    assert "4 situés, 1 ambigus, jamais devinés, 0 inconnus" in out.replace("\u202f", " ")
    assert "QUATRE" in out
    assert f"À importer\u202f: ess import {file}" in out
    assert not [asked for asked in server.asked if "DUPONT" in asked.query["q"]]
    assert "Bénéficiaires cherchés" in err
    report = tmp_path / "report.json"
    assert ess("import", file, "--replace", "--report", report)[0] == 0
    assert placed(tmp_path / "data") == {"UN": ROUBAIX, "TROIS": LILLE, "QUATRE": None, "SIX": ROUBAIX}
    (told,) = json.loads(report.read_text("utf-8"))["files"]
    amounts = told["amounts_by_outcome"]
    assert (amounts["accepted"], amounts["outside"], amounts["not_ess"]) == (4500, 200, 1600)
    count = len(server.asked)
    assert ess("fetch", "recherche-entreprises", "--for", file)[0] == 0
    assert len(server.asked) == count


def test_it_goes_with_one_source_and_readable_files(ess: Run, file: Path, tmp_path: Path) -> None:
    code, _out, err = ess("fetch", "sirene", "--for", file)
    assert (code, "--for va avec recherche-entreprises" in err) == (2, True)
    code, _out, err = ess("fetch", "recherche-entreprises", "--for", tmp_path / "absent.csv")
    assert (code, "absent.csv" in err) == (1, True)


@pytest.fixture
def desk(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(blueprint.create, "__defaults__", (inline,))
    for name, value in _environment(server).items():
        monkeypatch.setenv(name, value)
    return Desk(tmp_path / "data")


def test_the_page_of_a_rehearsal_asks_and_rehearses_again(desk: Desk, file: Path) -> None:
    sent = desk.send((file.name, file.read_bytes()))
    form = form_at(desk, "/chercher", sent.location)
    assert desk.client.post(form.action, data={**dict(form.sent), "jeton": "0" * 64}).status_code == 403
    assert lookups.read(desk.data) == {}
    done = desk.client.post(form.action, data=dict(form.sent))
    assert (done.status_code, done.location) == (303, sent.location)
    page = desk.client.get(sent.location).text
    assert "Situés : 4 ; ambigus : 1 ; inconnus : 0" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert "ESSAI QUATRE" in page
    assert "/chercher" not in page, "nothing is left to ask"
    form = form_at(desk, "/publier", sent.location)
    assert desk.client.post(form.action, data=dict(form.sent)).status_code == 303
    assert placed(desk.data) == {"UN": ROUBAIX, "TROIS": LILLE, "QUATRE": None, "SIX": ROUBAIX}


def test_a_service_that_is_away_is_said_on_the_page_and_the_rehearsal_stands(
    desk: Desk, server: Server, file: Path
) -> None:
    sent = desk.send((file.name, file.read_bytes()))
    form = form_at(desk, "/chercher", sent.location)
    server.faults.extend([None, status(403)])
    desk.client.post(form.action, data=dict(form.sent))
    page = desk.client.get(sent.location).text
    assert "À la main" in page
    assert form_at(desk, "/chercher", sent.location), "what is left may be asked again"
    assert form_at(desk, "/publier", sent.location)


def test_the_assistant_shows_the_places_that_the_register_told(
    desk: Desk, ess: Run, file: Path, tmp_path: Path
) -> None:
    address = desk.send((file.name, file.read_bytes())).location + "/lecture/0"
    told = re.compile(r"<b>(\d+)</b> lieux trouvés")
    before = told.search(desk.client.get(address).text)
    assert ess("fetch", "recherche-entreprises", "--for", file)[0] == 0
    after = told.search(desk.client.get(address).text)
    assert before
    assert after
    assert int(after[1]) == int(before[1]) + 4, "three in the metropole, one outside"
