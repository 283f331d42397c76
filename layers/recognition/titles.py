"""What the title of a column says by itself: a meaning, of whom, and for an amount which one it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from layers.headings import normalised
from layers.recognition.vocabulary import CONCEPTS
from layers.recognition.words import words
from layers.values.amounts import Unit

BENEFICIARY, GRANTOR, EITHER = "beneficiary", "grantor", "either"
"""Whose a name or a number is; « attributaire » is one or the other."""
ASKED, PROPOSED, VOTED, PAID = "asked", "proposed", "voted", "paid"
GRANT, LOAN, GUARANTEE, IN_KIND, COST = "grant", "loan", "guarantee", "in_kind", "cost"
REST, FOREIGN, PREVIOUS = "rest", "foreign", "previous"
"""What is left to pay, a sum over years, a mean, a difference; another currency; an earlier year."""
RUNNING, CAPITAL, PROJECT, EXTRA, TOTAL = "running", "capital", "project", "extra", "total"
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT: Final = 3
_GIVING = re.compile(r"\bqui\s+(?:\w+\s+)?(?:attribu|vers|financ|pa[iy]|donn|octroi|accord|instrui)\w*", re.IGNORECASE)
"""« la personne qui attribue »: who gives, and not what was given."""
_PART_OF = re.compile(r"\W*dont\b|.*\bsolde\b.*\b[àa] (?:verser|payer|mandater|liquider|r[ée]gler)\b", re.IGNORECASE)
"""« dont acompte », « solde à verser »: a part of an amount that another column holds."""
_COORDINATE = re.compile(
    r"(?:geo_?)?(?:lat|lon|long|lng)(?:_?(?:wgs_?84|dd|y|x))?|(?:geo_?)?coord(?:onnees?)?(?:_.*)?|(?:coord_?)?[xy](?:_?(?:wgs_?84|l(?:ambert_?)?93|rgf_?93))?"
    r"|(?:lambert|wgs|rgf)_?\d*_?[xy]|geo_?(?:point|loc|shape)(?:_2d)?"
)
SURE, LIKELY, PERHAPS = 0.95, 0.8, 0.5

Concepts = frozenset[str]


@dataclass(frozen=True, slots=True)
class Money:
    """Which amount a column holds: its stage, what it is, the part of the whole, the year, euros of a unit."""

    stage: str = ""
    form: str = GRANT
    part: str = ""
    year: int | None = None
    unit: Unit = 1


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says: a key of `layers.recognition.columns.MEANINGS` (empty for nothing), whose, how surely."""

    meaning: str
    confidence: float
    party: str = ""
    money: Money = Money()


