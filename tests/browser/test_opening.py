"""The link of local administration as a browser opens it: in one gesture, pasted without script, never by a proxy."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.administration.local import PATH
from tests.browser import walls
from tests.browser.carte import TIME
from tests.browser.guard import Guard
from tests.browser.serving import Server
from tests.dashboard.plain_proxy import fronted


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=TIME)


def test_a_link_opens_in_one_gesture_leaves_no_trace_and_serves_once(
    server: Server, guard: Guard, page: Page, browser: Browser
) -> None:
    link = server.link()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + str(request.headers.get("referer"))))
    page.goto(link)
    page.wait_for_url(f"{server.address}/admin")
    code = urlsplit(link).fragment
    assert asked
    assert not [one for one in asked if code in one]
    page.goto(f"{server.address}/methode")
    page.get_by_role("button", name="Plus de pages").click()
    expect(page.get_by_role("link", name="Administration")).to_be_visible()
    other = browser.new_context().new_page()
    other.goto(link)
    expect(other.get_by_role("alert")).to_contain_text("a déjà servi")
    assert code not in other.url
    assert walls.faults(other) == []
    other.goto(server.link())  # in the same window, whose address is the same but for what follows the #
    other.wait_for_url(f"{server.address}/admin")
    other.context.close()


def test_without_script_the_link_is_pasted_at_every_width(server: Server, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    link = server.link()
    page.goto(link)
    page.get_by_label("Le lien").fill(link)
    page.get_by_role("button", name="Ouvrir l’administration").click()
    page.wait_for_url(f"{server.address}/admin")
    page.context.close()


@pytest.mark.parametrize("path", [PATH, "/admin", "/connexion", "/atelier"])
def test_pages_before_the_link_are_whole_at_every_width(server: Server, guard: Guard, page: Page, path: str) -> None:
    guard.allowed.append("/admin")
    page.goto(server.address + path)
    for width, height in ((1440, 900), (390, 844), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        assert walls.faults(page) == []
        assert walls.fits(page) == []
        if width < 400:
            assert page.evaluate(walls.SMALL, walls.THUMB) == []


def test_a_browser_at_the_public_name_opens_nothing_though_the_proxy_names_this_machine(
    server: Server, browser: Browser
) -> None:
    link = server.link()
    with fronted(urlsplit(server.address).port or 0, keeps_host=False) as public:
        page = browser.new_context().new_page()
        page.goto(f"http://127.0.0.1:{public}{PATH}#{urlsplit(link).fragment}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Administration refusée")
        expect(page.locator("main")).to_contain_text("ess admin create")
        page.goto(f"http://127.0.0.1:{public}/admin")
        expect(page.locator("main")).to_contain_text("ess admin link")
        page.goto(link)
        page.wait_for_url(f"{server.address}/admin")
        page.context.close()
