"""What a reading leaves out is asked about: nothing that has numbers is passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from layers.lines import line_of
from layers.questions import CHECK, Question
from layers.recognition import amounts, residue
from layers.recognition.columns import FLOOR, ColumnMeaning, tells_persons
from layers.recognition.encodings import repaired
from layers.recognition.titles import concepts
from layers.unreadable import UnreadableFile

if TYPE_CHECKING:
    from layers.readers.intake import Intake

YES, NO = "Oui", "Non"
_SHOWN: Final = 120
_HALF: Final = 0.5
_ODD = re.compile(r"[^\w\s(#-]{1,3} ?\d[\d\s.,']*|Ç\d[\d\s.,']*|\d[\d\s.,']*[.,]\d\d ?(?:Ç|[^\w\s%)]{1,3}|(?i:eur\w*))")
_EUROS = re.compile(r"\d[\s\u00a0\u202f.]?\d{3}[,.]\d\d$|€")
_PAIR: Final = 2
_TWICE: Final = 2
"""How many times a table with its total has the sum of what it repeats."""
_LEFT: Final = (
    "Des cellules qui ont des nombres ne sont pas lues ({where}, à partir de « {said} ») : les laisser de côté ?",
    "des nombres ne sont pas lus ({where}), et ne sont pas à laisser de côté",
    "Choisir la feuille et la ligne d’en-tête à lire, ou mettre chaque tableau dans un fichier à lui.",
)
_NUMBERS: Final = (
    "La colonne « {name} » ({samples}) n’est pas comprise. Le fichier est lu comme une liste de structures, sans elle :"
    " est-ce juste ?",
    "la colonne « {name} » compte, et n’est pas comprise",
    "Dire ce qu’est cette colonne, et si le fichier contient des subventions.",
)


def confirm(intake: Intake, subject: str, told: tuple[str, str, str], **words: str) -> None:
    """Ask whether what was understood is right; *told*: the question, and for a « no » the reason and the remedy.

    Raises
    ------
    UnreadableFile
        It was answered that it is not.
    """
    about, reason, remedy = (text.format(**words) for text in told)
    if intake.account.ask(Question(CHECK, about, (YES, NO), YES, subject)) == NO:
        raise UnreadableFile(intake.source.path, reason, remedy, line_of(intake.source.header_lines[-1]))


def shown(intake: Intake, said: str) -> str:
    """What cells say, as it may be shown; nothing of a table that has persons in it."""
    return "…" if tells_persons(intake.source.columns) else said[:_SHOWN]


def left_out(intake: Intake, sums: Collection[int] = ()) -> None:
    """Ask about the numbers of a file that no table has, but for those that add up to what is read: a summary of it.

    *sums* are those of the amounts that are read, in cents, as they are written.
    """
    known = {times * one for one in sums for times in range(1, _TWICE + 1)}
    for one in intake.source.left:
        if any(told and told in known for told in one.sums):
            continue
        lines = f"ligne {one.first}" if one.first == one.last else f"lignes {one.first} à {one.last}"
        where = f"feuille « {one.sheet} », {lines}" if not intake.source.delimiter else lines
        confirm(intake, f"{one.sheet} {one.first}", _LEFT, where=where, said=shown(intake, one.said))


def no_grants(intake: Intake) -> None:
    """Ask, of a list of structures, whether the columns of numbers that are not understood are no grants."""
    columns = intake.source.columns
    odd = [one for one in columns if not one.meaning and not amounts.is_key(one) and _is_like_money(intake, one.at)]
    odd += [one for one in columns if _is_paid_for(one) or _is_round(one)]
    found = {one.at: one for one in (*amounts.unread(columns), *amounts.unreadable(columns, 0), *odd)}
    for one in found.values():
        samples = shown(intake, ", ".join(one.content.samples))
        confirm(intake, one.name, _NUMBERS, name=one.name or "sans titre", samples=samples)


def _is_paid_for(one: ColumnMeaning) -> bool:
    """Whether a title says posts or places, and the cells euros: what was given for them perhaps."""
    counts = one.meaning == "count" and "QUANTITY" in concepts(one.name)
    return counts and any(_EUROS.search(text) for text in one.content.samples)


def _is_round(one: ColumnMeaning) -> bool:
    """Whether a column is of post codes by its cells alone: 10 000 and 59 000 may be euros."""
    return one.meaning == "postcode" and one.confidence <= FLOOR


def _is_like_money(intake: Intake, at: int) -> bool:
    """Whether the cells of a column are numbers, beside the sign of a currency that was lost perhaps, on full rows."""
    rows = [row for row in intake.source.sample if sum(bool(cell.strip()) for cell in row) > _PAIR]
    cells = [repaired(row[at]).strip() for row in rows if at < len(row) and row[at].strip()]
    odd = sum(bool(_ODD.fullmatch(text)) for text in cells) > _HALF * len(cells)
    return bool(cells) and (odd or residue.is_money(cells))
