"""The forms of a page of ours, and where each of their controls stands in its text.

The text is changed where something changes and nowhere else: what is read here is never written again from a tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate
from typing import Final

from markupsafe import escape

Attributes = dict[str, str | None]
PROBLEM: Final = "problem"
"""The ``id`` of the sentence that says why a form was refused, on every page."""
FRESH: Final = "data-fresh"
"""Marks a hidden field whose value is another each time that the page is made."""


@dataclass
class Tag:
    """A start tag: from ``start`` to ``end`` in the text; what it holds ends at ``close``."""

    name: str
    attributes: Attributes
    start: int
    end: int
    close: int = -1

    def written(self, **changed: str | bool) -> str:
        """The tag with other attributes: a text, or whether it is there."""
        told = {**self.attributes, **changed}
        given = [(name, value) for name, value in told.items() if value is not False]
        return f"<{self.name}{''.join(_attribute(name, value) for name, value in given)}>"

    def get(self, name: str) -> str:
        """An attribute, empty where there is none."""
        return self.attributes.get(name) or ""


@dataclass
class Control(Tag):
    """A field or a button of a form; ``options`` are those of a ``select``, each with its label."""

    options: list[tuple[Tag, str]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """``hidden``, ``text``, ``checkbox``, ``select-one``… as browsers name them."""
        if self.name == "input":
            return (self.get("type") or "text").lower()
        return {"select": "select-one", "button": "submit"}.get(self.name, self.name)


@dataclass
class Form(Tag):
    """A form, its controls in their order, and the ``details`` that hide it."""

    controls: list[Control] = field(default_factory=list)
    folded: list[Tag] = field(default_factory=list)


@dataclass
class Markup:
    """A page of ours: its text, its forms, its sentence of a problem, its main part."""

    text: str
    forms: list[Form] = field(default_factory=list)
    problem: Tag | None = None
    main: Tag | None = None

    def inside(self, tag: Tag) -> str:
        """What a tag holds, as it is written."""
        return self.text[tag.end : self.text.rfind("<", tag.end, tag.close)]

    def value(self, control: Control) -> str:
        """What a control that is typed in holds, or the label of the option that is chosen."""
        if control.name == "textarea":
            return unescape(self.inside(control)).removeprefix("\n")
        if control.name == "select":
            chosen = [label for tag, label in control.options if "selected" in tag.attributes]
            return (chosen or [label for _tag, label in control.options[:1]] or [""])[0]
        return control.get("value")


def read(text: str) -> Markup:
    """The forms of a page."""
    reader = _Reader(text)
    reader.feed(text)
    reader.close()
    return reader.found


def _attribute(name: str, value: str | bool | None) -> str:
    return f" {name}" if value is None or value is True else f' {name}="{escape(value)}"'


class _Reader(HTMLParser):
    """Reads what `Markup` holds."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Markup(text)
        self._lines = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        self._open: list[Tag] = []
        self._form: Form | None = None
        self._select: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._at()
        where = (tag, dict(attrs), start, start + len(self.get_starttag_text() or ""))
        if tag == "form":
            self._form = Form(*where, folded=[one for one in self._open if one.name == "details"])
            self.found.forms.append(self._form)
            self._open.append(self._form)
        elif tag in ("input", "select", "textarea", "button"):
            self._control(Control(*where))
        elif tag == "option" and self._select:
            self._select.options.append((Tag(*where), ""))
        elif tag in ("details", "main", "p"):
            self._block(Tag(*where))

    def _control(self, one: Control) -> None:
        if self._form:
            self._form.controls.append(one)
        if one.name in ("select", "textarea"):
            self._select = one if one.name == "select" else None
            self._open.append(one)

    def _block(self, one: Tag) -> None:
        self._open.append(one)
        if one.name == "main":
            self.found.main = one
        elif one.get("id") == PROBLEM:
            self.found.problem = one

    def handle_data(self, data: str) -> None:
        if self._select and self._select.options:
            option, told = self._select.options[-1]
            self._select.options[-1] = (option, told + data)

    def handle_endtag(self, tag: str) -> None:
        ended = next((one for one in reversed(self._open) if one.name == tag), None)
        if ended is None:
            return
        ended.close = self.found.text.index(">", self._at()) + 1
        self._open.remove(ended)
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
