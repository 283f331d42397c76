"""Reading what Dash components and pages say, for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any


def components(root: Any) -> Iterator[Any]:
    """Every component of a tree, the root first."""
    if root is None or isinstance(root, str | int | float):
        return
    if isinstance(root, list | tuple):
        for part in root:
            yield from components(part)
        return
    yield root
    yield from components(getattr(root, "children", None))


def kind(root: Any, name: str) -> list[Any]:
    """The components of a kind: ``Table``, ``Th``…"""
    return [part for part in components(root) if type(part).__name__ == name]


def text(root: Any) -> str:
    """All the words of a tree."""
    if root is None:
        return ""
    if isinstance(root, list | tuple):
        return "".join(text(part) for part in root)
    return str(root) if isinstance(root, str | int | float) else text(getattr(root, "children", None))


class Page(HTMLParser):
    """A page: its elements in order (name, attributes) and the text of each."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[int] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(len(self.elements))
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")
        if tag in ("meta", "link", "input", "br", "img", "path", "circle", "rect"):
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self.elements[self._open.pop()][0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for place in self._open:
            self.texts[place] += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """Attributes of the elements of a name that have these attributes."""
        return [held for name, held in self.elements if name == tag and wanted.items() <= held.items()]

    def text_of(self, id_: str) -> str:
        """Text of the element that has an id, spaces at its ends left out."""
        return next(
            said.strip() for (_, held), said in zip(self.elements, self.texts, strict=True) if held.get("id") == id_
        )
