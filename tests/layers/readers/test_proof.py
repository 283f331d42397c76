"""A kind whose titles many files have is proved by what the file says: every layout is walked, in another domain."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.attach import Attacher
from layers.readers import Reading, read_file
from layers.readers.reader import Reader
from layers.readers.registry import LAYOUTS
from layers.templates import TEMPLATES
from layers.templates.workbook import ROWS
from layers.typography import typeset
from layers.unreadable import UnreadableFile
from tests.layers.readers.fictitious import SIAE, siae_row, siren, siret, write
from tests.layers.test_containers import xlsx

OWN = {
    *(
        "adrs_codeinsee",
        "nomBeneficiaire",
        "P21_POP",
        "MED21",
        "TP6021",
        "Demandeurs_Emploi",
        "nb_ls",
        "ZE2020",
        "est_ess",
    ),
    *("FLORES_MEASURE", "POPREF_MEASURE", "FILOSOFI_MEASURE", "DEFM_MEASURE", "etatAdministratifEtablissement"),
    "TP6021",
}
"""Titles that no file has but those of their kind: a layout without one of them needs proof."""
EVERYDAY = {"pivot": "siret", "kind": "type", "post_code": "code_postal", "city": "ville", "name": "nom", "naf": "ape"}
GENERIC = [one for one in LAYOUTS if not OWN & {column.name for column in one.columns if column.required}]
SOURCES = ["liste_2023.csv", "export 2023.csv", "donnees_ville_2023.csv"]

numbers = st.integers(1, 9_000_000)
everyday = st.one_of(
    st.sampled_from(
        ["Boulangerie fictive", "SARL", "SAS", "EI", "Vélo", "Rouge", "oui", "4941A", "Parc d’essai", "2023"]
    ),
    st.sampled_from(["2023-05-04", "12,5", "Fréquentation", "Fonctionnement", "Cantine", "Lille", "59000", "59350"]),
    st.integers(0, 100_000).map(str),
    numbers.map(siret),
    numbers.map(siren),
)
counts = st.integers(0, 900).map(str)
BY_TITLE = {
    "siret": numbers.map(siret),
    "SIREN": numbers.map(siren),
    **dict.fromkeys(("code_postal", "Code postal"), st.just("59100")),
    **dict.fromkeys(("ville", "commune", "Ville", "Libellé de la commune de l’établissement"), st.just("Roubaix")),
    **dict.fromkeys(("CODGEO", "Code commune"), st.sampled_from(["59350", "59512"])),
    **dict.fromkeys(("Département", "Code du département de l’établissement"), st.just("59")),
    "Année": st.sampled_from(["2022", "2023"]),
    "Date": st.just("14/05/2023"),
    "Territoire": st.just("Roubaix"),
    "type": st.sampled_from(["EI", "AI", "SARL", "SAS"]),
    "ASSOCIATION": st.just("Club fictif"),
    **dict.fromkeys(("Montant", "Total des subventions", "Indice", "postes", "etablissements"), counts),
    **dict.fromkeys(("ET_TOT", "EFF_TOT", "T1 2023"), counts),
}
"""Cells that each title would have in any domain: well formed, so that only what they speak of is in doubt."""


def required(layout: Reader) -> list[str]:
    """The titles that a layout must have, an everyday one where it admits one."""
    return [EVERYDAY.get(column.name, column.name) for column in layout.columns if column.required]


def silently(reading: Reading, kind: str) -> bool:
    accepted = reading.account.rows["accepted"]
    return reading.reader.kind == kind and accepted > 0 and not reading.account.questions


def test_most_layouts_have_a_title_of_their_own() -> None:
    assert {layout.kind for layout in GENERIC} == {
        *("siae", "conseiller-numerique", "ess-france", "jaune", "flores", "flores-communes", "flores-etablissements"),
        *("jobseekers", *TEMPLATES),
    }


@pytest.mark.parametrize("layout", GENERIC, ids=lambda layout: f"{layout.kind}-{len(required(layout))}")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_its_titles_over_another_domain_do_not_make_a_kind(
    layout: Reader, data: st.DataObject, tmp_path: Path, attacher: Attacher
) -> None:
    titles = required(layout)
    order = data.draw(st.permutations(titles))
    cells = st.tuples(*(BY_TITLE.get(title, everyday) for title in order)).map(list)
    rows = data.draw(st.lists(cells, min_size=1, max_size=4))
    path = write(tmp_path, order, rows, data.draw(st.sampled_from(SOURCES)))
    try:
        assert not silently(read_file(path, None, None, attacher), layout.kind)
    except UnreadableFile as error:
        assert error.remedy


def companies(folder: Path, *types: str, name: str = "entreprises_2023.csv") -> Path:
    return write(folder, SIAE, [siae_row(at, kind=kind) for at, kind in enumerate(types)], name)


@pytest.mark.parametrize(
    ("types", "name", "is_insertion"),
    [
        (["EI", "EI", "AI"], "entreprises_2023.csv", False),
        (["EI", "EI", "AI"], "SIAE_2023.csv", True),
        (["EI", "EI", "AI"], "liste insertion 2023.csv", True),
        (["EI", "ETTI"], "entreprises_2023.csv", True),
        (["EI", "SARL", "SAS", "GEIQ"], "entreprises_2023.csv", False),
        (["SARL", "SAS"], "siae_2023.csv", False),
    ],
)
def test_types_of_companies_are_no_types_of_insertion(
    types: list[str], name: str, *, is_insertion: bool, tmp_path: Path, attacher: Attacher
) -> None:
    found = read_file(companies(tmp_path, *types, name=name), None, None, attacher)
    assert (found.reader.kind == "siae") is is_insertion


def test_a_kind_that_is_said_needs_no_proof(tmp_path: Path, attacher: Attacher) -> None:
    assert read_file(companies(tmp_path, "EI"), "siae", None, attacher).account.rows["accepted"] == 1


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_is_known_by_its_sheet_or_by_its_own_words(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    template = TEMPLATES[kind]
    titles = [typeset(field.header) for field in template.fields if field.required or field.identity]
    row = [field.example or "110,2" for field in template.fields if field.required or field.identity]
    named = write(tmp_path, titles, [row], f"{template.title} 2023.csv")
    assert read_file(named, None, None, attacher).reader.kind == kind
    path = xlsx(tmp_path / "suivi.xlsx", [["lisez-moi"]], {ROWS: [titles, row]})
    assert read_file(path, None, None, attacher).reader.kind == kind


def test_an_index_is_one_of_prices_where_it_says_so(tmp_path: Path, attacher: Attacher) -> None:
    titles = ["Année", "Indice", "Série"]
    of_visits = write(tmp_path, titles, [["2023", "118,4", "Visites des parcs"]], "indice_2023.csv")
    with pytest.raises(UnreadableFile, match="inconnu"):
        read_file(of_visits, None, None, attacher)
    of_prices = write(tmp_path, titles, [["2023", "118,4", "IPC base 2015"]], "indice_2023.csv")
    assert read_file(of_prices, None, None, attacher).reader.kind == "indice-des-prix"


@pytest.mark.parametrize(
    ("titles", "name", "scope", "asks"),
    [
        (["CODGEO", "emplois_2023", "nb_etablissements"], "emploi_2023.csv", "all", True),
        (["CODGEO", "emplois_2023", "nb_etablissements"], "emploi_total_2023.csv", "all", False),
        (["CODGEO", "emplois_2023", "nb_etablissements"], "ess_2023.csv", "ess", False),
        (["CODGEO", "emplois_2023", "nb_etablissements"], "presse_2023.csv", "all", True),
        (["CODGEO", "emplois_2023", "nb_etablissements"], "emploi_hors_ess_2023.csv", "all", True),
        (["CODGEO", "emplois_2023", "nb_etablissements"], "emploi_total_et_ess_2023.csv", "all", True),
        (["CODGEO", "postes_ess", "etablissements_ess"], "postes_2023.csv", "ess", False),
        (["CODGEO", "postes_prives", "etablissements"], "ess_ou_pas_2023.csv", "private", False),
        (["CODGEO", "postes", "etablissements", "champ"], "postes_2023.csv", "all", True),
    ],
)
def test_posts_are_of_the_ess_where_the_file_says_so(
    titles: list[str], name: str, scope: str, *, asks: bool, tmp_path: Path, attacher: Attacher
) -> None:
    row = ["59350", "180", "10", ""][: len(titles)]
    found = read_file(write(tmp_path, titles, [row], name), None, None, attacher)
    assert found.tables["jobs"]["scope"].tolist() == [scope]
    assert [question.key for question in found.account.questions] == ["scope"] * asks
