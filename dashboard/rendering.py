"""Pages as HTML: the template of the page asked for, filled from a view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dashboard import assets, french, i18n
from dashboard.pages import PAGES
from dashboard.pages.carte import context as carte
from dashboard.pages.methode import context as methode
from dashboard.services import Services, View

if TYPE_CHECKING:
    from dashboard.pages import Page

CONTEXTS: dict[str, Callable[[View, Services], dict[str, Any]]] = {
    "carte": lambda view, services: carte(view),
    "methode": lambda view, services: methode(view, services.store.manifests()),
}


class Shell:
    """Renders pages; one for an application."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._templates = Environment(
            loader=PackageLoader("dashboard"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["tight"] = french.tight
        self._templates.globals.update(_=i18n._, plural=i18n.plural)

    def page(self, parts: dict[str, Any] | None = None) -> str:
        """The page of the current request. ``parts`` are Dash's, for the pages that hold its panels."""
        page = next((p for p in PAGES.values() if p.path == request.path), PAGES["carte"])
        view = self._services.view(request.query_string.decode("utf-8", "replace"))
        return self._fill(page, view, _dash(parts) if parts else Markup(""))

    def error(self, title: str, told: str) -> str:
        """The page that tells of a fault."""
        return self._templates.get_template("error.html").render(
            {
                "title": title,
                "told": french.tight(told),
                "assets": assets.base(),
                "style": Markup(assets.style("methode.css")),  # noqa: S704  (our own files)
            }
        )

    def _fill(self, page: Page, view: View, dash: Markup) -> str:
        context = CONTEXTS[page.key](view, self._services)
        return self._templates.get_template(f"{page.key}.html").render(
            {
                "page": page.key,
                "title": page.title,
                "description": page.description,
                "body_class": "",
                "pages": PAGES.values(),
                "release": view.release,
                "keep": _keep(view),
                "assets": assets.base(),
                "style": Markup(assets.style(*page.styles)),  # noqa: S704  (our own files)
                "dash": dash,
                "state": view.state,
                **context,
                "boot": Markup(context.get("boot", "{}")),  # noqa: S704  (JSON whose "<" are escaped)
            }
        )


def _keep(view: View) -> str:
    """What other pages are told of this one: the release, where the address names one."""
    return f"?release={view.state.release}" if view.state.release else ""


def _dash(parts: dict[str, Any]) -> Markup:
    """Dash's scripts, after ours and without holding the page: in order, once it is read."""
    scripts = str(parts["scripts"]).replace("<script src=", "<script defer src=")
    start = f'<script defer id="_dash-renderer" src="{assets.base()}/start.js"></script>'
    return Markup(f"<footer hidden>{parts['config']}</footer>{scripts}{start}")  # noqa: S704  (Dash's own)
