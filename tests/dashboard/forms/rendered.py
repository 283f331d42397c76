"""The forms of a page as a browser would send them, read with another parser than that of the product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lxml import html

from dashboard.gate import FIELD

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Rendered:
    """A form of a page: the address of the page, its method, its path, its element."""

    page: str
    method: str
    action: str
    element: html.FormElement

    @property
    def path(self) -> str:
        """Where it is sent, without what follows the question mark."""
        return self.action.partition("?")[0]

    @cached_property
    def sent(self) -> Fields:
        """What a browser sends of it untouched: hidden fields, defaults, its first button."""
        button = self.element.xpath('.//button[@name][not(@type) or @type="submit"]')[:1]
        return [*self.values, *((one.get("name"), one.get("value", "")) for one in button)]

    @property
    def values(self) -> Fields:
        """What its fields hold, as they are sent."""
        return [(name, (value or "").replace("\r\n", "\n")) for name, value in self.element.form_values()]

    @property
    def typed(self) -> list[html.HtmlElement]:
        """The fields in which something is typed: what is neither hidden, nor chosen, nor pressed."""
        skipped = ("hidden", "checkbox", "radio", "submit", "button")
        found = self.element.xpath(".//input[@name] | .//textarea[@name]")
        return [one for one in found if (one.get("type") or "text") not in skipped]

    @property
    def chosen(self) -> list[html.HtmlElement]:
        """The lists of choices."""
        found: list[html.HtmlElement] = self.element.xpath(".//select[@name]")
        return found

    def hidden(self, name: str) -> str:
        """The value of a hidden field, empty where there is none."""
        return next(iter(self.element.xpath(f'.//input[@type="hidden"][@name="{name}"]/@value')), "")

    def key(self, rule: str) -> tuple[str, ...]:
        """What makes it another form than those of the same address: what it asks for, and the names it has."""
        names = {one.get("name").partition("-")[0] for one in self.element.xpath(".//*[@name]")} - {FIELD}
        return (self.method, rule, self.hidden("what"), *sorted(names))


def forms(page: str, text: str) -> list[Rendered]:
    """Every form of a page."""
    tree = html.fromstring(text)
    return [
        Rendered(page, (one.get("method") or "get").upper(), one.get("action") or page, one)
        for one in tree.xpath("//form")
    ]


def with_values(fields: Fields, values: dict[str, str]) -> Fields:
    """What is sent, with other values."""
    kept = [(name, values.get(name, value)) for name, value in fields]
    return kept + [(name, value) for name, value in values.items() if name not in dict(fields)]
