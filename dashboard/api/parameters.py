"""The parameters of the API: name, meaning, allowed values. Checks and OpenAPI document are made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard.api.problems import unknown_value
from dashboard.i18n import FRENCH, LANGUAGES, _, msg
from geodata.names import normalise
from geodata.perimeter import CURRENT, PERIMETERS, members
from geodata.territories import TERRITORIES
from layers.dimensions import DIMENSIONS, UNKNOWN, Dimension, split, written
from layers.series import LEVELS

if TYPE_CHECKING:
    from layers.release import Release

Given = Mapping[str, Any]
"""Parameters read so far, by name: those of the path, then those of the query in the order of the route."""
ONE_OF = msg("l’une des valeurs {values}")
SOME_OF = msg("une ou plusieurs valeurs parmi {values}, séparées par des virgules")
SOME_HELD = msg("une ou plusieurs valeurs que donne la publication, séparées par des virgules")
MOST_TEXT = 100
MOST_SLUGS = 60
MOST_PAGE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    ``expected`` is a message that says what a value is, with a place for the values ``among`` which it is; ``schema``
    says it in JSON Schema. ``choices`` gives the allowed
    texts, of the registries or of a release; None where any text of the right form is. ``read`` makes the value of
    a text, and raises ``ValueError`` for one that has not the form.
    """

    name: str
    description: str
    expected: str
    schema: Mapping[str, Any]
    choices: Callable[[Release, Given], Sequence[str] | None] | None = None
    read: Callable[[str], Any] = str
    default: Any = None
    example: str | None = None
    among: Sequence[str] = ()

    @property
    def wanted(self) -> str:
        """What a value is, in the language in force."""
        return _(self.expected).format(values=", ".join(self.among))

    def value(self, text: str, release: Release, given: Given) -> Any:
        """Value of a text; raises `Problem` with the name, the text and what is allowed."""
        allowed = self.choices(release, given) if self.choices is not None else None
        if allowed is not None and text not in allowed:
            raise unknown_value(self.name, text, self.wanted, allowed)
        try:
            return self.read(text)
        except ValueError as error:
            raise unknown_value(self.name, text, self.wanted) from error


def _one_of(
    name: str,
    description: str,
    values: Sequence[str],
    *,
    read: Callable[[str], Any] = str,
    default: Any = None,
) -> Parameter:
    """A parameter whose values are known without a release."""
    schema = {"type": "string", "enum": list(values)}
    return Parameter(
        name, description, ONE_OF, schema, lambda *_asked: values, read=read, default=default, among=[*values]
    )


def _searched(text: str) -> str:
    """Text to look for in names; ``ValueError`` where it holds no letter nor digit, or is too long."""
    found = normalise(text)
    if not found or len(text) > MOST_TEXT:
        raise ValueError(text)
    return found


def _page(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_PAGE_DIGITS) or int(text) < 1:
        raise ValueError(text)
    return int(text)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) == 4):  # noqa: PLR2004
        raise ValueError(text)
    return int(text)


RELEASE = Parameter(
    "release",
    "Publication à lire ; sans elle, la publication courante. Avec elle, la réponse ne change jamais.",
    msg("le nom d’une publication, donné par {values}"),
    {"type": "string", "pattern": "^[0-9a-f]{12}$"},
    among=["/api/v1/releases"],
)
LANG = _one_of(
    "lang",
    "Langue des libellés, définitions et phrases ; les clés, les états, les nombres et les noms sont les mêmes.",
    [*LANGUAGES],
    default=FRENCH,
)
COMMON = (RELEASE, LANG)
"""Parameters of every address."""
PERIMETER = _one_of(
    "perimeter",
    "Nombre de communes du périmètre : 95 (depuis 2020), 90 (2017) ou 85 (avant 2017).",
    [str(perimeter) for perimeter in PERIMETERS],
    read=int,
    default=CURRENT,
)
LEVEL = _one_of("level", "Maille des valeurs.", LEVELS, default=LEVELS[0])


def _filter(dimension: Dimension) -> Parameter:
    """Values of a dimension, several of them parted by commas; they are written in its order."""
    declared = (*dimension.names, *dimension.apart)
    word = "[^,]+" if dimension.open_ else f"({'|'.join(declared)})"

    def read(text: str) -> str | None:
        slugs = split(text)
        if len(slugs) > MOST_SLUGS or not (dimension.open_ or set(slugs) <= set(declared)):
            raise ValueError(text)
        return written(dimension.key, text)

    return Parameter(
        dimension.key,
        f"{dimension.label} ; plusieurs valeurs séparées par des virgules. « {UNKNOWN} » : non dit par la source.",
        SOME_HELD if dimension.open_ else SOME_OF,
        {"type": "string", "pattern": f"^{word}(,{word})*$"},
        read=read,
        example=None if dimension.open_ else dimension.canonical(dimension.names)[0],
        among=() if dimension.open_ else declared,
    )