NOTHING: Final = Title("", 0.0)
_OF_MONEY: Final = frozenset({"AMOUNT", "SUBSIDY"})
_WHOSE: Final = frozenset({"BENEFICIARY", "GRANTOR", "PARTY", "SIRET", "SIREN", "RNA"})
_GIVEN: Final = frozenset({"SUBSIDY", "LOAN", "GUARANTEE", "ASKED", "PROPOSED"})
_RULES: Final[tuple[tuple[str, Callable[[Concepts], bool], float], ...]] = (
    ("note", lambda c: "REJECT" in c, SURE),
    ("note", lambda c: "LATITUDE" in c and not c & {"AMOUNT", "SUBSIDY"}, SURE),
    ("closed", lambda c: "CLOSING" in c and not c & {"AMOUNT", "SUBSIDY", "EUROS"}, SURE),
    ("note", lambda c: "EVENT" in c and bool(c & {"DATE", "YEAR"}) and "AMOUNT" not in c, SURE),
    ("note", lambda c: c >= {"DATE", "ASKED"} and "AMOUNT" not in c, SURE),
    ("share", lambda c: "SHARE" in c and not c & {"POSTCODE", "CITY"}, SURE),
    ("rae", lambda c: "RAE" in c, SURE),
    (
        "state_aid",
        lambda c: "EU" in c and ("NOTIFIED" in c or not c & {"SUBSIDY", "EUROS"}) and "AMOUNT" not in c,
        SURE,
    ),
    ("state_aid", lambda c: "NOTIFIED" in c and not c & {"VOTED", "AMOUNT", "DATE", "EUROS"}, SURE),
    ("contact", lambda c: bool(c & {"CONTACT", "PERSON"}) and not c & {"AMOUNT", "SIRET", "RNA", "PROPOSED"}, SURE),
    ("count", lambda c: {"FIGURE", "BUSINESS"} <= c, SURE),  # the turnover of a structure is given by nobody
    ("count", lambda c: "COUNT" in c, SURE),
    ("count", lambda c: "OWN" in c and not c & {*_GIVEN, "VOTED"}, SURE),  # nor are its means
    ("count", lambda c: c >= {"ENDOWMENT", "INITIAL"}, SURE),  # that of a foundation
    ("note", lambda c: "NOTE" in c, SURE),
    ("conditions", lambda c: "CONDITION" in c, SURE),
    ("period", lambda c: "PERIOD" in c or ("PAYMENT" in c and bool(c & {"DATE", "NAME"})), SURE),
    ("date", lambda c: "FIRST_DATE" in c or ("DATE" in c and "AMOUNT" not in c), SURE),
    ("amount", lambda c: bool(c & {"EUROS", "THOUSANDS"}) and not c & {"AMOUNT", "SUBSIDY", "BENEFICIARY"}, LIKELY),
    ("siret", lambda c: bool(c & {"SIRET", "REGISTER"}), SURE),
    ("siren", lambda c: "SIREN" in c, SURE),
    ("rna", lambda c: "RNA" in c and "ADDRESS" not in c, SURE),
    ("insee", lambda c: "INSEE" in c or (c >= {"ID", "CITY"} and not c & {"GRANTOR", "POSTCODE"}), SURE),
    ("purpose", lambda c: c >= {"NAME", "FILE"} and not c & {"ID", "REFERENCE", *_OF_MONEY, *_WHOSE}, SURE),
    ("purpose", lambda c: c >= {"FIRST_NAME", "PAID"} and not c & {"AMOUNT", "DATE", "PAYMENT", *_WHOSE}, SURE),
    ("reference", lambda c: c >= {"FIRST_ID", "COMMITMENT"} and "COST" not in c, SURE),
    ("reference", lambda c: "ID" in c and bool(c & {"SUBSIDY", "PAID"}) and not c & {"AMOUNT", *_WHOSE}, LIKELY),
    (
        "reference",
        lambda c: bool(c & {"REFERENCE", "FILE"}) and not c & {"AMOUNT", "BENEFICIARY", "PARTY", "PURPOSE"},
        SURE,
    ),
    (
        "identifier",
        lambda c: "ID" in c and bool(c & {"BENEFICIARY", "GRANTOR", "PARTY"}) and not c & {"POSTCODE", "CITY"},
        LIKELY,
    ),
    ("postcode_city", lambda c: c >= {"POSTCODE", "CITY"} and not c & {"ADDRESS", "AMOUNT"}, SURE),
    ("address", lambda c: "ADDRESS" in c, SURE),
    (
        "address",
        lambda c: "PLACE" in c and not c & {"CITY", "POSTCODE", "DEPARTMENT", "NAME", "ID", *_OF_MONEY},
        LIKELY,
    ),
    ("postcode", lambda c: "POSTCODE" in c and "AMOUNT" not in c, SURE),
    ("department", lambda c: "DEPARTMENT" in c and not c & {"GRANTOR", *_OF_MONEY}, SURE),
    ("legal", lambda c: "LEGAL" in c and "AMOUNT" not in c, SURE),
    ("ape", lambda c: "APE" in c, LIKELY),
    ("year", lambda c: c >= {"FIRST_YEAR", "ASKED"}, PERHAPS),
    ("year", lambda c: "FIRST_YEAR" in c, SURE),
    ("account", lambda c: c >= {"LINE", "AMOUNT"}, SURE),
    ("amount", lambda c: "FIRST_AMOUNT" in c and not c & {"OBJECT", "REFERENCE", "CITY"}, SURE),
    ("amount", lambda c: "AMOUNT" in c and not c & {"OBJECT", "SCHEME", "REFERENCE", "CITY"}, SURE),
    ("name", lambda c: c >= {"FIRST_RECEIVER", "PURPOSE"}, SURE),
    ("purpose", lambda c: "OBJECT" in c, SURE),
    ("nature", lambda c: "NATURE" in c and not c & {"KIND", "ACCOUNT", "ACT", "PURPOSE", "SCHEME"}, SURE),
    ("category", lambda c: "CATEGORY" in c, LIKELY),
    ("purpose", lambda c: "PURPOSE" in c and not c & {"ASKED", "VOTED", "PAID", "SCHEME", "COST"}, SURE),
    ("year", lambda c: "YEAR" in c and "SUBSIDY" not in c, SURE),
    ("scheme", lambda c: "SCHEME" in c and "BENEFICIARY" not in c, LIKELY),
    ("account", lambda c: "ACCOUNT" in c, SURE),
    ("amount", lambda c: bool(c & {"SUBSIDY", "LOAN", "GUARANTEE", "KIND", "COST"}) and "PAYMENT" not in c, LIKELY),
    ("count", lambda c: "QUANTITY" in c and not c & (_GIVEN | {"AMOUNT", "EUROS", "THOUSANDS", "NAME", "ID"}), LIKELY),
    (
        "amount",
        lambda c: (
            bool(c & {"ASKED", "PROPOSED", "VOTED", "PAID", "RUNNING", "CAPITAL", "EXTRA", "PREVIOUS"})
            and "ID" not in c
        ),
        LIKELY,
    ),
    ("year", lambda c: "YEAR" in c, LIKELY),
    ("conditions", lambda c: "PAYMENT" in c, PERHAPS),
    ("city", lambda c: "CITY" in c and "GRANTOR" not in c, SURE),
    ("purpose", lambda c: "PURPOSE" in c, SURE),
    ("date", lambda c: "ACT" in c and "ID" not in c and "NAME" not in c, PERHAPS),
    ("reference", lambda c: bool(c & {"ACT", "REFERENCE"}) and "NAME" not in c, PERHAPS),
    ("name", lambda c: bool(c & {"BENEFICIARY", "GRANTOR", "PARTY"}) and ("ID" not in c or "NAME" in c), SURE),
    ("name", lambda c: "NAME" in c, LIKELY),
    ("identifier", lambda c: "ID" in c, PERHAPS),
    ("amount", lambda c: "PAYMENT" in c, LIKELY),
    ("amount", lambda c: "ACT" in c and not c & {"ID", "NAME", "DATE", "FILE"}, PERHAPS),
)
"""In this order, the first that holds: what is said of a number, a day or a share comes before whose it is."""
_FIRST: Final = frozenset({"YEAR", "DATE", "RECEIVER", "NAME", "ID", "AMOUNT"})
"""Concepts that say more where they come first: « année de la subvention » is a year."""
_STAGES: Final = (("ASKED", ASKED), ("PROPOSED", PROPOSED), ("PAID", PAID), ("PAYMENT", PAID), ("VOTED", VOTED))
_PARTS: Final = (("RUNNING", RUNNING), ("CAPITAL", CAPITAL), ("EXTRA", EXTRA), ("PURPOSE", PROJECT))
_FORMS: Final = (
    ("FOREIGN", FOREIGN),
    ("REST", REST),
    ("CANCELLED", REST),
    ("PREVIOUS", PREVIOUS),
    ("GUARANTEE", GUARANTEE),
    ("LOAN", LOAN),
    ("KIND", IN_KIND),
    ("COST", COST),
)


