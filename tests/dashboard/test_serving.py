"""The server, with a stand-in for the application: start, new releases, stop."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import network, serving
from dashboard.serving import address
from dashboard.settings import Settings
from geodata.folders import EMBEDDED
from layers import demonstration
from layers.store import Store
from tests.layers.invented import actor, source, tables

ROOT = Path(__file__).resolve().parents[2]
STAND_IN = """
import os
from flask import Flask
from layers.store import CurrentRelease, Store

def create_server(settings, local):
    server = Flask("stand-in")
    current = CurrentRelease(Store(settings.data_dir), settings.release)

    @server.get("/health")
    def health():
        return {"status": "ok", "release": current.get().id, "process": os.getpid()}

    return server
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="gunicorn does not run on this system")


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def command(tmp_path: Path, port: int) -> subprocess.Popen[str]:
    (tmp_path / "app.py").write_text(STAND_IN)
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard", "serve", "--port", str(port), "--data-dir", str(tmp_path / "data")],
        cwd=tmp_path,  # its app.py is found first
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def server(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    with command(tmp_path, port) as process:
        yield process
        if process.poll() is None:
            process.kill()


def health(port: int) -> dict[str, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
        said: dict[str, str] = json.loads(answer.read())
        return said


def first_answer(port: int, within: float) -> dict[str, str]:
    end = time.monotonic() + within
    while True:
        try:
            return health(port)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def test_every_worker_takes_up_a_new_release_within_two_seconds(
    server: subprocess.Popen[str], tmp_path: Path, port: int
) -> None:
    assert first_answer(port, within=20)["release"] == demonstration.release().id
    end = time.monotonic() + 20
    workers: set[str] = set()
    while len(workers) < 2 and time.monotonic() < end:
        workers.add(health(port)["process"])
    assert len(workers) == 2
    release_id = Store(tmp_path / "data").publish(tables([actor(1)]), [source()], EMBEDDED)
    start = time.monotonic()
    shown: dict[str, str] = {}
    while set(shown.values()) != {release_id} or len(shown) < 2:
        answer = health(port)
        shown[answer["process"]] = answer["release"]
        assert time.monotonic() - start < 2, shown
    server.send_signal(signal.SIGTERM)
    assert server.wait(10) == 0
    assert server.stdout
    assert f"Tableau de bord\u202f: http://127.0.0.1:{port}/" in server.stdout.read()


def test_it_stops_when_interrupted(server: subprocess.Popen[str], port: int) -> None:
    first_answer(port, within=20)
    server.send_signal(signal.SIGINT)
    assert server.wait(10) == 0
    assert server.stderr
    assert "Traceback" not in server.stderr.read()


def test_a_port_in_use_is_said_clearly(tmp_path: Path, port: int) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", port))
        busy.listen()
        with command(tmp_path, port) as process:
            _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert f"port {port}\u202f: un autre programme s’en sert déjà" in err
    assert "--port" in err


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", "http://127.0.0.1:8050/"), ("0.0.0.0", "http://127.0.0.1:8050/"), ("::1", "http://[::1]:8050/")],  # noqa: S104
)
def test_the_address_printed_opens_in_a_browser(host: str, expected: str) -> None:
    assert address(Settings(host=host, port=8050)) == expected


@pytest.mark.parametrize("is_terminal", [True, False])
def test_the_room_is_told_its_address_with_a_code_in_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], is_terminal: bool
) -> None:
    monkeypatch.setattr(network, "own", lambda: "192.0.2.7")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal, raising=False)
    serving._announce(Settings(HOST="0.0.0.0", PORT=8123))  # noqa: S104  (nothing listens)
    told = capsys.readouterr().out
    assert "http://192.0.2.7:8123/" in told
    assert ("█" in told) == is_terminal
    serving._announce(Settings(HOST="127.0.0.1", PORT=8123))
    assert "█" not in capsys.readouterr().out, "nobody else reaches it"
