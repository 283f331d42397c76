"""A server started as a user starts it, on a free port of this machine, with a data folder of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.administration.local import links

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Server:
    """Where a server listens, and its data folder."""

    address: str
    data_dir: Path

    def link(self) -> str:
        """A new link of its local administration."""
        (found,) = (one for one in links(self.data_dir) if one.startswith(f"{self.address}/"))
        return found

    def administer(self, context: BrowserContext) -> None:
        """Open local administration in a browser, as the person at the machine does."""
        page = context.new_page()
        page.goto(self.link())
        page.wait_for_url(f"{self.address}/admin")
        page.close()

    def get(self, path: str) -> Any:
        """Answer of an address, read as JSON."""
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
            return json.loads(answer.read())


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def environment(data_dir: Path, port: int) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ESS_")}
    return {**kept, "PYTHONPATH": str(ROOT), "HOST": HOST, "PORT": str(port), "ESS_DATA_DIR": str(data_dir)}


@contextmanager
def serving(command: Sequence[str], data_dir: Path, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run ``python COMMAND`` until the end of the block; what it says is shown where it does not start."""
    port = free_port()
    said = data_dir / "server.log"
    known = environment(data_dir, port) | dict(settings or {})
    with said.open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=known,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            server = Server(f"http://{HOST}:{port}", data_dir)
            wait_for(server, process, said)
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait_for(server: Server, process: subprocess.Popen[bytes], said: Path) -> None:
    """Until a starting server answers; what it said is shown where it does not."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            assert server.get("/health")["status"] == "ok"
            return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"the server does not answer: {said.read_text()}") from error
            time.sleep(0.05)  # between two questions to a starting process
