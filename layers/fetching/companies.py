"""The ESS units of the metropole from the public company-search API, as a file that ``ess import`` reads."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from geodata import perimeter
from layers import durable
from layers.fetching import record
from layers.fetching.failure import FetchFailed, writing
from layers.fetching.harvest import ESTABLISHMENTS, Harvest
from layers.fetching.pages import Pages
from layers.fetching.query import WITHIN, Query
from layers.fetching.record import Record
from layers.fetching.request import Request
from layers.fetching.units import rows, written

KIND: Final = "recherche-entreprises"
JOURNAL: Final = f".{KIND}.jsonl"
TITLE: Final = "Unités de l’ESS de l’API Recherche d’entreprises"
PUBLISHER: Final = "Direction interministérielle du numérique (DINUM), d’après l’Insee et ESS France"
SHOWN: Final = 20


def fetch(request: Request) -> list[Path]:
    """Bring every active unit that the API says of the ESS, with its establishments in the metropole.

    Raises
    ------
    FetchFailed
        As `Client.json`, or where the API knows no unit there.
    """
    pages = Pages.opened(request.folder / JOURNAL, request.address, request.client.clock.now())
    harvest = Harvest(request, pages)
    query = Query()
    harvest.gather(query)
    lines = rows(harvest.units, _communes())
    if not lines:
        raise FetchFailed("l’API ne donne aucune unité de l’ESS dans la métropole", "Vérifier --address, puis relancer")
    content = written(lines)
    target = request.folder / f"{KIND}_{record.month(pages.began)}.csv"
    with writing(request.folder):
        durable.write(target, content)
        record.write(request.folder, _record(request, harvest, target, content, query))
    pages.forget()
    return [target]


def _communes() -> frozenset[str]:
    return frozenset(perimeter.members()) | {code for codes in WITHIN.values() for code in codes}


def _record(request: Request, harvest: Harvest, target: Path, content: bytes, query: Query) -> Record:
    return Record(
        file=target.name,
        source=request.source,
        title=TITLE,
        publisher=PUBLISHER,
        licence="Licence Ouverte 2.0",
        address=f"{request.address.rstrip('/')}/search",
        query=query.filters,
        retrieved=harvest.pages.began.isoformat(timespec="seconds"),
        sha256=record.digest(content),
        bytes=len(content),
        rows=content.count(b"\n") - 1,
        incomplete=[*harvest.incomplete, *_cut(harvest)],
        reserves=_large(harvest),
        details={
            "units": len(harvest.units),
            "answers": harvest.asked,
            "questions": [{"asked": label, "units": units} for label, units in harvest.questions],
        },
    )


def _cut(harvest: Harvest) -> list[str]:
    if not harvest.cut:
        return []
    told = f"unités dont l’API donne {ESTABLISHMENTS} établissements dans une même commune, son maximum"
    return [f"{told} : il peut en manquer (SIREN {_named(sorted(harvest.cut))})"]


def _large(harvest: Harvest) -> list[str]:
    large = sorted(siren for siren, several in harvest.units.items() if any(unit["large"] for unit in several))
    if not large:
        return []
    return [
        "unités de plus de 100 établissements en France, que l’API garde en plusieurs morceaux dont elle ne donne qu’un"
        f" par question : leur liste peut ne pas être complète (SIREN {_named(large)})"
    ]


def _named(sirens: list[str]) -> str:
    more = f" et {len(sirens) - SHOWN} autres" if len(sirens) > SHOWN else ""
    return ", ".join(sirens[:SHOWN]) + more
