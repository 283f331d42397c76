"""The guides as pages: French texts that are ours, with their pictures."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Response, redirect
from markupsafe import Markup, escape

from dashboard import assets
from dashboard.i18n import _, msg
from dashboard.pages import Page

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.rendering import Shell

PATH = "/guide"
FOLDER = Path(__file__).parent
GUIDES: Final = {
    "elu": msg("Pour les élus"),
    "animateur": msg("Pour qui anime une rencontre"),
    "agent": msg("Pour les agents"),
}
PICTURE: Final = re.compile(r"\{\{ picture:([\w.-]+)\|([^}]*?) \}\}")
PAGE = Page(
    "guide", PATH, msg("Guides"), msg("Une page pour chacun : élus, animateurs, agents."), ("content.css", "guide.css")
)


def register(server: Flask, shell: Shell) -> None:
    """Add the routes to a server."""

    @server.get(PATH)
    def guides() -> Any:
        return redirect(f"{PATH}/elu", 302)

    @server.get(f"{PATH}/<any({', '.join(GUIDES)}):key>")
    def guide(key: str) -> Response:
        told = {
            "ignored": (),
            "title": _(GUIDES[key]),
            "text": text(key),
            "guides": [(one, _(label)) for one, label in GUIDES.items()],
            "key": key,
        }
        return Response(shell.put(PAGE, lambda _view, _services: told), mimetype="text/html")


@lru_cache(maxsize=16)
def text(key: str) -> Markup:
    """A guide as HTML: our own file, its pictures put where they are named."""
    return Markup(PICTURE.sub(_picture, (FOLDER / f"{key}.html").read_text(encoding="utf-8")))  # noqa: S704


def _picture(found: re.Match[str]) -> str:
    name, told = found.groups()
    return str(
        Markup('<figure><img src="{}/{}" alt="{}" loading="lazy"><figcaption>{}</figcaption></figure>').format(
            assets.base(), name, escape(told), told
        )
    )
