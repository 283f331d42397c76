"""The meaning of each column of a table: what its title says and what its cells are, settled together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from layers.recognition import titles
from layers.recognition.beside import credited, of_years
from layers.recognition.by_cells import told_by_cells
from layers.recognition.contents import Content, content
from layers.recognition.parties import told_apart
from layers.recognition.titles import BENEFICIARY, COST, GRANT, GRANTOR, Money, Title

MEANINGS: Final[Mapping[str, str]] = {
    "name": "Nom",
    "siret": "SIRET",
    "siren": "SIREN",
    "rna": "RNA",
    "grantor": "Financeur",
    "grantor_siret": "SIRET du financeur",
    "amount": "Montant",
    "year": "Année",
    "date": "Date",
    "period": "Date ou période de versement",
    "reference": "Référence de la décision",
    "purpose": "Objet",
    "nature": "Nature de l’aide",
    "ruling": "Suite donnée à la demande",
    "conditions": "Conditions de versement",
    "rae": "Identifiant RAE",
    "state_aid": "Notification à l’Union européenne",
    "share": "Part du bénéficiaire",
    "scheme": "Dispositif",
    "address": "Adresse",
    "postcode": "Code postal",
    "city": "Commune",
    "postcode_city": "Code postal et commune",
    "insee": "Code Insee",
    "department": "Département",
    "ape": "Code APE",
    "legal": "Nature juridique",
    "category": "Catégorie",
    "account": "Compte budgétaire",
    "count": "Nombre",
    "contact": "Personne ou contact",
    "closed": "Fin d’activité (dissolution, fermeture…)",
    "note": "Autre information, non lue",
}
"""Meanings by key, and what they are called in French."""
SINGLE: Final = frozenset(MEANINGS) - {
    "amount",
    "address",
    "category",
    "account",
    "count",
    "contact",
    "note",
    "period",
    "closed",
}
"""Meanings that one column of a table has at the most."""
OTHER: Final = ""
FLOOR: Final = 0.5
"""Confidence under which a meaning is a guess, to be asked about."""
_FITS: Final[Mapping[str, tuple[str, ...]]] = {
    "siret": ("siret", "siret_like", "siren", "rna"),
    "siren": ("siren", "siret_like"),
    "rna": ("rna", "siret_like"),
    "identifier": ("siret", "siren", "siret_like", "rna"),
    "amount": ("number",),
    "share": ("number", "percent"),
    "count": ("number", "state"),
    "date": ("date", "year", "serial"),
    "year": ("year", "date"),
    "insee": ("insee",),
    "postcode": ("postcode",),
    "postcode_city": ("postcode_city", "postcode", "text"),
    "ape": ("ape",),
    "name": ("text",),
    "city": ("text", "postcode_city"),
    "purpose": ("text", "number"),
    "conditions": ("text", "date"),
    "state_aid": ("text", "number"),
    "period": ("text", "date", "year", "serial"),
}
"""Kinds of cells that a meaning admits; any where it is not here."""
_NO_PRICE: Final = frozenset({"grantor", "scheme", "nature", "legal", "category", "address", "department", "ruling"})
"""Meanings of which no cell is an amount with its decimals, or its currency."""
_BY_CONTENT: Final = (("siret", "siret"), ("rna", "rna"), ("siren", "siren"), ("ape", "ape"))
OTHERWISE: Final = "son contenu n’est pas ce que dit son titre"
_UNTITLED: Final = (("amount", "decimal"), ("postcode", "postcode"), ("date", "date"))
"""What a column whose title says nothing is taken for, where no other is."""
_MOSTLY, _SOME, _MANY_ROWS = 0.8, 0.3, 3
_PROVEN = 0.6
_PERSONS = 2
_SOLE: Final = 10
"""Rows from which a name that tells far fewer apart than another is set aside."""


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """One column: its place and title, the meaning taken (empty: not read), how surely, and why (French).

    ``money`` says which amount it is, where it is one; ``content`` what its cells are.
    """

    at: int
    name: str
    meaning: str
    confidence: float
    why: str
    party: str = ""
    money: Money = field(default=Money())
    content: Content = field(default=Content(0, 0, {}, 0.0, ()), repr=False)


def settle(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[ColumnMeaning, ...]:
    """Meanings of the columns of a table, by its titles and a sample of its rows, in the order of the header."""
    found = [_alone(at, name, [row[at] for row in rows if at < len(row)]) for at, name in enumerate(header)]
    return tuple(_only_one(_in_company(told_apart(_persons(found)))))


def _persons(found: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """Where columns are of persons (first name, sex, group), who gives is a person too: it is not read."""
    if sum("PERSON" in titles.concepts(one.name) for one in found) < _PERSONS:
        return list(found)
    received = any(one.meaning == "name" and one.party == BENEFICIARY for one in found)
    of_persons = [
        one for one in found if one.meaning == "name" and (one.party == GRANTOR or (received and not one.party))
    ]
    return [replace(one, meaning="contact", why="nom d’une personne") if one in of_persons else one for one in found]


def tells_persons(found: Sequence[ColumnMeaning]) -> bool:
    """Whether some of the columns are of persons, whose cells are not to be kept."""
    return any("PERSON" in titles.concepts(one.name) for one in found)


def _alone(at: int, name: str, cells: Sequence[str]) -> ColumnMeaning:
    held, told = content(cells), titles.read(name)
    if (meaning := told_by_cells(name, told, held)) is not None:
        return ColumnMeaning(at, name, meaning, titles.SURE, "d’après son contenu", "", told.money, held)
    if _fit(told, held) == 0:
        told = _otherwise(name, told, held)
    if told.meaning and (fit := _fit(told, held)) > 0:
        why = "d’après son titre" if fit > _SOME else "d’après son titre, quoique peu de cellules y répondent"
        confidence = round(told.confidence * (0.4 + 0.6 * fit), 2)
        return ColumnMeaning(at, name, _which_number(told, held), confidence, why, told.party, told.money, held)
    for kind, meaning in _BY_CONTENT:
        if held[kind] >= _MOSTLY and held.filled > 1:
            return ColumnMeaning(at, name, meaning, _PROVEN, "d’après son contenu", told.party, told.money, held)
    why = OTHERWISE if told.meaning else "titre et contenu inconnus"
    return ColumnMeaning(at, name, OTHER, 0.0, why, told.party, told.money, held)


def _otherwise(name: str, told: Title, held: Content) -> Title:
    """What else a title says, where what it says first is not what its cells are, and they prove the other."""
    if held["number"] >= _MOSTLY and "CREDITS" in titles.concepts(name) and not titles.tells_sitting(name):
        return titles.as_credits(name)
    if told.party == titles.EITHER and held["decimal"] >= _MOSTLY:  # « Attri. » of prices
        return replace(titles.read("Montant attribué"), confidence=titles.LIKELY)
    proven = (one for one in titles.readings(name) if one.meaning in _FITS and (one.meaning != "name" or one.party))
    return next((one for one in proven if _fit(one, held) >= _MOSTLY), told)


def _which_number(told: Title, held: Content) -> str:
    """The meaning of a title; what it calls a number is told by the cells, and read for any where they are mixed."""
    if told.meaning == "postcode_city" and held["postcode"] >= _MOSTLY:
        return "postcode"
    if told.meaning not in ("identifier", "siret"):
        return told.meaning
    if held["rna"] >= _MOSTLY:
        return "rna"
    return "siren" if told.meaning == "identifier" and held["siren"] >= _MOSTLY else "siret"


def _fit(told: Title, held: Content) -> float:
    """How well cells answer a title, between 0 and 1; an empty column answers any."""
    admitted = _FITS.get(told.meaning)
    if admitted is None or not held.filled:
        return 0.0 if told.meaning in _NO_PRICE and held["decimal"] >= _MOSTLY else 1.0
    fit = max(held[kind] for kind in admitted)
    if told.meaning == "name" and told.confidence < titles.SURE and held["siret"] > _SOME:
        return 0.0
    return min(1.0, fit * 1.25) if fit >= (_SOME if told.meaning != "amount" else 0.5) else 0.0


def admits(meaning: str, held: Content) -> bool:
    """Whether the cells of a column can be what a mapping takes them for; any can where they are empty."""
    return _fit(Title(meaning, titles.SURE), held) > 0


def _in_company(found: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """What a column means beside the others: a lone « Accordé » of numbers, a name where there is none."""
    out = credited(of_years(found))
    for meaning, kind in _UNTITLED:
        if not any(one.meaning == meaning for one in out):
            told = [one for one in out if not one.meaning and not titles.read(one.name).meaning and not _is_rest(one)]
            best = max(told, key=lambda one: one.content[kind], default=None)
            if best is not None and best.content[kind] >= _MOSTLY and best.content.filled > 1:
                out[best.at] = replace(best, meaning=meaning, confidence=FLOOR, why="d’après son contenu")
    named = any(one.meaning == "name" for one in out)
    if not named and any(one.meaning == "amount" for one in out):
        texts = [one for one in out if one.meaning in (OTHER, "category", "purpose") and one.content["text"] >= _MOSTLY]
        if texts:
            best = max(texts, key=lambda one: (one.content.distinct, -one.at))
            out[best.at] = replace(best, meaning="name", confidence=0.4, why="seule colonne de textes tous différents")
    return out


def _is_rest(one: ColumnMeaning) -> bool:
    return bool(titles.concepts(one.name) & {"REST", "CANCELLED", "PREVIOUS", "TURNOVER", "LATITUDE"})


def _only_one(found: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """Of several columns of a meaning that is single, the surest, then the fullest, then the first."""
    out = list(found)
    for meaning in SINGLE:
        alike = [one for one in out if one.meaning == meaning]
        most = max((one.content.distinct for one in alike), default=0)
        for one in sorted(alike, key=lambda one: _rank(one, most))[1:]:
            out[one.at] = replace(one, meaning=OTHER, confidence=0.0, why="une autre colonne le dit mieux")
    return out


def _rank(one: ColumnMeaning, most: int) -> tuple[bool, bool, float, int, int]:
    """Order of the columns of one meaning: an empty one says nothing, however sure its title.

    Nor does a name that tells far fewer apart than another does (*most*): an activity, a household of associations.
    """
    less = one.meaning == "name" and one.content.filled >= _SOLE and one.content.distinct * _MANY_ROWS <= most
    return one.content.filled == 0, less, -one.confidence, -one.content.filled, one.at


UNTITLED: Final = "(sans titre"


def keys(header: Sequence[str]) -> tuple[str, ...]:
    """A name for each column by which it is answered: its title, numbered where others have the same, or none has.

    >>> keys(["Nom", "Montant", "", "Montant"])
    ('Nom', 'Montant', '(sans titre 1)', 'Montant (2)')
    """
    seen: Counter[str] = Counter()
    out = []
    for name in header:
        seen[name] += 1
        out.append(f"{UNTITLED} {seen[name]})" if not name else name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(out)


def sure(found: Sequence[ColumnMeaning]) -> tuple[ColumnMeaning, ...]:
    """Columns, those of which the meaning is only a guess having none."""
    return tuple(one if one.confidence >= FLOOR else replace(one, meaning=OTHER) for one in found)


def amounts(found: Sequence[ColumnMeaning]) -> tuple[ColumnMeaning, ...]:
    """The columns of amounts of a table."""
    return tuple(one for one in found if one.meaning == "amount")


def granted(found: Sequence[ColumnMeaning]) -> tuple[ColumnMeaning, ...]:
    """The columns of amounts that are grants: neither loans, guarantees, aid in kind nor costs."""
    return tuple(one for one in amounts(found) if one.money.form == GRANT and one.money.form != COST)
