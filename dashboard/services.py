"""What pages, callbacks and the API are handed: the releases, and what a release allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.i18n import _, msg
from dashboard.viewstate import Choices, Ignored, ViewState, parse
from layers import measure
from layers.choices import offered
from layers.indicators import INDICATORS
from layers.objects import DamagedRelease
from layers.secrecy import superseded

if TYPE_CHECKING:
    from dashboard.background import Background
    from layers.current import CurrentRelease
    from layers.release import Release
    from layers.store import Store
    from layers.written.disputes import Dispute

UNREADABLE = (KeyError, ValueError, OSError, DamagedRelease)
"""What the opening of a release that an address names may raise; `MixedRelease` is a ``ValueError``."""
UNWRITTEN = msg("La base de ce qui s’écrit (constats, rencontres, contestations) ne répond pas.")


@dataclass(frozen=True)
class Services:
    """The store, the release it shows, the address to which errors are reported (empty where there is none), and the
    service of the background plan, where the settings name one; ``disputes`` reads those that are open, and
    ``disputes_unknown`` says whether they could not be read.
    """

    store: Store
    current: CurrentRelease
    contact: str = ""
    background: Background | None = None
    disputes: Callable[[], tuple[Dispute, ...]] = tuple
    disputes_unknown: Callable[[], bool] = bool

    def release(self, release_id: str | None = None) -> Release:
        """The release of that name, or the one shown now; the latter too where no release has the name."""
        try:
            return self.current.get(release_id)
        except UNREADABLE:
            return self.current.get()

    def problems(self) -> list[str]:
        """What keeps the server from showing what was chosen, or from reading what is written."""
        unread = _(UNWRITTEN) if self.disputes_unknown() else None
        return [problem for problem in (self.current.problem(), unread) if problem]

    def withheld(self, release_id: str | None, key: str | None, year: int | None) -> bool:
        """Whether a value of an indicator that was copied out of a release is one that is withdrawn from it now."""
        shown = self.current.get()
        indicator = shown.indicators.get(key or "") or INDICATORS.get(key or "")
        if release_id in (None, shown.id) or indicator is None or not superseded.under_secrecy(indicator):
            return False
        try:
            return superseded.is_withdrawn(self.current.get(release_id), indicator, year)
        except UNREADABLE:
            return True

    def view(self, query: str) -> View:
        """The view an address asks for, on the release it asks for."""
        draft, _ignored = parse(query, Choices(years=lambda _indicator: (), releases=_Anything()))
        release = self.release(draft.release)
        choices = Choices(
            years=lambda indicator: measure.years(release, indicator),
            releases={release.id},
            values=lambda indicator, key: offered(release, indicator).get(key, ()),
            available=lambda indicator: measure.available(release, indicator),
            indicators=release.indicators,
        )
        state, ignored = parse(query, choices)
        return View(release, state, ignored, query, self.disputes, self.withheld)


@dataclass(frozen=True)
class View:
    """A release, a view state that it allows, what was left out of the address, and the query string as written.

    ``withheld`` tells whether a value that was copied out of a release may not be shown any more.
    """

    release: Release
    state: ViewState
    ignored: tuple[Ignored, ...]
    query: str = ""
    disputes: Callable[[], tuple[Dispute, ...]] = field(default=tuple, compare=False, repr=False)
    withheld: Callable[[str | None, str | None, int | None], bool] = field(
        default=lambda *_asked: False, compare=False, repr=False
    )

    @property
    def disputed(self) -> tuple[Dispute, ...]:
        """The disputes that are open, of whatever value; none where there is no database, or it does not answer."""
        return self.disputes()


class _Anything(frozenset[str]):
    """A collection that holds any text: the release is looked up afterwards."""

    def __contains__(self, item: object) -> bool:
        return True
