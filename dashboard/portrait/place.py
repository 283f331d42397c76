"""The place of a portrait, beside what it is compared with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.areas import Named, metropole, territory
from dashboard.comparison import choice
from dashboard.i18n import _
from geodata.perimeter import members
from geodata.territories import TERRITORIES

if TYPE_CHECKING:
    from dashboard.services import View
    from layers.series import Cell, Series

METROPOLE = "mel"
"""Code of the metropole in addresses."""


@dataclass(frozen=True, slots=True)
class Place:
    """A territory, a commune or the metropole; ``territory`` is the one it is or belongs to, empty for the last."""

    code: str
    level: str
    named: Named
    territory: str

    @property
    def is_whole(self) -> bool:
        """Whether it is the metropole itself, which is compared with nothing."""
        return self.code == METROPOLE

    def cell(self, series: Series) -> Cell:
        """Its value in a series of its level."""
        return series.total if self.is_whole else series.cell(self.code)


def place(view: View, code: str) -> Place:
    """The place of a code in the perimeter of the view; ``KeyError`` for an unknown one."""
    if code == METROPOLE:
        return Place(code, "territory", metropole(), "")
    belongs = members(view.state.perimeter)
    if code not in belongs and code not in belongs.values():
        raise KeyError(code)
    found = choice.place(view.release, code)
    return Place(code, found.level, found.named, code if found.level == "territory" else belongs[code])


def offered(address: Callable[[str], str]) -> list[tuple[str, str, str]]:
    """The metropole and its territories, as one chooses among them: code, short name, address."""
    whole = (METROPOLE, _("Métropole"), address(METROPOLE))
    return [whole, *((code, territory(code).short, address(code)) for code in TERRITORIES)]
