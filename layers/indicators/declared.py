"""Indicators that the files of a release declare: the same class as those of the registry, kept in its manifest.

A declaration says what a table of communes or of territories is, in JSON, written by hand or by the page that asks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from itertools import combinations
from typing import Any, Final

from layers.headings import normalised
from layers.indicators.declaration import ADDED, AMOUNT, COUNT, LEVEL, RATIO, Indicator

Json = Mapping[str, Any]
PREFIX: Final = "tableau-"
"""Of the keys of declared indicators, and of the kinds of their sources: no key of the registry has a hyphen."""
BASE: Final = ":base"
YEAR: Final = "{year}"
"""Stands for the year, the month or the quarter in the titles of a table that has a column for each."""
POPULATION: Final = "{population}"
"""A denominator that is not of the table: the municipal population that the release has."""
LAST, MEAN, SUM = "last", "mean", "sum"
PERIODS: Final[Mapping[str, str]] = {
    LAST: "Dernier mois ou trimestre de l’année qui soit dans le fichier.",
    MEAN: "Moyenne des mois ou des trimestres de l’année, s’ils y sont tous.",
    SUM: "Somme des mois ou des trimestres de l’année, s’ils y sont tous.",
}
"""How a year is made of its months or quarters, and what is said of it."""
INDICATORS: Final = "indicators"
"""Key of the declared indicators in a source of a manifest."""
MEDIAN, RATE = "median", "rate"
NUMBERS: Final[Mapping[str, str]] = {COUNT: COUNT, AMOUNT: AMOUNT, RATIO: RATIO, MEDIAN: LEVEL, RATE: LEVEL}
"""What a number is, and the kind of indicator that it makes; a published rate adds up no more than a median does."""
_SAID: Final[Mapping[str, str]] = {
    "nombre": COUNT,
    "effectif": COUNT,
    "montant": AMOUNT,
    "rapport": RATIO,
    "mediane": MEDIAN,
    "taux": RATE,
}
_LONGEST: Final = 60
_MOST_DIGITS: Final = 4
_NOT_ADDED: Final = (
    "Ne s’additionne pas : un territoire n’a de valeur que si le fichier la donne, et le Lillois parce qu’il ne compte "
    "qu’une commune."
)
_ADDED: Final = "Une commune absente du fichier est inconnue, et son territoire avec elle : jamais un total partiel."
_SHOWS: Final = ("affiche", "affichent")
TEXTS: Final = (
    _NOT_ADDED,
    _ADDED,
    *PERIODS.values(),
    *_SHOWS,
    "médiane publiée, non additive",
    "taux publié, non additif",
)
"""What they say of themselves, beside what their declarations say."""
_FORMULAS: Final[Mapping[str, str]] = {
    COUNT: "Σ {above}",
    AMOUNT: "Σ {above}",
    RATIO: "{scale}Σ {above} / Σ {below}",
    MEDIAN: "médiane publiée, non additive",
    RATE: "taux publié, non additif",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One indicator of a table.

    Attributes
    ----------
    label, unit, definition, caveat, noun : in French, as screens show them; the noun follows a number.
    number : what it is, one of `NUMBERS`.
    numerator, denominator : titles of columns, with `YEAR` where there is one a year; codes of the measure in a table
        that has its numbers in one column. The denominator of a ratio may be `POPULATION`. A median has its number in
        the numerator, and in the denominator, where it is said, on how many units it stands.
    secrecy : number of units under which nothing is shown; 0 where the source hides what has to be.
    """

    label: str
    unit: str
    number: str
    numerator: str
    denominator: str = ""
    scale: float = 1.0
    digits: int = 0
    definition: str = ""
    caveat: str = ""
    noun: str = ""
    secrecy: int = 0
    pivot: float | None = None
    key: str = ""

    def __post_init__(self) -> None:
        if not self.key:
            object.__setattr__(self, "key", key_of(self.label))

    def to_json(self) -> dict[str, Any]:
        """As it is saved, and edited: its key only where the label does not make it."""
        return {**asdict(self), "key": "" if self.key == key_of(self.label) else self.key}

    @property
    def columns(self) -> tuple[str, ...]:
        """What it is read from."""
        return tuple(filter(None, (self.numerator, self.denominator.replace(POPULATION, ""))))

    def indicator(self, levels: tuple[str, ...] = (), told: str = "") -> Indicator:
        """The indicator as it is shown, at the levels that the table gives; *told* is said of how it was made."""
        kind = NUMBERS[self.number]
        noun = self.noun or (self.unit if kind == COUNT else f"pour « {self.label} »")
        below = self.denominator.replace(POPULATION, "population municipale")
        formula = _FORMULAS[self.number].format(
            above=self.numerator, below=below, scale=f"{self.scale:g} × " * (self.scale != 1)
        )
        divided = "population" if self.denominator == POPULATION else self.key + BASE
        return Indicator(
            key=self.key,
            label=self.label,
            kind=kind,
            unit=self.unit,
            numerator=self.key,
            denominator=divided if kind == RATIO else None,
            scale=self.scale,
            digits=self.digits,
            noun=noun,
            noun_one=noun,
            verb=("compte", "comptent") if kind == COUNT else _SHOWS,
            definition=self.definition or f"{self.label}.",
            formula=formula.replace(f" {YEAR}", "").replace(YEAR, "année"),
            caveat=" ".join(filter(None, (self.caveat, told, _NOT_ADDED if kind == LEVEL else _ADDED))),
            secrecy=self.secrecy > 0,
            fewest=self.secrecy,
            cuts=False,
            pivot=self.pivot,
            group=ADDED,
            levels=levels,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a table is.

    Attributes
    ----------
    source, publisher, licence : whose it is, as the method page says it.
    numbers : its indicators.
    area : title of the column of the places; found where it is empty.
    year : a year, or the title of its column; found where it is empty.
    measure, value : titles of the columns of what is measured and of the number, where all stand in one column.
    periods : how a year is made of months or quarters, one of `PERIODS`; asked where it is empty and there are some.
    where : what other columns must say, by title: rows that say something else are parts of a total, and not read.
    """

    source: str
    publisher: str
    licence: str
    numbers: tuple[Number, ...]
    area: str = ""
    year: str = ""
    measure: str = ""
    value: str = ""
    periods: str = ""
    where: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Name of its source in the tables of a release."""
        return key_of(self.source)

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles that the table must have, `YEAR` in some."""
        dated = "" if self.year.isdecimal() else self.year
        read = (self.measure, self.value) if self.measure else tuple(t for n in self.numbers for t in n.columns)
        return tuple(dict.fromkeys(filter(None, (self.area, dated, *read, *self.where))))

    def to_json(self) -> dict[str, Any]:
        """As it is saved, and edited."""
        said = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "numbers"}
        return {**said, "where": dict(self.where), INDICATORS: [one.to_json() for one in self.numbers]}


def key_of(label: str) -> str:
    """The key of an indicator, or of a source, by its name.

    >>> key_of("Allocataires du RSA")
    'tableau-allocataires-du-rsa'
    """
    return PREFIX + normalised(label).replace("_", "-")[:_LONGEST].rstrip("-")


def is_declared(fact: str) -> bool:
    """Whether a key, a fact or a kind of source is one of a declared indicator."""
    return fact.startswith(PREFIX)


def from_json(content: Any) -> Declaration:
    """A declaration read back; ``ValueError`` in French where it cannot be used."""
    if not isinstance(content, Mapping):
        raise ValueError("un objet JSON est attendu")
    listed = content.get(INDICATORS)
    if not isinstance(listed, list) or not listed:
        raise ValueError("« indicators » : la liste des indicateurs du tableau est attendue")
    numbers = tuple(_number(one, place) for place, one in enumerate(listed, start=1))
    if len({one.key for one in numbers}) < len(numbers):
        raise ValueError("deux indicateurs ont le même nom")
    _check_together(numbers)
    where = content.get("where") or {}
    if not isinstance(where, Mapping):
        raise ValueError("« where » : un objet est attendu, la valeur voulue par titre de colonne")
    texts = {name: _text(content, name, needed=True) for name in ("source", "publisher", "licence")}
    places = {name: _text(content, name) for name in ("area", "year", "measure", "value", "periods")}
    if places["periods"] not in ("", *PERIODS):
        raise ValueError(f"« periods » : {', '.join(PERIODS)} ou rien attendu")
    if places["periods"] == SUM and any(one.number in (MEDIAN, RATE) for one in numbers):
        raise ValueError("« periods » : les mois d’une médiane ou d’un taux ne s’additionnent pas")
    if bool(places["measure"]) != bool(places["value"]):
        raise ValueError("« measure » et « value » vont ensemble : la colonne de ce qui est mesuré, et celle du nombre")
    told = {str(title): str(said) for title, said in where.items()}
    return Declaration(**texts, **places, numbers=numbers, where=told)


def _number(content: Any, place: int) -> Number:
    try:
        return _checked(content)
    except ValueError as error:
        raise ValueError(f"indicateur {place} : {error}") from error


def _checked(content: Any) -> Number:
    if not isinstance(content, Mapping):
        raise ValueError("un objet JSON est attendu")
    if unknown := set(content) - {one.name for one in fields(Number)}:
        raise ValueError(f"« {min(unknown)} » n’est pas attendu ; connus : {', '.join(f.name for f in fields(Number))}")
    texts = {name: _text(content, name, needed=True) for name in ("label", "unit", "number", "numerator")}
    texts |= {name: _text(content, name) for name in ("denominator", "definition", "caveat", "noun", "key")}
    texts["number"] = _SAID.get(normalised(texts["number"]), texts["number"])
    if texts["number"] not in NUMBERS:
        raise ValueError(f"« number » : {', '.join(NUMBERS)} attendu")
    if texts["key"] and texts["key"] != key_of(texts["key"].removeprefix(PREFIX)):
        raise ValueError(f"« key » : {PREFIX} puis des lettres sans accent, des chiffres et des tirets")
    made = Number(
        **texts,
        scale=_amount(content, "scale", 1.0),
        digits=int(_amount(content, "digits", 0)),
        secrecy=int(_amount(content, "secrecy", 0)),
        pivot=None if content.get("pivot") is None else _amount(content, "pivot", 0),
    )
    _check(made)
    return made


def _check(made: Number) -> None:
    if made.number == RATIO and not made.denominator:
        raise ValueError("« denominator » : un rapport a un numérateur et un dénominateur ; sans eux, c’est un taux")
    if made.denominator == POPULATION and made.number != RATIO:
        raise ValueError("« denominator » : la population n’est le dénominateur que d’un rapport")
    if made.number in (COUNT, AMOUNT) and made.denominator:
        raise ValueError("« denominator » : un nombre n’en a pas ; avec lui, c’est un rapport")
    if made.secrecy and made.number in (MEDIAN, RATE) and not made.denominator:
        raise ValueError(
            "« secrecy » : une médiane ou un taux ne disent pas combien d’unités ils comptent ; donner cette "
            "colonne dans « denominator »"
        )
    if made.secrecy and made.number == AMOUNT:
        raise ValueError("« secrecy » : un montant ne dit pas ses unités ; la source cache ses cellules")
    if made.scale <= 0 or not 0 <= made.digits <= _MOST_DIGITS or made.secrecy < 0:
        raise ValueError(f"« scale » au-dessus de 0, « digits » de 0 à {_MOST_DIGITS}, « secrecy » de 0 en montant")
    if made.key == PREFIX:
        raise ValueError("« label » : un nom avec des lettres est attendu")


def _check_together(numbers: Sequence[Number]) -> None:
    """One column is not shown by an indicator where another hides it."""
    for one, other in combinations((each for each in numbers if each.number in (COUNT, RATIO)), 2):
        if one.numerator == other.numerator and one.secrecy != other.secrecy:
            raise ValueError(
                f"« secrecy » : {one.numerator.replace(YEAR, 'année')} n’a pas le même seuil dans « {one.label} » et "
                f"dans « {other.label} » ; l’un montrerait ce que l’autre cache"
            )


def _text(content: Json, name: str, *, needed: bool = False) -> str:
    said = content.get(name)
    text = "" if said is None else str(said).strip()
    if isinstance(said, Mapping | list) or (needed and not text):
        raise ValueError(f"« {name} » : un texte est attendu")
    return text.replace("{année}", YEAR).replace("{annee}", YEAR)


def _amount(content: Json, name: str, default: float) -> float:
    said = content.get(name, default)
    if isinstance(said, bool) or not isinstance(said, int | float):
        raise ValueError(f"« {name} » : un nombre est attendu")
    return float(said)
