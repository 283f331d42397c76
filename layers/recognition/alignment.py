"""A record with more cells than the table has columns: the cells that were one before a separator inside them cut it.

« 25 000,00 » in a file of commas makes two cells, as does a text with a comma. The cells are joined again where one way
of joining them answers what the columns hold, and every way that answers as well says the same of who, when and how
much.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from layers.recognition.contents import KINDS, filled

MOST_EXTRA: Final = 12
_COIN: Final = r"(?:[€e]uro?s?|€|\.-)"
_DECIMALS = re.compile(rf"\d{{1,2}}\s*{_COIN}?\s*(?:ttc|ht)?", re.IGNORECASE)
_FINE = re.compile(r"\d{3,6}")
"""Decimals of less than one, in thousands or millions of euros."""
_PRICED = re.compile(rf"\d{{1,2}}\s*{_COIN}\s*(?:ttc|ht)?", re.IGNORECASE)
_WHOLE = re.compile(r"-?\s*\d{1,3}(?:[\s\u00a0\u202f.]?\d{3})*|-?\d+")
_GROUPED = re.compile(rf"[-€$]?\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,2}})?\s*{_COIN}?", re.IGNORECASE)
_BESIDE = re.compile(r"\d+(?:\.\d{1,2})?[^,\d]{0,6},.*", re.DOTALL)
"""A text that begins with the decimals of the amount at its left."""
_HUNDREDS = re.compile(rf"\d{{3}}\.\d{{1,2}}\s*{_COIN}?", re.IGNORECASE)
_HEAD, _TAIL = re.compile(r"[-€$]?\d{1,3}"), re.compile(rf"\d{{3}}(?:\.\d{{1,2}})?\s*{_COIN}?(?:,.*)?", re.IGNORECASE)
_EXACT: Final[Mapping[str, tuple[str, ...]]] = {
    "siret": ("siret", "siret_like", "siren", "rna"),
    "grantor_siret": ("siret", "siret_like", "siren"),
    "siren": ("siren",),
    "rna": ("rna",),
    "amount": ("number",),
    "date": ("date", "year"),
    "year": ("year",),
    "share": ("number", "percent"),
    "postcode": ("postcode",),
    "insee": ("insee",),
    "nature": ("text",),
}
"""What the cells of a column are when nothing cut them; a column that is not here holds texts."""
_KEYS: Final = frozenset(
    {"name", "amount", "siret", "siren", "rna", "year", "date", "grantor", "insee", "city", "postcode"}
)
"""Meanings of which nothing may depend on where a text was cut."""
_MISFIT, _JOIN, _TIGHT, _CUT_TEXT = 20, 2, 1, 9


def aligned(cells: Sequence[str], meanings: Sequence[str], delimiter: str) -> list[str] | None:
    """The cells of a record under its columns, those that were cut joined.

    None where no way, or several, answer, and where the record is whole but for empty cells beyond its columns.

    Parameters
    ----------
    cells : more of them than there are columns.
    meanings : meaning of each column, empty where it has none.
    delimiter : what joins cells again.
    """
    extra = len(cells) - len(meanings)
    if not 0 < extra <= MOST_EXTRA:
        return None
    bare = _without_blanks(cells, len(meanings))
    if len(bare) == len(meanings) and not any(map(_misfits, bare, meanings)) and not is_cut(bare, meanings, delimiter):
        return None

    known: dict[tuple[int, int], tuple[tuple[int, tuple[str, ...]], ...]] = {}

    def ways(at: int, column: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
        if (at, column) not in known:
            known[at, column] = laid(at, column)
        return known[at, column]

    def laid(at: int, column: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The two cheapest ways to lay cells from `at` under the columns from `column`, of different keys."""
        if column == len(meanings):
            return ((0, ()),) if at == len(cells) else ()
        left = len(cells) - at - (len(meanings) - column)
        found: list[tuple[int, tuple[str, ...]]] = []
        for taken in range(1, left + 2):
            piece = tuple(cells[at : at + taken])
            cost = _cost(piece, meanings[column], delimiter)
            found += [(cost + more, (delimiter.join(piece), *rest)) for more, rest in ways(at + taken, column + 1)]
        return _best(sorted(found, key=lambda one: one[0]), meanings[column:])

    found = ways(0, 0)
    if not found or found[0][0] >= _MISFIT:
        return None
    if len(found) > 1 and found[1][0] <= found[0][0] + _JOIN:
        return None
    told = list(found[0][1])
    return None if delimiter == "," and _cuts_thousands(told, meanings) else told


