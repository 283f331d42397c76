from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.ess import public_body

ORDINARY = "900000001"


@pytest.mark.parametrize("prefix", ["11", "13", "17", "18", "19", *(str(n) for n in range(20, 30))])
def test_a_siren_of_public_law_is_proof_whatever_the_name(prefix: str) -> None:
    reason = public_body(f"{prefix}0000000", "ASSOCIATION DE PAPIER", "9499Z")
    assert reason is not None
    assert f"SIREN en {prefix}" in reason


@pytest.mark.parametrize("siren", ["100029172", "300000000", "775000000", ORDINARY])
def test_other_sirens_say_nothing_those_in_10_included(siren: str) -> None:
    assert public_body(siren, "ATELIER FICTIF", "8899B") is None


@pytest.mark.parametrize(
    "name",
    [
        "COMMUNE DE NULLEPART", "Commune d'Ailleurs", "VILLE DE NULLEPART", "Ville d’ANICROCHE",
        "MAIRIE", "Mairie de X",
        "CCAS", "C.C.A.S. de Nullepart", "ccas de x", "CIAS DU BOUT", "CTRE COM ACTION SOCIAL DE NULLEPART",
        "CENTRE COMMUNAL D'ACTION SOCIALE", "CTRE COMMUNAL ACTION SOCIALE D'X", "CTRE INTERCOM ACTION SOCIAL CIAS",
        "COMMUNAUTE DE COM DU BOUT", "Communauté de communes du Bout", "COMMUNAUTÉ URBAINE X", "SIVOM DU BOUT",
        "METROPOLE EUROPEENNE DE NULLEPART", "DEPARTEMENT DU BOUT", "Conseil départemental", "GIP DU BOUT",
        "Bibliothèque municipale de Nullepart", "COMMUNE ASSOCIEE DE NULLEPART", "Région Hauts-de-France",
        "EPCI du Bout",
        "CHU de Nullepart", "C.H.R.U.", "Centre hospitalier du Bout", "EHPAD public du Bout", "SDIS 59",
        "Office public de l'habitat du Bout", "Chambre d’agriculture", "Chambre de commerce et d'industrie",
        "Chambre de métiers et de l'artisanat", "Préfecture du Bout", "Sous-préfecture", "Tribunal judiciaire",
        "Police nationale", "Gendarmerie", "Trésor public", "Établissement public foncier",
        "Société publique locale X",
        "Société d'économie mixte du Bout", "Centre national de la recherche scientifique",
    ],
)  # fmt: skip
def test_an_office_or_form_stated_by_the_name_is_enough(name: str) -> None:
    assert public_body(None, name, None) is not None
    assert public_body(ORDINARY, name, None) is not None


@pytest.mark.parametrize(
    "name",
    [
        "ASSOCIATION DES AMIS DE LA COMMUNE DE NULLEPART", "Les amis de la ville de Nullepart", "ASSOC MAIRIE ET CIE",
        "COMMUNE DE NULLEPART AMICALE DU PERSONNEL", "CENTRE SOCIAL DE L'ESPOIR", "HARMONIE MUNICIPALE", "VILLENVIE",
        "COMITE DES FETES DE LA COMMUNE DE X", "LA COMMUNE IMAGINEE", "MEDIATHEQUE X", "Maison des associations de X",
        "Ville en mouvement", "Les amis du collège fictif", "Parents d'élèves du lycée fictif",
        "Anciens du lycée fictif",
        "Association des parents d'élèves du lycée", "Université populaire", "Collège privé fictif",
        "Lycée Saint-Fictif",
        "École de musique", "Centre hospitalier privé fictif", "Collège des psychologues", "Hôpital sans frontière",
        "Foyer du collège fictif", "Association syndicale libre du Bout", "METROPOLES EN FETE", "COM DES FETES",
        "COM DE QUARTIER DU BOUT", "Mission locale", "", "'",
    ],
)  # fmt: skip
def test_a_name_that_proves_nothing_drops_no_one(name: str) -> None:
    assert public_body(None, name, None) is None
    assert public_body(ORDINARY, name, None) is None


def test_an_abbreviation_counts_only_without_a_private_siren() -> None:
    assert public_body(None, "COM DE NULLEPART", None) is not None
    assert public_body(ORDINARY, "COM DE NULLEPART", None) is None


def test_general_administration_is_public_unless_the_name_says_association() -> None:
    assert public_body(ORDINARY, "REGIE FICTIVE", "84.11Z") is not None
    assert public_body(ORDINARY, "ASSOCIATION FICTIVE", "84.11Z") is None
    assert public_body(ORDINARY, "REGIE FICTIVE", "84.30C") is None


def test_nothing_known_proves_nothing() -> None:
    assert public_body(None, None, None) is None


@pytest.mark.parametrize(
    "name",
    ["Collège fictif", "Lycée fictif", "École maternelle du Bout", "École publique", "Université de Nullepart",
    "CNRS",
     "CCI du Bout", "CMA", "SEM du Bout", "SPL du Bout", "Hôpital du Bout", "EPIC du Bout"],
)  # fmt: skip
def test_a_school_or_an_acronym_is_public_only_without_a_private_siren(name: str) -> None:
    assert public_body(None, name, None) is not None
    assert public_body(ORDINARY, name, None) is None


@pytest.mark.parametrize("name", ["Association syndicale autorisée du Bout", "Association foncière de remembrement"])
def test_owners_whom_the_state_binds_are_no_private_association(name: str) -> None:
    assert public_body(None, name, None) is not None


PUBLIC = ("Commune de X", "la ville de X", "CCAS", "Collège X", "Lycée X", "CHU de X", "l’université de X",
          "Département X",
          "École publique X", "Gendarmerie", "SDIS", "la chambre d’agriculture", "SEM X")  # fmt: skip


@given(
    st.sampled_from(
        ["Association", "Asso.", "Amicale", "Comité", "Club", "Fondation", "Les amis", "Fédération", "Parents"]
    ),
    st.sampled_from([" des amis de ", " du ", " pour ", " "]),
    st.sampled_from(PUBLIC),
    st.sampled_from([str, str.upper, str.lower]),
)
def test_a_body_about_a_public_body_is_not_one(form: str, link: str, body: str, case: type[str]) -> None:
    assert public_body(None, case(f"{form}{link}{body}"), None) is None
