"""What is said of a table of places that is not read: by post code, by group of communes, turned, of jobseekers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geodata import geography
from geodata.names import normalise
from geodata.territories import TERRITORIES
from layers.readers import areas, jobseekers
from layers.readers.proof import around, says
from layers.recognition.columns import FLOOR
from layers.recognition.opening import Table
from layers.recognition.titles import concepts
from layers.unreadable import UnreadableFile

_MOST: Final = 0.8
_LEAST: Final = 3
_SIREN: Final = 9
_TURNED: Final = (
    "les lieux sont en colonnes ({names}…), et ce qu’ils comptent en lignes",
    "Transposer le tableau dans un tableur (coller, transposer) : une ligne par lieu, une colonne par nombre.",
)
_GROUPS: Final = (
    "table d’intercommunalités (« {name} » a leurs numéros SIREN), et non de communes",
    "Demander la même donnée par commune : un nombre de la métropole entière ne dit rien de ses territoires.",
)
_JOBSEEKERS: Final = (
    "demandeurs d’emploi par commune, sous des titres qui ne sont pas lus comme tels ({names})",
    "Titres attendus : une colonne par trimestre de l’ensemble des catégories A, B et C (« T1 2023 », « DEFM ABC T1"
    " 2023 »), ou une ligne par commune et par trimestre.",
)


def postcodes(source: Table) -> UnreadableFile | None:
    """A table of numbers by post code."""
    told = [one for one in source.columns if areas.tells_postcodes(one.name) and one.content["postcode"] >= _MOST]
    other = {one.meaning for one in source.columns if one.confidence > FLOOR}
    if not told or other & {"name", "siret", "siren", "rna", "insee", "city", "address", "amount"}:
        return None
    return UnreadableFile(source.path, *areas.POSTCODES, source.header_lines[-1], told[0].name)


def groups(source: Table) -> UnreadableFile | None:
    """A table of groups of communes: the numbers of public bodies, under the title of a code of places."""
    told = (one for one in source.columns if "INSEE" in concepts(one.name) or "epci" in one.name.lower())
    able = (one for one in told if one.content.public >= _MOST)
    found = next((one for one in able if all(len(text.strip()) == _SIREN for text in one.content.samples)), None)
    if found is None or any(one.content["insee"] >= _MOST for one in source.columns):
        return None
    return _refused(source, _GROUPS, name=found.name)


def turned(source: Table) -> UnreadableFile | None:
    """A table whose titles are the places."""
    known = {normalise(one.short_name) for one in TERRITORIES.values()}
    known |= {normalise(name) for name in geography.load().communes["name"]}
    named = [name for name in source.header if normalise(name) in known]
    if len(named) < _LEAST or len(named) * 2 < len(source.header):
        return None
    return _refused(source, _TURNED, names=_named(named[:_LEAST]))


def seekers(source: Table) -> UnreadableFile | None:
    """A table of jobseekers by commune, of titles that their readers do not know."""
    if not jobseekers.says_jobseekers(source) or not any(one.meaning in ("insee", "city") for one in source.columns):
        return None
    numbers = [one.name for one in source.columns if one.content["number"] >= _MOST and one.meaning != "insee"]
    if not numbers or not says((*around(source), *numbers), jobseekers.WORDS):
        return None
    reason, remedy = _JOBSEEKERS
    told = reason.format(names=_named(numbers[:_LEAST]))
    return UnreadableFile(source.path, told, remedy + jobseekers.ANY_NUMBER, source.header_lines[-1])


def _refused(source: Table, told: tuple[str, str], **words: str) -> UnreadableFile:
    return UnreadableFile(source.path, told[0].format(**words), told[1], source.header_lines[-1])


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"« {name} »" for name in names)
