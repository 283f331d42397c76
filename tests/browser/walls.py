"""What is measured on any page: what goes beyond its edge, what is too small for a thumb, what has no name or focus."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError

from tests.browser.carte import TIME

if TYPE_CHECKING:
    from playwright.sync_api import Page

THUMB = 44
TOUCHING = 1.5
"""Pixels that two lines of text may share: they touch, and are read."""
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

PRINTED = """() => {
    const page = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const shown = one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const written = one => [...one.childNodes].filter(node => node.nodeType === 3 && node.data.trim());
    const lines = one => {
        if (one.ownerSVGElement) return [one.getBoundingClientRect()];
        return written(one).flatMap(node => {
            const range = document.createRange();
            range.selectNodeContents(node);
            return [...range.getClientRects()];
        });
    };
    const frames = one => {
        const found = [page];
        for (let at = one.parentElement; at && at !== document.body; at = at.parentElement) {
            const { overflow, display } = getComputedStyle(at);
            if (overflow !== 'visible' && display !== 'contents') found.push(at.getBoundingClientRect());
        }
        return found;
    };
    const cut = (box, frame) => box.left < frame.left - 1 || box.right > frame.right + 1
        || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    return [...document.querySelectorAll('body *')]
        .filter(one => !one.matches('title, script, style, option, .hidden-text') && shown(one) && written(one).length)
        .flatMap((one, i) => lines(one).filter(box => box.width > 1 && box.bottom > 0 && box.right > 0).map(line => {
            const thin = 0.22 * line.height, { left, right } = line;
            const box = { left, right, top: line.top + thin, bottom: line.bottom - thin };
            const name = one.id || one.getAttribute('class') || one.tagName, text = one.textContent.trim().slice(0, 40);
            const out = frames(one).some(frame => cut(box, frame));
            return [i, `${name} « ${text} »`, left, box.top, right, box.bottom, out];
        }));
}"""
"""Every line of text that is seen: its element, its name, its box, whether something cuts it.

A box of letters is higher than what is drawn of them. The link that leads to the content waits above the window.
"""


def crowded(page: Page) -> list[str]:
    """Text that is printed over other text, or cut by the window or by what holds it: a wall nobody scrolls."""
    lines = page.evaluate(PRINTED)
    found = [f"{name} is cut" for _one, name, *_box, cut in lines if cut]
    for (one, name, *a, _cut), (other, under, *b, _under) in combinations(lines, 2):
        wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        if one != other and min(wide, high) > TOUCHING:
            found.append(f"{name} on {under}, by {wide:.0f} x {high:.0f}")
    return found


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
