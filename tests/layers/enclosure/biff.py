"""A small XLS workbook (BIFF8 within an OLE file), written byte by byte: no library of the project writes them."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

SECTOR: Final = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST: Final = 4096
"""Bytes under which a stream would be kept among the small ones."""


def xls(
    path: Path,
    rows: list[list[object]],
    *,
    merged: tuple[int, int, int, int] | None = None,
    hidden: bool = False,
    locked: bool = False,
    extra: bytes = b"",
) -> Path:
    """Write one sheet, « Données »; *merged* counts rows and columns from 0, *extra* are records after its cells."""
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + _cells(rows) + extra
    if merged is not None:
        top, left, bottom, right = merged
        sheet += record(0xE5, struct.pack("<HHHHH", 1, top, bottom, left, right))
    sheet += record(0x0A, b"")
    name = "Données".encode("utf-16-le")
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    if locked:
        start += record(0x2F, bytes([1, 0, 1, 0]) + bytes(48))
    bound = struct.pack("<BBBB", int(hidden), 0, len(name) // 2, 1) + name
    offset = len(start) + 4 + 4 + len(bound) + 4
    book = start + record(0x85, struct.pack("<I", offset) + bound) + record(0x0A, b"") + sheet
    path.write_bytes(ole({"Workbook": book}))
    return path


def _cells(rows: list[list[object]]) -> bytes:
    found = b""
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, int | float):
                found += record(0x203, place + struct.pack("<d", value))
            elif value:
                text = str(value).encode("utf-16-le")
                found += record(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return found


def record(kind: int, content: bytes) -> bytes:
    """One record of the stream of a workbook."""
    return struct.pack("<HH", kind, len(content)) + content


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE file of these streams: its table of sectors first, then its directory, then each stream."""
    body, table = b"", [_FAT, _END]
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for number, (name, content) in enumerate(streams.items(), start=1):
        padded = content.ljust(_LEAST, b"\0")
        padded += bytes(-len(padded) % SECTOR)
        first, count = len(table), len(padded) // SECTOR
        table += [*range(first + 1, first + count), _END]
        entries.append(
            _entry(name, 2, first, max(len(content), _LEAST), right=number + 1 if number < len(streams) else _FREE)
        )
        body += padded
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, _LEAST, _END, 0, _END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    fat = b"".join(struct.pack("<I", one) for one in table).ljust(SECTOR, b"\xff")
    return header + fat + b"".join(entries).ljust(SECTOR, b"\0") + body


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
