"""Every message that a reader may be shown: those of the code, of the templates and of the registries."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.extract import extract

from dashboard.i18n import plain
from dashboard.translations import registries

FORMS = {"_": 1, "msg": 1, "rich": 1, "plural": 2}
"""What takes a message, and in how many forms."""
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
    """Texts given whole to a keyword; a name given to it stands for a text that is marked where it is written."""
    for path in sorted(PROGRAM.rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            count = FORMS.get(name, 0)
            forms = tuple(arg.value for arg in call.args[:count] if isinstance(arg, ast.Constant))
            if count and len(forms) == count and all(isinstance(form, str) for form in forms):
                yield tuple(map(str, forms)), _place(path, call.lineno)


def _of_templates() -> Iterator[tuple[Message, str]]:
    options = {"trim_blocks": "true", "lstrip_blocks": "true"}
    keywords = {name: (1, 2) if count > 1 else None for name, count in FORMS.items()}
    for path in sorted((PROGRAM / "templates").glob("*.html")):
        with path.open("rb") as file:
            for line, forms, *_comments in extract("jinja2.ext:babel_extract", file, keywords, options=options):
                yield (forms if isinstance(forms, tuple) else (forms,)), _place(path, line)


def _place(path: Path, line: int) -> str:
    return f"{path.relative_to(PROGRAM.parent).as_posix()}:{line}"


def _of_registries() -> Iterator[tuple[Message, str]]:
    for where, texts in registries.texts().items():
        yield from (((text,), where) for text in _told(texts))


def _told(texts: Iterable[str]) -> Iterator[str]:
    """Texts that hold a word: a unit such as « % » is the same everywhere."""
    return (text for text in texts if any(letter.isalpha() for letter in text))
