"""Write files so that a power cut leaves either the former file or the new one, never half of one."""

from __future__ import annotations

import os
from pathlib import Path

ASIDE = ".aside"


def write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` whole: written aside, flushed, then renamed over the former file."""
    aside = path.with_name(f".{path.name}.{os.getpid()}{ASIDE}")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    flush_folder(path.parent)


def append_line(path: Path, line: str) -> None:
    """Add one line to a text file and flush it; a former line cut short is closed first.

    A disk that fills up in the middle of the line raises ``OSError``: nothing is taken as written that is not.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        text = line + "\n"
        size = os.fstat(descriptor).st_size
        if size and os.lseek(descriptor, -1, os.SEEK_END) >= 0 and os.read(descriptor, 1) != b"\n":
            text = "\n" + text
        left = memoryview(text.encode("utf-8", "backslashreplace"))  # the name of a file may be in no encoding
        while left:  # the system may take a part only
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Flush the names of a folder to the disk, where the system can (not on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def left_aside(folder: Path) -> list[Path]:
    """Files that an interrupted ``write`` left behind in ``folder``."""
    return sorted(folder.glob(f".*{ASIDE}")) if folder.is_dir() else []
