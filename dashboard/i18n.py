"""The language of what is being made: French is written in the code, other languages in ``translations/*.po``.

A message is its French text, whole, with named places: ``_("{n} structures").format(n=12)``. A message without
translation stays French; a test lists those that have none, so that no page is half translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

FRENCH, ENGLISH = "fr", "en"
LANGUAGES = {FRENCH: "Français", ENGLISH: "English"}
"""Languages of the interface, each by its own name."""

_language: ContextVar[str] = ContextVar("language", default=FRENCH)


def language() -> str:
    """The language in force."""
    return _language.get()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Put a language in force; ``KeyError`` for one that there is not."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    before = _language.set(lang)
    try:
        yield
    finally:
        _language.reset(before)


def _(text: str) -> str:
    """A message in the language in force."""
    found = catalogue(language()).get(text, text)
    return found if isinstance(found, str) else found[0]


def plural(one: str, many: str, number: float) -> str:
    """The form for a number: French counts from two, English from anything that is not one."""
    found = catalogue(language()).get(one, (one, many))
    forms = found if isinstance(found, tuple) else (one, many)
    singular = abs(number) < 2 if language() == FRENCH else number == 1  # noqa: PLR2004
    return forms[0] if singular else forms[1]


@cache
def catalogue(lang: str) -> dict[str, str | tuple[str, ...]]:
    """Translations of a language by French text; empty for French itself."""
    if lang == FRENCH:
        return {}
    with (Path(__file__).parent / "translations" / f"{lang}.po").open("rb") as file:
        read = read_po(file, locale=lang)
    found: dict[str, str | tuple[str, ...]] = {}
    for message in read:
        if not message.id or not message.string:
            continue
        if isinstance(message.id, tuple | list):
            found[message.id[0]] = tuple(message.string)
        else:
            found[message.id] = str(message.string)
    return found
