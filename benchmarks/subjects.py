"""What is compared: our page, the plain one, and the plain one with Dash's compression turned on."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from benchmarks.visit import Subject

OURS, PLAIN, COMPRESSED = "ESS dashboard", "plain Plotly Express", "plain, compress=True"
PEER_AREAS = "#map .choroplethlayer path"


def choose(page: Page, sector: str) -> Callable[[], object]:
    """The choice of a sector in our page."""
    return lambda: page.select_option("#sector", label=sector)


def _dropdown(page: Page, sector: str) -> Callable[[], object]:
    """Opens the list; what is left to do, and to time, is a click on the option."""
    page.click("#sector")
    option = page.locator(".dash-dropdown-option", has_text=sector).first
    option.wait_for(state="visible")
    option.scroll_into_view_if_needed()
    option.hover()
    return lambda: option.click(no_wait_after=True)


def subjects(indicator: str, level: str) -> tuple[Subject, ...]:
    """Ours first."""
    path = f"/carte?indicator={indicator}&level={level}"
    return (
        Subject(OURS, path, "#map path[data-code]", "#main[data-ready]", choose),
        Subject(PLAIN, "/", PEER_AREAS, PEER_AREAS, _dropdown),
        Subject(COMPRESSED, "/", PEER_AREAS, PEER_AREAS, _dropdown),
    )


def command(subject: Subject, indicator: str, level: str) -> tuple[list[str], dict[str, str]]:
    """Arguments of Python that start its server, and the settings it needs."""
    if subject.name == OURS:
        return ["app.py"], {}
    compress = "1" if subject.name == COMPRESSED else "0"
    return ["-m", "benchmarks.plain_express"], {"INDICATOR": indicator, "LEVEL": level, "COMPRESS": compress}
