"""The locked requirements: whole, hashed, and of one mind."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

SETS = ["run", "test"]
PYTHONS = ["3.11", "3.12", "3.13"]
ABSENT = Version("0.dev0")


def locked(root: Path, name: str) -> dict[Requirement, int]:
    """Requirements of one lock, each with the number of its hashes."""
    text = (root / "requirements" / f"{name}.txt").read_text().replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {Requirement(entry.split("--hash")[0].strip()): entry.count("--hash=sha256:") for entry in entries}


def installed_on(root: Path, name: str, python: str) -> dict[str, Version]:
    """Version by package that the lock gives on Linux with that Python."""
    machine = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    return {
        canonicalize_name(entry.name): Version(next(iter(entry.specifier)).version)
        for entry in locked(root, name)
        if entry.marker is None or entry.marker.evaluate(machine)
    }


def declared(root: Path, name: str) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    groups = ["build"] if name == "run" else list(project["dependency-groups"])
    lines = project["project"]["dependencies"] + [
        line for group in groups for line in project["dependency-groups"][group]
    ]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", SETS)
def test_every_line_is_one_version_with_its_hashes(root: Path, name: str) -> None:
    assert [str(entry) for entry, hashes in locked(root, name).items() if hashes == 0] == []
    assert [str(entry) for entry in locked(root, name) if not re.fullmatch(r"==[\w.+!]+", str(entry.specifier))] == []


@pytest.mark.parametrize("name", SETS)
def test_no_line_is_an_option_or_an_address(root: Path, name: str) -> None:
    text = (root / "requirements" / f"{name}.txt").read_text()
    assert not re.search(r"^\s*-(?!-hash=)|://|\s@\s|(^|\s)/", text, re.M)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", SETS)
def test_the_lock_satisfies_the_project(root: Path, name: str, python: str) -> None:
    versions = installed_on(root, name, python)
    unmet = [
        str(wish)
        for wish in declared(root, name)
        if versions.get(canonicalize_name(wish.name), ABSENT) not in wish.specifier
    ]
    assert unmet == [], "type bin/lock"


@pytest.mark.parametrize("python", PYTHONS)
def test_what_is_tested_is_what_runs(root: Path, python: str) -> None:
    assert installed_on(root, "run", python).items() <= installed_on(root, "test", python).items()
