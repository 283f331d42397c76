"""A process that imports two stocks of Sirene in turn, without end, to be killed at any moment."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from layers.importing import import_files
from layers.store import Store


def run(folder: str, stocks: list[list[str]], told: Connection) -> None:
    """Say which stock was published, each time one is."""
    store = Store(Path(folder))
    told.send(-1)
    while True:
        for number, stock in enumerate(stocks):
            report = import_files([Path(path) for path in stock], store, year=2026)
            if report.exit_status:
                raise RuntimeError(report.outcome)
            told.send(number)
