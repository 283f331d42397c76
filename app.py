"""Composition root: the Dash application, and the server around it. ``python app.py`` serves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dash import Dash
    from flask import Flask

    from dashboard.administration.local import Local
    from dashboard.settings import Settings


def create_app(settings: Settings | None = None, local: Local | None = None) -> Dash:
    """The application, on the release that the settings name, else the current one.

    Without ``local``, which `dashboard.serving` makes, one administers by an account only.
    """
    from dashboard.application import build  # noqa: PLC0415  (Dash is loaded only where it serves)
    from dashboard.settings import Settings  # noqa: PLC0415

    return build(settings or Settings(), local)


def create_server(settings: Settings | None = None, local: Local | None = None) -> Flask:
    """The WSGI application, for gunicorn or any other server."""
    server: Flask = create_app(settings, local).server
    return server


def main() -> None:
    """Serve on ``HOST`` and ``PORT``, as ``ess serve`` does."""
    from dashboard.cli import main as command  # noqa: PLC0415

    command(["serve"])


if __name__ == "__main__":
    main()
