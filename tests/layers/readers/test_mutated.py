"""Ten thousand mutated files: no traceback ever reaches a user, and no row is lost from the account."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from geodata.attach import Attacher
from layers import tables
from layers.account import OUTCOMES
from layers.readers import READERS, read_file
from layers.templates import TEMPLATES
from layers.unreadable import UnreadableFile
from tests.layers.readers.fictitious import VALID, text

FILLED = {
    kind: (
        [field.header for field in template.fields],
        [[field.example or ("3" if field.measure else "") for field in template.fields] for _ in range(2)],
    )
    for kind, template in TEMPLATES.items()
}
FUZZED = {
    **VALID,
    **FILLED,
    "table": (["Nom", "Ville", "Montant"], [["Essai", "Lille", "12,5"], ["Autre", "Douai", "3"]]),
}
FILES = int(os.environ.get("ESS_MUTATED", "1500"))
"""Ten thousand are read by ``ESS_MUTATED=10000``."""
EACH = FILES // len(FUZZED) + 1
ODD = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b'""', b";", b",", b"\t", b"\r", b"\n", b"\r\n", b"\xe9", b"\xc3"),
    *("\u202f".encode(), "\u00a0".encode(), "\u200b".encode(), "é".encode(), "💥".encode()),
    *(b"-1", b"1e13", b"1,5", b"NaN", b"inf", b"99999999999999999999", b"01/01/1900", b"s", b"=1+1", b"59350.0"),
    *(b"' OR 1=1 --", b"<script>", b"\\", b"%00", b"{{7*7}}", b"../../etc", b" " * 50),
)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """*content* after one to six mutations: bytes flipped, cut, doubled, swapped, odd ones put in."""
    for _ in range(chance.randint(1, 6)):
        at, to = sorted((chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)))
        change = chance.randrange(7)
        if change == 0 and content:
            place = chance.randrange(len(content))
            content = content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
        elif change == 1:
            content = content[:at] + content[min(to, at + 40) :]
        elif change == 2:
            content = content[:to] + content[at:to] + content[to:]
        elif change == 3:
            content = content[:at] + chance.choice(ODD) + content[at:]
        elif change == 4:
            lines = content.splitlines(keepends=True)
            chance.shuffle(lines)
            content = b"".join(lines)
        elif change == 5:
            cells = content.split(b";")
            place = chance.randrange(len(cells))
            cells[place] = chance.choice(ODD)
            content = b";".join(cells)
        else:
            content = content[:to]
    return content


@pytest.mark.parametrize("kind", list(FUZZED))
def test_mutated_files_never_raise_and_never_lose_a_row(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    chance = random.Random(f"2026-{kind}")  # noqa: S311
    whole = text(*FUZZED[kind]).encode()
    path = tmp_path / "fiction_2021.csv"
    read = refused = 0
    for number in range(EACH):
        path.write_bytes(mutated(whole, chance))
        try:
            reading = read_file(path, chance.choice([kind, None]), None, attacher)
        except UnreadableFile as error:
            refused += 1
            assert error.reason, number
            assert error.remedy, number
            continue
        read += 1
        report = reading.account.to_json()
        assert report["rows_read"] == sum(report[f"rows_{outcome}"] for outcome in OUTCOMES), number
        assert len(report["rejects"]) == report["rows_rejected"], number
        assert all(reject["reason"] and reject["remedy"] for reject in report["rejects"]), number
        for name, frame in reading.tables.items():
            tables.check(name, frame)
    assert read > EACH // 10, "mutations that spoil every file show nothing of the rows"
    assert refused > 0


def test_every_reader_of_rows_is_mutated() -> None:
    assert set(FUZZED) == set(READERS) - {"sirene"} | {"table"}
    assert EACH * len(FUZZED) >= FILES
