"""The release shown: its name, its date, what it holds, and what it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dashboard import locale
from dashboard.i18n import _, plural
from layers import matching, stages

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
        return _("fournie avec le programme, montrée tant que rien n’est importé")
    moment = datetime.fromisoformat(manifest["published"])
    told = _("publiée le {day} à {time} (temps universel)")
    return told.format(day=locale.day(moment.date()), time=locale.clock(moment.hour, moment.minute))


def day(text: str | None) -> str:
    """« 14 mars 2020 » from an ISO date."""
    return locale.day(date.fromisoformat(text)) if text else _("sans objet")


def years(held: Sequence[int]) -> str:
    """« 2013 à 2021 », « 2020 et 2022 », « 2010 »."""
    if not held:
        return _("aucune")
    if len(held) > 2 and held[-1] - held[0] == len(held) - 1:  # noqa: PLR2004
        return _("{low} à {high}").format(low=held[0], high=held[-1])
    return locale.listed([str(year) for year in held])


def contents(release: Release) -> list[Figure]:
    """What the tables of a release hold; a table without a row is left out."""
    actors, grants, observed = matching.structures(release), stages.measured(release), release.observations
    kept, waiting = actors[actors["ess"] == "yes"], actors[actors["ess"] == "to_review"]
    cents = grants.groupby("year")["amount_cents"].sum()
    figures = (
        _by_year(kept.groupby("year").size(), _("structures retenues comme ESS"), locale.number),
        _by_year(waiting.groupby("year").size(), _("fiches à vérifier, comptées nulle part"), locale.number),
        _by_year(grants.groupby("year").size(), _("subventions"), locale.number),
        _by_year(cents, _("de subventions"), _euros),
        _observations(observed),
    )
    return [figure for figure in figures if figure is not None]


def _by_year(counted: pd.Series, what: str, text: Callable[[int], str]) -> Figure | None:
    """The fullest year, and the others beside it."""
    if counted.empty:
        return None
    by_year = dict(zip(map(int, counted.index), map(int, counted), strict=True))
    fullest = max(by_year, key=lambda year: (by_year[year], year))
    told = _("{n} en {year}")
    others = ", ".join(told.format(n=text(by_year[year]), year=year) for year in sorted(by_year) if year != fullest)
    when = _("en {year}").format(year=fullest)
    return Figure(text(by_year[fullest]), what, f"{when} ({others})" if others else when)


def _euros(cents: int) -> str:
    return locale.euros(cents / 100)


def _observations(frame: pd.DataFrame) -> Figure | None:
    if frame.empty:
        return None
    held = years(sorted(int(year) for year in frame["year"].unique()))
    return Figure(locale.number(len(frame)), _("valeurs communales lues (population, revenus)"), held)


def limits(release: Release) -> list[str]:
    """What the data are not, and the reserves of the manifest."""
    manifest = release.manifest
    if release.demonstration:
        return [_(caveat) for caveat in manifest["caveats"]]
    titles = [_(source["title"]) for source in manifest["sources"]]
    gathered = plural(
        "La publication réunit {n} fichier : {titles}.", "La publication réunit {n} fichiers : {titles}.", len(titles)
    )
    said = [
        _(
            "Ce n’est pas un recensement de l’ESS. Ne sont comptées que les structures des listes importées ; ce qui "
            "n’y figure pas n’est pas compté, et une zone peu couverte par les listes paraît pauvre en structures."
        ),
        gathered.format(n=len(titles), titles=", ".join(titles)),
    ]
    if len(release.grants):
        said.append(
            _("Les subventions sont celles des fichiers importés, et non l’ensemble des financements de l’ESS.")
        )
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
    told = dict.fromkeys(f"{_(s['title'])} ({_(s['vintage'])})" for s in manifest["sources"])
    return locale.separator().join(told) or _("aucune source")
