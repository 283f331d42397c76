"""The Dash application: its shell is the page rendered by the server, its layout the panels below the map."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import dash
from dash import Dash
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard import callbacks, compression, errors, privacy, security, tongue, web
from dashboard.accounts import federated_web, own
from dashboard.accounts import web as accounts_web
from dashboard.actions import web as actions_web
from dashboard.administration import opening
from dashboard.administration.blueprint import create as create_administration
from dashboard.api.blueprint import create as create_api
from dashboard.background import Background
from dashboard.diagnostic import web as diagnostic_web
from dashboard.directory import web as directory_web
from dashboard.disputes import queue
from dashboard.disputes import web as disputes_web
from dashboard.disputes.marks import Marks
from dashboard.followup import web as followup_web
from dashboard.forms import web as forms_web
from dashboard.funding import web as funding_web
from dashboard.gate import WORKSHOPS, Gate
from dashboard.grants import web as grants_web
from dashboard.guides import web as guides_web
from dashboard.origin import web as origin_web
from dashboard.portrait import web as portrait_web
from dashboard.rendering import Shell
from dashboard.search import web as search_web
from dashboard.services import Services
from dashboard.versions import web as versions_web
from dashboard.workshop import web as workshop_web
from layers.current import CurrentRelease
from layers.store import Store
from layers.written.database import Database

if TYPE_CHECKING:
    from dashboard.administration.local import Local
    from dashboard.settings import Settings


class Application(Dash):  # type: ignore[misc]
    """Dash with the page of the application around it."""

    shell: Shell

    def interpolate_index(self, **parts: Any) -> str:
        """The page of the address asked for; ``parts`` are Dash's own scripts and configuration."""
        return self.shell.page(parts)


def _background(settings: Settings) -> Background | None:
    """The map service of the settings; ``ValueError`` where its address is not one."""
    if not settings.background_url:
        return None
    return Background(settings.background_url, settings.background_layer, settings.background_attribution)


def build(settings: Settings, local: Local | None = None) -> Application:
    """Wire everything together; opens the store, reads one release. ``local`` is what a run adds that has links."""
    os.environ.setdefault("DASH_DISABLE_VERSION_CHECK", "true")
    dash.dash_table._js_dist[:] = []  # not used here: 200 kB less to every visitor
    store = Store(settings.data_dir)
    server = Flask("dashboard")
    server.config["MAX_CONTENT_LENGTH"] = 2_000_000
    if count := settings.proxies:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    database = Database(settings.database)
    marks = Marks(database)
    current = CurrentRelease(store, settings.release)
    services = Services(store, current, settings.contact, _background(settings), marks.open, marks.open.unknown)
    gate = Gate(settings, database, local)
    shell = Shell(services, lambda: gate.administers() is None, lambda: gate.may(WORKSHOPS), marks, gate.link)
    tongue.register(server)
    web.register(server, services, shell)  # before Dash, which takes "/" for itself
    directory_web.register(server, services, shell)
    portrait_web.register(server, services, shell)
    funding_web.register(server, services, shell)
    grants_web.register(server, services, shell)
    origin_web.register(server, services, shell)
    followup_web.register(server, services, shell)
    diagnostic_web.register(server, services, shell, gate, database)
    actions_web.register(server, services, shell, gate, database)
    versions_web.register(server, services, shell, gate, database)
    workshop_web.register(server, services, shell, gate=gate, database=database, host=settings.host)
    disputes_web.register(server, services, shell, gate=gate, database=database, settings=settings)
    queue.register(server, services, shell, gate=gate, database=database, settings=settings)
    privacy.register(server, shell, settings=settings, database=database)
    guides_web.register(server, shell)
    accounts_web.register(server, shell, gate=gate, database=database, settings=settings)
    own.register(server, shell, gate=gate, database=database, settings=settings)
    federated_web.register(server, shell, gate=gate, database=database, settings=settings)
    search_web.register(server, services, shell)
    app = Application(
        __name__,
        server=server,
        title="Diagnostic ESS",
        update_title=None,
        include_assets_files=False,
        serve_locally=True,
        add_log_handler=False,
        meta_tags=[],
    )
    app.shell = shell
    app.layout = callbacks.layout()
    callbacks.register(app, services)
    server.register_blueprint(create_api(services))
    opening.register(server, shell, gate)
    server.register_blueprint(create_administration(settings, shell, gate))
    errors.register(server, shell)
    security.register(server, services.background.origin if services.background else "")
    compression.register(server)
    forms_web.register(server, gate)
    app._setup_server()  # Dash leaves it to the first request, and fails those that come meanwhile
    return app
