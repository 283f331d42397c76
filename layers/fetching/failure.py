"""The one error by which a fetch stops: why, and what to do, in French."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from layers.typography import sentence


class FetchFailed(Exception):  # noqa: N818  (says what happened)
    """A source could not be brought. What was received is kept: the same command goes on from there.

    Attributes
    ----------
    reason, remedy : str
        Sentences in French.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason, self.remedy = sentence(reason), sentence(remedy)
        super().__init__(f"{self.reason} {self.remedy}")


class Unreached(FetchFailed):
    """The service was never heard: no network, or one that keeps it away. Asking again would not help."""


class Refused(FetchFailed):
    """The service answered that it does not take this request: 4xx."""


class Exhausted(FetchFailed):
    """Every attempt of one request failed for reasons that may pass."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what a disk refuses into a `FetchFailed` that names the folder."""
    try:
        yield
    except OSError as error:
        if isinstance(error, TimeoutError | ConnectionError):
            raise
        raise FetchFailed(*_why(error, folder)) from error


def _why(error: OSError, folder: Path) -> tuple[str, str]:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            f"plus de place pour écrire dans {folder} ({_free(folder)})",
            "Libérer de la place, ou choisir un autre dossier avec --out, puis relancer : ce qui est reçu est gardé",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"écriture interdite dans {folder}", "Vérifier les droits du dossier, ou en choisir un autre avec --out"
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{folder} n’est pas un dossier", "Donner un dossier avec --out"
    return f"{error.filename or folder} : {error.strerror or error}", "Choisir un autre dossier avec --out"


def _free(folder: Path) -> str:
    try:
        return f"{shutil.disk_usage(folder).free >> 20} Mo libres"
    except OSError:
        return "place libre inconnue"
