"""The background plan under the map, from a map service of this machine: asked for, told, and done without."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.carte import Carte
from tests.browser.serving import serving

GREY = (120, 120, 120)


class Service(BaseHTTPRequestHandler):
    """A map service that draws everything grey, or fails."""

    asked: list[dict[str, list[str]]]
    broken = False

    def do_GET(self) -> None:
        type(self).asked.append(parse_qs(urlsplit(self.path).query))
        self.send_response(500 if self.broken else 200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        picture = io.BytesIO()
        Image.new("RGB", (8, 8), GREY).save(picture, "PNG")
        self.wfile.write(b"" if self.broken else picture.getvalue())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def service() -> Iterator[type[Service]]:
    kind = type("Asked", (Service,), {"asked": []})
    listening = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    kind.address = f"http://127.0.0.1:{listening.server_port}/wms"  # type: ignore[attr-defined]
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield kind
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def mapped(service: type[Service], browser: Browser, tmp_path: Path) -> Iterator[Carte]:
    """The page of a server whose settings name the service."""
    settings = {"ESS_BACKGROUND_URL": service.address}  # type: ignore[attr-defined]
    with serving(["app.py"], tmp_path, settings) as server:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR", reduced_motion="reduce")
        page: Page = context.new_page()
        yield Carte(page, server.address).open()
        context.close()


def test_the_plan_comes_when_asked_for_and_goes(mapped: Carte, service: type[Service]) -> None:
    assert service.asked == []
    box = mapped.page.get_by_role("checkbox", name="Fond de plan")
    box.check()
    expect(mapped.page.locator("main[data-plan]")).to_be_attached()
    expect(mapped.page.locator("#plan-choice [role=status]")).to_have_text("Fond de plan : IGN")
    (query,) = service.asked
    assert (query["CRS"], query["VERSION"], query["FORMAT"]) == (["EPSG:2154"], ["1.3.0"], ["image/png"])
    west, south, east, north = (float(part) for part in query["BBOX"][0].split(","))
    ratio = int(query["WIDTH"][0]) / int(query["HEIGHT"][0])
    assert (east - west) / (north - south) == pytest.approx(ratio, rel=0.01)
    assert west < 704_000 < east
    assert south < 7_060_000 < north
    mapped.page.get_by_role("button", name="Agrandir").click()
    mapped.page.wait_for_function("document.querySelectorAll('#map .plan image').length === 1")
    box.uncheck()
    expect(mapped.page.locator("#map .plan image")).to_have_count(0)
    expect(mapped.page.locator("main[data-plan]")).to_have_count(0)


def test_a_service_that_fails_leaves_the_map_and_is_told(mapped: Carte, service: type[Service]) -> None:
    service.broken = True
    before = mapped.areas()
    mapped.page.get_by_role("checkbox", name="Fond de plan").click()
    expect(mapped.page.locator("#plan-choice [role=status]")).to_contain_text("n’a pas pu être lu")
    expect(mapped.page.get_by_role("checkbox", name="Fond de plan")).not_to_be_checked()
    assert mapped.areas() == before
