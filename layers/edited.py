"""JSON that is written to be edited by hand, and read back: a fault names the file, the line and the remedy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from layers import durable
from layers.unreadable import UnreadableFile

T = TypeVar("T")


def write(path: Path, content: Any) -> None:
    """Write what `json` can."""
    durable.write(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


def read(path: Path, made: Callable[[Any], T], what: str, option: str, remedy: str) -> T:
    """What *made* makes of the JSON of a file; *what* it is (French, feminine), the *option* that gives its path.

    Raises
    ------
    UnreadableFile
        Absent, no JSON, or content that *made* refuses by ``ValueError`` (French), for which *remedy* is told.
    """
    try:
        return made(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise UnreadableFile(path, f"{what} introuvable", f"Vérifier le chemin donné à {option}.") from error
    except json.JSONDecodeError as error:
        raise UnreadableFile(path, f"JSON mal formé ({error.msg})", "Corriger cette ligne.", error.lineno) from error
    except ValueError as error:
        raise UnreadableFile(path, f"{what} inutilisable : {error}", remedy) from error
