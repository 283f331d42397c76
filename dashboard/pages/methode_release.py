"""The release shown: its name, its date, what it holds, and what it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dashboard import locale
from layers import matching, stages
from layers.typography import euros_text, grouped

if TYPE_CHECKING:
    import pandas as pd

    from layers.release import Release


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing counted: « 83 », « structures retenues comme ESS », « en 2020 »."""

    value: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class Published:
    """One release of the list."""

    id: str
    when: str
    sources: str
    shown: bool


def when(manifest: Mapping[str, Any]) -> str:
    """« publiée le 14 mars 2020 à 9 h 05 (temps universel) »; a demonstration never is."""
    if not manifest["published"]:
        return "fournie avec le programme, montrée tant que rien n’est importé"
    moment = datetime.fromisoformat(manifest["published"])
    return f"publiée le {locale.day(moment.date())} à {moment.hour} h {moment.minute:02d} (temps universel)"


def day(text: str | None) -> str:
    """« 14 mars 2020 » from an ISO date."""
    return locale.day(date.fromisoformat(text)) if text else "sans objet"


def years(held: Sequence[int]) -> str:
    """« 2013 à 2021 », « 2020 et 2022 », « 2010 »."""
    if not held:
        return "aucune"
    if len(held) > 2 and held[-1] - held[0] == len(held) - 1:  # noqa: PLR2004
        return f"{held[0]} à {held[-1]}"
    texts = [str(year) for year in held]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} et {texts[-1]}"


def contents(release: Release) -> list[Figure]:
    """What the tables of a release hold; a table without a row is left out."""
    actors, grants, observed = matching.structures(release), stages.measured(release), release.observations
    kept, waiting = actors[actors["ess"] == "yes"], actors[actors["ess"] == "to_review"]
    cents = grants.groupby("year")["amount_cents"].sum()
    figures = (
        _by_year(kept.groupby("year").size(), "structures retenues comme ESS", grouped),
        _by_year(waiting.groupby("year").size(), "fiches à vérifier, comptées nulle part", grouped),
        _by_year(grants.groupby("year").size(), "subventions", grouped),
        _by_year(cents, "de subventions", euros_text),
        _observations(observed),
    )
    return [figure for figure in figures if figure is not None]


def _by_year(counted: pd.Series, what: str, text: Callable[[int], str]) -> Figure | None:
    """The fullest year, and the others beside it."""
    if counted.empty:
        return None
    by_year = dict(zip(map(int, counted.index), map(int, counted), strict=True))
    fullest = max(by_year, key=lambda year: (by_year[year], year))
    others = ", ".join(f"{text(by_year[year])} en {year}" for year in sorted(by_year) if year != fullest)
    return Figure(text(by_year[fullest]), what, f"en {fullest}" + (f" ({others})" if others else ""))


def _observations(frame: pd.DataFrame) -> Figure | None:
    if frame.empty:
        return None
    held = years(sorted(int(year) for year in frame["year"].unique()))
    return Figure(grouped(len(frame)), "valeurs communales lues (population, revenus)", held)


def limits(release: Release) -> list[str]:
    """What the data are not, and the reserves of the manifest."""
    manifest = release.manifest
    if release.demonstration:
        return list(manifest["caveats"])
    titles = [source["title"] for source in manifest["sources"]]
    said = [
        "Ce n’est pas un recensement de l’ESS. Ne sont comptées que les structures des listes importées ; ce qui n’y "
        "figure pas n’est pas compté, et une zone peu couverte par les listes paraît pauvre en structures.",
        f"La publication réunit {len(titles)} fichier{'s' if len(titles) > 1 else ''} : {', '.join(titles)}.",
    ]
    if len(release.grants):
        said.append("Les subventions sont celles des fichiers importés, et non l’ensemble des financements de l’ESS.")
    return said


def listed(manifests: Sequence[Mapping[str, Any]], shown: Release) -> list[Published]:
    """The releases of the store and the one shown, the latest first."""
    known = list(manifests)
    if shown.id not in {manifest["id"] for manifest in known}:
        known = [shown.manifest, *known]
    return [
        Published(manifest["id"], when(manifest), _titles(manifest), manifest["id"] == shown.id) for manifest in known
    ]


def _titles(manifest: Mapping[str, Any]) -> str:
    return " ; ".join(dict.fromkeys(f"{s['title']} ({s['vintage']})" for s in manifest["sources"])) or "aucune source"
