"""The links between pages: each carries what the page it leads to can show of the view that one leaves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields

from dashboard.i18n import _
from dashboard.pages import PAGES, Page
from dashboard.viewstate import ViewState


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the navigation; ``carries`` lets the browser follow a view that changes without a new page."""

    key: str
    title: str
    href: str
    carries: str
    rest: bool = False


def links(state: ViewState) -> list[Link]:
    """The pages, in the order of the registry."""
    return [
        Link(page.key, _(page.title), href(page, state), " ".join(page.carries), page.rest) for page in PAGES.values()
    ]


def href(page: Page, state: ViewState) -> str:
    """Address of a page with what it carries of a view."""
    query = carried(state, page.carries)
    return f"{page.path}?{query}" if query else page.path


def portrait(state: ViewState, code: str) -> str:
    """Address of the portrait of a place, with what it carries of a view."""
    query = carried(state, PAGES["portrait"].carries)
    return f"/territoire/{code}?{query}" if query else f"/territoire/{code}"


def carried(state: ViewState, keys: Collection[str]) -> str:
    """The query string of some keys of a view; the others are at their default."""
    return ViewState(**{f.name: getattr(state, f.name) for f in fields(state) if f.name in keys}).to_query()
