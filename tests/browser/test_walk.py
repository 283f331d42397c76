"""However one came to a view, it is the view that its address gives; Back, Forward and reload bring it again."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule
from playwright.sync_api import BrowserContext

from tests.browser.reading import SETTLED, SNAPSHOT
from tests.browser.serving import Server
from tests.browser.walking import Walk, walk
from tests.page_views import VIEWS

SELECTS = (
    "indicator", "sector", "family", "size", "employer", "qpv", "instrument", "year", "level", "method", "classes",
    "scale", "circles", "index", "yearly", "compare",
)  # fmt: skip
OPTIONS = "(id) => [...document.getElementById(id)?.options ?? []].filter(one => !one.disabled).map(one => one.value)"
SELECT = """([id, value]) => {
    const select = document.getElementById(id);
    select.value = value;
    select.dispatchEvent(new Event('input', { bubbles: true }));
    select.dispatchEvent(new Event('change', { bubbles: true }));
}"""
MAP_SHOWS = f"""() => ({{
    ...({SNAPSHOT})(), ignored: '', language: document.documentElement.lang,
    chips: [...document.querySelectorAll('#chips button')].map(one => one.textContent),
    pins: [...document.querySelectorAll('#pins li')].map(one => one.textContent),
    lettered: [...document.querySelectorAll('#ranking [data-pin]')].map(one => one.dataset.pin),
    slider: [document.getElementById('years').value, document.getElementById('timeline-why').textContent],
    projected: document.body.classList.contains('projection'),
}})"""
MAP_SETTLED = f"""() => {{
    const asked = new URLSearchParams(location.search);
    return ({SETTLED})() && document.documentElement.lang === (asked.get('lang') || 'fr')
        && document.getElementById('perimeter').value === (asked.get('perimeter') || '95');
}}"""


class OnTheMap(Walk):
    """The map, its list, its filters, its years."""

    starts = ("/carte", "/carte?indicator=actors&sector=commerce,divers", "/carte?level=commune&territory=3&pins=59512")
    settled, shows = MAP_SETTLED, MAP_SHOWS

    @rule(data=st.data(), id=st.sampled_from(SELECTS))
    def choose(self, data: st.DataObject, id: str) -> None:
        if self.page.locator(f"#{id}").is_disabled():
            return
        value = data.draw(st.sampled_from(self.page.evaluate(OPTIONS, id)))
        if value == "manual":
            return  # asks for bounds, which are another control
        self.page.evaluate(SELECT, [id, value])
        self.note(f"{id}={value}")

    @rule(data=st.data(), pin=st.booleans())
    def list(self, data: st.DataObject, pin: bool) -> None:
        if "projection" in (self.page.locator("body").get_attribute("class") or ""):
            return
        lines = self.page.locator("#ranking button[data-code]").all()
        if lines:
            data.draw(st.sampled_from(lines)).click(modifiers=["Shift"] if pin else [])
            self.note("pinned in the list" if pin else "picked in the list")

    @rule(data=st.data())
    def slide(self, data: st.DataObject) -> None:
        if self.page.locator("#years").is_visible() and self.page.locator("#years").is_enabled():
            key = data.draw(st.sampled_from(["Home", "End", "ArrowLeft", "ArrowRight"]))
            self.page.locator("#years").press(key)
            self.note(f"slider {key}")

    @rule(data=st.data(), where=st.sampled_from(["#chips button", "#pins a", "#trail a"]))
    def take_away(self, data: st.DataObject, where: str) -> None:
        found = [one for one in self.page.locator(where).all() if one.is_visible()]
        if found:
            data.draw(st.sampled_from(found)).click()
            self.note(f"clicked in {where}")

    @rule(key=st.sampled_from(["Escape", "p", "3", "ArrowRight"]))
    def key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.note(f"key {key}")

    @rule(perimeter=st.sampled_from(["85", "90", "95"]))
    def perimeter(self, perimeter: str) -> None:
        if self.page.locator("#perimeter").input_value() != perimeter:
            with self.page.expect_navigation():
                self.page.evaluate(SELECT, ["perimeter", perimeter])
            self.note(f"perimeter {perimeter}")

    @rule()
    def language(self) -> None:
        if self.page.locator("a.switch").first.is_visible():
            with self.page.expect_navigation():
                self.page.locator("a.switch").first.click()
            self.note("other language")


class InTheDirectory(Walk):
    """The directory of structures."""

    starts = ("/acteurs", "/acteurs?territory=3,8&family=association&sort=-size&page=2", "/acteurs?q=iris&actor=x")
    settled = "() => document.querySelector('main.acteurs[data-ready]:not([aria-busy])') !== null"
    shows = """() => {
        const all = (where, read) => [...document.querySelectorAll(where)].map(read);
        const text = where => document.querySelector(where)?.textContent.replace(/\\s+/g, ' ').trim() ?? null;
        return {
            address: location.pathname + location.search, title: document.title,
            language: document.documentElement.lang,
            headline: text('#headline'), caption: text('#caption'), tally: text('#tally'), picked: text('#picked'),
            rows: all('#list tbody tr', one => one.textContent),
            sorted: all('[aria-sort]', one => one.id + one.ariaSort),
            chips: all('#chips li', one => one.textContent.trim()), pager: text('.pager'),
            ticked: all('#rail input:checked', one => one.id), counts: all('#rail .count', one => one.textContent),
            chosen: all('#rail select', one => one.value), q: document.getElementById('q').value,
            links: all('.top a', one => one.getAttribute('href')), lit: all('#map .areas .in', one => one.dataset.code),
        };
    }"""

    @rule(data=st.data())
    def tick(self, data: st.DataObject) -> None:
        ids = self.page.eval_on_selector_all("#rail input[type=checkbox]:enabled", "all => all.map(one => one.id)")
        chosen = data.draw(st.sampled_from(ids))
        self.page.evaluate("id => document.getElementById(id).click()", chosen)
        self.note(f"ticked {chosen}")

    @rule(data=st.data(), id=st.sampled_from(["year", "perimeter", "ess"]))
    def choose(self, data: st.DataObject, id: str) -> None:
        value = data.draw(st.sampled_from(self.page.evaluate(OPTIONS, id)))
        self.page.evaluate(SELECT, [id, value])
        self.note(f"{id}={value}")

    @rule(text=st.sampled_from(["iris", "0002", ""]))
    def search(self, text: str) -> None:
        self.page.locator("#q").fill(text)
        self.page.locator("#q").press("Enter")
        self.page.wait_for_function("text => (new URLSearchParams(location.search).get('q') ?? '') === text", arg=text)
        self.note(f"searched {text}")

    @rule(data=st.data(), where=st.sampled_from(["#directory thead a", ".pager a", "#chips a", "a.switch"]))
    def follow(self, data: st.DataObject, where: str) -> None:
        found = self.page.locator(where).all()
        if found:
            before = self.page.url
            data.draw(st.sampled_from(found)).click()
            self.page.wait_for_function("before => location.href !== before", arg=before)
            self.note(f"followed {where}")


class SideBySide(Walk):
    """The comparison, which the server writes anew each time."""

    starts = tuple(view for view in VIEWS["comparer"] if "mode=" not in view)
    settled = "() => document.readyState === 'complete' && document.querySelector('main.comparer') !== null"
    shows = """() => ({
        address: location.pathname + location.search, title: document.title, language: document.documentElement.lang,
        main: document.querySelector('main').innerText,
        chosen: [...document.querySelectorAll('main select')].map(one => one.value),
        free: document.querySelector('[name=free]').checked,
        painted: [...document.querySelectorAll('.small-map .area')].map(one => one.getAttribute('class')),
    })"""

    @rule(data=st.data(), id=st.sampled_from(["add", "indicator", "sector", "year", "perimeter"]))
    def ask(self, data: st.DataObject, id: str) -> None:
        if not self.page.locator(f"#{id}").count() or self.page.locator(f"#{id}").is_disabled():
            return
        value = data.draw(st.sampled_from(self.page.evaluate(OPTIONS, id)))
        self.page.evaluate(SELECT, [id, value])
        self.apply(f"{id}={value}")

    @rule()
    def free(self) -> None:
        self.page.evaluate("document.querySelector('[name=free]').click()")
        self.apply("scales")

    def apply(self, what: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(".asked button[type=submit]").click()
        self.note(what)

    @rule(data=st.data(), where=st.sampled_from([".places .remove", "a.switch"]))
    def follow(self, data: st.DataObject, where: str) -> None:
        found = self.page.locator(where).all()
        if found:
            with self.page.expect_navigation():
                data.draw(st.sampled_from(found)).click()
            self.note(f"followed {where}")


class FromPageToPage(Walk):
    """From the home page along its links and the navigation."""

    starts = VIEWS["accueil"]
    settled = """() => document.readyState === 'complete' && (!document.querySelector('main.carte, main.acteurs')
        || document.querySelector('main[data-ready]:not([aria-busy], [data-pending])') !== null)"""
    shows = """() => ({
        address: location.pathname + location.search, title: document.title, language: document.documentElement.lang,
        headline: document.querySelector('h1').textContent,
        pages: [...document.querySelectorAll('.pages a, a.switch')].map(one => one.href + one.ariaCurrent),
        home: document.querySelector('main.accueil')?.innerText ?? '',
    })"""

    @rule(data=st.data(), where=st.sampled_from([".figures a", ".findings li a", ".pick a", ".pages a", "a.switch"]))
    def follow(self, data: st.DataObject, where: str) -> None:
        links = [one for one in self.page.locator(where).all() if one.get_attribute("aria-current") is None]
        if links:
            with self.page.expect_navigation():
                data.draw(st.sampled_from(links)).click()
            self.note(f"followed {where}")


def test_on_the_map(server: Server, context: BrowserContext) -> None:
    walk(OnTheMap, context, server.address)


def test_in_the_directory(server: Server, context: BrowserContext) -> None:
    walk(InTheDirectory, context, server.address)


def test_side_by_side(server: Server, context: BrowserContext) -> None:
    walk(SideBySide, context, server.address)


def test_from_page_to_page(server: Server, context: BrowserContext) -> None:
    walk(FromPageToPage, context, server.address)
