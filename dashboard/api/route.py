"""What a route of the API is, and how a request is read for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dashboard.api.parameters import COMMON, LANG, RELEASE, Parameter
from dashboard.api.problems import Problem, unknown_name, unknown_value
from dashboard.i18n import _
from layers.objects import DamagedRelease
from layers.release import MixedRelease

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from dashboard.services import Services
    from layers.release import Release

BASE = "/api/v1"
JSON = "application/json"
GEOJSON = "application/geo+json"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was understood.

    ``pinned`` says that the address names the release; ``values`` are those of the parameters, defaults included;
    ``written`` the texts given, by name, in the order of the route.
    """

    services: Services
    release: Release
    pinned: bool
    values: Mapping[str, Any]
    written: Mapping[str, str]

    def heading(self) -> dict[str, Any]:
        """What every answer says: release, and whether its data are fictitious."""
        return {"release": self.release.id, "demonstration": self.release.demonstration}

    def query(self, **changes: Any) -> str:
        """Query string of the same request, some parameters changed, on this release for ever."""
        texts = {
            **self.written,
            **{name: str(value) for name, value in changes.items()},
            "release": self.release.id,
        }
        return urlencode(sorted(texts.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address: what it answers, from what.

    ``path`` is below `BASE`, with the parameters of the path in braces. ``answer`` gives the body as an object for
    JSON; ``stamp`` what the answer depends on beside the release and the query; ``passing`` is an answer that changes
    where the release is named too.
    """

    key: str
    path: str
    title: str
    description: str
    parameters: tuple[Parameter, ...] = ()
    path_parameters: tuple[Parameter, ...] = ()
    media_type: str = JSON
    schema: str
    answer: Callable[[Asked], Any]
    stamp: Callable[[Asked], str] = lambda _asked: ""
    passing: bool = False

    @property
    def names(self) -> list[str]:
        """Names that the query may have."""
        return [parameter.name for parameter in (*self.parameters, *COMMON)]

    def asked(self, services: Services, path: Mapping[str, str], query: MultiDict[str, str]) -> Asked:
        """Read a request; an empty value is one that is not given. Raises `Problem`."""
        _check_names(query, self.names)
        written = {name: query[name] for name in self.names if query.get(name)}
        release = release_named(services, written.get(RELEASE.name))
        values: dict[str, Any] = {}
        for parameter in self.path_parameters:
            values[parameter.name] = _of_path(parameter, path[parameter.name], release)
        for parameter in (*self.parameters, LANG):
            text = written.get(parameter.name)
            value = parameter.default if text is None else parameter.value(text, release, values)
            values[parameter.name] = value
        return Asked(services, release, RELEASE.name in written, values, written)


def release_named(services: Services, release_id: str | None) -> Release:
    """The release of that name, or the current one. Raises `Problem` where there is none, or it cannot be read."""
    try:
        return services.current.get(release_id)
    except (DamagedRelease, MixedRelease) as error:
        raise Problem(
            "indisponible", _("La publication {release} ne peut pas être lue.").format(release=release_id)
        ) from error
    except KeyError as error:
        known = [manifest["id"] for manifest in services.store.manifests()]
        raise unknown_value(RELEASE.name, str(release_id), RELEASE.wanted, known) from error


def _check_names(query: MultiDict[str, str], names: list[str]) -> None:
    for name, texts in query.lists():
        if name not in names:
            raise unknown_name(name, names)
        if len(texts) > 1:
            told = _("Le paramètre « {name} » est donné {times} fois : une seule est admise.")
            raise Problem("valeur-repetee", told.format(name=name, times=len(texts)), parameter=name, value=texts)


def _of_path(parameter: Parameter, text: str, release: Release) -> Any:
    """Value of a parameter of the path: what is not allowed does not exist."""
    try:
        return parameter.value(text, release, {})
    except Problem as problem:
        raise Problem("introuvable", problem.detail, **problem.members) from problem
