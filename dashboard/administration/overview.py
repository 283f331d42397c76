"""What the page ``/admin`` prints: the release shown, the others, the rehearsals, the journal."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from dashboard import locale
from dashboard.i18n import _
from layers import journal
from layers.drafts.draft import CHANGED, FAILED, INTERRUPTED, QUEUED, READY, REFUSED, RUNNING
from layers.manifest import is_release_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.drafts import Drafts
    from layers.store import Store

ENTRIES = 40
"""Latest events of the journal that are shown."""


def context(store: Store, drafts: Drafts, said: str) -> dict[str, Any]:
    """All that the template ``admin.html`` prints; ``said`` is what the last request did."""
    current = store.chosen()
    return {
        "said": _said(said),
        "current": current,
        "releases": [_release(manifest, current) for manifest in store.manifests()],
        "drafts": [
            {
                "id": draft.id,
                "files": ", ".join(file["name"] for file in state["files"]),
                "when": when(state["created"]),
                "status": status(state["status"]),
            }
            for draft, state in drafts.all()
        ],
        "entries": [_entry(entry) for entry in reversed(store.journal.entries()[-ENTRIES:])],
    }


def when(stamp: str) -> str:
    """Day and hour of a moment of the store, in universal time."""
    moment = datetime.fromisoformat(stamp).astimezone(UTC)
    day = locale.day(date(moment.year, moment.month, moment.day))
    return _("{day} à {hour} UTC").format(day=day, hour=f"{moment:%H:%M}")


def status(word: str) -> str:
    """How far a rehearsal is."""
    return {
        QUEUED: _("en attente"),
        RUNNING: _("en cours de lecture"),
        READY: _("contrôlé, à publier ou à abandonner"),
        REFUSED: _("un fichier au moins est inutilisable"),
        CHANGED: _("choix à répéter avant de publier"),
        FAILED: _("échoué"),
        INTERRUPTED: _("interrompu"),
    }[word]


def _said(word: str) -> str:
    what, _dash, release = word.partition("-")
    if what == "abandonnee":
        return _("Import abandonné : les fichiers envoyés sont effacés, rien n’est publié.")
    if not is_release_id(release):
        return ""
    if what == "publiee":
        text = _("Publié : {release}. Le site le montre sous deux secondes ; les fichiers envoyés sont effacés.")
        return text.format(release=release)
    return _("Publication courante : {release}.").format(release=release) if what == "courante" else ""


def _release(manifest: Mapping[str, Any], current: str | None) -> dict[str, Any]:
    rows = sum(table["rows"] for name, table in manifest["tables"].items() if name != "secrecy")
    sources = ", ".join(dict.fromkeys(f"{source['kind']} {source['vintage']}" for source in manifest["sources"]))
    return {
        "id": manifest["id"],
        "when": when(manifest["published"]),
        "sources": sources,
        "files": [(source["file"], source["sha256"]) for source in manifest["sources"]],
        "rows": locale.number(rows),
        "current": manifest["id"] == current,
    }


def _entry(entry: Mapping[str, Any]) -> dict[str, str]:
    files = entry.get("files") or []
    reason = entry.get("reason") or ""
    details = [
        str(entry.get("release") or ""),
        ", ".join(map(str, files)),
        ", ".join(map(str, reason)) if isinstance(reason, list) else str(reason),
    ]
    told = {
        journal.STARTED: _("import commencé"),
        journal.PUBLISHED: _("publié"),
        journal.ALREADY: _("déjà publié, rien n’a changé"),
        journal.REFUSED: _("refusé"),
        journal.ROLLED_BACK: _("rendue courante"),
        journal.INTERRUPTED: _("import interrompu, restes effacés"),
    }
    return {
        "when": when(entry["when"]),
        "who": str(entry.get("who", "")),
        "what": told.get(entry["what"], str(entry["what"])),
        "details": " · ".join(part for part in details if part),
    }
