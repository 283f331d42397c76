"""Links between pages carry what the page they lead to can show, and nothing else."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from dashboard import navigation
from dashboard.pages import CHOSEN, PAGES, PINNED, Page
from dashboard.viewstate import ViewState
from tests.dashboard.reading import Page as Read

STATE = ViewState(
    indicator="actors",
    sector="commerce",
    year=2022,
    level="commune",
    territory="3",
    commune="59512",
    perimeter=90,
    method="quantile",
    release="0123456789ab",
)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_link_carries_what_its_page_reads(page: Page) -> None:
    given = parse_qs(urlsplit(navigation.href(page, STATE)).query)
    expected = {
        key: [str(value)] for key in page.carries if (value := getattr(STATE, key)) != getattr(ViewState(), key)
    }
    assert given == expected
    assert "method" not in given
    assert set(page.carries) >= set(PINNED)


def test_what_is_a_default_is_not_written() -> None:
    assert navigation.href(PAGES["carte"], ViewState()) == "/carte"


def test_the_map_shares_all_that_is_chosen() -> None:
    assert set(PAGES["carte"].carries) >= set(CHOSEN)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_page_has_the_navigation_and_says_where_it_is(demo: FlaskClient, page: Page) -> None:
    read = Read(demo.get(page.path).get_data(as_text=True))
    links = [held for name, held in read.elements if name == "a" and "data-carries" in held]
    assert links.pop()["href"].startswith("/contester"), "at the foot of every page, after the navigation"
    paths = ["/", *(one.path for one in PAGES.values())]
    links = [held for held in links if held["href"] != "/origine"]  # in the panel of an area
    assert [held["href"] for held in links] == paths
    assert [held["href"] for held in links if "aria-current" in held] == [page.path]
    assert read.all("a", **{"class": "skip", "href": "#main"})
    assert read.all("main", id="main")
    assert read.all("button", popovertarget="pages")


def test_who_administers_is_led_to_what_writes_too(client: FlaskClient) -> None:
    links = [
        held for name, held in Read(client.get("/methode").text).elements if name == "a" and "data-carries" in held
    ]
    assert [held["href"] for held in links][-3:-1] == ["/atelier/scene", "/admin"]
