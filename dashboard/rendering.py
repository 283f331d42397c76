"""Pages as HTML: the template of the page asked for, filled from a view."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Response, request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from dashboard import assets, beforeafter, compression, french, i18n, locale, navigation, tongue
from dashboard.disputes.figure import Beside
from dashboard.disputes.marks import Marks, contest
from dashboard.pages import PAGES
from dashboard.pages.accueil import context as accueil
from dashboard.pages.acteurs import context as acteurs
from dashboard.pages.carte import context as carte
from dashboard.pages.comparer import context as comparer
from dashboard.pages.methode import context as methode
from dashboard.services import Services, View
from dashboard.valuetable import table
from layers.cache import MB, Cache

if TYPE_CHECKING:
    from dashboard.pages import Page

Context = Callable[[View, Services], dict[str, Any]]
CONTEXTS: dict[str, Context] = {
    "acteurs": lambda view, services: acteurs(view),
    "accueil": lambda view, services: accueil(view),
    "carte": lambda view, services: (
        carte(view)
        | {"values": table(view), "background": services.background and services.background.drawn(view.release)}
    ),
    "comparer": lambda view, services: comparer(view),
    "methode": lambda view, services: methode(view, services.store.public_manifests()),
}

WITH_DASH = "carte"
"""The page that Dash itself serves, for its panels; what else it holds, its view gives."""
PAGES_KEPT = 16 * MB
"""Bytes of pages that a process keeps: fifty to two hundred kilobytes each."""
PLACE = "<!-- Dash -->"
"""Stands in a page for Dash's scripts and configuration, which no two requests share."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that was filled, and what tells it from any other (quoted, as a header writes it)."""

    text: str
    tag: str

    @classmethod
    def of(cls, text: str) -> _Page:
        return cls(text, f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"')


class Shell:
    """Renders pages; one for an application.

    ``administrable`` tells whether the request may see ``/admin``, ``leads`` whether it may prepare workshops,
    ``marks`` which values are disputed, ``signed`` who signed in (empty: nobody; None: nobody does here).
    """

    def __init__(
        self,
        services: Services,
        administrable: Callable[[], bool] = lambda: False,
        leads: Callable[[], bool] = lambda: False,
        marks: Marks | None = None,
        signed: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._services = services
        self._administrable, self._leads = administrable, leads
        self._marks = marks or Marks(None)
        self._signed = signed
        self._pages: Cache[_Page] = Cache("pages", PAGES_KEPT)
        self._templates = Environment(
            loader=PackageLoader("dashboard"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["tight"] = locale.tight
        self._templates.filters["day"] = locale.day_of
        self._templates.filters["modules"] = lambda names: assets.modules(*names)
        self._templates.globals.update(_=_message, plural=_plural, rich=_rich, said=_said, language=i18n.language)

    def page(self, parts: dict[str, Any] | None = None) -> str:
        """The page of the current request. ``parts`` are Dash's, for the pages that hold its panels."""
        page = next((p for p in PAGES.values() if p.path == request.path), PAGES["carte"])
        view = self._services.view(request.query_string.decode("utf-8", "replace"))
        whole = self._kept(page, view).text if page.key == WITH_DASH else self._fill(page, view)
        return whole.replace(PLACE, _dash(parts) if parts else "")

    def answer(self, page: Page, context: Context | None = None, view: View | None = None) -> Response:
        """A page that its address, the release and who asks decide of, and nothing else: made and compressed once.

        Without *context*, that of `CONTEXTS`; *view* is that of the query string of the current request by default.
        """
        made = self._kept(page, view or self._services.view(request.query_string.decode("utf-8", "replace")), context)
        compression.named(made.tag)
        headers = {"Cache-Control": "no-cache", "ETag": made.tag}
        return compression.unchanged(made.tag) or Response(made.text, mimetype="text/html", headers=headers)

    def values(self) -> str:
        """The table of the view of the current request, for the page to put below its map."""
        view = self._services.view(request.query_string.decode("utf-8", "replace"))
        return self._templates.get_template("values.html").render(
            {"values": table(view), "disputed": self._marks.of("carte", view, ""), "beside": Beside(view)}
        )

    def error(self, title: str, told: str) -> str:
        """The page that tells of a fault."""
        return self._templates.get_template("error.html").render(
            {
                "title": title,
                "told": locale.tight(told),
                "href": _href(None),
                "assets": assets.base(),
                "style": Markup(assets.style("methode.css", "asked.css")),  # noqa: S704  (our own files)
            }
        )

    def put(self, page: Page, context: Context, view: View | None = None) -> str:
        """A page that is made by another, for a view: that of the query string of the current request by default."""
        view = view or self._services.view(request.query_string.decode("utf-8", "replace"))
        return self._fill(page, view, context)

    def part(self, template: str, name: str, context: Mapping[str, object]) -> str:
        """What a macro of a template makes of a context: a part of a page that is drawn again by itself."""
        module = self._templates.get_template(template).make_module(dict(context))
        return str(getattr(module, name)())

    def administration(self, template: str, context: Mapping[str, object]) -> str:
        """A page of ``/admin``, on the release shown now."""
        view = self._services.view("")
        return self._templates.get_template(template).render(
            {
                "signed": self._signed(),
                "page": "administration",
                "title": i18n._("Administration"),
                "description": i18n._("Imports, publications et journal."),
                "body_class": "",
                "links": self._links(view),
                "release": view.release,
                "keep": _keep(view),
                "href": _href(view),
                "switches": _switches(),
                "assets": assets.base(),
                "style": Markup(assets.style("methode.css", *beforeafter.STYLES)),  # noqa: S704  (our own files)
                "state": view.state,
                "allowed": self._administrable(),
                "contest": contest(view, ""),
                "disputed": [],
                **context,
            }
        )

    def _links(self, view: View) -> list[navigation.Link]:
        """The navigation; with what writes for who may see it."""
        found = navigation.links(view.state)
        if self._leads():
            href = _href(None)("/atelier/scene")
            found.append(navigation.Link("atelier_scene", i18n._("Ajouter à l’atelier"), href, "lang", rest=True))
        if self._administrable():
            href = _href(None)("/admin")
            found.append(navigation.Link("administration", i18n._("Administration"), href, "lang", rest=True))
        if (name := self._signed()) is not None:
            path, told = ("/compte", name) if name else ("/connexion", i18n._("Se connecter"))
            found.append(navigation.Link(path[1:], told, _href(None)(path), "lang", rest=True))
        return found

    def _kept(self, page: Page, view: View, made: Context | None = None) -> _Page:
        """A page that its address alone decides of: filled once for as long as it is asked for."""
        written = (self._administrable(), self._leads(), self._marks.stamp(), self._signed())
        key = (request.path, view.release.token, view.query, i18n.language(), *written)
        return self._pages.get(key, lambda: _Page.of(self._fill(page, view, made)))

    def _fill(self, page: Page, view: View, made: Context | None = None) -> str:
        context = (made or CONTEXTS[page.key])(view, self._services)
        return self._templates.get_template(f"{page.key}.html").render(
            {
                "page": page.key,
                "title": i18n._(page.title),
                "description": i18n._(page.description),
                "body_class": "",
                "links": self._links(view),
                "release": view.release,
                "keep": _keep(view),
                "href": _href(view),
                "switches": _switches(),
                "assets": assets.base(),
                "style": Markup(assets.style(*page.styles)),  # noqa: S704  (our own files)
                "contest": contest(view, request.path),
                "disputed": self._marks.of(page.key, view, request.path),
                "beside": Beside(view),
                "dash": Markup(PLACE if page.key == WITH_DASH else ""),  # noqa: S704  (ours)
                "state": view.state,
                **context,
                "boot": Markup(context.get("boot", "{}")),  # noqa: S704  (JSON whose "<" are escaped)
            }
        )


def _keep(view: View) -> str:
    """What other pages are told of this one: the release, where the address names one, and the language."""
    return _href(view)("")


def _href(view: View | None) -> Callable[..., str]:
    """What makes the address of a page: it keeps the language, and the release where the address names one."""
    pinned = view.state.release if view else None
    lang = None if i18n.language() == i18n.FRENCH else i18n.language()

    def href(path: str, **query: str | None) -> str:
        asked = {**query, "release": query.get("release", pinned), "lang": lang}
        written = urlencode({key: value for key, value in asked.items() if value is not None})
        return f"{path}?{written}" if written else path

    return href


def _switches() -> list[tuple[str, str, str]]:
    """The page asked for in each other language: language, its own name, address."""
    query = request.query_string.decode("utf-8", "replace")
    return [
        (lang, name, f"{request.path}?{tongue.switched(query, lang)}".removesuffix("?"))
        for lang, name in i18n.LANGUAGES.items()
        if lang != i18n.language()
    ]


def _message(text: str) -> str:
    return locale.tight(i18n._(text))


def _plural(one: str, many: str, number: float) -> str:
    return locale.tight(i18n.plural(one, many, number))


def _rich(text: str, **values: object) -> Markup:
    """A message that holds tags of its own, its places filled with what is escaped."""
    return Markup(locale.tight(i18n._(text))).format(**values)  # noqa: S704  (our own texts)


def _said(text: str, *, capital: bool = False) -> Markup:
    """A text of a file or of a registry in the language in force, marked as French where it is told in no other."""
    write = locale.capital if capital else str
    if i18n.known(text) or not any(letter.isalpha() for letter in text):
        return escape(write(locale.tight(i18n._(text))))
    return Markup('<span lang="fr">{}</span>').format(write(french.tight(text)))


def _dash(parts: dict[str, Any]) -> Markup:
    """What starts Dash: its scripts are named here, and fetched by ours once the page is shown and at rest."""
    scripts = " ".join(re.findall(r'<script src="([^"]+)"', str(parts["scripts"])))
    start = f'<script type="application/json" id="_dash-renderer" data-src="{escape(scripts)}"></script>'
    return Markup(f"<footer hidden>{parts['config']}</footer>{start}")  # noqa: S704  (Dash's own)
