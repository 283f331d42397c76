"""Files that take a while: the page says so, keeps what comes, lets one give up, and asks again where it is told to."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import walls
from tests.browser.carte import Carte
from tests.browser.guard import Guard

PDF = "#exports a[data-form=pdf]"
TOLD = ".making [role=status]"


def opened(carte: Carte, path: str) -> Page:
    page = carte.page
    page.goto(f"{carte.address}{path}")
    expect(page.locator(".making")).to_be_attached()
    page.locator("#open-exports").click()
    return page


@pytest.mark.parametrize("path", ["/territoire/3", "/carte?indicator=actors", "/comparer?areas=3,8", "/financements"])
def test_a_file_is_kept_under_its_name_and_told(carte: Carte, path: str) -> None:
    page = opened(carte, path)
    with page.expect_download() as coming:
        page.locator(PDF).click()
        expect(page.locator(TOLD)).to_contain_text("Préparation : PDF")
    assert coming.value.suggested_filename.endswith("_demonstration.pdf")
    assert coming.value.path().read_bytes()[:5] == b"%PDF-"
    expect(page.locator(TOLD)).to_have_text("PDF : téléchargé.")
    expect(page.locator(".making button")).to_be_hidden()
    assert walls.faults(page) == []


def test_one_may_give_up(carte: Carte) -> None:
    page = opened(carte, "/territoire/3")
    page.route("**/territoire/3.pdf*", lambda route: None)
    downloads: list[object] = []
    page.on("download", lambda one: downloads.append(one))  # noqa: PLW0108  (the handler is marked)
    page.locator(PDF).click()
    button = page.get_by_role("button", name="Annuler")
    expect(button).to_be_visible()
    button.click()
    expect(page.locator(TOLD)).to_have_text("PDF : abandonné.")
    assert downloads == []


def test_a_busy_server_is_asked_again_and_a_fault_is_told(carte: Carte, guard: Guard) -> None:
    guard.allowed.append("/territoire/3.pdf")
    page = opened(carte, "/territoire/3")
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=503, headers={"Retry-After": "1"}, body="plus tard")
        else:
            route.fulfill(status=500, body="faute")

    page.route("**/territoire/3.pdf*", answer)
    page.locator(PDF).click()
    expect(page.locator(TOLD)).to_contain_text("en attente")
    expect(page.locator(TOLD)).to_contain_text("Réessayez")
    assert len(asked) == 2


def test_the_picture_of_a_chart(carte: Carte) -> None:
    page = opened(carte, "/financements")
    page.keyboard.press("Escape")
    link = page.locator("#lorenz .pictures a[data-heavy]")
    with page.expect_download() as coming:
        link.click()
    assert coming.value.suggested_filename.startswith("financements_lorenz_")
    assert coming.value.path().read_bytes()[:4] == b"\x89PNG"
