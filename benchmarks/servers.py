"""The servers that are compared, each started as its user would, ended with all its processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0
STOP_SECONDS = 10.0


@contextmanager
def serving(
    command: list[str], data_dir: Path, logs: Path, settings: dict[str, str], patience: float = START_SECONDS
) -> Iterator[str]:
    """Run ``python COMMAND`` and give its address; it has ended when the block is left.

    Raises `RuntimeError`, with what the server said, where it does not answer within ``patience`` seconds.
    """
    port = _free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ESS_")}
    environment |= {"HOST": "127.0.0.1", "PORT": str(port), "ESS_DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT)}
    said = logs / f"server-{port}.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment | settings,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, process, said, patience)
        yield address
    finally:
        _end(process)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes], said: Path, patience: float) -> None:
    limit = time.monotonic() + patience
    while time.monotonic() < limit and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server does not answer:\n{said.read_text(errors='replace')[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """The whole process group, that is ours alone."""
    for sent in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sent)
        except ProcessLookupError:
            return
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue
