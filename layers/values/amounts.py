"""Amounts of money in every writing that files hold: read to the cent, or refused with a reason of its own.

A cell is read for itself. Only « 1.000 », which may be a thousand or one, needs its column: `writing` finds how a
column writes its numbers, and `amounts` reads it by that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from layers.cache import Remembered
from layers.values import amount_faults as faults
from layers.values.numbers import plain_number

LARGEST_EUROS: Final = 10_000_000_000
"""More than any budget of the territory: what is larger is a SIRET, a telephone, or two numbers that touch."""
MOST_SIGNS: Final = 60
_CENTS: Final = 100
Unit = int | Fraction
_THREE: Final = 3

_UNITS: Final = (
    (1_000, r"k ?(?:€|eur|euros?|e)?|(?:milliers?|mille)(?: d['e])? ?(?:€|euros?)"),
    (1_000_000, r"(?-i:M)|m ?(?:€|eur|euros?)|millions?(?: d['e])? ?(?:€|euros?)?"),
    (1_000_000_000, r"mds? ?(?:€|eur|euros?)?|milliards?(?: d['e])? ?(?:€|euros?)?"),
    (1, r"€(?:uros?)?|euros?|eur"),
)
_WRITTEN = re.compile(
    r"(?P<open>\()? ?(?P<before>[+-])? ?(?:€|eur(?:os?)?(?![a-z]))? ?(?P<inside>[+-])? ?"
    r"(?P<body>[0-9](?:[0-9 .,']*[0-9])?)(?:e(?P<power>[+-]?[0-9]{1,3}))?(?P<none>[.,]-{1,2})?"
    r" ?(?P<behind>-)? ?(?:(?:" + "|".join(f"(?P<u{factor}>{words})" for factor, words in _UNITS) + r")\.?)?"
    r" ?(?P<tax>ttc|ht|t\.t\.c\.?|h\.t\.?)? ?(?P<last>-)? ?(?P<close>\))?",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?P<group>[ '.,])[0-9]{3}(?:(?P=group)[0-9]{3})*)"
    r"(?:(?P<mark>[.,])(?P<decimals>[0-9]+))?"
)
_USUAL = re.compile(r"(-?)([1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]*)(?:([.,])([0-9]{1,2}))?( ?€)?")
_LINES = re.compile(r"[\n\r\t\v\f]+")
_EUROS_AND_CENTS = re.compile(r"(?<=[0-9])€(?=[0-9]{2}$)")


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell says: *cents* where it holds an amount; *reason* and *remedy* in French where it is refused.

    *fault* is the slug of the refusal (`amount_faults`). *rounded*: the cell says more than the cent, and is rounded
    half away from zero. *candidates*: amounts in cents between which the cell does not decide, or the only one, to be
    confirmed; *cents* is then None. *note* is to be told of an amount that is read.
    """

    cents: int | None = None
    rounded: bool = False
    note: str = ""
    reason: str = ""
    remedy: str = ""
    fault: str = ""
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    """How a column writes numbers: its decimal mark, empty where nothing tells; whether three decimals are met."""

    decimal: str = ""
    thousandths: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    """Digits, and how many are decimals. *mark*: the decimal mark that they prove. *doubtful*: one that is not sure."""

    digits: int
    decimals: int
    mark: str = ""
    doubtful: str = ""
    sign: int = 1
    power: int = 0
    unit: int | None = None

    def cents(self, unit: Unit) -> tuple[int, bool]:
        """Cents, rounded half away from zero, and whether they had to be."""
        shift = self.power - self.decimals
        scale = 10 ** max(-shift, 0)
        cents, rest = divmod(self.digits * unit * _CENTS * 10 ** max(shift, 0), scale)
        return self.sign * (cents + (2 * rest >= scale)), bool(rest)


def amount(text: str, unit: Unit = 1, written: Writing | None = None) -> Amount:
    """Amount of a cell; *unit* is what its column counts in, in euros (1, 1 000 for k€, a hundredth for cents).

    Read: any spaces or apostrophes between groups of three, points or commas where the other mark is decimal, the
    currency before or behind, `,-`, k€ and M€, and a minus before, behind or as parentheses. *written* is how the
    column writes, for « 1.000 ».
    """
    found = _number(text)
    if isinstance(found, faults.Fault):
        return _refused(found)
    if found.unit and unit not in (1, found.unit):
        return _asked(faults.UNIT, [found], found.unit, unit)
    own = found.unit or unit
    readings = _readings(found, written or Writing())
    if len(readings) > 1:
        return _asked(faults.THOUSANDS, readings, own)
    if found.power > found.decimals:
        return _asked(faults.SCIENTIFIC, [found], own)
    return _read(readings[0], own)


def amounts(column: Sequence[str], unit: Unit = 1) -> tuple[Amount, ...]:
    """Amounts of a whole column: « 1.000 » is read as the other cells are written, where they tell."""
    found = writing(column)
    return tuple(amount(text, unit, found) for text in column)


def writing(column: Iterable[str]) -> Writing:
    """How the cells that can be read in one way only write; no mark where they contradict each other."""
    proofs = [found for text in set(column) if isinstance(found := _number(text), _Number) and found.mark]
    if len({found.mark for found in proofs}) != 1:
        return Writing()
    return Writing(proofs[0].mark, any(found.decimals >= _THREE for found in proofs))


