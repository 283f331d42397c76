"""SIREN, SIRET and INSEE codes as files write them: a checked code, an absence, or a reason to refuse.

Codes are text. A spreadsheet that took one for a number leaves traces (scientific notation, ``.0``, a lost
leading zero); a code that lost digits is refused with its remedy and never padded or guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from layers.headings import normalised

_SIREN_DIGITS: Final = 9
_SIRET_DIGITS: Final = 14
_INSEE_DIGITS: Final = 5
LA_POSTE: Final = "356000000"

_SEPARATORS = re.compile(r"[\s'’‘`\"\u00a0\u2007\u202f\ufeff]+")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_FLOAT = re.compile(r"(\d+)[.,]0+")
_RNA = re.compile(r"W\d{9}")
_INSEE = re.compile(r"(?:\d{2}|2[AB])\d{3}")

_UNKNOWN: Final = (
    "nr nc nd na ns n r c d non pas sans aucun aucune inconnu inconnue neant absent absente manquant vide null none nan"
    " attente cours chorus"
)
_ABOUT: Final = (
    "a l en de renseigne renseignee communique connu connue disponible attribue applicable fourni transmis precise"
    " concerne numero no num siret siren rna insee identifiant code immatriculation creation objet demande"
)
"""Words by which a cell says that it has no number, and words that go with them: « non renseigné », « NR CHORUS »."""

_SAYING: Final = frozenset(_UNKNOWN.split())
_WORDS: Final = _SAYING.union(_ABOUT.split())

_TEXT_REMEDY: Final = (
    "Reprendre le fichier d’origine et importer cette colonne au format texte, sans l’ouvrir dans un tableur."
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """What a cell says: *code* where it holds a valid one; *reason* and *remedy* in French where it is refused.

    Neither code nor reason: the cell is empty, or zeros, and the identifier is absent. *note* is a French
    warning about a code that was accepted all the same.
    """

    code: str | None = None
    reason: str = ""
    remedy: str = ""
    note: str = ""

    @property
    def absent(self) -> bool:
        """Whether the cell says nothing at all."""
        return self.code is None and not self.reason


ABSENT: Final = Identifier()


def _refused(reason: str, remedy: str = _TEXT_REMEDY) -> Identifier:
    return Identifier(reason=reason, remedy=remedy)


def luhn(digits: str) -> bool:
    """Whether the Luhn key of a string of digits is right; zeros alone pass it."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + position % 2)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004
    return total % 10 == 0


def _key_is_right(digits: str) -> bool:
    if len(digits) == _SIRET_DIGITS and digits.startswith(LA_POSTE):
        return sum(int(digit) for digit in digits) % 5 == 0 or luhn(digits)
    return luhn(digits)


def is_unknown(text: str) -> bool:
    """Whether a cell of an identifier holds nothing but words, or signs, that say that it is not known.

    >>> is_unknown("NR\nCHORUS"), is_unknown("en cours d’immatriculation"), is_unknown("Lille")
    (True, True, False)
    """
    told = set(normalised(text).split("_")) - {""}
    signs = bool(text.strip()) and not any(sign.isalnum() for sign in text)
    return signs or (told <= _WORDS and bool(told & _SAYING))


def siren(text: str | None) -> Identifier:
    """Check a SIREN: nine digits and their Luhn key; separators are dropped, zeros alone mean absent."""
    return _register_number(text, "SIREN", _SIREN_DIGITS)


def siret(text: str | None) -> Identifier:
    """Check a SIRET: fourteen digits and their Luhn key, that of La Poste's establishments being their sum by 5.

    ``00000000000000`` passes the key and is absent all the same.
    """
    return _register_number(text, "SIRET", _SIRET_DIGITS)


def _register_number(text: str | None, name: str, length: int) -> Identifier:
    digits, was_number = _whole(_SEPARATORS.sub("", text or ""))
    if not digits.strip("0") or is_unknown(text or ""):
        return ABSENT
    if fault := _fault(digits, name, length):
        return _refused(*fault)
    return Identifier(digits, note=f"{name} écrit comme un nombre à virgule, lu sans perte" if was_number else "")


def _whole(digits: str) -> tuple[str, bool]:
    """Take off the ``.0`` of a code that a spreadsheet kept whole as a number, and say so."""
    match = _FLOAT.fullmatch(digits)
    return (match[1], True) if match else (digits, False)


def _fault(digits: str, name: str, length: int) -> tuple[str, str] | None:
    """Reason and remedy where *digits* is no such number."""
    if _SCIENTIFIC.fullmatch(digits):
        return f"{name} en notation scientifique : des chiffres sont perdus", _TEXT_REMEDY
    if not (digits.isascii() and digits.isdigit()):
        return f"{name} illisible : autre chose que des chiffres", "Corriger le numéro à la source."
    if len(digits) == length - 1:
        return f"{name} de {len(digits)} chiffres au lieu de {length} : zéro initial sans doute perdu", _TEXT_REMEDY
    if len(digits) != length:
        return f"{name} de {len(digits)} chiffres au lieu de {length}", "Corriger le numéro à la source."
    if not _key_is_right(digits):
        return f"{name} dont la clé de contrôle est fausse", "Vérifier le numéro à la source."
    return None


def rna(text: str) -> str | None:
    """An RNA number, W and nine digits; None for anything else."""
    plain = _SEPARATORS.sub("", text).upper()
    return plain if _RNA.fullmatch(plain) else None


def insee(text: str | None) -> Identifier:
    """Check the form of a commune's INSEE code: five characters, ``2A`` and ``2B`` included; ``1004`` is refused."""
    code, was_number = _whole(_SEPARATORS.sub("", text or "").upper())
    if not code.strip("0") or is_unknown(text or ""):
        return ABSENT
    if _SCIENTIFIC.fullmatch(code) and not _INSEE.fullmatch(code):
        return _refused("code commune en notation scientifique : des chiffres sont perdus")
    if code.isascii() and code.isdigit() and len(code) == _INSEE_DIGITS - 1:
        return _refused("code commune de 4 chiffres : zéro initial perdu")
    if not code.isascii() or not _INSEE.fullmatch(code):
        return _refused("code commune illisible : 5 caractères attendus", "Corriger le code à la source.")
    return Identifier(code, note="code commune écrit comme un nombre à virgule, lu sans perte" if was_number else "")
