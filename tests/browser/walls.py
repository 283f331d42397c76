"""What is measured on any page: what goes beyond its edge, what is too small for a thumb, what has no name or focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError

from tests.browser.carte import TIME

if TYPE_CHECKING:
    from playwright.sync_api import Page

THUMB = 44
WIDTHS = {"desk": (1440, 900), "tablet": (768, 1024), "phone": (390, 844)}

FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"

BEYOND = """() => {
    const edge = document.documentElement.clientWidth;
    return [...document.querySelectorAll('body *')].filter(one =>
        one.checkVisibility() && one.getBoundingClientRect().right > edge + 1 && !one.closest('.scroll'))
        .slice(0, 5).map(one => `${one.tagName}#${one.id}.${one.getAttribute('class')}`);
}"""

SMALL = """least => {
    const inText = one => one.tagName === 'A' && getComputedStyle(one).display === 'inline'
        && [...one.parentElement.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    const target = one => (one.matches('[type=checkbox], [type=radio]') && one.closest('label')) || one;
    const kinds = 'a[href], button, select, input:not([type=hidden]), textarea, summary';
    return [...document.querySelectorAll(kinds)]
        .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest('svg, .js-plotly-plot'))
        .filter(one => !inText(one))
        .map(one => [one, target(one).getBoundingClientRect()])
        .filter(([, box]) => box.right > 0 && box.width > 1 && box.height < least - 0.5)
        .map(([one, box]) => `${one.tagName}#${one.id} ${one.textContent.trim().slice(0, 30)} ${box.height}`);
}"""
"""Links inside a sentence are as high as its line: WCAG 2.5.8 leaves them out."""

OPENED = "() => { for (const one of document.querySelectorAll('main details')) one.open = true; }"

DULL = """() => {
    const kinds = new Map();
    for (const one of document.querySelectorAll('a[href], button, select, input, summary, [tabindex="0"]')) {
        if (!one.checkVisibility({ visibilityProperty: true })) continue;
        if (one.disabled || one.closest('.js-plotly-plot')) continue;
        const within = one.parentElement.getAttribute('class');
        const kind = `${one.tagName} ${one.getAttribute('class') || one.type || ''} in ${within}`;
        if (!kinds.has(kind)) kinds.set(kind, one);
    }
    const dull = [];
    for (const [kind, one] of kinds) {
        one.focus({ focusVisible: true, preventScroll: true });
        const style = getComputedStyle(one), area = one.closest('svg') && one.querySelector('path');
        const ring = area ? getComputedStyle(area).strokeWidth : style.outlineStyle !== 'none' && style.outlineWidth;
        if (document.activeElement !== one) dull.push(`${kind} takes no focus`);
        else if (!(Number.parseFloat(ring) >= 2)) dull.push(kind);
    }
    return [kinds.size, dull];
}"""

NAMELESS = """() => [...document.querySelectorAll('main svg')].filter(one =>
        one.checkVisibility() && !one.closest('[aria-hidden="true"], .js-plotly-plot, button'))
    .filter(one => !one.getAttribute('role') || !['aria-label', 'aria-labelledby'].some(name => one.getAttribute(name)))
    .map(one => one.outerHTML.slice(0, 120))"""


def faults(page: Page) -> list[str]:
    """What axe-core reports of a page once it is whole, in one line each."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:4]}" for one in found]


def at_every_width(page: Page) -> dict[str, list[str]]:
    """What axe-core reports of an opened page, by width, from the desk to the phone."""
    found = {}
    for name, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        found[name] = faults(page)
    return {name: what for name, what in found.items() if what}


def fits(page: Page) -> list[str]:
    """What makes the page wider than its window, once it had the time to follow it; empty where nothing does."""
    try:
        page.wait_for_function(FITS, timeout=5000)
    except TimeoutError:  # what is beyond the edge says more than a time that ran out
        beyond: list[str] = page.evaluate(BEYOND)
        return beyond or ["something"]
    return []


def shown(page: Page, address: str) -> Page:
    """Go to an address, and wait until its scripts have answered."""
    page.set_default_timeout(TIME)
    page.goto(address)
    if page.locator("main.carte, main.acteurs").count():
        page.locator("main[data-ready]").wait_for(state="attached")
    return page