def _plain(text: str) -> str:
    """Signs of one kind; lines of a cell stay apart where more than one has digits."""
    lines = [plain_number(line) for line in _LINES.split(text)]
    apart = len(lines) > 1 and sum(any(sign.isdigit() for sign in line) for line in lines) > 1
    return _EUROS_AND_CENTS.sub(",", ("\n" if apart else " ").join(lines).strip().lstrip("'"))


def _told(text: str) -> _Number | faults.Fault:
    plain = _plain(text)
    if len(plain) > MOST_SIGNS:
        return faults.fault_of(plain)
    usual = _USUAL.fullmatch(plain)
    return _usual(usual) if usual else _written(plain)


_number: Final[Remembered[_Number | faults.Fault]] = Remembered("amounts", _told, most=8192, longest=60)


def _usual(match: re.Match[str]) -> _Number:
    """« 1 930,54 € » and its like, most cells of most files: read without looking for what they are not."""
    minus, whole, mark, decimals, euros = match.groups(default="")
    digits = int(whole.replace(" ", "") + decimals)
    return _Number(digits, len(decimals), mark, sign=-1 if minus else 1, unit=1 if euros else None)


def _written(plain: str) -> _Number | faults.Fault:
    match = _WRITTEN.fullmatch(plain)
    body = _BODY.fullmatch(match["body"]) if match else None
    if match is None or body is None or bool(match["open"]) != bool(match["close"]):
        return faults.fault_of(plain)
    signs = [found for key in ("before", "inside", "behind", "last") if (found := match[key])]
    if len(signs) + bool(match["open"]) > 1 or not _is_coherent(match, body):
        return faults.BROKEN
    if re.fullmatch(r"0[0-9]+", match["body"]):
        return faults.CODE
    number = _marked(body, (match["none"] or "")[:1], bool(match["power"]))
    unit = next((factor for factor, _ in _UNITS if match[f"u{factor}"]), None)
    sign = -1 if "-" in signs or match["open"] else 1
    return replace(number, sign=sign, power=int(match["power"] or 0), unit=unit)


def _is_coherent(match: re.Match[str], body: re.Match[str]) -> bool:
    """Whether no mark is at once decimal and between groups, nor decimal twice; scientific notation has no groups."""
    ends = [mark for mark in (body["mark"], (match["none"] or "")[:1]) if mark]
    sure = body["mark"] and not _is_doubtful(body)
    return not (body["group"] in ends or (match["none"] and (sure or len(set(ends)) < len(ends)))) and not (
        match["power"] and (body["group"] or match["none"])
    )


def _is_doubtful(body: re.Match[str]) -> bool:
    """« 1.000 »: one to three digits, the first of them no zero, a mark, and three."""
    decimals = body["decimals"] or ""
    return not body["group"] and len(decimals) == _THREE >= len(body["whole"]) and not body["whole"].startswith("0")


def _marked(body: re.Match[str], none: str, scientific: bool) -> _Number:
    decimals = body["decimals"] or ""
    digits = int(re.sub(r"[^0-9]", "", body["whole"]) + decimals)
    if _is_doubtful(body) and not scientific:
        return _Number(digits, 0, none) if none else _Number(digits, _THREE, doubtful=body["mark"])
    other = {".": ",", ",": "."}.get(body["group"] or "", "")
    return _Number(digits, len(decimals), body["mark"] or none or other)


def _readings(found: _Number, written: Writing) -> list[_Number]:
    """What a number may be: one number, or two for « 1.000 » where the column does not settle it."""
    if not found.doubtful:
        return [found]
    if written.decimal and written.decimal != found.doubtful:
        return [replace(found, decimals=0)]
    if written.decimal and written.thousandths:
        return [found]
    return [replace(found, decimals=0), found]


def _read(number: _Number, unit: Unit) -> Amount:
    cents, rounded = number.cents(unit)
    if abs(cents) > LARGEST_EUROS * _CENTS:
        return _refused(faults.LARGE)
    return Amount(cents, rounded or _may_lack_cents(number), " ; ".join(_notes(number, cents, rounded)))


def _may_lack_cents(number: _Number) -> bool:
    return number.power > 0 and number.decimals < number.power + 2


def _notes(number: _Number, cents: int, rounded: bool) -> Iterator[str]:
    if rounded:
        yield "montant arrondi au centime"
    if _may_lack_cents(number):
        yield "notation scientifique : les centimes peuvent manquer"
    if not cents:
        yield "montant nul"
    if number.unit and number.unit > 1:
        yield "unité écrite dans la cellule"


def _refused(fault: faults.Fault, candidates: tuple[int, ...] = ()) -> Amount:
    return Amount(reason=fault.reason, remedy=fault.remedy, fault=fault.slug, candidates=candidates)


def _asked(fault: faults.Fault, readings: Sequence[_Number], *units: Unit) -> Amount:
    """A question, unless what would be proposed is no plausible amount."""
    meant = dict.fromkeys(reading.cents(unit)[0] for reading in readings for unit in units)
    plausible = tuple(cents for cents in meant if abs(cents) <= LARGEST_EUROS * _CENTS)
    return _refused(fault if plausible else faults.LARGE, plausible)
