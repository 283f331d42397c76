from __future__ import annotations

import pytest

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
        "Bibliothèque municipale de Nullepart", "COMMUNE ASSOCIEE DE NULLEPART",
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
        "METROPOLES EN FETE", "COM DES FETES", "COM DE QUARTIER DU BOUT", "Mission locale", "", "'",
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