def _cuts_thousands(cells: Sequence[str], meanings: Sequence[str]) -> bool:
    """Whether an amount of a few digits stands before three digits alone, or a text that begins with some.

    « 16,191.88 » perhaps.
    """
    return any(
        meaning == "amount"
        and ((_HEAD.fullmatch(cell.strip()) and _TAIL.fullmatch(after.strip())) or _BESIDE.fullmatch(after.strip()))
        for meaning, cell, after in zip(meanings, cells, cells[1:], strict=False)
    )


def is_cut(cells: Sequence[str], meanings: Sequence[str], delimiter: str) -> bool:
    """Whether decimals with the sign of a currency, or hundreds with decimals, stand beside the amount they are of."""
    return delimiter == "," and any(
        meaning == "amount"
        and (
            (_WHOLE.fullmatch(cell.strip()) and _PRICED.fullmatch(after.strip()))
            or (_HEAD.fullmatch(cell.strip()) and _HUNDREDS.fullmatch(after.strip()))
        )
        for meaning, cell, after in zip(meanings, cells, cells[1:], strict=False)
    )


def _without_blanks(cells: Sequence[str], width: int) -> list[str]:
    """The cells without those that are empty beyond the last column."""
    bare = list(cells)
    while len(bare) > width and not bare[-1]:
        bare.pop()
    return bare


def _misfits(cell: str, meaning: str) -> bool:
    return _cost((cell,), meaning, "") >= _MISFIT


def _best(
    found: Sequence[tuple[int, tuple[str, ...]]], meanings: Sequence[str]
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    if not found:
        return ()
    told = _told(found[0][1], meanings)
    other = next((one for one in found[1:] if _told(one[1], meanings) != told), None)
    return (found[0],) if other is None else (found[0], other)


def _told(cells: Sequence[str], meanings: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell, meaning in zip(cells, meanings, strict=True) if meaning in _KEYS)


def _cost(piece: tuple[str, ...], meaning: str, delimiter: str) -> int:
    """What it costs to take cells for one of a column."""
    joined = delimiter.join(piece)
    kinds = _EXACT.get(meaning)
    if len(piece) == 1:
        return 0 if kinds is None or not filled(joined) or any(KINDS[kind](joined) for kind in kinds) else _MISFIT
    if meaning == "amount" and delimiter == ",":
        whole, decimals = piece[0].strip(), piece[1]
        fine = whole in ("0", "-0") and _FINE.fullmatch(decimals.rstrip())
        is_joined = _WHOLE.fullmatch(whole) and _DECIMALS.fullmatch(decimals.rstrip())
        is_cut = len(piece) == 2 and (is_joined or fine)  # noqa: PLR2004
        grouped = _GROUPED.fullmatch(",".join(cell.strip() for cell in piece))
        return 0 if is_cut or grouped else _MISFIT
    if kinds is not None:
        return _MISFIT
    tight = sum(not cell.startswith((" ", "\u00a0")) or not cell.strip() for cell in piece[1:])
    numbers = sum(KINDS["number"](cell) or KINDS["date"](cell) for cell in piece if cell.strip())
    return _JOIN * (len(piece) - 1) + _TIGHT * tight + _CUT_TEXT * numbers
