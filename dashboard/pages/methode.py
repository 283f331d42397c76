"""``/methode``: what the data are, where they come from, how each figure is made. Server-rendered, no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.services import View


def context(view: View) -> dict[str, Any]:
    """All that the template ``methode.html`` prints."""
    return {"title": "Données et méthode", "manifest": view.release.manifest}
