"""The guard does see what it is there to see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.browser.guard import Guard
from tests.browser.serving import Server

ELSEWHERE = "http://elsewhere.invalid/"


@pytest.fixture
def watched(browser: Browser, server: Server) -> Iterator[tuple[Page, Guard]]:
    """A page of its own context, whose faults do not fail the test."""
    context = browser.new_context()
    watching = Guard(server.address)
    watching.watch(context)
    yield context.new_page(), watching
    context.close()


def test_a_request_that_leaves_is_stopped_and_told(watched: tuple[Page, Guard]) -> None:
    page, watching = watched
    with pytest.raises(Error, match="ERR_FAILED"):
        page.goto(ELSEWHERE)
    assert watching.faults == [f"left the server: GET {ELSEWHERE}"]


def test_an_image_from_elsewhere_is_told_though_the_policy_stops_it(watched: tuple[Page, Guard]) -> None:
    page, watching = watched
    page.goto(f"{watching.address}/carte")
    with page.expect_console_message():
        page.evaluate("address => { new Image().src = address; }", ELSEWHERE)
    assert f"left the server: GET {ELSEWHERE}" in watching.faults


def test_errors_and_bad_answers_are_told(watched: tuple[Page, Guard]) -> None:
    page, watching = watched
    page.goto(f"{watching.address}/carte")
    page.evaluate("console.error('broken')")
    page.evaluate("fetch('/absent')")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('thrown'); })")
    told = " ".join(watching.faults)
    assert "console: broken" in told
    assert f"answered 404: {watching.address}/absent" in told
    assert "script: thrown" in told or "script: Error: thrown" in told


def test_what_is_expected_is_not_told(watched: tuple[Page, Guard]) -> None:
    page, watching = watched
    watching.allowed.append("/absent")
    page.goto(f"{watching.address}/carte")
    page.evaluate("fetch('/absent')")
    assert watching.faults == []
