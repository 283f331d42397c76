"""An official table says the same whatever the order of its columns and the way its titles are written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.attach import Attacher
from layers.headings import normalised
from layers.readers import Reading, read_file
from layers.recognition.spellings import Spellings, spelled
from layers.values.periods import Period
from tests.layers.readers.fictitious import VALID, write
from tests.layers.readers.test_public_names import plain

CODE = (
    "CODGEO",
    "Code INSEE",
    "Code commune",
    "code_insee_commune",
    "Code géographique",
    "CodeInsee",
    "Code Insee com",
)
MEASURES = {
    "p20_pop": ("P20_POP", "PMUN20", "PMUN_2020", "Population en 2020", "Population municipale 2020"),
    "p21_pop": ("PMUN2021", "PMUN 21", "Population municipale en 2021", "Populations municipales au 1er janvier 2021"),
    "MED21": ("Q221", "Médiane du niveau de vie (€) en 2021", "Médiane du revenu disponible par UC (en euros) 2021"),
    "TP6021": ("Taux de pauvreté au seuil de 60 % 2021", "taux_de_pauvrete_en_2021"),
    "NBMENFISC21": ("nb_men_fisc21", "NBMENFISC2021"),
    "Demandeurs_Emploi": ("Nombre de demandeurs d’emploi", "Demandeur d'emploi", "nb_defm_abc", "NbDemandeursEmploi"),
    "YEAR": ("Mois", "Période", "date", "Date du trimestre"),
    "nb_ls": ("Nombre de logements sociaux", "Logements locatifs sociaux", "NbLS", "nb_logements_sociaux"),
    "ET_TOT": ("et_tot", "ET TOT"),
    "postes": ("Postes au 31/12", "Effectifs salariés", "Nombre de postes", "NBSAL", "nb_salariés", "emplois_fictifs"),
    "etablissements": ("Nb d’établissements", "NBET", "Nombre établissements", "Établissements au 31/12"),
    "plus_grand_etablissement": ("Plus grand établissement", "Maximum", "max postes", "plus_grande_unite"),
    "annee": ("Année", "year", "TIME_PERIOD", "Millésime"),
    "secteur": ("Activité", "A88", "Division", "secteurs"),
    "famille": ("Familles", "famille ESS"),
    "nom": ("Nom de la structure", "Dénomination"),
    "code_postal": ("Code postal", "CP"),
    "commune": ("Ville", "Localité"),
    "Code postal": ("CP", "codepostal"),
    "Libellé de la commune de l'établissement": ("Commune", "Ville"),
    "Famille juridique de l'entreprise": ("Forme juridique",),
    "ZE2020": ("CODZE2020", "Code de la zone d’emploi 2020"),
    "LIBZE2020": ("LibZE2020", "libze 2020", "Libellé de zone d’emploi 2020"),
}  # fmt: skip
KINDS = (
    "population", "filosofi", "flores", "flores-communes", "flores-etablissements", "jobseekers", "social-housing",
    "employment-zones", "conseiller-numerique", "ess-france",
)  # fmt: skip
WRITINGS: tuple[Callable[[str], str], ...] = (
    str, str.upper, plain, lambda title: title.replace(" ", "_"), lambda title: f" {title}  ",
)  # fmt: skip


def told(reading: Reading) -> dict[str, list[dict[str, object]]]:
    """What a file says, its own mark apart."""
    frames = {name: frame.drop(columns="file_sha256").astype(object) for name, frame in reading.tables.items()}
    rows = {name: frame.where(frame.notna(), None).to_dict("records") for name, frame in frames.items()}
    return {name: sorted(told, key=repr) for name, told in rows.items()}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_same_cells_under_other_titles_in_another_order(
    kind: str, data: st.DataObject, tmp_path: Path, attacher: Attacher
) -> None:
    header, rows = VALID[kind]
    order = data.draw(st.permutations(range(len(header))))
    able = [(title, *(CODE if normalised(title) == "codgeo" else MEASURES.get(title, ()))) for title in header]
    titles = [data.draw(st.sampled_from(WRITINGS))(data.draw(st.sampled_from(able[at]))) for at in order]
    usual = told(read_file(write(tmp_path, header, rows), kind, None, attacher))
    other = write(tmp_path, titles, [[row[at] for at in order] for row in rows], "autre_2021.csv")
    found = read_file(other, None, None, attacher)
    assert (found.reader.kind, told(found)) == (kind, usual)


@pytest.mark.parametrize(
    ("titles", "written", "period"),
    [
        (spelled("P{year}_POP"), "P99_POP", Period(1999, 1, 1)),
        (spelled("P{year}_POP"), "POP", None),
        (spelled("Q2{year}"), "Q2 2021", None),
        (spelled("TP60{year}"), "TP6021", Period(2021, 1, 1)),
        (spelled("population en {year}"), "Population 2021", None),
        (spelled("population en {year}"), "Population en 2015-2021", None),
        (spelled("{period}"), "T1 2023", Period(2023, 1, 4)),
        (spelled("{period}"), "2023", None),
        (spelled("DEFM {period}"), "DEFM mars 2023", Period(2023, 3, 12)),
    ],
)
def test_a_date_is_told_where_its_place_is_declared(titles: Spellings, written: str, period: Period | None) -> None:
    assert titles.period(normalised(written)) == period
    assert titles.says(normalised(written)) is (period is not None)


@pytest.mark.parametrize(
    ("titles", "says", "not_"),
    [
        (spelled("postes …"), ["Postes", "postes 31/12"], ["poste", "nb postes", "postesx"]),
        (spelled("plus grand…"), ["plus grande unité"], ["plus petit"]),
        (spelled("… measure"), ["RP_MEASURE", "measure"], ["measures x"]),
        (
            spelled("indice … ensemble", never="variation"),
            ["indice base 2015 ensemble"],
            ["indice variation ensemble", "indice ensemble"],
        ),
        (spelled("catégorie (de demandeurs d’emploi)"), ["Catégories", "CATEGORIE DEMANDEUR EMPLOI"], ["emploi"]),
    ],
)
def test_what_may_be_left_out_or_added(titles: Spellings, says: list[str], not_: list[str]) -> None:
    assert [one for one in says if not titles.says(normalised(one))] == []
    assert [one for one in not_ if titles.says(normalised(one))] == []
