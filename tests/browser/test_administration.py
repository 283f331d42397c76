"""An import by the pages of administration, as a person does it: files, rehearsal, publication."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import FILES
from tests.browser.serving import Server, serving
from tests.browser.walls import faults

SLOW = 120_000
"""Milliseconds that a rehearsal of real files may take on a busy machine."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """``ess serve`` with nothing imported, two processes."""
    with serving(["-m", "dashboard", "serve"], tmp_path) as found:
        yield found


@pytest.mark.real
@pytest.mark.usefixtures("administrator")
def test_real_files_are_rehearsed_then_published(server: Server, page: Page, shared_data: Path) -> None:
    page.goto(f"{server.address}/carte")
    page.get_by_role("button", name="Plus de pages").click()
    page.get_by_role("link", name="Administration").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Administration")
    assert faults(page) == []
    page.get_by_role("link", name="Importer des fichiers", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Importer des fichiers")
    assert faults(page) == []
    page.get_by_label("Fichiers officiels").set_input_files([shared_data / name for name in FILES[:2]])
    page.get_by_role("button", name="Contrôler").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Contrôle de l’import", timeout=SLOW)
    rows = page.locator(".counts tbody tr")
    expect(rows).to_have_count(2)
    for row in rows.all():
        cells = [int("".join(filter(str.isdigit, text))) for text in row.locator("td").all_inner_texts()[:7]]
        assert cells[0] == sum(cells[1:]) > 0
    expect(page.locator(".small-map")).to_have_count(2)
    page.get_by_label("Indicateur", exact=True).select_option("grants_amount.territory")
    page.get_by_role("button", name="Montrer").click()
    expect(page.locator("#carte")).to_have_value("grants_amount.territory")
    with page.expect_download() as told:
        page.get_by_role("link", name="Classeur des lignes rejetées").first.click()
    assert told.value.suggested_filename.endswith("-rejets.xlsx")
    page.set_viewport_size({"width": 390, "height": 844})
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Publier").first.click()
    expect(page.locator(".told")).to_contain_text("Publié")
    assert faults(page) == []
    page.goto(f"{server.address}/carte")
    expect(page.locator("body")).not_to_have_attribute("data-demonstration", "")
