"""Whether what a row tells of is a grant: neither refused, lent, guaranteed nor in kind."""

from __future__ import annotations

import re
from typing import Final

from layers.readers.rows import Row
from layers.recognition.contents import is_income, is_refusal, stage
from layers.recognition.sections import REFUSED
from layers.recognition.titles import ASKED, GUARANTEE, IN_KIND, LOAN

_NOT_MONEY: Final = (
    (re.compile(r"garantie|caution", re.IGNORECASE), "garantie d’emprunt, et non une subvention"),
    (
        re.compile(r"pr[êe]t|avance rembours|^avances?\b(?! sur (?:la )?subvention)", re.IGNORECASE),
        "prêt ou avance remboursable, et non une subvention",
    ),
    (
        re.compile(
            r"(?:march[ée]|achat|adh[ée]sion|cotisation|honoraire|loyer|facture|bon de commande|remboursement|"
            r"prestations? de services?)s?\b",
            re.IGNORECASE,
        ),
        "dépense qui n’est pas une subvention (marché, achat, cotisation…)",
    ),
)
_LENT = re.compile(
    r"pr[êe]ts?(?: d.honneur| [àa] taux| participatifs?| relais| bancaires?|$)|avances? remboursables?"
    r"|garanties? d.emprunts?|cautionnements?",
    re.IGNORECASE,
)
"""What a scheme or a purpose begins with where the aid is no grant."""
_TOLD_IN: Final = ("scheme", "category", "purpose")
_KIND = re.compile(r"en nature|^nature$|b[ée]n[ée]volat|mises? [àa] disposition")
_REFUSED: Final = "demande refusée, ajournée, annulée ou en attente, et non une subvention"
_ONLY_ASKED: Final = "montant demandé ou proposé, et non accordé"
_INCOME: Final = "recette (titre), et non une subvention"
_IN_KIND: Final = "aide en nature : une valeur, et non une somme versée"
_UNCLEAR: Final = "nature « {nature} » qui ne dit pas si c’est une somme versée"
_UNDER: Final = {
    GUARANTEE: "garantie d’emprunt, et non une subvention",
    LOAN: "prêt ou avance remboursable, et non une subvention",
    IN_KIND: _IN_KIND,
    REFUSED: _REFUSED,
}
"""What the rows under a title are, where they are no grants."""
_ASIDE: Final = "Laisser de côté."
_SHORTEST: Final = 2


def not_granted(row: Row) -> tuple[str, str, str] | None:
    """Column, reason and remedy (French) for which a row is no grant; None where it is one."""
    if row.under.kind in _UNDER:
        return "amount", f"{_UNDER[row.under.kind]} (sous le titre « {row.under.title} »)", _ASIDE
    if stage(row["ruling"]) == ASKED:
        return "ruling", _ONLY_ASKED, _ASIDE
    if is_refusal(row["ruling"]):
        return "ruling", _REFUSED, _ASIDE
    if lent := next((key for key in _TOLD_IN if _LENT.match(row[key])), None):
        return lent, "prêt, avance ou garantie, et non une subvention", _ASIDE
    return _by_nature(row["nature"].strip())


def only_asked(row: Row) -> tuple[str, str, str] | None:
    """The same, for amounts of which only the title above them says that they were asked for."""
    told = f"{_ONLY_ASKED} (sous le titre « {row.under.title} »)"
    return ("amount", told, _ASIDE) if row.under.kind == ASKED else None


def received(row: Row, cents: int) -> tuple[str, str, str] | None:
    """The same, for money that was received and is not written as a deduction."""
    return ("ruling", _INCOME, _ASIDE) if cents > 0 and is_income(row["ruling"]) else None


def partly_in_kind(row: Row) -> bool:
    """Whether an aid is both money and in kind."""
    plain = row["nature"].lower()
    return "nature" in plain and "num" in plain


def _by_nature(nature: str) -> tuple[str, str, str] | None:
    plain = nature.lower()
    if not nature or "num" in plain:
        return None
    if _KIND.search(plain):
        return "nature", _IN_KIND, _ASIDE
    if reason := next((why for form, why in _NOT_MONEY if form.search(nature)), ""):
        return "nature", reason, _ASIDE
    if len(nature) < _SHORTEST:
        return "nature", _UNCLEAR.format(nature=nature), "Écrire « numéraire » ou « nature »."
    return None
