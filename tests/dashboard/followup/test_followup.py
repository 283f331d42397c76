"""``/suivi``: sums that lose nothing, planned and observed kept apart, gauges that say when they have no source."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app import create_server
from dashboard.content import Content, Sheet
from dashboard.followup import chain, results
from dashboard.followup.choice import Choice, address, read
from dashboard.followup.content import content
from dashboard.i18n import speaking
from dashboard.services import View
from dashboard.settings import Settings
from geodata.territories import TERRITORIES
from layers import demonstration, programme, survival
from layers.importing import import_files
from layers.store import Store
from layers.templates import TEMPLATES
from tests.factories import view
from tests.layers.templates.test_templates import filled

RELEASE = demonstration.release()
RESIDUE = re.compile(r"[{}]|  |\bNone\b|\bnan\b|\b(?:de le|de les|à le|à les)(?= [A-Z])|,,|\.\.")
KINDS = ("emplois", "budget", "appel-a-projets", "rencontres", "bonnes-pratiques")
YEARS = st.sampled_from(range(2019, 2024))


def shown(lang: str = "fr", territory: str | None = None, until: int = 2023) -> tuple[View, Choice]:
    seen = view(RELEASE, lang=lang, territory=territory)
    return seen, Choice(until, territory, tuple(range(2019, 2024)))


def sheet(made: Content, key: str) -> Sheet:
    return next(one for section in made.sections for one in section.sheets if one.key == key)


@given(until=YEARS)
def test_territories_and_the_bucket_make_up_the_total(until: int) -> None:
    made = content(*shown(until=until))
    for key in ("jobs-territory", "laureates-territory", "meetings-territory"):
        rows = sheet(made, key).rows
        for at in range(1, len(rows[0])):
            cells = [row[at] for row in rows]
            if any(not isinstance(cell.value, float | int) for cell in cells) or "%" in cells[-1].text:
                continue
            assert cells[-1].value == pytest.approx(sum(float(cell.value or 0) for cell in cells[:-1])), key


@given(until=YEARS, territory=st.none() | st.sampled_from(sorted(TERRITORIES)))
def test_jobs_are_those_of_the_entries(until: int, territory: str | None) -> None:
    _seen, choice = shown(territory=territory, until=until)
    table = RELEASE.programme
    for kind in ("created", "maintained"):
        for moment in ("planned", "12", "36"):
            rows = table[table["measure"].eq(f"jobs_{kind}_{moment}") & table["year"].isin(choice.window)]
            if territory:
                rows = rows[rows["territory"].eq(territory).fillna(value=False)]
            told = programme.total(choice.counted(programme.entries(RELEASE, "jobs")), f"jobs_{kind}_{moment}")
            assert (told or 0) == rows["value"].sum()
            assert (told is None) == rows.empty
    drawn = results.jobs(RELEASE, choice).drawings[0]
    assert [row[0] for row in drawn.rows] == ["Prévus", "Constatés à 12 mois", "Constatés à 36 mois"]
    assert len(drawn.numbers[0]) == 2, "created and maintained are two numbers, never their sum"
    assert ("objectif" in str(drawn.body)) == (territory is None)


def test_the_headline_states_planned_jobs_beside_the_target() -> None:
    seen, choice = shown()
    jobs = choice.counted(programme.entries(RELEASE, "jobs"))
    said = content(seen, choice).headline
    for kind in ("created", "maintained"):
        assert str(round(programme.total(jobs, f"jobs_{kind}_planned") or 0)) in said
    assert said.endswith("pour un objectif de 1\u202f000")
    assert "objectif" not in content(*shown(territory="3")).headline


def test_survival_is_looked_for_in_lists_of_the_same_source() -> None:
    found = survival.survival(RELEASE)
    assert [one.year for one in found] == [2019, 2020]
    for one in found:
        assert 0 < one.there <= one.known
    from dataclasses import replace  # noqa: PLC0415

    actors = RELEASE.actors
    other = actors.assign(source=actors["source"].mask(actors["year"].eq(2022), "autre"))
    changed = replace(RELEASE, grants=RELEASE.grants)
    object.__setattr__(changed, "actors", other)
    assert [one.year for one in survival.survival(changed)] == [2020]


@pytest.mark.parametrize(
    ("instrument", "step"),
    [
        ("Conseil et accompagnement", "Émergence"),
        ("Amorçage", "Émergence"),
        ("Incubateur territorial", "Incubation"),
        ("Aide financière à la création", "Création"),
        ("Appel à projets « Entreprendre autrement »", "Création"),
        ("PTCE", "Création"),
        ("Autre chose", ""),
        (None, ""),
        (pd.NA, ""),
    ],
)
def test_steps_follow_the_name_of_the_instrument(instrument: object, step: str) -> None:
    assert chain.step_of(instrument) == step


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("territory", [None, *TERRITORIES])
def test_sentences_have_no_residue(lang: str, territory: str | None) -> None:
    with speaking(lang):
        made = content(*shown(lang, territory))
    said = [made.headline, made.subtitle, *made.lines]
    for section in made.sections:
        said += [section.title, *section.paragraphs, *(one.text for one in section.statements)]
        said += [text for one in section.drawings for text in (one.title, one.told)]
        said += [entry.text for one in section.sheets for row in one.rows for entry in row]
    assert [one for one in said if RESIDUE.search(one)] == []


def test_each_gauge_says_when_it_has_no_source(imported: FlaskClient) -> None:
    text = imported.get("/suivi").text
    assert "Cette publication ne contient aucun suivi du plan." in text
    for template in KINDS:
        assert f"remplir le modèle «\u202f{template}\u202f»" in text.replace("\u00a0", "\u202f")


def test_the_form_is_answered_by_the_address_it_makes(demo: FlaskClient) -> None:
    assert demo.get("/suivi?sent=1&until=2023&territory=").headers["Location"] == "/suivi"
    answer = demo.get("/suivi?sent=1&until=2021&territory=3&lang=en")
    assert answer.headers["Location"] == "/suivi?until=2021&territory=3&lang=en"
    text = demo.get("/suivi?until=1789&couleur=bleu").text
    told = text[text.index('id="ignored"') :].partition("</p>")[0]
    assert "until=1789" in told
    assert "couleur=bleu" in told


def test_an_address_says_the_whole_choice(demo: FlaskClient) -> None:
    seen, choice = shown(territory="3", until=2020)
    assert address(seen, choice) == "/suivi?until=2020&territory=3"
    assert read(seen).territory == "3"
    assert demo.get(address(seen, choice)).status_code == 200


@pytest.mark.parametrize("form", ["xlsx", "pdf", "docx", "pptx"])
def test_files_are_made(demo: FlaskClient, form: str) -> None:
    answer = demo.get(f"/suivi.{form}?territory=3&release={RELEASE.id}")
    assert answer.status_code == 200
    assert f"demonstration.{form}" in answer.headers["Content-Disposition"]
    if form == "xlsx":
        made = content(*shown(territory="3"))
        book = load_workbook(BytesIO(answer.data))
        one = sheet(made, "jobs-year")
        page = next(page for page in book if page.cell(1, 1).value == one.title)
        for line, row in enumerate(one.rows, start=5):
            for at, entry in enumerate(row, start=1):
                if isinstance(entry.value, float | int):
                    assert page.cell(line, at).value == pytest.approx(entry.value)
    assert demo.get("/suivi.exe").status_code == 404


def test_filled_templates_reach_the_page(tmp_path: Path) -> None:
    """From the workbook that staff fill to what an elected official reads."""
    jobs = {"year": 2022, "title": "Atelier fictif", "commune": "Roubaix", "jobs_created_planned": 4}
    rows: dict[str, list[dict[str, object]]] = {
        "emplois": [
            {**jobs, "jobs_created_12": 3.5},
            {"year": 2023, "title": "Cantine fictive", "commune": "Lille", "jobs_maintained_planned": 6},
        ],
        "budget": [{"year": 2023, "instrument": "Incubateur", "budget_voted": 700000, "budget_executed": 650000}],
        "rencontres": [{"date": "14/05/2023", "title": "Rencontre fictive", "territory": "3", "minutes": "@SUM(1+1)"}],
        "bonnes-pratiques": [{"year": 2023, "title": "Clause fictive", "commune": "Lille", "done": "L’écrire."}],
    }
    paths = [filled(tmp_path, TEMPLATES[kind], *some, name=f"{kind}.xlsx") for kind, some in rows.items()]
    store = Store(tmp_path / "data")
    import_files(paths, store)
    client = create_server(Settings(ESS_DATA_DIR=tmp_path / "data")).test_client()
    text = client.get("/suivi").text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "De 2021 à 2023, 4 emplois créés et 6 maintenus sont prévus dans la métropole" in text
    assert "650 000 €" in text
    assert "Rencontre fictive" in text
    assert "Clause fictive" in text
    assert "Données de démonstration" not in text
    book = load_workbook(BytesIO(client.get("/suivi.xlsx").data))
    cells = [cell for page in book.worksheets for line in page.iter_rows() for cell in line]
    assert any(cell.value == "@SUM(1+1)" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_links_that_a_file_brought_are_followed_only_where_they_are_pages() -> None:
    assert chain._safe("https://exemple.fr")
    assert not chain._safe("javascript:alert(1)")
