"""The background plan of a map service (WMS), where the settings name one: never asked for by the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geodata.paths import grid_of

if TYPE_CHECKING:
    from layers.release import Release


@dataclass(frozen=True, slots=True)
class Background:
    """A service that draws maps in Lambert-93 (EPSG:2154), and the layer asked of it.

    Raises ``ValueError`` for an address that is not a plain http one.
    """

    url: str
    layer: str
    attribution: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"fond de plan : adresse http ou https sans question attendue, reçu « {self.url} »")

    @property
    def origin(self) -> str:
        """What the security policy lets images come from."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    def drawn(self, release: Release) -> dict[str, str | float]:
        """What the browser asks for images with: the service, and where the map is in Lambert-93 (metres)."""
        grid = grid_of(release.geography)
        return {
            "url": self.url,
            "layer": self.layer,
            "attribution": self.attribution,
            "west": grid.west,
            "north": grid.north,
            "metres": grid.metres_per_unit,
        }
