from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.ess import FAMILIES
from layers.legal_forms import family_in, proved_family
from layers.public_bodies import public_body

PROVED = {
    "association": (
        "Association fictive", "ASSO. DU BOUT", "Assoc fictive", "ASS SPORTIVE DU BOUT", "L’Association du bout",
        "Les Lutins (association loi 1901)", "MFR du Bout", "Maison familiale rurale", "OGEC fictif",
        "Association des SCOP du Bout", "Association de la mutuelle du Bout",
    ),
    "cooperative": (
        "SCOP du Bout", "Atelier fictif SCOP SA", "SCIC SAS Fictive", "S.A. coopérative d'HLM", "CAE du Bout",
        "Société coopérative fictive", "CUMA des Lutins", "Coopérative fictive", "Fictif SARL SCOP",
    ),
    "mutuelle": ("Mutuelle fictive", "Union de mutuelles du Bout"),
    "fondation": ("Fondation fictive", "Fonds de dotation fictif", "Lutins, fonds de dotation"),
}  # fmt: skip


@pytest.mark.parametrize(("family", "name"), [(family, name) for family, names in PROVED.items() for name in names])
def test_a_form_at_the_head_or_an_acronym_of_the_law_proves(family: str, name: str) -> None:
    assert family in FAMILIES
    assert proved_family(name) == proved_family(name.upper()) == family
    assert public_body(None, name, None) is None


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Comité des fêtes du Bout", "association"), ("Amicale laïque", "association"),
        ("Club sportif", "association"),
        ("MJC du Bout", "association"), ("Fédération fictive", "association"), ("Les amis du collège", "association"),
        ("Union régionale des SCOP", "association"), ("Coopérative scolaire", "association"),
        ("Lutins CAE", "cooperative"),
        ("Harmonie Mutuelle", "mutuelle"), ("Lutins association", "association"),
    ],
)  # fmt: skip
def test_a_usual_name_only_suggests(name: str, family: str) -> None:
    found = family_in(name)
    assert found is not None
    assert (found.family, found.proves, proved_family(name)) == (family, False, None)


@pytest.mark.parametrize(
    "name",
    [
        None, "", "'", "Assurance fictive", "Assistance fictive", "ASS. MAT. DU BOUT", "Associés Dupont",
        "Associates",
        "Association syndicale autorisée du Bout", "Association syndicale libre", "Association foncière du Bout",
        "Association d’avocats Fictifs", "AARPI Fictive", "Fondation Bâtiment SARL", "SAS Fondation",
        "Club Fitness SAS",
        "Association Dupont et Cie SAS", "SARL Le Club", "Mutuelle fictive SA", "Scopitone", "Boulangerie fictive",
        "Formation des SCOP", "Le Mutualiste", "Commune de Nullepart", "Amicale SARL du Bout",
    ],
)  # fmt: skip
def test_words_that_look_like_a_form_say_nothing(name: str | None) -> None:
    assert family_in(name) is None


FORMS = st.sampled_from([(family, name) for family, names in PROVED.items() for name in names])


@given(FORMS, st.sampled_from(["SARL", "SAS", "EURL", "SASU", "SA"]))
def test_a_company_is_no_association_mutual_or_foundation(stated: tuple[str, str], company: str) -> None:
    found = family_in(f"{company} {stated[1]}")
    assert found is None or found.family == "cooperative"


@given(st.text())
def test_whatever_a_name_is_an_answer_is_given(name: str) -> None:
    found = family_in(name)
    assert found is None or (found.family in FAMILIES and found.words)
    assert proved_family(f"Association {name[:5]} des amis de la commune") in ("association", None)