def read(title: str) -> Title:
    """What a title says; `NOTHING` where it says nothing that is known."""
    return next(iter(readings(title)), NOTHING)


def readings(title: str) -> Iterator[Title]:
    """All that a title can say, the likeliest first: « bénéficiaire de la subvention » a name, if it is no amount."""
    told, concepts_ = words(title), concepts(title)
    for concept in _FIRST & CONCEPTS.get(told[0] if told else "", frozenset()):
        concepts_ |= {f"FIRST_{concept}"}  # « année de la subvention » is a year, « subvention de l’année » an amount
    if "TURNOVER" in concepts_ and not concepts_ & _GIVEN:
        return
    known = sum(word in CONCEPTS or word.isdecimal() for word in told)
    said: set[str] = set()
    for meaning, holds, sure in _RULES:
        if meaning not in said and holds(concepts_):
            said.add(meaning)
            yield Title(
                meaning, sure * (0.5 + 0.5 * known / len(told)), _party(concepts_), money(title, told, concepts_)
            )


def concepts(title: str) -> Concepts:
    """The concepts that the words of a title tell."""
    plain, giving = _GIVING.subn("", title)
    told = frozenset(concept for word in words(plain) for concept in CONCEPTS.get(word, ()))
    if _COORDINATE.fullmatch(normalised(title)):
        told |= {"LATITUDE"}
    if "ca" in words(title) and not _YEAR.search(title):
        told |= {"TURNOVER"}  # with a year, it may be accounts
    return (told | {"GIVER", "GRANTOR"}) - {"BENEFICIARY", "PARTY"} if giving else told


def _party(told: Concepts) -> str:
    """Whose a column is; « collectivité bénéficiaire » is who receives, « organisme financeur » who gives."""
    if "PARTY" in told and not told & {"GIVER", "RECEIVER"}:
        return EITHER
    if "GRANTOR" in told and ("GIVER" in told or "RECEIVER" not in told):
        return GRANTOR
    return BENEFICIARY if "BENEFICIARY" in told else ""


