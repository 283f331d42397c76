"""The windows of the room: a desk, a screen, twenty telephones, each a browser of its own; and what they send."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from playwright.sync_api import expect

from tests.browser import walls
from tests.browser.guard import Guard
from tests.rehearsal.said import PEOPLE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Response

    from layers.written.database import Database
    from tests.rehearsal.machine import Machine

DESK, PHONE = (1280, 720), (360, 740)
TIME = 60_000
"""Milliseconds that a busy machine is given; nothing waits for them where all goes well."""
WAITING = "attendent le réseau"
QUEUE = "meeting => JSON.parse(localStorage.getItem(`ess-workshop-${meeting}`) || '[]').map(one => one.id)"
AGAIN = """async body => (await fetch(location.pathname.replace(/\\w+$/, 'envoyer'),
    { method: 'POST', body: new URLSearchParams(body), headers: { Accept: 'application/json' } })).status"""
IS_CUT = """() => [...document.querySelectorAll('.board li, .votes > li, .guess tr, main h1')]
    .filter(one => one.checkVisibility({ visibilityProperty: true }))
    .filter(one => { const box = one.getBoundingClientRect(); return box.top < 0 || box.bottom > innerHeight + 1; })
    .map(one => one.textContent)"""
"""Lines of the screen that do not stand whole in the window."""
IS_WIDE = "() => [...document.querySelectorAll('.scroll')].some(one => one.scrollWidth > one.clientWidth + 1)"
CUT = "net::ERR_"
"""What a browser says of a request that met no server: expected of a room whose network is cut."""


@dataclass
class Phone:
    """One telephone.

    ``sent`` counts what its owner sent, by what it is; ``answers`` is what was said to each sending, by its name;
    ``last`` is the body of the latest.
    """

    page: Page
    college: str
    sent: Counter[str] = field(default_factory=Counter)
    answers: dict[str, list[int]] = field(default_factory=dict)
    last: str = ""

    @property
    def acknowledged(self) -> set[str]:
        """Names of the sendings that the server said it has."""
        return {name for name, said in self.answers.items() if any(status < 300 for status in said)}

    def send(self, what: str) -> None:
        """Press the button; what comes of it is another matter."""
        self.page.get_by_role("button", name="Envoyer").click()
        self.sent[what] += 1

    def told(self, *, waiting: int = 0) -> None:
        """It shows what became of what was sent: received, or so many that wait."""
        expect(self.page.locator(".queue")).to_contain_text(f"{WAITING} : {waiting}" if waiting else "eçu.")

    def cut(self, *, off: bool) -> None:
        """Leave the network, or come back."""
        self.page.context.set_offline(off)

    def again(self) -> int:
        """Send the latest once more, as one does that did not hear the answer; the status of what is said to it."""
        found: int = self.page.evaluate(AGAIN, self.last)
        return found

    def hear(self, response: Response) -> None:
        """Keep what the server says to a sending."""
        if response.url.endswith("/envoyer"):
            self.last = response.request.post_data or ""
            name = parse_qs(self.last)["id"][0]
            self.answers.setdefault(name, []).append(response.status)


@dataclass
class Room:
    """All that takes part, and where it is."""

    browser: Browser
    machine: Machine
    database: Database
    pictures: Path | None
    guard: Guard
    desk: Page
    screen: Page
    phones: list[Phone] = field(default_factory=list)
    meeting: str = ""
    code: str = ""
    read: str = ""
    """The address that the square of the screen holds."""
    scenes: dict[str, str] = field(default_factory=dict)
    seen: dict[str, dict[str, int]] = field(default_factory=dict)
    """What was counted: by what, then by where."""

    @property
    def own(self) -> str:
        """Address of the meeting."""
        return f"{self.machine.address}/atelier/{self.meeting}"

    @property
    def windows(self) -> list[Page]:
        """Every window that follows the meeting."""
        return [self.desk, self.screen, *(phone.page for phone in self.phones)]

    def enter(self) -> Phone:
        """One more telephone, switched on."""
        phone = Phone(opened(self.browser, self.guard, PHONE).new_page(), PEOPLE[len(self.phones)])
        phone.page.context.on("response", phone.hear)
        self.phones.append(phone)
        return phone

    def readable(self) -> None:
        """What the screen shows stands whole in its window; telephones begin at the top, and hide nothing aside."""
        self.screen.wait_for_function(f"() => ({IS_CUT})().length === 0")
        for phone in self.phones:
            expect(phone.page.locator("main h1")).to_be_in_viewport()
            assert walls.fits(phone.page) == []
            assert not phone.page.evaluate(IS_WIDE)

    def picture(self, name: str, page: Page | None = None) -> None:
        """Keep what a window shows now: that of the room where none is named."""
        if self.pictures:
            (page or self.screen).screenshot(path=self.pictures / f"{name}.png")

    def count(self, what: str, **where: int) -> None:
        """Keep numbers of the table."""
        self.seen.setdefault(what, {}).update(where)

    def faults(self) -> list[str]:
        """What the windows complained of, the cut aside."""
        return [fault for fault in self.guard.faults if CUT not in fault]

    def close(self) -> None:
        """Close every window."""
        for page in self.windows:
            page.context.close()


def opened(browser: Browser, guard: Guard, size: tuple[int, int]) -> BrowserContext:
    """A browser of its own, in French; its complaints are kept."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce")
    context.set_default_timeout(TIME)
    guard.listen(context)
    return context


def gathered(browser: Browser, machine: Machine, database: Database, pictures: Path | None) -> Room:
    """A room with its desk and its screen, before anybody came."""
    expect.set_options(timeout=TIME)
    guard = Guard(machine.address)
    desk, screen = (opened(browser, guard, DESK).new_page() for _ in range(2))
    return Room(browser, machine, database, pictures, guard, desk, screen)
