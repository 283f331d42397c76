"""What the page of the follow-up is asked: a territory, and the last of the three years it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.navigation import carried
from dashboard.pages import PINNED
from dashboard.viewstate import Ignored
from layers.targets import YEARS

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.services import View

PATH = "/suivi"
UNTIL = "until"
SENT = "sent"


@dataclass(frozen=True, slots=True)
class Choice:
    """``until`` ends the years counted; None where the release follows nothing. ``territory`` is None for all."""

    until: int | None
    territory: str | None
    years: tuple[int, ...]
    ignored: tuple[Ignored, ...] = ()

    @property
    def window(self) -> tuple[int, ...]:
        """The years counted together, rising."""
        return () if self.until is None else tuple(range(self.until - YEARS + 1, self.until + 1))

    def inside(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Entries of the territory, all of them without one."""
        return frame if self.territory is None else frame[frame["territory"].eq(self.territory).fillna(value=False)]

    def counted(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Entries of the territory and of the years counted."""
        return self.inside(frame[frame["year"].isin(self.window)])


def read(view: View) -> Choice:
    """The choice of an address, as the shared reading left it aside."""
    held = tuple(sorted(int(year) for year in view.release.programme["year"].unique()))
    until, ignored = (held[-1] if held else None), []
    for part in view.ignored:
        if part.key == UNTIL and part.value in {str(year) for year in held}:
            until = int(part.value)
        elif part.key != SENT:
            ignored.append(part)
    return Choice(until, view.state.territory, held, tuple(ignored))


def address(view: View, choice: Choice, *, path: str = PATH, pinned: bool = False) -> str:
    """Address of a choice; ``pinned`` names the release, as what is kept outside must."""
    state = replace(view.state, release=view.release.id) if pinned else view.state
    own: dict[str, object] = {}
    if choice.until is not None and choice.until != choice.years[-1]:
        own[UNTIL] = choice.until
    if choice.territory:
        own["territory"] = choice.territory
    query = "&".join(one for one in (urlencode(own), carried(state, PINNED)) if one)
    return f"{path}?{query}" if query else path
