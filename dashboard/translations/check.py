"""A catalogue against the messages of the program: what it lacks, what it has for nothing, what does not fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

from babel.messages.pofile import read_po

from dashboard.i18n import FOLDER, FRENCH, LANGUAGES, plain
from dashboard.translations.messages import Message, messages

_ENTRY = re.compile(r'^msgid ((?:".*"\n)+)', re.MULTILINE)
_STRING = re.compile(r'"(.*)"')
_TAG = re.compile(r"</?[a-z][^>]*>")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend in a catalogue; ``kind`` is ``missing``, ``obsolete``, ``unfit`` or ``twice``."""

    kind: str
    forms: Message
    where: str

    def __str__(self) -> str:
        """As the catalogue would write it, ready to be filled in."""
        keys = ("msgid", "msgid_plural")
        lines = [f"#: {self.where}", *(f"{key} {_quoted(form)}" for key, form in zip(keys, self.forms, strict=False))]
        if self.kind == "missing":
            lines += ['msgstr ""'] if len(self.forms) == 1 else ['msgstr[0] ""', 'msgstr[1] ""']
        return "\n".join(lines)


def faults(lang: str) -> list[Fault]:
    """Faults of the catalogue of a language, in the order of the program, then of the catalogue."""
    wanted, held = messages(), dict(_entries(lang))
    found = [Fault("missing", forms, where) for forms, where in wanted.items() if not all(held.get(forms, ("",)))]
    found += [Fault("obsolete", forms, f"{lang}.po") for forms in held if forms not in wanted]
    found += [Fault("unfit", forms, f"{lang}.po") for forms, told in held.items() if not _fits(forms, told)]
    return [*found, *(Fault("twice", (text,), f"{lang}.po") for text in _repeated(lang))]


def translated() -> list[str]:
    """Languages that have a catalogue."""
    return [lang for lang in LANGUAGES if lang != FRENCH]


def _entries(lang: str) -> Iterator[tuple[Message, Message]]:
    """Forms of each message, and what they become; empty where there is nothing, or where it is to be confirmed."""
    with (FOLDER / f"{lang}.po").open("rb") as file:
        read = read_po(file, locale=lang, abort_invalid=True)
    for message in read:
        if not message.id:
            continue
        forms = message.id if isinstance(message.id, tuple | list) else (message.id,)
        told = message.string if isinstance(message.string, tuple | list) else (message.string,)
        yield tuple(plain(form) for form in forms), ("",) if message.fuzzy else tuple(str(one or "") for one in told)


def _repeated(lang: str) -> list[str]:
    """Messages that the file has more than once, of which only the last would be followed."""
    written = (FOLDER / f"{lang}.po").read_text(encoding="utf-8")
    counted = Counter(plain("".join(_STRING.findall(entry))) for entry in _ENTRY.findall(written))
    return [text for text, times in counted.items() if times > 1]


def _fits(forms: Message, told: Message) -> bool:
    """Whether a translation names the same places, and holds the same tags."""
    shapes = {_shape(form) for form in (*forms, *filter(None, told))}
    return len(shapes) == 1


def _shape(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    places = frozenset(name for _text, name, _form, _kind in Formatter().parse(text) if name is not None)
    return places, tuple(sorted(re.sub(r"\s.*", "", tag.strip("<>")) for tag in _TAG.findall(text)))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
