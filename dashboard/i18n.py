"""The language of what is being made: French is written in the code, other languages in ``translations/*.po``.

A message is its French text, whole, with named places: ``_("{n} structures").format(n=12)``. A message without
translation stays French; ``python -m dashboard.translations`` lists those, and a test wants none. Spaces that do not
break are the same as plain ones where a message is looked up, so that catalogues are written with plain spaces.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

FRENCH, ENGLISH = "fr", "en"
LANGUAGES = {FRENCH: "Français", ENGLISH: "English"}
"""Languages of the interface, each by its own name."""
FOLDER = Path(__file__).parent / "translations"
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})

_language: ContextVar[str] = ContextVar("language", default=FRENCH)


def language() -> str:
    """The language in force."""
    return _language.get()


def begin(lang: str) -> Token[str]:
    """Put a language in force until `end` is given the token; ``KeyError`` for one that there is not."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    return _language.set(lang)


def end(token: Token[str]) -> None:
    """Put back the language that was in force."""
    _language.reset(token)


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Put a language in force; ``KeyError`` for one that there is not."""
    token = begin(lang)
    try:
        yield
    finally:
        end(token)


def msg(text: str) -> str:
    """The text itself, marked as a message: for a table of texts that are given to `_` where they are shown."""
    return text


def _(text: str) -> str:
    """A message in the language in force."""
    found = catalogue(language()).get(plain(text), text)
    return found if isinstance(found, str) else found[0]


def plural(one: str, many: str, number: float) -> str:
    """The form for a number: French counts from two, English from anything that is not one."""
    found = catalogue(language()).get(plain(one), (one, many))
    forms = found if isinstance(found, tuple) else (one, many)
    singular = abs(number) < 2 if language() == FRENCH else number == 1  # noqa: PLR2004
    return forms[0] if singular else forms[1]


def known(text: str) -> bool:
    """Whether a text can be told in the language in force: what an imported file says may have no translation."""
    return language() == FRENCH or plain(text) in catalogue(language())


def plain(text: str) -> str:
    """A text with plain spaces, as catalogues are written."""
    return text.translate(SPACES)


@lru_cache(maxsize=8)
def catalogue(lang: str) -> dict[str, str | tuple[str, ...]]:
    """Translations of a language by French text; empty for French itself."""
    if lang == FRENCH:
        return {}
    with (FOLDER / f"{lang}.po").open("rb") as file:
        read = read_po(file, locale=lang)
    found: dict[str, str | tuple[str, ...]] = {}
    for message in read:
        if not message.id or not message.string:
            continue
        if isinstance(message.id, tuple | list):
            found[plain(message.id[0])] = tuple(message.string)
        else:
            found[plain(message.id)] = str(message.string)
    return found
