"""Every unit that the company-search API has, whatever its caps and its faults; nothing lost without a word."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from layers.fetching import harvest
from layers.fetching.client import Client
from layers.fetching.failure import FetchFailed
from layers.fetching.sources import Fetched, fetch
from tests.layers.fetching.companies_service import ELSEWHERE, Companies, unit, units
from tests.layers.fetching.conftest import Hands
from tests.layers.fetching.server import Answer, Asked, Server, cut, json_answer, status, truncated
from tests.layers.readers.fictitious import siren

Bring = Callable[[str], list[Fetched]]
SOURCE = "recherche-entreprises"


def _rows(found: Fetched) -> list[dict[str, str]]:
    with found.path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def _expected(service: Companies) -> set[str]:
    return {place["siret"] for one in service.units for place in one["_all"] if place["commune"] != ELSEWHERE}


def _serve(server: Server, found: list[dict[str, Any]], cap: int = 10_000) -> Companies:
    server.routes["/search"] = service = Companies(found, cap)
    return service


def test_every_unit_comes_once_with_its_establishments(bring: Bring, server: Server) -> None:
    service = _serve(server, units(120))
    (found,) = bring(SOURCE)
    rows = _rows(found)
    sirets = [row["siret"] for row in rows]
    assert found.path.name == "recherche-entreprises_2026-11.csv"
    assert sirets == sorted(_expected(service))
    assert found.manifest["rows"] == len(sirets)
    assert found.manifest["details"]["units"] == len({siret[:9] for siret in sirets})
    assert (found.incomplete, found.manifest["reserves"]) == ([], [])
    assert found.manifest["query"] == {"est_ess": "true", "etat_administratif": "A", "epci": "200093201"}


def test_neither_persons_nor_accounts_are_asked_for(bring: Bring, server: Server) -> None:
    _serve(server, units(30))
    bring(SOURCE)
    assert {asked.query["include"] for asked in server.asked} == {"siege,matching_etablissements,complements"}
    assert {asked.query["minimal"] for asked in server.asked} == {"true"}
    assert {asked.query["per_page"] for asked in server.asked} == {"25"}


@pytest.mark.parametrize("cap", [100, 75, 50])
def test_questions_are_split_below_the_cap(
    bring: Bring, server: Server, cap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvest, "CAP", cap)
    service = _serve(server, units(300), cap)
    (found,) = bring(SOURCE)
    assert {row["siret"] for row in _rows(found)} == _expected(service)
    assert found.incomplete == []
    assert all(question["units"] < cap for question in found.manifest["details"]["questions"])


def test_a_question_that_cannot_be_split_is_said_and_not_whole(
    bring: Bring, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvest, "CAP", 50)
    alike = {"nature_juridique": "9220", "section_activite_principale": "S"}
    _serve(server, [unit(number, **alike) for number in range(1, 81)], 50)
    (found,) = bring(SOURCE)
    assert len(_rows(found)) == 50
    assert any(
        text.startswith("commune 59350, catégorie 9220, section S : plus de 50 unités") for text in found.incomplete
    )


def test_units_without_activity_may_be_missing_and_that_is_said(
    bring: Bring, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvest, "CAP", 50)
    found = [unit(number, nature_juridique="9220") for number in range(1, 81)]
    found[0]["section_activite_principale"] = None
    _serve(server, found, 50)
    (brought,) = bring(SOURCE)
    assert len(_rows(brought)) == 79
    assert [text for text in brought.incomplete if "l’activité n’est pas renseignée" in text]


def test_the_real_cap_is_passed_by_splitting(bring: Bring, server: Server) -> None:
    _serve(server, [unit(number, ("59512",)) for number in range(1, 10_051)])
    (found,) = bring(SOURCE)
    assert found.manifest["rows"] == 10_050
    assert found.incomplete == []
    assert max(int(asked.query["page"]) for asked in server.asked) <= 400


def test_the_same_answers_on_two_pages_are_read_once_more(bring: Bring, server: Server) -> None:
    """Ties are not always sorted alike: one page repeats units of another, and others are not seen."""
    service = _serve(server, [unit(number) for number in range(1, 61)])
    moved: list[str] = []

    def uneven(asked: Asked) -> Answer:
        if asked.query["page"] == "2" and not moved:
            moved.append("once")
            return service(Asked(asked.path, {**asked.query, "page": "1"}, asked.headers))
        return service(asked)

    server.routes["/search"] = uneven
    (found,) = bring(SOURCE)
    assert found.manifest["rows"] == 60
    assert found.incomplete == []


def test_fewer_units_than_announced_are_said(bring: Bring, server: Server) -> None:
    service = _serve(server, [unit(number) for number in range(1, 41)])

    def boastful(asked: Asked) -> Answer:
        answer = json.loads(service(asked).body)
        return json_answer({**answer, "total_results": 42})

    server.routes["/search"] = boastful
    (found,) = bring(SOURCE)
    assert found.incomplete == ["métropole : 40 unités reçues sur 42 annoncées"]


def test_an_estimated_count_is_settled_by_smaller_questions(
    bring: Bring, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvest, "COUNTED_EXACTLY", 30)
    service = _serve(server, units(200))

    def estimating(asked: Asked) -> Answer:
        answer = json.loads(service(asked).body)
        total = answer["total_results"]
        return json_answer({**answer, "total_results": total + 3 if total > 150 else total})

    server.routes["/search"] = estimating
    (found,) = bring(SOURCE)
    assert {row["siret"] for row in _rows(found)} == _expected(service)
    assert found.incomplete == []


def test_a_unit_in_many_places_is_read_commune_by_commune(bring: Bring, server: Server) -> None:
    service = _serve(server, [unit(1, ("59350", "59512") * 70), unit(2)])
    (found,) = bring(SOURCE)
    assert {row["siret"] for row in _rows(found)} == _expected(service)
    assert found.manifest["rows"] == 141
    assert found.incomplete == []


def test_a_unit_with_more_establishments_than_the_api_lists_is_said(bring: Bring, server: Server) -> None:
    _serve(server, [unit(1, ("59350",) * 120), unit(2)])
    (found,) = bring(SOURCE)
    assert [text for text in found.incomplete if siren(1) in text]
    assert [text for text in found.manifest["reserves"] if siren(1) in text]


def test_partial_diffusion_is_kept_without_name_nor_point(bring: Bring, server: Server) -> None:
    named = unit(1, statut_diffusion="P")
    placed = unit(2)
    placed["_all"][0] |= {"statut_diffusion_etablissement": "P", "nom_commercial": "ENSEIGNE SECRÈTE"}
    masked = unit(3, nom_raison_sociale="[NON-DIFFUSIBLE]", nom_complet="[NON-DIFFUSIBLE]")
    _serve(server, [named, placed, masked, unit(4)])
    (found,) = bring(SOURCE)
    rows = _rows(found)
    hidden = [{row[name] for name in ("nom", "enseigne", "longitude", "latitude")} for row in rows[:2]]
    assert hidden == [{""}, {""}]
    assert rows[2]["nom"] == ""
    assert rows[3]["nom"] == "ASSOCIATION D’ESSAI 4"
    text = found.path.read_text("utf-8")
    assert "SECRÈTE" not in text
    assert "NON-DIFFUSIBLE" not in text
    assert "ASSOCIATION D’ESSAI 1;" not in text


def test_establishments_elsewhere_are_left_out(bring: Bring, server: Server) -> None:
    _serve(server, [unit(1, (ELSEWHERE, "59350")), unit(2, ("59355",))])
    (found,) = bring(SOURCE)
    assert [row["code_commune"] for row in _rows(found)] == ["59350", "59355"]


@pytest.mark.parametrize("seed", range(5))
def test_faults_change_nothing_to_the_file(
    server: Server, client: Client, hands: Hands, tmp_path: Path, seed: int
) -> None:
    _serve(server, units(400))
    (calm,) = fetch(SOURCE, server.base, tmp_path / "calm", client)
    drawn = random.Random(seed)  # noqa: S311
    possible = (
        *(status(429, Retry_After="3"), status(429), status(500), status(503, Retry_After="1"), status(502)),
        *(cut(200), truncated, None, None, None),
    )
    for _ in range(10):
        server.faults.extend([drawn.choice(possible), drawn.choice(possible), None])
    (stormy,) = fetch(SOURCE, server.base, tmp_path / "stormy", client)
    assert stormy.path.read_bytes() == calm.path.read_bytes()
    assert hands.slept


@pytest.mark.parametrize(
    "said",
    [
        {"results": []},
        {"total_results": "12", "results": []},
        {"total_results": 1, "results": [{}]},
        {"total_results": 1, "results": ["x"]},
        {"total_results": 1, "results": [{"siren": "1", "matching_etablissements": ["x"]}]},
        [],
        None,
    ],
)
def test_another_form_of_answer_is_refused_in_a_sentence(bring: Bring, server: Server, said: object) -> None:
    server.routes["/search"] = lambda _asked: json_answer(said)
    with pytest.raises(FetchFailed, match="n’a pas la forme qu’il publie"):
        bring(SOURCE)


def test_no_unit_at_all_is_no_file(bring: Bring, server: Server, tmp_path: Path) -> None:
    _serve(server, [])
    with pytest.raises(FetchFailed, match="aucune unité"):
        bring(SOURCE)
    assert not list((tmp_path / "out").glob("*.csv"))
