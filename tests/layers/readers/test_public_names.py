"""Names of public institutions in every writing are told apart; associations around them stay."""

from __future__ import annotations

import itertools
import random
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geodata.attach import Attacher
from layers.ess_rule import judge
from layers.mapping.declaration import Mapping
from layers.mapping.known import Mappings
from layers.public_bodies import public_body, public_form
from layers.questions import known
from layers.readers.registry import read_file
from layers.register import Register

ORDINARY = "900000001"
PLACES = ("Nullepart", "Bourg-en-l’Air", "Villers-Fictif", "l’Alleu")
INSTITUTIONS = {
    "santé": (
        "Centre hospitalier de {}", "CH de {}", "Hôpital de {}", "Hôpital public de {}", "Hôpitaux de {}", "CHU de {}",
        "Centre hospitalier régional universitaire de {}", "C.H.R.U. de {}", "Groupe hospitalier {}", "EPSM de {}",
        "Établissement public de santé mentale de {}", "EHPAD public de {}", "Hôpital Victor Fictif",
    ),
    "police": (
        "Police nationale", "Police municipale de {}", "Commissariat de police de {}", "Hôtel de police de {}",
        "Gendarmerie nationale", "Brigade de gendarmerie de {}", "Circonscription de sécurité publique de {}",
        "Direction départementale de la sécurité publique", "Police de {}", "Service de police de {}",
    ),
    "école": (
        "École maternelle {}", "École élémentaire de {}", "École primaire {}", "École publique de {}", "Collège {}",
        "Collège Jules Fictif", "Lycée {}", "Lycée professionnel de {}", "Groupe scolaire {}", "Cité scolaire {}",
        "École Jules Fictif", "Rectorat de {}", "Inspection académique du Bout", "Lycée polyvalent de {}", "LP de {}",
    ),
    "tribunal": (
        "Tribunal de grande instance de {}", "Tribunal judiciaire de {}", "Tribunal d’instance", "Cour d’appel de {}",
        "Conseil de prud’hommes de {}", "Tribunal administratif de {}", "Palais de justice de {}",
    ),
    "chambre": (
        "Chambre de commerce et d’industrie de {}", "CCI {}", "CMA {}", "Chambre d’agriculture de {}",
        "Chambre de métiers et de l’artisanat", "Chambre régionale de commerce", "Chambre des métiers de {}",
    ),
    "logement": (
        "Office public de l’habitat de {}", "OPH de {}", "Office public HLM de {}", "O.P.H.L.M. de {}",
        "Office municipal d’HLM de {}", "Office départemental de l’habitat", "OPAC de {}",
        "Office public d’habitations à loyer modéré", "Office HLM de {}",
    ),
}  # fmt: skip
"""By kind; those in short are told where no SIREN of private law says otherwise."""
AROUND = (
    "Association des amis de {}", "Amicale de {}", "Amicale du personnel de {}", "Comité d’œuvres sociales de {}",
    "Association sportive de {}", "Foyer socio-éducatif de {}", "Les amis de {}", "Club des retraités de {}",
    "Parents d’élèves de {}", "Anciens de {}", "AS {}", "OCCE {}", "Association du personnel de {}", "USEP {}",
    "Coopérative scolaire {}", "Mutuelle de {}", "Comité des usagers de {}", "Fondation de {}", "APE {}", "APEL {}",
)  # fmt: skip
FRIENDS = (
    "École de musique associative", "École de musique de Nullepart", "École de la deuxième chance", "École du chat",
    "École de rugby de Nullepart", "Lycée privé Fictif", "Collège Saint-Fictif", "École Sainte Fictive",
    "École Jeanne d’Arc", "Institution Notre-Dame", "Hôpital Saint-Vincent", "Hôpital privé de Nullepart",
    "Chambre régionale de l’économie sociale et solidaire", "Chambre syndicale des fictifs", "Université populaire",
    "Office de tourisme de Nullepart", "Office municipal des sports", "Office central de la coopération à l’école",
    "Office de la culture", "Habitat et Humanisme", "Union des habitants", "Policiers en colère", "École Montessori",
    "Tribune libre", "Les écoliers du Bout", "Collège coopératif", "Centre social de Nullepart", "Hôpital des nounours",
    "Syndicat d’initiative de Nullepart", "Maison de la justice solidaire", "CRESS Hauts-de-Fiction",
)  # fmt: skip


def plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


WRITINGS: tuple[Callable[[str], str], ...] = (
    str, str.upper, str.lower, plain, lambda t: plain(t).upper(), lambda t: t.replace("’", "'"),
    lambda t: t.replace("’", " ").replace("-", " "), lambda t: f"  {t} ", lambda t: t.replace(" ", "  "),
)  # fmt: skip


def names(seed: int, number: int) -> Iterator[str]:
    """Names of institutions, drawn: a place, a writing, an article."""
    chance = random.Random(seed)  # noqa: S311
    forms = [form for some in INSTITUTIONS.values() for form in some]
    for form in itertools.islice(itertools.cycle(forms), number):
        yield chance.choice(WRITINGS)(form.format(chance.choice(PLACES)))


def test_an_institution_is_public_in_every_writing() -> None:
    written = {
        write(form.format(place))
        for forms in INSTITUTIONS.values() for form in forms for place in PLACES for write in WRITINGS
    }  # fmt: skip
    assert [name for name in sorted(written) if public_body(None, name, None) is None] == []


def test_what_is_around_an_institution_is_none() -> None:
    named = [around.format(name) for name in names(1, 150) for around in AROUND]
    assert [name for name in named if public_body(None, name, None) is not None] == []


@pytest.mark.parametrize("name", FRIENDS)
def test_a_false_friend_is_none(name: str) -> None:
    assert [write(name) for write in WRITINGS if public_body(None, write(name), None)] == []
    assert public_body(ORDINARY, name, None) is None


@pytest.mark.parametrize("name", ["ROUBAIX CCAS", "Lille - CHRU", "Nord (SDIS)", "NULLEPART C.C.A.S."])
def test_an_acronym_after_its_place_is_told_and_not_after_what_it_is_of(name: str) -> None:
    assert public_body(None, name, None) is not None
    assert public_body(None, f"Chorale du {name.rsplit(maxsplit=1)[-1].strip('()')}", None) is None


@pytest.mark.parametrize(
    ("legal", "public"),
    [
        ("7361", True), ("4140", True), ("7.3.61", True), ("9220", False), ("Commune et commune nouvelle", True),
        ("Établissement public", True), ("ORGANISME PUBLIC", True), ("Collectivité territoriale", True), ("EPCI", True),
        ("Personne morale de droit public", True), ("Association", False), ("Association loi 1901", False), ("", False),
        ("Association reconnue d’utilité publique", False), ("Établissement d’utilité publique", False),
        ("Fondation", False), ("Société coopérative", False), ("Public en difficulté", False), ("Culture", False),
    ],
)  # fmt: skip
def test_a_legal_category_of_public_law_is_enough(legal: str, public: bool) -> None:
    assert public_form(legal) is public
    assert (public_body(ORDINARY, "Atelier fictif", None, legal) is not None) is public


def test_what_is_of_public_law_is_never_of_the_ess_whatever_lists_say() -> None:
    for category in ("4110", "4140", "4150", "7210", "7361", "7371", "7490"):
        assert judge(category, None, "O", ("liste", "esus", "manual")).ess == "no"


def test_a_constant_family_makes_no_public_body_an_association(tmp_path: Path, attacher: Attacher) -> None:
    drawn = list(dict.fromkeys(" ".join(name.split()) for name in names(2, 60)))
    path = tmp_path / "reserve_2016.csv"
    rows = [f"2016;{name};LILLE;1000" for name in (*drawn, "ASSOCIATION FICTIVE", "Fondation fictive", "Sans forme")]
    path.write_text("\n".join(["Année;Bénéficiaire;Commune;Montant voté", *rows, ""]), encoding="utf-8")
    mapping = Mapping(
        "grants", "Réserve fictive",
        {"Année": "year", "Bénéficiaire": "name", "Commune": "city", "Montant voté": "amount"},
        {"family": "association", "grantor": "État"},
    )  # fmt: skip
    reading = read_file(
        path, "table", 2016, attacher, Register(), mappings=Mappings(mapping), answers=known(tmp_path, {})
    )
    told = dict(zip(reading.tables["grants"]["name"], reading.tables["grants"]["family"], strict=True))
    assert told == {"ASSOCIATION FICTIVE": "association", "Fondation fictive": "fondation", "Sans forme": "association"}
    assert reading.account.to_json()["rows_not_ess"] == len(drawn)
