"""What the cells of a column are, whatever its title: shares of its filled cells that are of each kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from layers import identifiers
from layers.ape import ape_code
from layers.values.dates import day
from layers.values.numbers import mark, value

_DIGITS = re.compile(r"\D")
_RNA = re.compile(r"W\d{9}", re.IGNORECASE)
_YEAR = re.compile(r"(?:19[5-9]\d|20\d\d)(?:[.,]0+)?")
_INSEE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
_SCIENTIFIC = re.compile(r"\d[.,]?\d*[eE]\+?1[0-4]")
_NUMBER = re.compile(
    r"[-−+(]?\s*(?:[€$]|eur(?:os?)?)?\s*\d[\d\s\u00a0\u202f\u2009.,'’]*\s*(?:[€e]uro?s?|€|k€|m€)?\s*(?:ttc|ht)?\s*\)?-{0,2}",
    re.IGNORECASE,
)
_MONTHS = "janv févr fevr mars avr mai juin juil août aout sept oct nov déc dec"
_DATE = re.compile(
    r"(?:\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d{4}|\d{2})|\d{4}-\d{2}(?:-\d{2})?|.*\b(?:"
    + "|".join(_MONTHS.split())
    + r")\w*[-. ]*\d{2,4})"
    r"(?:[T ].*)?|.*\b\d{1,2}/\d{1,2}/\d{4}\b.*",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")
_LENT: Final = (
    r"pr[êe]ts?\b.{0,40}|avances?\b.{0,40}|(?:contre-?)?garanties?\b.{0,40}|caution.{0,40}|bonification.{0,40}"
    r"|mises? [àa] disposition.{0,40}|b[ée]n[ée]volat"
)
_FORMS = re.compile(
    r"subventions?\b.{0,60}|(?:aides? |en |apport )*(?:en )?(?:num[ée]raire|nature|directes?)|dons?|dotations?"
    rf"|participations?|concours financiers?|(?P<lent>{_LENT})",
    re.IGNORECASE,
)
"""What an aid can be; those that are no grant by name."""
_YES: Final = (
    r"(?:tr[èe]s )?favorables?|accord|attribu|vot[ée]|valid|retenue?s?\b|accept|approuv|octroy|adopt|sold[ée]|pay[ée]"
    r"|vers[ée]|liquid|termin|cl[oô]s|cl[oô]tur|en cours$|en cours de|notifi|engag"
)
_NO: Final = (
    r"refus|rejet|ajourn|d[ée]favorable|annul|irrecevable|in[ée]ligible|sans suite|abandon|d[ée]sist|caduc|retir"
    r"|non[ -](?:retenu|accord|attribu|recevable|[ée]ligible|vot)|pas retenu|en attente|(?:en cours d.|en )instruction"
    r"|[àa] l.[ée]tude|hors d[ée]lai"
)
_RULINGS = re.compile(rf"(?:avis |dossier |demande |projet |action )?(?:(?P<no>{_NO})|{_YES}).{{0,60}}", re.IGNORECASE)
"""What was decided on a request; what is no grant, or none yet."""
_STAGED = re.compile(
    r"(?:montants? |subventions? |aides? |sommes? )?"
    r"(?:(?P<asked>demand[ée]e?s?|demandes?|sollicit[ée]\w*|propos[ée]\w*|propositions?|pr[ée]visionnel\w*)"
    r"|(?P<paid>vers[ée]e?s?|versements?|pay[ée]e?s?|mandat[ée]e?s?|mandatements?|paiements?|r[ée]alis[ée]e?s?|liquid[ée]e?s?)"
    r"|engag[ée]e?s?|engagements?|vot[ée]e?s?|votes?|accord[ée]e?s?|attribu[ée]e?s?|attributions?|octroy[ée]e?s?|allou[ée]e?s?|d[ée]cisions?)",
    re.IGNORECASE,
)
"""Which amount a row tells of, where a column says it: asked for or proposed, paid, or voted."""
_FLOWS = re.compile(r"(?:(?P<income>titres?|recettes?)|mandats?|d[ée]penses?)\b.{0,40}", re.IGNORECASE)
"""Which way money goes in a public account."""
_OVER: Final = (
    r"dissou\w*|dissolution|ferm[ée]e?s?(?: d[ée]finitivement)?|cess[ée]e?|radi[ée]e?|supprim[ée]e?|absorb[ée]e?"
    r"|inacti(?:f|ve)|en sommeil|en liquidation.{0,30}|liquid[ée]e?|disparue?|(?:cessation|fin)(?: d.activit[ée])?"
)
_LIFE = re.compile(rf"(?:(?P<over>{_OVER})|acti(?:f|ve)|en activit[ée]|ouverte?|existante?|vivante?)", re.IGNORECASE)
"""Whether a structure lives; what says that it does no more."""
_CLOSED: Final = frozenset({"F", "C", "D", "S"})
"""« Fermé », « cessé », « dissoute », « supprimée » in one letter, beside the A of what is active."""
_YES_OR_NO = re.compile(r"oui|non|o|n|vrai|faux|yes|no", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z]{1,2}")
_EMPTY: Final = frozenset({"", "-", "néant", "nc", "n/a", "na", "nd", "n.d.", "nr", "."})
_PUBLIC: Final = re.compile(r"2[0-7]\d{7}")
MOST: Final = 400
_ANY_YEAR: Final = re.compile(r"(?<!\d)(?:1[89]\d\d|20\d\d)(?!\d)")
"""Rows that are looked at to tell what a column holds."""


def filled(text: str) -> bool:
    """Whether a cell says anything."""
    return text.strip().lower() not in _EMPTY


def _digits(text: str) -> str:
    return _DIGITS.sub("", text)


def _is_siret(text: str) -> bool:
    return len(_digits(text)) == 14 and identifiers.siret(text).code is not None  # noqa: PLR2004


def _looks_siret(text: str) -> bool:
    plain = re.sub(r"[\s'’\u00a0\u202f.]", "", text)
    return (plain.isdecimal() and 13 <= len(plain) <= 15) or _SCIENTIFIC.fullmatch(plain) is not None  # noqa: PLR2004


def _is_siren(text: str) -> bool:
    return len(_digits(text)) == 9 and identifiers.siren(text).code is not None  # noqa: PLR2004


def _is_postcode(text: str) -> bool:
    plain = text.replace(" ", "")
    return len(plain) == 5 and plain.isdecimal() and "01" <= plain[:2] <= "98" and plain[:2] != "96"  # noqa: PLR2004


def is_number(text: str) -> bool:
    """Whether a cell is a number however it is written, a unit of money included."""
    return _NUMBER.fullmatch(text.strip()) is not None


def is_date(text: str) -> bool:
    """Whether a cell tells a day or a month."""
    return day(text) is not None or _DATE.fullmatch(text.strip()) is not None


def is_serial(text: str) -> bool:
    """Whether a cell is a day in figures alone: the number that a spreadsheet has for it (1990 to 2049), or 20231231.

    >>> is_serial("45107"), is_serial("20231231"), is_serial("1500"), is_serial("20239999")
    (True, True, False, False)
    """
    plain = text.strip().partition(".")[0]
    if len(plain) == 8 and plain.isdecimal():  # noqa: PLR2004
        return day(f"{plain[:4]}-{plain[4:6]}-{plain[6:]}") is not None
    return len(plain) == 5 and plain.isdecimal() and 32_874 <= int(plain) <= 54_788  # noqa: PLR2004


def is_refusal(text: str) -> bool:
    """Whether what was decided on a request is no: refused, adjourned, withdrawn, or nothing yet."""
    found = _RULINGS.match(text.strip())
    return (found is not None and found["no"] is not None) or text.strip().lower() in ("non", "n", "no", "faux")


def stage(text: str) -> str:
    """Which amount a cell says that its row tells of: asked, paid, voted; empty where it says none.

    >>> stage("Montant demandé"), stage("Vote"), stage("Culture")
    ('asked', 'voted', '')
    """
    found = _STAGED.fullmatch(text.strip())
    return "" if found is None else "asked" if found["asked"] else "paid" if found["paid"] else "voted"


def is_income(text: str) -> bool:
    """Whether a cell says that its row is money received: « Titre », « Recette »."""
    found = _FLOWS.fullmatch(text.strip())
    return found is not None and found["income"] is not None


def is_over(text: str, today: date) -> bool:
    """Whether what a cell says of a structure is that it lives no more: in words, in a letter, by a day that is past.

    >>> [is_over(text, date(2024, 1, 1)) for text in ("Dissoute", "F", "12/03/2021", "Active", "0001-01-01", "")]
    [True, True, True, False, False, False]
    """
    plain = text.strip()
    said = _LIFE.fullmatch(plain)
    if said is not None or plain.upper() in _CLOSED:
        return said is None or said["over"] is not None
    years = [int(one) for one in _ANY_YEAR.findall(plain) if is_date(plain) or _ANY_YEAR.fullmatch(plain)]
    return bool(years) and years[0] <= today.year and (day(plain) or today) <= today


KINDS: Final[Mapping[str, Callable[[str], bool]]] = {
    "siret": _is_siret,
    "siret_like": _looks_siret,
    "siren": _is_siren,
    "rna": lambda text: _RNA.fullmatch(text.strip()) is not None,
    "ape": lambda text: ape_code(text) is not None,
    "insee": lambda text: _INSEE.fullmatch(text.strip().upper()) is not None,
    "postcode": _is_postcode,
    "date": is_date,
    "year": lambda text: _YEAR.fullmatch(text.strip()) is not None,
    "number": is_number,
    "decimal": lambda text: is_number(text) and ("," in text or "." in text or "€" in text or " " in text.strip()),
    "form": lambda text: _FORMS.fullmatch(text.strip()) is not None,
    "lent": lambda text: (
        (found := _FORMS.fullmatch(text.strip())) is not None
        and (found["lent"] is not None or "nature" in text.lower())
    ),
    "yes_or_no": lambda text: _YES_OR_NO.fullmatch(text.strip()) is not None,
    "code": lambda text: _CODE.fullmatch(text.strip()) is not None,
    "stage": lambda text: stage(text) != "",
    "flow": lambda text: _FLOWS.fullmatch(text.strip()) is not None,
    "ruling": lambda text: _RULINGS.fullmatch(text.strip()) is not None,
    "percent": lambda text: _PERCENT.fullmatch(text.strip()) is not None,
    "serial": is_serial,
    "state": lambda text: value(text) is not None,
    "postcode_city": lambda text: (
        re.search(r"\b\d{2}\s?\d{3}\b\s*-?\s*[^\W\d]{2}|[^\W\d]{2}.*\b\d{2}\s?\d{3}\b", text) is not None
    ),
    "life": lambda text: _LIFE.fullmatch(text.strip()) is not None,
    "text": lambda text: (
        any(letter.isalpha() for letter in text) and not is_date(text) and not is_number(text) and not mark(text)
    ),
}


@dataclass(frozen=True, slots=True)
class Content:
    """What a sample of a column holds.

    Attributes
    ----------
    filled, distinct : cells that say something, and how many different ones.
    shares : part of the filled cells of each kind of `KINDS`, between 0 and 1.
    public : part of the numbers that are of public bodies (SIREN beginning with 20 to 27).
    samples : three different values, as written.
    """

    filled: int
    distinct: int
    shares: Mapping[str, float]
    public: float
    samples: tuple[str, ...]

    def __getitem__(self, kind: str) -> float:
        return self.shares.get(kind, 0.0)

    @property
    def constant(self) -> float:
        """How much the column repeats itself: near 1 where it says one thing on every row."""
        return 1 - (self.distinct - 1) / self.filled if self.filled > 1 else 0.0


def content(cells: Sequence[str]) -> Content:
    """Examine the cells of a column."""
    told = [text for text in cells[:MOST] if filled(text)]
    counted = Counter(told)
    size = len(told) or 1
    shares = {
        kind: sum(times for text, times in counted.items() if holds(text)) / size for kind, holds in KINDS.items()
    }
    numbers = [_digits(text)[:9] for text in counted if len(_digits(text)) in (9, 14)]
    public = sum(_PUBLIC.fullmatch(number) is not None for number in numbers) / (len(numbers) or 1)
    return Content(len(told), len(counted), shares, public, tuple(counted)[:3])
