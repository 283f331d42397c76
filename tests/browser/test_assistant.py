"""A newcomer, a table of unknown shape, and the page that understands it with her: from the file to its figure."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, Route, expect

from tests.browser import walls
from tests.browser.guard import Guard
from tests.browser.serving import Server, serving

SLOW = 120_000
"""Milliseconds that a rehearsal may take on a busy machine."""
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """``ess serve`` with nothing imported."""
    with serving(["-m", "dashboard", "serve"], tmp_path) as found:
        yield found


def table() -> bytes:
    """Titles above, odd headings, thousands of euros, two amounts, a total, a hidden sheet: all of it invented."""
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Feuil1"
    for title in ("Ville fictive", "Aides de l’exercice 2023 (en k€)"):
        sheet.append([title])
    sheet.append(["Dossier", "Qui", "Sollicité", "Prop. CP", "Où"])
    for n in range(8):
        sheet.append([f"D-{n}", f"COMITÉ FICTIF {n}", 20.5 + n, 10.5 + n if n else "voir PJ", "Lille"])
    book.create_sheet("Archive").append(["Bénéficiaire", "Montant"])
    book["Archive"].sheet_state = "hidden"
    book.save(out)
    return out.getvalue()


def lecture(server: Server, page: Page) -> None:
    """Send the table; its page is there."""
    page.set_default_timeout(SLOW)
    page.goto(f"{server.address}/admin/import")
    page.locator("#files").set_input_files({"name": "aides.xlsx", "mimeType": KIND, "buffer": table()})
    page.get_by_role("button", name="Contrôler").click()
    expect(page.locator("main.lecture")).to_be_visible(timeout=SLOW)


@pytest.mark.usefixtures("administrator")
def test_choices_made_before_the_script_runs_or_while_the_server_is_away_are_kept(
    server: Server, page: Page, guard: Guard
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/lecture.js*", hold)
    lecture(server, page)
    title = page.get_by_role("heading", level=1)
    page.get_by_label("Ce que contient ce tableau").select_option(label="Des subventions")
    page.get_by_label("Colonne B, Qui").select_option(label="Bénéficiaire : nom")
    for route in held:
        route.continue_()
    expect(title).not_to_contain_text("pas encore compris", timeout=SLOW)
    guard.allowed.append("/lecture/0")
    page.route("**/lecture/0", lambda route: route.abort())
    page.get_by_label("Colonne D, Prop. CP").select_option(label="Montant voté")
    expect(page.get_by_text("La relecture n’a pas abouti")).to_be_visible()
    page.unroute("**/lecture/0")
    page.get_by_role("button", name="Relire avec ces choix").click()
    expect(page.get_by_label("Colonne D, Prop. CP").locator("option:checked")).to_have_text("Montant voté")
    expect(page.get_by_label("Colonne B, Qui").locator("option:checked")).to_have_text("Bénéficiaire : nom")


@pytest.mark.usefixtures("administrator")
def test_a_newcomer_publishes_a_table_of_unknown_shape(server: Server, page: Page) -> None:
    lecture(server, page)
    title = page.get_by_role("heading", level=1)
    page.get_by_label("Ce que contient ce tableau").select_option(label="Des subventions")
    page.get_by_label("Colonne B, Qui").select_option(label="Bénéficiaire : nom")
    page.get_by_label("Colonne C, Sollicité").select_option(label="Montant demandé")
    page.get_by_label("Colonne D, Prop. CP").select_option(label="Montant voté")
    page.get_by_label("Colonne E, Où").focus()
    page.get_by_label("Colonne E, Où").select_option(label="Commune")
    expect(title).to_contain_text("7 lignes sur 8 sont prêtes", timeout=SLOW)
    expect(page.get_by_label("Colonne E, Où")).to_be_focused()
    expect(page.locator("tbody em")).to_have_text("voir PJ (illisible)")
    for width, high in ((390, 844), (768, 1024), (1024, 768), (1440, 900)):
        page.set_viewport_size({"width": width, "height": high})
        assert walls.fits(page) == []
        assert width > 390 or page.evaluate(walls.SMALL, walls.THUMB) == []
    assert walls.faults(page) == []
    page.get_by_role("button", name="Répéter avant de publier").press("Enter")
    page.get_by_role("button", name="Publier").first.click(timeout=SLOW)
    expect(page.locator(".told")).to_contain_text("Publié")
    for _ in range(40):  # a server takes a new release up within two seconds
        found = server.get("/api/v1/indicators/grants_amount?level=commune&year=2023")
        if not found["demonstration"]:
            break
        page.wait_for_timeout(250)
    (lille,) = [one["value"] for one in found["values"] if one["code"] == "59350"]
    assert lille == sum(10_500 + n * 1_000 for n in range(1, 8))
