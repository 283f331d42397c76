"""Which file of the portal is which, brought, checked, and described beside."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from layers.fetching import portal
from layers.fetching.catalogue import Dataset, Resource
from layers.fetching.download import Expected
from layers.fetching.failure import FetchFailed
from layers.fetching.sources import Fetched
from layers.sirene.columns import ESTABLISHMENTS, UNITS
from layers.sirene.opening import recognise
from tests.layers.fetching.portal_service import LIST, TITLES, Portal
from tests.layers.fetching.server import Server, instead, json_answer

Bring = Callable[[str], list[Fetched]]


@pytest.fixture
def published(server: Server) -> Portal:
    return Portal(server)


def test_the_three_files_of_sirene_are_those_that_import_knows(bring: Bring, published: Portal) -> None:
    found = bring("sirene")
    recognised = [recognise(file.path) for file in found]
    assert [stock.kind for stock in recognised if stock] == [UNITS, ESTABLISHMENTS, "positions"]
    assert [file.manifest["rows"] for file in found] == [3, 3, 3]


def test_the_manifest_says_where_when_and_what(bring: Bring, published: Portal) -> None:
    (found,) = bring("ess-france")
    said = json.loads((found.path.parent / f"{found.path.name}.manifest.json").read_text("utf-8"))
    assert found.path.name == "ess-france_2026-11.csv"
    assert found.path.read_bytes() == LIST
    assert said["sha256"] == hashlib.sha256(LIST).hexdigest()
    assert said["retrieved"] == "2026-11-24T09:30:00+00:00"
    assert (said["licence"], said["publisher"]) == ("Licence Ouverte 2.0", "Producteur d’essai")
    assert said["address"].endswith("/files/ess.csv")
    assert said["query"]["dataset"].endswith(f"/api/1/datasets/{portal.LIST}/")
    assert said["rows"] == 1
    assert said["incomplete"] == []
    assert said["details"]["published"] == "2026-11-01"


def test_what_is_there_already_is_not_brought_again(
    bring: Bring, published: Portal, server: Server, notes: list[str]
) -> None:
    bring("ess-france")
    bring("ess-france")
    assert [asked.path for asked in server.asked].count("/files/ess.csv") == 1
    assert notes == ["ess-france_2026-11.csv est déjà là, tel que le portail le publie"]


def test_a_file_altered_since_is_brought_again(bring: Bring, published: Portal) -> None:
    (found,) = bring("ess-france")
    found.path.write_bytes(b"alt\xe9r\xe9")
    bring("ess-france")
    assert found.path.read_bytes() == LIST


def test_a_new_edition_takes_the_place_of_the_former(bring: Bring, published: Portal) -> None:
    (found,) = bring("ess-france")
    published.sets[portal.LIST].clear()
    published.add(
        portal.LIST, "liste-des-entreprises-de-less.csv", "csv", "/files/ess.csv", LIST + LIST.split(b"\n")[1]
    )
    bring("ess-france")
    assert found.path.read_bytes() == LIST + LIST.split(b"\n")[1]


def test_stocks_of_two_months_are_not_put_together(bring: Bring, published: Portal, server: Server) -> None:
    published.sets[portal.STOCK][0]["title"] = TITLES[UNITS].replace("novembre", "décembre")
    with pytest.raises(FetchFailed, match=r"01 décembre 2026 et 01 novembre 2026.*relancer demain"):
        bring("sirene")
    assert not [asked for asked in server.asked if asked.path.startswith("/files")]


def test_a_page_sent_as_a_file_is_refused(bring: Bring, published: Portal, server: Server, tmp_path: Path) -> None:
    published.sets[portal.LIST][0] |= {"checksum": None, "filesize": None}
    page = instead(b"<!DOCTYPE html><p>Bienvenue")
    server.faults.extend([None, page, page])
    with pytest.raises(FetchFailed, match="page web"):
        bring("ess-france")
    assert not list((tmp_path / "out").glob("*.csv"))


def test_a_parquet_cut_at_the_source_is_refused(bring: Bring, published: Portal) -> None:
    whole = published.files[f"/files/{UNITS}.parquet"]
    published.sets[portal.STOCK][0] |= {"checksum": None, "filesize": None}
    published.files[f"/files/{UNITS}.parquet"] = whole[:-10]
    with pytest.raises(FetchFailed, match="pas un fichier Parquet lisible"):
        bring("sirene")


def test_a_missing_file_is_said_with_what_there_is(bring: Bring, published: Portal) -> None:
    published.sets[portal.LIST][0]["format"] = "pdf"
    with pytest.raises(FetchFailed, match=r"Aucun fichier csv.*less\.csv\s» \(pdf\)"):
        bring("ess-france")


def test_a_moved_data_set_is_said(bring: Bring, server: Server) -> None:
    with pytest.raises(FetchFailed, match=r"erreur 404.*introuvable.*--address"):
        bring("ess-france")


@pytest.mark.parametrize("said", [[], {}, {"resources": None}, "texte", None])
def test_an_answer_that_is_no_data_set_is_said(bring: Bring, server: Server, said: object) -> None:
    server.routes[f"/api/1/datasets/{portal.LIST}/"] = lambda _asked: json_answer(said)
    with pytest.raises(FetchFailed, match="ne décrit pas un jeu de données"):
        bring("ess-france")


@pytest.mark.parametrize(
    "changes", [{"url": "ftp://example.org/x.csv"}, {"url": None}, {"url": "file:///etc/passwd"}, {"url": ""}]
)
def test_addresses_that_are_no_web_address_are_left_out(
    bring: Bring, published: Portal, changes: dict[str, object]
) -> None:
    published.sets[portal.LIST][0] |= changes
    with pytest.raises(FetchFailed, match=r"Fichiers publiés.*aucun"):
        bring("ess-france")


def _resource(title: str, day: date | None) -> Resource:
    return Resource(title, "csv", "http://127.0.0.1/x", Expected(), day)


def _set(*resources: Resource) -> Dataset:
    return Dataset("http://127.0.0.1/", "Liste", "", "", resources)


def test_the_latest_of_several_lists_is_taken() -> None:
    older, newer = _resource("Entreprises 2025", date(2025, 6, 1)), _resource("Entreprises 2026", date(2026, 6, 1))
    assert portal.choose(_set(newer, older, _resource("Entreprises", None)), portal.ESS_FRANCE) == newer


def test_two_lists_of_one_day_are_not_chosen_between() -> None:
    twins = _set(_resource("Entreprises A", date(2026, 6, 1)), _resource("Entreprises B", date(2026, 6, 1)))
    with pytest.raises(FetchFailed, match=r"(?i)plusieurs fichiers possibles"):
        portal.choose(twins, portal.ESS_FRANCE)