FILTERS = {key: _filter(dimension) for key, dimension in DIMENSIONS.items()}
"""Filters of a series or of records, one a dimension of `layers.dimensions`, which may have several values."""
TERRITORY = _one_of("territory", "Code du territoire ; avec « level=commune », ses communes seulement.", [*TERRITORIES])
COMMUNE = Parameter(
    "commune",
    "Code Insee d’une des 95 communes.",
    msg("le code Insee d’une des 95 communes"),
    {"type": "string", "pattern": "^59[0-9]{3}$"},
    lambda *_asked: sorted(members()),
    example="59350",
)
AREA = Parameter(
    "area",
    "Zone du chiffre : code d’une commune ou d’un territoire, « mel » pour la métropole.",
    msg("le code d’un territoire (1 à 8), d’une des 95 communes, ou {values}"),
    {"type": "string", "pattern": "^(mel|[1-8]|59[0-9]{3})$"},
    lambda *_asked: ["mel", *TERRITORIES, *sorted(members())],
    default="mel",
    example="59350",
    among=["mel"],
)
PART = Parameter(
    "part",
    "Partie du chiffre dont « page » est la page, à partir de 1, dans l’ordre où la réponse les donne.",
    msg("un entier à partir de 1"),
    {"type": "integer", "minimum": 1, "maximum": 9},
    read=_page,
    default=1,
)
ORIGIN = _one_of(
    "origin",
    "« 1 » : chaque valeur porte « origin », ce dont elle est faite, jusqu’à la ligne des fichiers.",
    ["1"],
)
SOURCE = Parameter(
    "source",
    "Nature d’une liste qui nomme la structure, parmi celles de la publication.",
    msg("la nature d’une des sources de la publication"),
    {"type": "string"},
    lambda release, given: sorted(set(release.actors["source"])),
)
TEXT = Parameter(
    "q",
    "Mots ou parties de mots que le nom contient tous, sans égard aux accents, à la casse ni à la ponctuation ; "
    "pour une structure, aussi les premiers chiffres (9 au moins) de son SIRET ou de son SIREN.",
    msg("1 à {values} caractères, dont une lettre ou un chiffre"),
    {"type": "string", "minLength": 1, "maxLength": MOST_TEXT},
    read=_searched,
    among=[str(MOST_TEXT)],
)
PAGE = Parameter(
    "page",
    "Numéro de la page, à partir de 1.",
    msg("un entier à partir de 1"),
    {"type": "integer", "minimum": 1, "maximum": 10**MOST_PAGE_DIGITS - 1},
    read=_page,
    default=1,
)
ESS = _one_of(
    "ess",
    "« yes » : structures retenues comme ESS ; « to_review » : fiches à vérifier, comptées nulle part.",
    ["yes", "to_review"],
    default="yes",
)
YEAR = Parameter(
    "year",
    "Année ; sans elle, celle que l’application montre d’abord, la dernière qui soit bien remplie.",
    msg("une année que la publication a pour cette demande"),
    {"type": "integer", "minimum": 1000, "maximum": 9999},
    read=_year,
)


def year_among(held: Callable[[Release, Given], Sequence[int]]) -> Parameter:
    """The year, among those a release holds; any year where it holds none at all, since then all is missing."""

    def choices(release: Release, given: Given) -> Sequence[str] | None:
        return [str(year) for year in held(release, given)] or None

    return replace(YEAR, choices=choices)


def compare_among(held: Callable[[Release, Given], Sequence[int]]) -> Parameter:
    """The year to compare with, among those a release holds."""
    return replace(
        year_among(held),
        name="compare",
        description="Année à comparer : chaque valeur porte alors « change », l’évolution de la plus ancienne des deux "
        "années à l’autre. Rien n’est calculé à travers une rupture de série, ni d’une valeur sous secret.",
    )


def filters_of(table: str) -> tuple[Parameter, ...]:
    """Filters of the records of a table, in the order of the dimensions."""
    return tuple(FILTERS[key] for key, dimension in DIMENSIONS.items() if dimension.cuts(table))
