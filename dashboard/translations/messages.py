"""Every message that a reader may be shown: those of the code, of the templates and of the registries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.extract import extract
from jinja2.ext import babel_extract

from dashboard.i18n import plain
from dashboard.translations import registries

KEYWORDS = {"_": None, "msg": None, "rich": None, "plural": (1, 2)}
"""What holds a message as its first argument; `plural` holds two forms."""
PROGRAM = Path(__file__).resolve().parent.parent

Message = tuple[str, ...]
"""The forms of a message: one, or singular and plural."""


def messages() -> dict[Message, str]:
    """Where each message was found first, by its forms with plain spaces."""
    found: dict[Message, str] = {}
    for forms, where in (*_of_code(), *_of_templates(), *_of_registries()):
        found.setdefault(tuple(plain(form) for form in forms), where)
    return found


def _of_code() -> Iterator[tuple[Message, str]]:
    for path in sorted(PROGRAM.rglob("*.py")):
        yield from _of_file("python", path)


def _of_templates() -> Iterator[tuple[Message, str]]:
    for path in sorted((PROGRAM / "templates").glob("*.html")):
        yield from _of_file(babel_extract, path)


def _of_file(method: object, path: Path) -> Iterator[tuple[Message, str]]:
    options = {"trim_blocks": "true", "lstrip_blocks": "true"}
    with path.open("rb") as file:
        for line, forms, *_comments in extract(method, file, KEYWORDS, options=options):  # type: ignore[arg-type]
            where = f"{path.relative_to(PROGRAM.parent).as_posix()}:{line}"
            yield (forms if isinstance(forms, tuple) else (forms,)), where


def _of_registries() -> Iterator[tuple[Message, str]]:
    for where, texts in registries.texts().items():
        yield from (((text,), where) for text in _told(texts))


def _told(texts: Iterable[str]) -> Iterator[str]:
    """Texts that hold a word: a unit such as « % » is the same everywhere."""
    return (text for text in texts if any(letter.isalpha() for letter in text))
