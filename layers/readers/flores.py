"""Posts and establishments of the ESS by commune: the table that Insee or a CRESS draws from Flores to order.

One line a commune and category: sector (or activity), family and size class where it is cut so, establishments, posts
on 31 December, and the posts of the largest establishment where the producer gives them, which secrecy needs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from layers import identifiers
from layers.headings import normalised
from layers.readers import communal, vintages
from layers.readers.columns import Column
from layers.readers.flores_cuts import CUTS, KEYS, Cut
from layers.readers.flores_scope import ANSWERS, ASKED, ESS, ROUNDING, is_plausible, said_scope, scope_of, year_of
from layers.readers.intake import Intake, Record
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.recognition.spellings import spelled
from layers.tables import REST
from layers.values.numbers import Value, value

KIND: Final = "flores"
TOTALS: Final = frozenset({"_t", "t", "total", "ensemble", "ens", "tous", "toutes", "tous_secteurs", "toutes_familles"})

_POSTS: Final = ("nb postes", "nb sal", "nb salet", "nb salariés")
_SECTORS: Final = ("secteur", "activité", "activity", "A88", "A38", "NAF", "APE", "division")
COLUMNS: Final = (
    replace(communal.PLACE, key="commune"),
    Column("posts", "postes", spelled("postes …", "effectif …", "emplois …", *_POSTS)),
    Column("units", "etablissements", spelled("établissements …", "nb établissements", "nb et")),
    Column("largest", "plus_grand_etablissement", spelled("plus grand…", "max …", "maximum …"), required=False),
    Column("sector", "secteur", spelled(*_SECTORS), required=False),
    Column("family", "famille", spelled("famille …"), required=False),
    Column("size", "taille", spelled("taille …", "tranche …", "NUMBER_EMPL", "TREFF"), required=False),
    Column("year", "annee", spelled("année", "year", "TIME_PERIOD", "millésime"), required=False),
    Column("scope", "champ", spelled("champ", "scope", "périmètre employeurs"), required=False),
)

Category = tuple[int, str, str | None, str | None, str | None]
"""Year, scope, sector, family, size class."""
Key = tuple[str, int, str, str | None, str | None, str | None]
"""Commune, then the category."""
UNCUT: Final = (None, None, None)


@dataclass(slots=True)
class _Cell:
    """One row of the table ``jobs`` in the making: several divisions make one sector."""

    row: Row
    posts: float = 0.0
    units: float = 0.0
    largest: float = 0.0
    hidden: bool = False
    counted: bool = True


@dataclass(slots=True)
class _Work:
    scope: str | None
    """Of the rows that do not say theirs; None where the file does not either."""
    cells: dict[Key, _Cell] = field(default_factory=dict)
    seen: dict[tuple[str, ...], int] = field(default_factory=dict)
    totals: list[_Total] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Total:
    """One control row: its place and category, what it is the total of, posts, establishments and the largest."""

    row: Row
    key: Key
    of: frozenset[str]
    numbers: tuple[Value, Value, Value]


def _read(intake: Intake) -> Records:
    work = _Work(_scope(intake))
    for row in intake.rows():
        _row(intake, row, work)
    kept = _check(intake, work)
    return {"jobs": [*(_record(intake, key, cell) for key, cell in work.cells.items()), *kept]}


def _scope(intake: Intake) -> str | None:
    """Whose posts a file counts: families are of the ESS alone."""
    titles = [intake.header(key) for key in ("posts", "units")]
    return said_scope(intake.source, titles) or (ESS if intake.located["family"] else None)


def _asked(intake: Intake) -> str:
    """What the posts of a row are taken for until it is answered."""
    return ANSWERS[intake.account.ask(ASKED)]


def _row(intake: Intake, row: Row, work: _Work) -> None:
    place = _commune(intake, row)
    if place is None:
        return
    totals = frozenset(key for key in KEYS if row[key] and normalised(row[key]) in TOTALS)
    numbers = _numbers(intake, row)
    category = None if numbers is None else _category(intake, row, work.scope, totals)
    if numbers is None or category is None:
        return
    if totals:
        intake.account.count("control")
        intake.note("totals", "Lignes de total, déjà contenues dans le détail : lues, jamais ajoutées", row.line)
        work.totals.append(_Total(row, (place, *category), totals, numbers))
        return
    year, scope, *_ = category
    said = (place, str(year), scope, *(normalised(row[key]) for key in KEYS))
    if said in work.seen:
        remedy = "Garder une seule ligne par commune, secteur, famille et taille."
        intake.reject(row, "commune", f"même commune et mêmes catégories que ligne {work.seen[said]}", remedy)
        return
    work.seen[said] = row.line
    intake.accept(place)
    cell = work.cells.setdefault((place, *category), _Cell(row))
    _add(cell, *numbers)


def _check(intake: Intake, work: _Work) -> list[Record]:
    """Compare each total with the sum of what it is the total of; rows of those that say more than their details."""
    kept, sums = [], dict[frozenset[str], dict[Key, list[_Cell]]]()
    for totals in {total.of for total in work.totals}:
        inside = sums.setdefault(totals, {})
        for key, cell in work.cells.items():
            inside.setdefault(_without(key, totals), []).append(cell)
    for total in work.totals:
        whole, posts = _without(total.key, total.of), total.numbers[0].number
        parts = sums[total.of].get(whole, [])
        told = sum(cell.posts for cell in parts)
        secret = any(cell.hidden for cell in parts)
        if posts is not None and (secret or not parts) and whole[3:] == UNCUT and whole not in work.cells:
            if posts >= told:
                kept.append(_rest(intake, total, parts))
                message = "Totaux de communes dont le détail est secret ou absent : repris tels que publiés"
                intake.note("total_kept", message, total.row.line)
        elif not parts:
            message = "Totaux sans leur détail : non repris, faute de pouvoir les répartir"
            intake.note("total_alone", message, total.row.line)
        elif posts is not None and not secret and abs(posts - told) > ROUNDING:
            message = "Totaux que leur détail ne fait pas, détail retenu : à vérifier"
            intake.note("total_differs", message, total.row.line)
    return kept


def _rest(intake: Intake, total: _Total, parts: list[_Cell]) -> Record:
    """What the secret cells of a commune hold together; all of it, of no known category, where it has no detail."""
    commune, year, scope, *_ = total.key
    posts, units, largest = (value.number for value in total.numbers)
    counted = sum(cell.units for cell in parts)
    rest = (posts or 0.0) - sum(cell.posts for cell in parts)
    return {
        "commune": commune,
        "year": year,
        "scope": scope,
        "posts": rest,
        "establishments": None if units is None or units < counted else units - counted,
        "largest": largest,
        "state": REST if parts else "value" if rest else "zero",
        **intake.origin(total.row),
    }


def _without(key: Key, totals: frozenset[str]) -> Key:
    cuts = (None if name in totals else cut for name, cut in zip(KEYS, key[3:], strict=True))
    sector, family, size = cuts
    return (*key[:3], sector, family, size)


def _add(cell: _Cell, posts: Value, units: Value, largest: Value) -> None:
    cell.hidden |= posts.number is None
    cell.posts += posts.number or 0.0
    cell.counted &= units.number is not None
    cell.units += units.number or 0.0
    cell.largest = max(cell.largest, largest.number or 0.0)


def _commune(intake: Intake, row: Row) -> str | None:
    code = identifiers.insee(row["commune"])
    if code.code is None:
        remedy = code.remedy or "Compléter le code INSEE de la commune."
        intake.reject(row, "commune", code.reason or "code commune absent", remedy)
        return None
    place = intake.place(row, "commune", intake.attacher.attach(insee=code.code))
    return place.commune if place else None


def _numbers(intake: Intake, row: Row) -> tuple[Value, Value, Value] | None:
    """Posts, establishments and the largest; None once the row is refused for one of them."""
    found = []
    for key in ("posts", "units", "largest"):
        read = value(row[key])
        if read is None or not is_plausible(read.number):
            intake.reject(row, key, "nombre illisible ou invraisemblable", "Un nombre positif, « s » (secret) ou rien.")
            return None
        found.append(read)
    posts, units, largest = found
    if posts.state == "missing":
        intake.reject(row, "posts", "nombre de postes absent", "Écrire 0, « s » (secret), ou supprimer la ligne.")
        return None
    if largest.number is not None and posts.number is not None and largest.number > posts.number:
        intake.reject(row, "largest", "plus grand établissement au-dessus du total", "Vérifier à la source.")
        return None
    return posts, units, largest


def _category(intake: Intake, row: Row, unsaid: str | None, totals: frozenset[str]) -> Category | None:
    """Category of the row, not cut where it is a total; None once it is refused, or out of the ESS."""
    year = year_of(row["year"]) if row["year"] else intake.vintage.year
    scope = scope_of(row["scope"]) if row["scope"] else unsaid or _asked(intake)
    if year is None:
        intake.reject(row, "year", "année illisible", "Une année en quatre chiffres.")
        return None
    if scope is None:
        intake.reject(row, "scope", "champ d’employeurs inconnu", "« ESS », « privé », « tous employeurs » ou rien.")
        return None
    found = {cut.key: cut.read(row[cut.key]) for cut in CUTS if row[cut.key] and cut.key not in totals}
    for cut in CUTS:
        if found.get(cut.key, "") is None and not _is_elsewhere(intake, row, cut, scope):
            return None
    return year, scope, found.get("sector"), found.get("family"), found.get("size")


def _is_elsewhere(intake: Intake, row: Row, cut: Cut, scope: str) -> bool:
    """Whether a row of no class of the ESS is counted all the same, with all employers; else it is ruled on."""
    if not cut.is_out(row[cut.key]):
        intake.reject(row, cut.key, cut.fault, cut.remedy)
        return False
    if scope == ESS:
        intake.account.count("not_ess")
        intake.note("ape_excluded", "Activités hors du champ de l’ESS", row.line)
        return False
    return True


def _record(intake: Intake, key: Key, cell: _Cell) -> Record:
    commune, year, scope, sector, family, size = key
    return {
        "commune": commune,
        "year": year,
        "scope": scope,
        "sector": sector,
        "family": family,
        "size_class": size,
        "posts": None if cell.hidden else cell.posts,
        "establishments": cell.units if cell.counted else None,
        "largest": cell.largest or None,
        "state": "suppressed" if cell.hidden else "value" if cell.posts else "zero",
        **intake.origin(cell.row),
    }


READER: Final = Reader(
    kind=KIND,
    title="Postes salariés de l’ESS (Flores, produit sur mesure)",
    publisher="Insee, fichier localisé des rémunérations et de l’emploi salarié (Flores), ou CRESS",
    licence="Produit sur mesure : conditions convenues avec le producteur",
    attribution="Insee, Flores",
    caveats=(
        "Postes salariés au 31 décembre, au lieu de travail et non au siège.",
        "Sous secret statistique : une case de moins de trois établissements, ou dont un seul fait plus de 85 % des"
        " postes, n’est pas montrée, ni celles dont la soustraction la rendrait.",
        "Sans le plus grand établissement de chaque ligne, la dominance ne peut être vérifiée ici : le producteur en"
        " répond.",
        "Flores a remplacé Clap en 2017 et couvre tous les employeurs : les deux ne se comparent pas.",
    ),
    columns=COLUMNS,
    read=_read,
    vintage=vintages.of_list,
)
