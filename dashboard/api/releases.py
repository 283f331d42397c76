"""The manifests of the releases: what was imported, when, from where, and what became of each row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.api.route import Asked


def releases(asked: Asked) -> dict[str, Any]:
    """Every release, the latest published first; only the one named where the address names one."""
    return {**asked.heading(), "releases": _manifests(asked)}


def _manifests(asked: Asked) -> list[Mapping[str, Any]]:
    """The demonstration has no file: it is listed where it is the one shown."""
    if asked.pinned:
        return [asked.release.manifest]
    stored: list[Mapping[str, Any]] = list(asked.services.store.public_manifests())
    return stored if asked.release.id in {manifest["id"] for manifest in stored} else [asked.release.manifest, *stored]


def stamp(asked: Asked) -> str:
    """Names of the releases listed."""
    return " ".join(manifest["id"] for manifest in _manifests(asked))
