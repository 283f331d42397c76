"""Place names as files write them, brought to one form that can be compared."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

LIKENESS = 0.85
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})
_CEDEX = re.compile(r"\bCEDEX\b(?: \d{1,2}\b)?")
_ARTICLE_BEHIND = re.compile(r"^(.*\S)\s*\((L|LE|LA|LES)(?:'|’)?\)$", re.IGNORECASE)
_ARTICLES = frozenset({"L", "LE", "LA", "LES"})
_WORDS = {"ST": "SAINT", "STE": "SAINTE", "STS": "SAINTS", "STES": "SAINTES", "S": "SUR", "LES": "LEZ"}


def normalise(name: str) -> str:
    """Capitals without accents, hyphens, apostrophes, CEDEX or leading article; `ST` is spelt `SAINT`, `LÈS` `LEZ`.

    Idempotent. The empty text for a name without letters. Two communes may share a normalised name
    (« Le Maisnil », « Maisnil »): callers list both.

    >>> normalise("St André-lez-Lille CEDEX 9")
    'SAINT ANDRE LEZ LILLE'
    >>> normalise("VILLENEUVE D'ASCQ") == normalise("Villeneuve-d’Ascq")
    True
    >>> normalise("La Madeleine"), normalise("MADELEINE (LA)")
    ('MADELEINE', 'MADELEINE')
    """
    article_behind = _ARTICLE_BEHIND.match(name.strip())
    bare = article_behind.group(1) if article_behind else name
    words = _CEDEX.sub(" ", _plain(bare)).split()
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words[:1] and [_first(words[0]), *(_WORDS.get(word, word) for word in words[1:])])


def words(text: str) -> list[str]:
    """Words of a longer text, each written as in a normalised name: « 59100 St-André » is `59100 SAINT ANDRE`."""
    return [_WORDS.get(word, word) for word in _plain(text).split()]


def key(name: str) -> str:
    """Normalised name without spaces: « VILLENEUVE DASCQ » and « Villeneuve-d’Ascq » have the same."""
    return normalise(name).replace(" ", "")


def close(official: str, written: str) -> bool:
    """Whether a written name is the official one shortened, lengthened by a district, or misspelt by a letter or two.

    To be used only beside other evidence, such as the post code.

    >>> close("Faches-Thumesnil", "FACHES"), close("Lille", "LILLE FIVES"), close("Valenciennes", "VALENCIENNE")
    (True, True, True)
    >>> close("Villeneuve-d’Ascq", "TOULOUSE")
    False
    """
    one, other = normalise(official), normalise(written)
    if not one or not other:
        return False
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ") or _ratio(one, other) >= LIKENESS


def _ratio(one: str, other: str) -> float:
    first, second = sorted((one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _first(word: str) -> str:
    return word if word in {"S", "LES"} else _WORDS.get(word, word)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).upper()
    return " ".join(re.sub(r"[^A-Z0-9]+", " ", letters).split())
