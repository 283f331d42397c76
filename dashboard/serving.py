"""The server: gunicorn where it runs, Werkzeug's elsewhere."""

from __future__ import annotations

import io
import logging
import os
import socket
import sys
from typing import TYPE_CHECKING, Any

import segno

from dashboard import network, warming
from dashboard.administration.local import granted
from dashboard.administration.starting import told
from dashboard.settings import Settings
from layers.written.database import Database, Unavailable

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.administration.local import Local

THREADS = 8
GRACEFUL_SECONDS = 10


class CannotListen(Exception):  # noqa: N818  (says what happened)
    """The address is taken or refused; the message is for the user, in French."""


def serve(settings: Settings) -> None:
    """Serve the application until it is told to stop (SIGTERM, SIGINT).

    Raises `CannotListen`, and what the opening of the release raises.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    _check_address(settings.host, settings.port)
    _check_database(settings)
    local = granted(settings, address(settings))
    server = _application(settings, local)
    if os.name == "nt":
        _serve_alone(server, settings, local)
    else:
        _serve_gunicorn(server, settings, local)


def address(settings: Settings) -> str:
    """The address to open in a browser."""
    host = "127.0.0.1" if settings.host in {"0.0.0.0", ""} else settings.host  # noqa: S104
    bracketed = f"[{host}]" if ":" in host else host
    return f"http://{bracketed}:{settings.port}/"


def _application(settings: Settings, local: Local | None) -> Flask:
    from app import create_server  # noqa: PLC0415  (imports Dash: only where one serves)

    server: Flask = create_server(settings, local)
    return server


def _announce(settings: Settings, local: Local | None = None) -> None:
    print(f"Tableau de bord\u202f: {address(settings)} (Ctrl+C pour arrêter)", flush=True)
    room = network.shared(address(settings).rstrip("/"), settings.host)
    if room != address(settings).rstrip("/"):
        print(f"Pour les autres machines du réseau\u202f: {room}/", flush=True)
        if sys.stdout.isatty():
            print(_code(f"{room}/"), flush=True)
    print(told(settings, local, address(settings)), flush=True)


def _code(address: str) -> str:
    """The code that a telephone reads, in letters of a terminal."""
    out = io.StringIO()
    segno.make(address, micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()


def _check_address(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(os.name != "nt"))
            probe.bind(place)
    except OSError as error:
        raise CannotListen(
            f"Impossible d’écouter sur {host}, port {port}\u202f: {_why(error)}. "
            "Choisissez-en un autre avec --port (ou PORT), --host (ou HOST)."
        ) from error


def _check_database(settings: Settings) -> None:
    """Say that the database does not answer; what is only read is served all the same."""
    try:
        Database(settings.database).reach()
    except Unavailable as error:
        told = "Le diagnostic partagé et l’atelier diront qu’ils sont indisponibles tant qu’elle ne répond pas."
        print(f"{error}\n{told}", file=sys.stderr, flush=True)


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "ce port est réservé au système"
    if isinstance(error, socket.gaierror):
        return "cette adresse n’est pas connue"
    if "already in use" in str(error) or getattr(error, "winerror", None) == 10048:  # noqa: PLR2004
        return "un autre programme s’en sert déjà"
    return str(error.strerror or error)


def _serve_alone(server: Flask, settings: Settings, local: Local | None) -> None:
    from werkzeug.serving import run_simple  # noqa: PLC0415

    print("gunicorn ne fonctionne pas sur ce système\u202f: serveur simple, un seul processus.", file=sys.stderr)
    _announce(settings, local)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # its lines name the address of who asks
    warming.start(server)
    try:
        run_simple(settings.host, settings.port, server, threaded=True)
    finally:
        if local:
            local.end()


def _serve_gunicorn(server: Flask, settings: Settings, local: Local | None) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415  (absent from Windows)

    def over(_arbiter: object) -> None:
        if local:
            local.end()

    options: dict[str, Any] = {
        "bind": f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}",
        "workers": settings.workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "preload_app": True,
        "graceful_timeout": GRACEFUL_SECONDS,
        "loglevel": "warning",
        "control_socket_disable": True,
        "post_worker_init": lambda _worker: warming.start(server),
        "when_ready": lambda _arbiter: _announce(settings, local),
        "on_exit": over,
    }

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in options.items():
                if name in self.cfg.settings:  # older versions lack some
                    self.cfg.set(name, value)

        def load(self) -> Flask:
            return server

    Application().run()
