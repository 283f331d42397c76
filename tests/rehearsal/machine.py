"""The machine that serves the room: it is killed as a power cut would, and starts again where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.browser.serving import HOST, PATIENCE, ROOT, Server, environment, free_port, wait_for

WORKERS = "2"
TROUBLE = ("Traceback", "ERROR", "CRITICAL")


class Machine:
    """A server with two workers on one port and one data folder, through all its starts."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        port = free_port()
        self.address = f"http://{HOST}:{port}"
        self._known = environment(folder, port) | {"ESS_WORKERS": WORKERS} | dict(settings)
        self._said = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        with self._said.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "app.py"],
                cwd=ROOT,
                env=self._known,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # the group of its processes is killed at once
            )
        wait_for(Server(self.address, self._said.parent), self._process, self._said)

    def kill(self) -> None:
        """End all its processes at once, whatever they are doing (SIGKILL)."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, as one does at the end of a day; nothing where it does not run."""
        self._end(signal.SIGTERM)

    def trouble(self) -> list[str]:
        """What it complained of, through all its starts."""
        lines = self._said.read_text(errors="replace").splitlines()
        return [line for line in lines if any(word in line for word in TROUBLE)]

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        if self._process.poll() is None:
            os.killpg(self._process.pid, how)
        self._process.wait(PATIENCE)
        self._process = None