def money(title: str, told: tuple[str, ...], concepts: Concepts) -> Money:
    """Which amount the words of a title tell of."""
    stage = next((stage for concept, stage in _STAGES if concept in concepts), "")
    form = next((form for concept, form in _FORMS if concept in concepts), GRANT)
    if _PART_OF.match(title):
        form = REST
    if form == COST and (stage == PAID or (stage == VOTED and "OUTLAY" not in concepts)):
        form = GRANT  # « budget alloué », « dépense mandatée »; « dépense retenue » is what a grant is worked out from
    part = next((part for concept, part in _PARTS if concept in concepts), TOTAL if "total" in told else "")
    if part == PROJECT and "total" in told:
        form = COST  # what the project costs, of which a grant pays a part
    if part == PROJECT and form == COST:
        part = ""
    years = [int(word) for word in told if _YEAR.fullmatch(word)]
    return Money(stage, form, part, years[0] if len(years) == 1 else None, unit(title))


def of_year(title: str) -> Money:
    """What numbers under a title of a year are: « 2022 », « CA 2022 » (accounts: what was paid); no year elsewhere."""
    told = words(title)
    if any(word not in CONCEPTS and len(word) > _SHORT and not word.isdecimal() for word in told):
        return Money()
    return money(title, told, concepts(title) | ({"PAID"} if "ca" in told else frozenset()))


def tells_accounts(title: str) -> bool:
    """Whether a title is « CA » and a year: accounts of what was paid, or a turnover; only what is beside tells which.

    >>> tells_accounts("CA 2022"), tells_accounts("CA"), tells_accounts("2022")
    (True, False, False)
    """
    return "ca" in words(title) and of_year(title).year is not None


def tells_sitting(title: str) -> bool:
    """Whether the « CP » of a title is a sitting that decides: « Vote CP 12/03/2023 », and no credit that was paid.

    >>> tells_sitting("Décision CP"), tells_sitting("CP 2023")
    (True, False)
    """
    voted = "VOTED" in concepts(title) or any(
        CONCEPTS.get(word) == frozenset({"RULING", "ACT"}) for word in words(title)
    )
    return voted or re.search(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", title) is not None


def as_credits(title: str) -> Title:
    """What a title says where its « CP » is neither a post code nor a sitting: credits that were paid."""
    return read(re.sub(r"(?<![A-Za-z])cp(?![A-Za-z])", "crédits de paiement", title, flags=re.IGNORECASE))


_KILO: Final = (
    r"\bk\s*€|\bk\s?eur(?:os?)?\b|\bke\b|milliers?\s+(?:d.?\s*)?(?:euros?|€)|\bkilo-?euros?\b|\((?:en )?milliers\)"
)
_MEGA: Final = r"\bm\s*€|\bm\s?eur(?:os?)?\b|millions?\s+(?:d.?\s*)?(?:euros?|€)|\((?:en )?millions\)"
_UNITS: Final[tuple[tuple[re.Pattern[str], Unit], ...]] = (
    (re.compile(_KILO, re.IGNORECASE), 1_000),
    (re.compile(_MEGA, re.IGNORECASE), 1_000_000),
    (re.compile(r"\bcentimes?\b|\bcents\b|\bc€", re.IGNORECASE), Fraction(1, 100)),
    (re.compile(r"€|\beur(?:os?)?\b", re.IGNORECASE), 1),
)
_QUANTITY = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d\b)(?:\d[\d\s.,]*)?\d[\s\u00a0\u202f]*"
    r"(?:[km]?\s?(?:€|eur(?:os?)?\b)|mill(?:iers?|ions?) d.euros)",
    re.I,
)
"""« au-dessus de 23 k€ » is an amount, and no unit."""
_ROUNDED = re.compile(r"\b(?:sans|hors|arrondis?(?: à| au)?)\b.*\b(?:centimes?|cents)\b", re.I)


def told_unit(text: str) -> Unit | None:
    """Euros that a unit of a text is worth: « (k€) », « en milliers d’euros », « centimes »; None where it says none.

    >>> told_unit("Montant (€)"), told_unit("Montants en k€"), told_unit("Aides de plus de 23 k€")
    (1, 1000, None)
    """
    plain = _ROUNDED.sub(" ", _QUANTITY.sub(" ", text.replace("_", " ")))
    return next((worth for pattern, worth in _UNITS if pattern.search(plain)), None)


def unit(text: str) -> Unit:
    """The same, and 1 where a text says none."""
    return told_unit(text) or 1
