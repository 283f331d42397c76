"""The set-up scripts, on a project folder of their own, with programs that only pretend."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

SYSTEM = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}
Bash = Callable[..., subprocess.CompletedProcess[str]]


def program(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def project(tmp_path: Path, root: Path) -> Path:
    """Scripts, locks and project file, with an environment whose Python prints what it is asked to run."""
    folder = tmp_path / "project folder"
    shutil.copytree(root / "bin", folder / "bin")
    shutil.copytree(root / "requirements", folder / "requirements")
    shutil.copy(root / "pyproject.toml", folder)
    program(folder / ".venv/bin/python", f'[ "$1" = -c ] && exec {sys.executable} "$@"\nprintf "<%s>" "$@"')
    return folder


@pytest.fixture
def shown(project: Path, tmp_path: Path) -> Bash:
    """Runs bash code beside the set-up functions, with the pretending programs first on the path."""

    def run(code: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": f"{tmp_path / 'programs'}:{SYSTEM['PATH']}", "HOME": str(tmp_path)}
        command = ["bash", "-c", f'set -euo pipefail; . "{project}/bin/setup.sh"; {code}']
        return subprocess.run(
            command, env=environment | settings, capture_output=True, text=True, check=False, timeout=60
        )

    return run


def pythons(folder: Path, **exits: int) -> None:
    for name in ("python3", "python3.13", "python3.12", "python3.11"):
        program(folder / name, f"exit {exits.get(name.replace('.', '_'), 1)}")


def test_the_first_supported_python_is_taken(shown: Bash, tmp_path: Path) -> None:
    pythons(tmp_path / "programs", python3_12=0, python3_11=0)
    assert shown("find_python").stdout.strip() == str(tmp_path / "programs/python3.12")


def test_without_a_supported_python_it_says_what_to_install(shown: Bash, tmp_path: Path) -> None:
    pythons(tmp_path / "programs")
    answer = shown("require_python")
    assert answer.returncode == 1
    assert "Python from 3.11 to 3.13 is needed" in answer.stderr
    assert "apt-get install -y --no-install-recommends python3.11 python3.11-venv" in answer.stderr


def test_a_named_python_is_the_only_candidate(shown: Bash, tmp_path: Path) -> None:
    pythons(tmp_path / "programs", python3=0)
    old = program(tmp_path / "old", "exit 1")
    answer = shown("require_python", PYTHON=str(old))
    assert (answer.returncode, answer.stdout) == (1, "")
    assert f"PYTHON={old} is not a Python from 3.11 to 3.13" in answer.stderr


def test_an_environment_is_ready_until_something_changes(shown: Bash, project: Path) -> None:
    shown("declare_ready test")
    assert shown("is_ready test").returncode == 0
    assert shown("is_ready run").returncode == 0, "the tests' requirements hold those of the application"
    lock = project / "requirements/test.txt"
    lock.write_text(lock.read_text() + "# changed\n")
    assert shown("is_ready test").returncode == 1
    assert shown("is_ready run").returncode == 0


def test_an_interrupted_environment_is_never_ready_nor_kept(shown: Bash, project: Path) -> None:
    shown('declare_ready run; echo "$ROOT" >"$VENV/.made-in"')
    assert shown("is_ready run && is_usable").returncode == 0
    (project / ".venv/.half-made").touch()
    assert shown("is_ready run").returncode == 1
    assert shown("is_usable").returncode == 1


def test_an_environment_that_was_moved_is_not_used(shown: Bash, project: Path) -> None:
    shown('declare_ready run; echo /elsewhere >"$VENV/.made-in"; sed -i "1s,.*,/elsewhere," "$VENV/.ready-run"')
    assert shown("is_ready run").returncode == 1
    assert shown("is_usable").returncode == 1


def test_a_folder_that_is_no_environment_is_not_removed(shown: Bash, project: Path) -> None:
    answer = shown("start_afresh", PYTHON=sys.executable)
    assert answer.returncode == 1
    assert "is not a virtual environment: move it away" in answer.stderr
    assert (project / ".venv/bin/python").exists()


def test_two_set_ups_at_once_make_one_environment(project: Path, tmp_path: Path) -> None:
    code = f"""set -euo pipefail; . "{project}/bin/setup.sh"; log="{tmp_path}/log"
        install_missing_packages() {{ :; }}
        make_environment() {{ echo begun >>"$log"; sleep 0.5; declare_ready run; echo ended >>"$log"; }}
        prepare run"""
    command = ["bash", "-c", code]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=SYSTEM) for _ in range(3)]
    said = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0]
    assert (tmp_path / "log").read_text().split() == ["begun", "ended"]
    assert sum("waiting for it" in text for text in said) >= 1


def test_when_ready_the_set_up_is_silent_and_quick(shown: Bash) -> None:
    shown("declare_ready run")
    begun = time.monotonic()
    answer = shown("prepare run")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    assert time.monotonic() - begun < 1


SNAP = 'echo "Command requires the chromium snap to be installed."; exit 1'
PAINTS = "echo '<html><body><p>painted</p></body></html>'"


def test_a_browser_that_only_calls_for_a_snap_is_passed_over(shown: Bash, tmp_path: Path) -> None:
    for name in ("chromium-headless-shell", "chromium"):
        program(tmp_path / "programs" / name, SNAP)
    real = program(tmp_path / "programs/chromium-browser", PAINTS)
    answer = shown('find_chromium; printf "%s" "$CHROMIUM"')
    assert answer.stdout == str(real)
    assert "chromium is there but paints nothing" in answer.stderr


def test_the_browser_without_windows_is_asked_for_and_not_needed(shown: Bash, project: Path, tmp_path: Path) -> None:
    for name in ("chromium-headless-shell", "chromium"):
        program(tmp_path / "programs" / name, PAINTS)
    program(project / ".venv/bin/playwright", "exit 0")
    allowed = "may_install() { :; }; apt_has_real_chromium() { :; }; "
    asked = 'install_packages() { echo "asked for $*" >&2; false; }; '
    asked += 'command() { [ "$2" != "$ABSENT" ] && builtin command "$@"; }; '
    answer = shown(f'ABSENT=chromium-headless-shell; {allowed}{asked}obtain_chromium; printf "%s" "$CHROMIUM"')
    assert answer.stdout == str(tmp_path / "programs/chromium")
    assert "asked for chromium-headless-shell" in answer.stderr
    assert "take longer without it" in answer.stderr
    answer = shown(f'ABSENT=; {allowed}{asked}obtain_chromium; printf "%s" "$CHROMIUM"')
    assert answer.stdout == str(tmp_path / "programs/chromium-headless-shell")
    assert "asked for" not in answer.stderr


def test_the_browser_is_remembered_until_it_changes(shown: Bash, project: Path, tmp_path: Path) -> None:
    browser = program(tmp_path / "a browser", PAINTS)
    program(project / ".venv/bin/playwright", "exit 0")
    assert shown("obtain_chromium", CHROMIUM=str(browser)).returncode == 0
    assert shown('is_known_chromium; printf "%s" "$CHROMIUM"').stdout == str(browser)
    assert shown("is_known_chromium", CHROMIUM="/another").returncode == 1
    program(browser, SNAP)
    assert shown("is_known_chromium").returncode == 1


def test_without_a_browser_it_stops_and_says_every_way_out(shown: Bash, tmp_path: Path) -> None:
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        program(tmp_path / "programs" / name, SNAP)
    answer = shown("obtain_chromium", ESS_SYSTEM_PACKAGES="no")
    assert answer.returncode == 1
    for way in ("apt-get install -y", "playwright install", "CHROMIUM=/path/to/chromium", "--without-browser"):
        assert way in answer.stderr


def test_a_driver_that_does_not_start_stops_it_with_its_own_words(shown: Bash, project: Path, tmp_path: Path) -> None:
    program(project / ".venv/bin/playwright", "echo 'libatomic.so.1: cannot open'; exit 127")
    answer = shown("obtain_chromium", CHROMIUM=str(program(tmp_path / "browser", PAINTS)))
    assert answer.returncode == 1
    assert "libatomic.so.1: cannot open" in answer.stderr
    assert "apt-get install -y --no-install-recommends libatomic1" in answer.stderr
    assert not (project / ".venv/.chromium").exists()


def test_missing_packages_are_asked_for_in_one_line(shown: Bash) -> None:
    answer = shown(
        "missing_packages() { printf '%s\\n' python3.11-venv chromium; }; install_missing_packages browser",
        ESS_SYSTEM_PACKAGES="no",
    )
    assert answer.returncode == 0
    assert "apt-get install -y --no-install-recommends python3.11-venv chromium" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "pytest_arguments"),
    [
        (["--without-browser"], "<-m><pytest><-m><not browser>"),
        (["-m", "real or slow", "--without-browser", "-q"], "<-m><pytest><-q><-m><(real or slow) and not browser>"),
    ],
)
def test_leaving_out_the_browser_is_loud(
    shown: Bash, project: Path, arguments: list[str], pytest_arguments: str
) -> None:
    shown("declare_ready test")
    command = [str(project / "bin/test"), *arguments]
    answer = subprocess.run(command, env=SYSTEM, capture_output=True, text=True, check=False, timeout=60)
    assert answer.stdout == pytest_arguments
    assert "THE BROWSER TESTS WERE LEFT OUT" in answer.stderr
