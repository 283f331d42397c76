"""Every page as the server writes it is valid HTML."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from dashboard import privacy
from dashboard.disputes import web as disputes
from dashboard.grants import web as grants
from dashboard.origin import web as origin
from dashboard.pages import PAGES
from dashboard.search import web
from tests import validity
from tests.page_views import VIEWS, addresses


def test_every_page_has_views():
    others = {web.PAGE, disputes.FORM, disputes.LIST, privacy.PAGE, origin.PAGE, grants.PAGE}
    assert VIEWS.keys() == {*PAGES, *(page.key for page in others)}


def test_the_checker_finds_faults(tmp_path: Path):
    page = "<!doctype html><html lang=fr><title>T</title><p id=a>1<p id=a>2<table><span>3</span></table>"
    found = validity.faults({"faulty": page}, tmp_path)
    assert any("Duplicate ID" in one for one in found)
    assert len(found) >= 2


def test_pages_are_valid(demo: FlaskClient, tmp_path: Path):
    pages = {address: demo.get(address).text for address in addresses()}
    pages["an error"] = demo.get("/export/nothing").text
    assert validity.faults(pages, tmp_path) == []


def test_pages_of_an_imported_release_are_valid(imported: FlaskClient, tmp_path: Path):
    assert validity.faults({address: imported.get(address).text for address in addresses()}, tmp_path) == []
