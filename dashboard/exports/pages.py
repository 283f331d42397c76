"""The content of each page by its path, for what makes files without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.comparison import choice as comparison
from dashboard.comparison.content import content as compared
from dashboard.comparison.table import to_csv
from dashboard.followup import choice as followup
from dashboard.followup.content import content as followed
from dashboard.funding import choice as funding
from dashboard.funding.content import content as funded
from dashboard.portrait.content import content as portrayed
from dashboard.portrait.place import place

if TYPE_CHECKING:
    from dashboard.content import Content
    from dashboard.services import Services, View
    from dashboard.viewstate import Ignored

PORTRAIT = re.compile(r"/territoire/(\w+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that is asked for: its view, what was not understood, how its content is made, its name in files.

    ``csv`` writes the page as text where it has a table of its own for that.
    """

    view: View
    ignored: tuple[Ignored, ...]
    make: Callable[[], Content]
    name: str
    csv: Callable[[str], bytes] | None = None


def asked(services: Services, path: str, query: str) -> Asked:
    """What an address asks for. ``KeyError`` for a path, or a place, that there is not."""
    if path == funding.PATH:
        view = services.view(f"indicator={funding.INDICATOR}&{query}")
        chosen = funding.read(view)
        return Asked(view, chosen.ignored, lambda: funded(view, chosen), "financements")
    view = services.view(query)
    if path == followup.PATH:
        followed_ = followup.read(view)
        return Asked(view, followed_.ignored, lambda: followed(view, followed_), "suivi")
    if path == "/comparer":
        beside = comparison.read(view)
        return Asked(
            view, beside.ignored, lambda: compared(view, beside), "comparaison", lambda origin: to_csv(view, origin)
        )
    found = PORTRAIT.fullmatch(path)
    if found is None:
        raise KeyError(path)
    where = place(view, found[1])
    return Asked(view, view.ignored, lambda: portrayed(view, where), f"portrait_{found[1]}")
