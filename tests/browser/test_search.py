"""The search box answers whatever was typed before its script came."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.serving import Server


def test_what_was_typed_before_the_script_is_suggested_for(server: Server, page: Page) -> None:
    held: list[Route] = []
    page.route("**/search.js", lambda route: held.append(route))  # noqa: PLW0108  (a method of a list has no name to mark)
    with page.expect_request("**/search.js"):
        page.goto(f"{server.address}/methode", wait_until="commit")
    box = page.locator("#search")
    box.fill("roub")
    expect(box).not_to_have_role("combobox")
    held[0].continue_()
    expect(page.locator("#found [role=option]").first).to_contain_text("Roub")
