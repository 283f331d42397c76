"""What is said of a file of no known kind: what it was taken for, what it lacks, and the next step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from geodata import geography
from layers.headings import normalised
from layers.mapping import choosing
from layers.readers import declaring, proof, unknown_places
from layers.recognition import amounts as recognised
from layers.recognition.columns import FLOOR, MEANINGS, ColumnMeaning, granted
from layers.recognition.contents import KINDS
from layers.recognition.opening import Table
from layers.recognition.spellings import Spellings, spelled
from layers.typography import grouped
from layers.unreadable import UnreadableFile
from layers.values.numbers import value
from layers.values.periods import period_of

COMMAND: Final = (
    "Pour la lire telle quelle : --as table ; pour dire ce qu’est chaque colonne : --save-mapping FICHIER.json."
)
COMMUNES: Final = (
    "Les tables de communes connues sont celles de l’Insee et des ministères (populations, Filosofi, Flores,"
    " demandeurs d’emploi, logements sociaux) avec leurs titres d’origine ; une autre devient un indicateur une fois"
    f" déclarée. {declaring.COMMAND}"
)
"""The next step for a table of communes of no known kind."""
PRICES: Final = (
    "série de prix de l’Insee, sous une forme qui n’est pas lue (une série par ligne, un poste, une variation)",
    "Recopier les moyennes annuelles de l’indice d’ensemble dans le modèle de la métropole (ess template"
    " indice-des-prix --out indice.xlsx).",
)
SERIES: Final = (
    "Seul l’indice des prix à la consommation est lu ainsi, dans son modèle (ess template indice-des-prix --out"
    " indice.xlsx) ; une table par commune peut devenir un indicateur."
)
ALONE: Final = (
    "Séparer les colonnes par des points-virgules, et donner au moins un nom avec un lieu ou un numéro (SIRET, SIREN,"
    " RNA)."
)
_NO_NUMBERS: Final = frozenset({"postcode", "siret", "siren", "rna", "department", "contact", "note", "address"})
"""Meanings of columns whose figures are not what a table of communes counts."""
_ADDRESSED: Final = frozenset({"address", "siret"})
LISTS: Final = (
    "Dire ce que contient le tableau : des structures (--answer table=actors) ou des subventions (--answer"
    " table=grants),"
    " ou ce qu’est chaque colonne : --save-mapping FICHIER.json."
)
"""The next step for a list beside which numbers may be grants."""
_SHOWN: Final = 12
_FEW: Final = 4
_CODE: Final = 2
"""Letters of the codes that stand beside the values of a series (``A``: definitive)."""
_MOST: Final = 0.8
_NUMBERS: Final = 0.6


@dataclass(frozen=True, slots=True)
class Foreign:
    """A kind of public file that is no source of this product: titles that only it has, what it is, what to do.

    *titles* are all to be met.
    """

    titles: tuple[Spellings, ...]
    what: str
    remedy: str


FOREIGN: Final = (
    Foreign(
        (
            spelled("acheteur (id)", "acheteur nom", "acheteur SIRET", "nom acheteur", "id acheteur"),
            spelled("titulaire…", "… titulaire …"),
        ),
        "des marchés publics (données essentielles de la commande publique) : un marché n’est pas une subvention",
        "Demander les données essentielles des conventions de subvention de la même collectivité.",
    ),
    Foreign(
        (spelled("…nom… élu", "…nom… élue"), spelled("…mandat…", "…fonction…", "…csp…", "…socio-professionnelle…")),
        "une liste d’élus : aucun nom de personne n’est lu",
        "Ne pas l’importer : elle ne dit rien de l’ESS.",
    ),
    Foreign(
        (spelled("id mutation", "date mutation"), spelled("valeur foncière")),
        "des ventes immobilières (DVF) : elles ne disent rien de l’ESS",
        "Ne pas les importer.",
    ),
    Foreign(
        (spelled("SIREN"), spelled("etatAdministratifUniteLegale")),
        "des unités légales de Sirene, sans leurs établissements ou dans un classeur",
        "Donner dans la même commande les fichiers StockEtablissement et StockUniteLegale du même mois, tels qu’ils "
        "sont publiés (CSV, ZIP ou Parquet) : « ess fetch sirene » les récupère.",
    ),
)


def foreign(source: Table) -> UnreadableFile | None:
    """The refusal of a file that is known for something else than what is read here; None for any other file."""
    titles = [normalised(title) for title in source.header]
    for one in FOREIGN:
        if all(any(told.says(title) for title in titles) for told in one.titles):
            return UnreadableFile(source.path, f"type reconnu : {one.what}", one.remedy, source.header_lines[-1])
    return None


def refusal(source: Table) -> UnreadableFile:
    """The refusal of a file of no known kind."""
    return next(found for told in _TOLD if (found := told(source)) is not None)


def _prices(source: Table) -> UnreadableFile | None:
    cells = [cell for row in source.sample for cell in row]
    if not proof.says((*proof.around(source), *source.header, *cells), ["Indice des prix à la consommation"]):
        return None
    return UnreadableFile(source.path, *PRICES, source.header_lines[-1])


def _numbers(source: Table) -> UnreadableFile | None:
    """A list of years or periods and numbers, which names neither place nor structure: of what, nothing says."""
    columns = [_cells(source, at) for at in range(len(source.header))]
    words = [cells for cells in columns if _share(cells, _is_of_series) < _MOST]
    dated = any(one.meaning in ("year", "period", "date") for one in source.columns)
    if (
        not dated
        or declaring.tells_places(source)
        or len(columns) > _FEW
        or any(len(cell) > _CODE for cells in words for cell in cells)
    ):
        return None
    reason = f"suite de nombres par année ou période, de type inconnu (colonnes lues : {_named(source.header)})"
    return UnreadableFile(source.path, reason, SERIES, source.header_lines[-1])


def _is_of_series(text: str) -> bool:
    return value(text) is not None or period_of(text) is not None


def _communes(source: Table) -> UnreadableFile | None:
    """A table of communes with numbers: how many of the metropole, and which columns hold numbers."""
    at = _code(source)
    if at is None:
        return None
    known_for = {one.at for one in source.columns if one.meaning in _NO_NUMBERS or recognised.is_key(one)}
    if any(one.meaning == "name" and one.confidence > FLOOR for one in source.columns) and _ADDRESSED & {
        one.meaning for one in source.columns
    }:
        return None  # a list of structures
    held = [
        name
        for place, name in enumerate(source.header)
        if place != at and place not in known_for and name and _share(_cells(source, place), KINDS["state"]) >= _NUMBERS
    ]
    if not held:
        return None
    known = set(geography.load().communes.index)
    told = {row[at].strip().upper() for _, row in source.rows if at < len(row)}
    here = len(told & known)
    reason = (
        f"table de communes avec des nombres, de type inconnu : {grouped(len(told))} lieux dans"
        f" « {source.header[at]} », dont {here} des {len(known)} communes de la métropole ; colonnes de nombres :"
        f" {_named(held)}"
    )
    return UnreadableFile(source.path, reason, COMMUNES, source.header_lines[-1])


def _code(source: Table) -> int | None:
    """The column of codes of communes: nearly all its cells are such codes, and its title is not of a post code."""
    means = {one.at: one.meaning for one in source.columns if one.confidence > FLOOR}
    shares = {
        at: _share(_cells(source, at), KINDS["insee"])
        for at in range(len(source.header))
        if means.get(at) not in ("postcode", "amount", "count")
    }
    known = [at for at, part in shares.items() if part >= _MOST and _is_code(source, at, means.get(at, ""))]
    return min(known, default=None)


def _is_code(source: Table, at: int, meaning: str) -> bool:
    """Whether figures of five are codes: their title says so, or some are communes of the metropole."""
    return meaning == "insee" or bool(set(_cells(source, at)) & set(geography.load().communes.index))


def _cells(source: Table, at: int) -> list[str]:
    return [row[at].strip() for row in source.sample if at < len(row) and row[at].strip()]


def _share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, cells)) / len(cells) if cells else 0.0


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(f"« {name[:60]} »" for name in names[:_SHOWN])
    return shown + (f" et {len(names) - _SHOWN} autres" if len(names) > _SHOWN else "")


def _alone(source: Table) -> UnreadableFile | None:
    if len(source.header) > 1:
        return None
    name = source.header[0][:60]
    reason = f"une seule colonne (« {name} ») : ce n’est pas un tableau, ou son séparateur n’est pas connu"
    return UnreadableFile(source.path, reason, ALONE, source.header_lines[-1])


def _headless(source: Table) -> UnreadableFile | None:
    if source.understood:
        return None
    cells = ", ".join(f"« {cell[:40]} »" for cell in source.header[:6] if cell)
    return UnreadableFile(
        source.path,
        f"aucune ligne d’en-tête n’est reconnue : la première ligne semble être de données ({cells})",
        "Ajouter une ligne d’en-tête qui nomme les colonnes, ou demander le fichier avec ses titres.",
        source.header_lines[-1],
    )


def _other(source: Table) -> UnreadableFile:
    places = declaring.tells_places(source)
    sure = [one for one in source.columns if one.meaning not in ("", "note") and one.name and one.confidence > FLOOR]
    told = [f"« {one.name} » = {MEANINGS[one.meaning]}" for one in sure]
    titles = [name for name in source.header if any(map(str.isalnum, name))]
    understood = f"colonnes comprises : {', '.join(told[:_SHOWN])}" if told else f"colonnes lues : {_named(titles)}"
    return UnreadableFile(
        source.path,
        f"type de fichier inconnu ; {understood} ; {declaring.PLACES if places else _lacking(source.columns)}",
        declaring.COMMAND if places else LISTS if _untold(source.columns) else COMMAND,
        source.header_lines[-1],
    )


def _untold(columns: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """The columns of numbers that may be amounts, of a list that has a name with a number or a place."""
    meanings = {one.meaning for one in columns if one.confidence > FLOOR}
    listed = "name" in meanings and meanings & {*choosing.NUMBERS, *choosing.PLACES}
    return recognised.unread(columns, least=1) if listed and not granted(columns) else []


def _lacking(columns: Iterable[ColumnMeaning]) -> str:
    columns = tuple(columns)
    meanings = {one.meaning for one in columns}
    if unread := recognised.unreadable(columns):
        return (
            f"« {unread[0].name} » dit un montant, et ses cellules n’en sont pas (« {unread[0].content.samples[0]} »)"
        )
    if (untold := _untold(columns)) and "account" not in meanings:
        return f"des nombres n’y sont pas compris (« {untold[0].name} ») : des subventions peut-être"
    if "name" not in meanings or "account" in meanings:
        return "rien n’y dit qui reçoit, ni quelle structure est décrite"
    if not granted(columns) and meanings & {*choosing.NUMBERS, *choosing.PLACES}:
        return "rien n’y donne le montant d’une subvention"
    if "amount" not in meanings:
        return "rien n’y donne un numéro, un lieu ou un montant"
    return "rien n’y dit où, ni par quel numéro, sont les bénéficiaires"


_TOLD: Final = (
    *(_alone, _prices, unknown_places.seekers, unknown_places.groups, _communes, unknown_places.postcodes),
    *(unknown_places.turned, _numbers, _headless, _other),
)
