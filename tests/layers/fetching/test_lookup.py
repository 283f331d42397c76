"""Beneficiaries asked of a server as it is published, with faults: nothing is guessed, no person is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers import lookups
from layers.fetching.client import Client
from layers.fetching.failure import FetchFailed
from layers.fetching.lookup import PER_PAGE, Searched, search
from layers.fetching.request import Request
from layers.lookups import ABSENT, FOUND, SEVERAL, Lookup
from layers.sought import Sought, distinct, may_be_sent, sought
from tests.layers.fetching.companies_service import Companies, unit
from tests.layers.fetching.conftest import Hands
from tests.layers.fetching.server import Fault, Server, cut, drip, instead, status, truncated
from tests.layers.readers.fictitious import siren, siret

LILLE, ROUBAIX, PARIS = "59350", "59512", "75108"
Ask = Callable[..., Searched]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def ask(server: Server, client: Client, data: Path) -> Ask:
    def asked(*wanted: Sought) -> Searched:
        return search(Request("recherche-entreprises", server.base, data, client), wanted)

    return asked


def serve(server: Server, *units: dict[str, Any]) -> None:
    server.routes["/search"] = Companies(units)


def named(number: int, name: str, communes: Sequence[str] = (LILLE,), **changes: Any) -> dict[str, Any]:
    return unit(number, communes, nom_complet=name, nom_raison_sociale=name, **changes)


def kept(data: Path) -> dict[str, tuple[str, str]]:
    return {name: (one.outcome, one.commune) for name, one in lookups.read(data).items()}


def of(number: int) -> Sought:
    return Sought(siret(number), siren(number))


def test_a_siret_is_placed_where_its_own_establishment_is(server: Server, ask: Ask, data: Path) -> None:
    found = unit(1, (PARIS, ROUBAIX))
    serve(server, found)
    assert ask(Sought(found["_all"][1]["siret"], siren(1))).outcomes == {FOUND: 1}
    assert kept(data) == {f"siret:{found['_all'][1]['siret']}": (FOUND, ROUBAIX)}
    assert server.asked[0].query["per_page"] == str(PER_PAGE)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (unit(1), (FOUND, LILLE)),
        (unit(1, (LILLE, LILLE)), (FOUND, LILLE)),
        (unit(1, (LILLE, ROUBAIX)), (SEVERAL, "")),
        (unit(1, (LILLE, PARIS)), (SEVERAL, "")),
        (unit(1, (PARIS,)), (FOUND, PARIS)),
        (unit(1, nombre_etablissements_ouverts=3), (SEVERAL, "")),
        (unit(1, nombre_etablissements_ouverts=0, etat_administratif="C"), (FOUND, LILLE)),
    ],
)
def test_a_siren_is_placed_where_all_its_establishments_are(
    server: Server, ask: Ask, data: Path, found: dict[str, Any], expected: tuple[str, str]
) -> None:
    serve(server, found)
    ask(Sought(siren=siren(1)))
    assert kept(data) == {f"siren:{siren(1)}": expected}


def test_a_siret_that_is_unknown_falls_back_on_its_unit(server: Server, ask: Ask, data: Path) -> None:
    serve(server, unit(1))
    other = Sought("90000009100029", siren(1))
    assert ask(other).outcomes == {FOUND: 1}
    assert kept(data) == {"siret:90000009100029": (ABSENT, ""), f"siren:{siren(1)}": (FOUND, LILLE)}


def test_an_association_is_known_by_its_rna_number(server: Server, ask: Ask, data: Path) -> None:
    serve(server, unit(1, (ROUBAIX,), complements={"est_ess": False, "identifiant_association": "W595000001"}))
    ask(Sought(rna="W595000001"), Sought(rna="W595000002"))
    assert kept(data) == {"rna:W595000001": (FOUND, ROUBAIX), "rna:W595000002": (ABSENT, "")}


NAME = "ASSOCIATION LES JARDINS D’ESSAI"


@pytest.mark.parametrize("written", [NAME, "Les Jardins d'Essai", "asso. les jardins d’essai", "Jardins d essai (Les)"])
def test_a_name_is_taken_when_it_is_exact_and_alone(server: Server, ask: Ask, data: Path, written: str) -> None:
    serve(server, named(1, NAME, (ROUBAIX,)), named(2, f"{NAME} DE LYON", (PARIS,)))
    found = ask(Sought(name=written))
    assert found.outcomes == {FOUND: 1}
    assert [one.commune for one in lookups.read(data).values()] == [ROUBAIX]


def test_two_units_of_one_name_are_listed_and_never_guessed(server: Server, ask: Ask, data: Path) -> None:
    serve(server, named(1, NAME, (ROUBAIX,)), named(2, NAME, (LILLE,), etat_administratif="C"))
    found = ask(Sought(name=NAME))
    assert found.outcomes == {SEVERAL: 1}
    ((name, told),) = found.several
    assert (name, told.commune, len(told.candidates)) == (NAME, "", 2)


def test_the_second_unit_of_a_name_may_stand_on_another_page(server: Server, ask: Ask) -> None:
    others = [named(n, f"{NAME} {n}") for n in range(2, 60)]
    serve(server, named(1, NAME), *others, named(60, NAME))
    assert ask(Sought(name=NAME)).outcomes == {SEVERAL: 1}
    assert len(server.asked) == 3


def test_a_name_that_too_many_hold_is_not_shown_to_be_alone(server: Server, ask: Ask) -> None:
    serve(server, named(1, NAME), *(named(n, f"{NAME} {n}") for n in range(2, 300)))
    assert ask(Sought(name=NAME)).outcomes == {SEVERAL: 1}


def test_a_near_name_is_no_name(server: Server, ask: Ask) -> None:
    serve(server, named(1, f"{NAME} DE ROUBAIX"))
    assert ask(Sought(name=NAME)).outcomes == {ABSENT: 1}


def test_nothing_is_kept_of_a_natural_person(server: Server, ask: Ask, data: Path) -> None:
    serve(server, named(1, "DUPONT MARTIN", (LILLE, ROUBAIX), nature_juridique="1000"))
    ask(Sought(siren=siren(1)))
    assert "DUPONT" not in lookups.path(data).read_text("utf-8")


def test_what_was_answered_is_not_asked_again_until_it_is_old(
    server: Server, ask: Ask, data: Path, hands: Hands
) -> None:
    serve(server, unit(1))
    ask(of(1), of(2))
    count = len(server.asked)
    ask(of(1), of(2))
    assert len(server.asked) == count
    hands.elapsed += (lookups.KEPT[ABSENT] + timedelta(days=1)).total_seconds()
    serve(server, unit(1), unit(2, (ROUBAIX,)))
    assert ask(of(1), of(2)).outcomes == {FOUND: 2}
    assert len(server.asked) == count + 1
    assert kept(data)[f"siret:{siret(2)}"] == (FOUND, ROUBAIX)


@pytest.mark.parametrize(
    "fault",
    [status(500), status(429, Retry_After="2"), cut(40), truncated, instead(b"{}"), instead(b'{"results": 3}')],
)
def test_faults_that_pass_change_nothing(server: Server, ask: Ask, data: Path, fault: Fault) -> None:
    serve(server, unit(1), unit(2, (ROUBAIX,)))
    server.faults.extend([fault, None, fault, fault])
    assert ask(of(1), of(2)).outcomes == {FOUND: 2}
    assert [place for _, place in kept(data).values()] == [LILLE, ROUBAIX]


def test_a_slow_answer_is_waited_for(server: Server, ask: Ask) -> None:
    serve(server, unit(1))
    server.faults.append(drip(0.0001))
    assert ask(of(1)).outcomes == {FOUND: 1}


def test_an_interrupted_search_goes_on_where_it_was(server: Server, ask: Ask, data: Path) -> None:
    serve(server, *(unit(n) for n in range(1, 9)))
    server.faults.extend([None] * 5 + [status(500)] * 6)
    with pytest.raises(FetchFailed, match="seul ce qui manque sera demandé"):
        ask(*map(of, range(1, 9)))
    with lookups.path(data).open("ab") as file:
        file.write(b'{"key": "siret:coup')  # the machine stopped in the middle of a line
    asked = len(server.asked)
    assert ask(*map(of, range(1, 9))).outcomes == {FOUND: 8}
    assert len(server.asked) == asked + 3


def test_one_question_that_is_refused_stops_no_other(server: Server, ask: Ask) -> None:
    serve(server, unit(1), unit(3))
    server.faults.extend([None, status(400), status(400)])
    assert ask(of(1), of(2), of(3)).outcomes == {FOUND: 2, ABSENT: 1}


def test_a_service_that_refuses_everything_is_said_and_nothing_is_kept(server: Server, ask: Ask, data: Path) -> None:
    server.faults.extend([status(400)] * 9)
    with pytest.raises(FetchFailed, match="erreur 400"):
        ask(of(1), of(2))
    assert kept(data) == {}


def test_without_network_it_is_said_with_how_to_do_by_hand(client: Client, data: Path) -> None:
    with pytest.raises(FetchFailed, match=r"ne peut être joint.*À la main.*ouvrir https://\S+.*ess import"):
        search(Request("recherche-entreprises", "http://127.0.0.1:1", data, client), [of(1)])


PERSONS = ("Martin Dupont", "DUPONT MARIE", "M. Dupont", "Mme Anne-Marie de la Tour", "EI Dupont Jean",
           "Jean Le Gall", "Monsieur le président de l’Association fictive", "Dupont (entrepreneur individuel)",
           "Dr Club", "Mlle Union Sportive", "E.I. MARTIN", "Micro-entreprise Martin")  # fmt: skip
BODIES = ("Association fictive", "Les amis de Martin Dupont", "MJC fictive", "M.J.C. fictive", "Club Dupont")


@pytest.mark.parametrize("form", ["", "Association", "Associations loi 1901"])
def test_no_name_of_a_person_is_ever_sent(server: Server, ask: Ask, form: str) -> None:
    serve(server)
    found = ask(*distinct(sought(None, None, None, name, form) for name in PERSONS))
    assert (server.asked, found.kept_back) == ([], len(PERSONS))
    assert [may_be_sent(name, form) for name in BODIES[:3]] == [True] * 3


WORDS = ("MARTIN", "DUPONT", "JEAN", "MARIE", "ANNE", "LE", "GALL", "DE", "LA", "TOUR", "D", "MAY", "FRANCE", "PARIS")


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS),
             min_size=1, max_size=4),
    st.sampled_from(["", "M. ", "Mme ", "EI ", "Monsieur "]),
    st.sampled_from(["", "Association", "EI", "Personne physique", "Entrepreneur individuel"]),
)  # fmt: skip
def test_words_of_persons_never_make_a_body(words: list[str], title: str, form: str) -> None:
    assert not may_be_sent(title + " ".join(words), form)


def test_an_unreadable_kept_answer_is_left_out(data: Path) -> None:
    lookups.keep(data, Lookup("siret:1", "2026-11-30", FOUND, LILLE))
    with lookups.path(data).open("a") as file:
        file.write('[1]\n{"key": "x"}\n{"key": "x", "on": "hier", "outcome": "found"}\n')
    assert list(lookups.read(data)) == ["siret:1"]
