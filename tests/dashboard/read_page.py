"""A page as its readers meet it: text by place, identifiers, headings, tables, regions, links."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "rect", "circle", "path"}


class Page(HTMLParser):
    """What the tests look at in a page: text by place, identifiers, headings, tables, regions, links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.tags: Counter[str] = Counter()
        self.links: list[str] = []
        self.regions: list[dict[str, str | None]] = []
        self.body: dict[str, str | None] = {}
        self._open: list[tuple[str, str | None]] = []
        self._texts: dict[str, list[str]] = {}
        self._all: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a":
            self.links.append(str(found.get("href")))
        if found.get("class") == "scroll":
            self.regions.append(found)
        if tag == "body":
            self.body = found
        if tag not in VOID:
            self._open.append((tag, found.get("id")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of a drawing that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1][0] == tag, f"{tag} closes {self._open[-1]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if any(tag in ("style", "script", "pre") for tag, _ in self._open):
            return
        self._all.append(data)
        for _, name in self._open:
            if name:
                self._texts.setdefault(name, []).append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self._all).split(" "))

    def inside(self, name: str) -> str:
        return "".join(self._texts.get(name, []))

    @property
    def balanced(self) -> bool:
        return not self._open
