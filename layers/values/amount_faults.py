"""Why a cell is no amount: each kind of writing that is refused, with its own reason and remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from layers.values.dates import when


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of refusal: its *slug* for programs, its *reason* and *remedy* in French."""

    slug: str
    reason: str
    remedy: str


_ALONE: Final = "Ne laisser dans la cellule que le montant en euros."
_OTHER_COLUMN: Final = "Vérifier que cette colonne est celle des montants."

EMPTY: Final = Fault("empty", "montant absent", "Compléter le montant, ou retirer la ligne.")
NOT_SAID: Final = Fault("not_said", "montant non communiqué", "Demander le montant à qui a produit le fichier.")
FORMULA: Final = Fault(
    "formula",
    "erreur de formule laissée par le tableur",
    "Rouvrir le classeur, réparer la formule ou élargir la colonne, puis l’enregistrer.",
)
PERCENT: Final = Fault("percent", "pourcentage au lieu d’un montant", _OTHER_COLUMN)
DATE: Final = Fault("date", "date au lieu d’un montant", _OTHER_COLUMN)
CURRENCY: Final = Fault("currency", "montant dans une autre monnaie que l’euro", "Convertir le montant en euros.")
TWO_NUMBERS: Final = Fault("two_numbers", "plusieurs nombres dans la cellule", "Garder un seul montant par ligne.")
BROKEN: Final = Fault(
    "broken",
    "chiffres mal groupés : un nombre coupé, ou deux nombres qui se touchent",
    "Reprendre le montant du fichier d’origine.",
)
BESIDE: Final = Fault("text_beside", "du texte accompagne le montant", _ALONE)
TEXT: Final = Fault("text", "texte au lieu d’un montant", _OTHER_COLUMN)
CODE: Final = Fault("code", "numéro qui commence par un zéro, et non un montant", _OTHER_COLUMN)
LARGE: Final = Fault(
    "too_large",
    "nombre plus grand que tout budget du territoire",
    "Vérifier que ce n’est pas un SIRET, un téléphone ou deux montants qui se touchent.",
)
SCIENTIFIC: Final = Fault(
    "scientific",
    "notation scientifique : des chiffres sont perdus",
    "Mettre la colonne au format nombre dans le fichier d’origine, ou confirmer le montant.",
)
THOUSANDS: Final = Fault(
    "thousands",
    "montant à trois chiffres après un seul signe : milliers ou décimales",
    "Dire quel signe sépare les décimales dans cette colonne.",
)
UNIT: Final = Fault(
    "unit",
    "la cellule ne compte pas dans l’unité de sa colonne",
    "Dire si la colonne est en euros, en milliers ou en millions d’euros.",
)

_NOTHING: Final = frozenset({
    "-", "--", "---", "/", "x", "xx", "xxx", "?", "??", ".", "..", "...", "…", "néant", "neant", "nc", "n.c", "n.c.",
    "nd", "n.d", "n.d.", "n/d", "na", "n.a", "n.a.", "n/a", "nr", "n.r.", "ns", "so", "s.o", "s.o.", "s", "secret",
    "aucun", "aucune", "inconnu", "vide", "null", "none", "nan", "rien", "sans objet", "ne rien indiquer",
    "non communiqué", "non communique", "non renseigné", "non renseigne", "non connu", "à préciser", "a preciser",
    "à définir", "en attente", "non disponible", "en cours",
})  # fmt: skip
_FORMULA = re.compile(r"#+|#[\w/]+[!?]?|err\s?:\s?\d+", re.IGNORECASE)
_MONEY = re.compile(r"[$£¥]|\b(?:usd|gbp|chf|cad|xpf|frf|kf|mf|francs?|dollars?|livres?)\b|(?<=\d) ?f\b", re.IGNORECASE)
_NUMBERS = re.compile(r"[0-9][0-9 .,']*")
_SIGNS_OF_A_NUMBER = re.compile(r"[0-9 .,'()€+-]+|[0-9 .,']+ ?(?:€|eur|euros?)", re.IGNORECASE)


def fault_of(plain: str) -> Fault:
    """Fault of a cell that is no amount, its spaces and signs being those of `numbers.plain_number`."""
    if not plain:
        return EMPTY
    if plain.lower() in _NOTHING:
        return NOT_SAID
    if _FORMULA.fullmatch(plain):
        return FORMULA
    if not re.search(r"[0-9]", plain):
        return TEXT
    return _with_digits(plain)


def _with_digits(plain: str) -> Fault:
    if "%" in plain or "‰" in plain:
        return PERCENT
    if when(plain).day:
        return DATE
    if _MONEY.search(plain):
        return CURRENCY
    if _SIGNS_OF_A_NUMBER.fullmatch(plain) and not re.search(r"\d ?[€+-] ?\d", plain):
        return BROKEN
    return TWO_NUMBERS if len(_NUMBERS.findall(plain)) > 1 else BESIDE
