"""Signing in by a service of identity, out of the site and back, as a browser does it; and the pages of an account."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.guard import Guard
from tests.browser.serving import Server, serving
from tests.browser.walls import faults
from tests.dashboard.accounts.provider import CLIENT, SECRET
from tests.dashboard.accounts.provider import serving as providing


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with providing() as provider:
        provider.person |= {"groups": ["ess-administration"]}
        issuer = provider.issuer.replace("127.0.0.1", "localhost")  # another site than the one that is signed in to
        provider.issuer = issuer
        settings = {
            "ESS_OIDC_ISSUER": issuer, "ESS_OIDC_CLIENT_ID": CLIENT, "ESS_OIDC_CLIENT_SECRET": SECRET,
            "ESS_OIDC_NAME": "compte fictif", "ESS_OIDC_ROLES": json.dumps({"ess-administration": "administrator"}),
        }  # fmt: skip
        with serving(["-m", "dashboard", "serve"], tmp_path, settings) as found:
            yield found


def test_one_signs_in_by_the_service_in_one_gesture(server: Server, page: Page, guard: Guard) -> None:
    page.goto(f"{server.address}/connexion?lang=en")
    assert faults(page) == []
    page.get_by_role("link", name="Sign in with compte fictif").click()
    page.wait_for_url(f"{server.address}/?lang=en")
    (left,) = guard.faults
    assert left.startswith("left the server: GET http://localhost:"), "to the service, for once on purpose"
    guard.faults.clear()
    page.goto(f"{server.address}/compte")
    expect(page.locator(".signing .note").first).to_contain_text("elodie-fictive : administration, par compte fictif")
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_text("Effacer ce compte").click()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(f"{server.address}/admin/comptes")
    assert faults(page) == []
    page.goto(f"{server.address}/compte")
    page.get_by_role("button", name="Se déconnecter partout").click()
    page.goto(f"{server.address}/compte")
    expect(page.get_by_role("heading", level=1)).to_have_text("Connexion")
