"""A reader who goes about at random, and what any page owes: Back, Forward, reload and a copied link restore it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from playwright.sync_api import TimeoutError

from tests.browser.carte import TIME
from tests.browser.reading import differences

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

BOUNDED = settings(
    max_examples=2,
    stateful_step_count=14,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
"""Few walks, the same at every run."""


class Walk(RuleBasedStateMachine):
    """A walk over one page; a page says where it may start, when it is settled, what it shows and what can be done."""

    context: ClassVar[BrowserContext]
    address: ClassVar[str]
    starts: ClassVar[tuple[str, ...]]
    settled: ClassVar[str]
    """JavaScript: nothing more is to come."""
    shows: ClassVar[str]
    """JavaScript: all that the page shows of its state, as JSON can hold it."""

    def __init__(self) -> None:
        super().__init__()
        self.page = self.context.new_page()
        self.page.set_default_timeout(TIME)
        self.seen: list[str] = []
        self.at = 0
        self.said: list[str] = []

    def teardown(self) -> None:
        self.page.close()

    @initialize(data=st.data())
    def open(self, data: st.DataObject) -> None:
        """Come in by one of the addresses."""
        start = data.draw(st.sampled_from(self.starts))
        self.go(self.page, start)
        self.base = int(self.page.evaluate("navigation.currentEntry.index"))
        self.note(f"opened {start}")

    def go(self, page: Page, path: str) -> None:
        """Open a path in a tab."""
        page.goto(self.address + path)
        page.wait_for_function(self.settled)

    def rest(self) -> None:
        """Nothing is pointed at nor focused, and nothing is to come."""
        self.page.wait_for_function(self.settled)
        self.page.mouse.move(3, 3)
        self.page.evaluate("document.activeElement.blur()")

    def note(self, what: str) -> None:
        """Remember what is shown after something was done, at its place in the history."""
        self.said.append(what)
        self.rest()
        self.at = int(self.page.evaluate("navigation.currentEntry.index")) - self.base
        self.seen[self.at :] = [self.page.evaluate(f"JSON.stringify(({self.shows})())")]

    def owes(self, wanted: str, page: Page | None = None) -> None:
        """The page comes to show what it is expected to."""
        where = page or self.page
        try:
            where.wait_for_function(
                f"wanted => (({self.settled})()) && JSON.stringify(({self.shows})()) === wanted",
                arg=wanted,
                timeout=TIME / 2,
            )
        except TimeoutError:
            shown: Any = where.evaluate(self.shows)
            raise AssertionError((self.said, differences(json.loads(wanted), shown))) from None

    @rule()
    @precondition(lambda self: self.at > 0)
    def back(self) -> None:
        self.page.go_back()
        self.at -= 1
        self.said.append("back")
        self.owes(self.seen[self.at])

    @rule()
    @precondition(lambda self: self.at < len(self.seen) - 1)
    def forward(self) -> None:
        self.page.go_forward()
        self.at += 1
        self.said.append("forward")
        self.owes(self.seen[self.at])

    @rule()
    def reload(self) -> None:
        self.page.reload()
        self.said.append("reload")
        self.owes(self.seen[self.at])

    @rule()
    def copied(self) -> None:
        """The link, opened in another tab, shows the same."""
        other = self.context.new_page()
        other.set_default_timeout(TIME)
        other.goto(self.page.url)
        self.owes(self.seen[self.at], other)
        other.close()


def walk(machine: type[Walk], context: BrowserContext, address: str) -> None:
    """Let a machine go about."""
    machine.context, machine.address = context, address
    run_state_machine_as_test(machine, settings=BOUNDED)
