"""The documents that there are, each written as the kind of file it says."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest

from dashboard.documents import DOCUMENTS
from tests.dashboard.documents.made import content

STARTS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "pptx": b"PK\x03\x04"}


@pytest.mark.parametrize("key", DOCUMENTS)
def test_a_document_is_the_file_it_says(key: str) -> None:
    kind = DOCUMENTS[key]
    assert kind.key == key
    assert kind.suits(content())
    assert kind.write(content(), "https://ess.example").startswith(STARTS[kind.extension])


def test_a_card_wants_a_briefing() -> None:
    bare = dataclasses.replace(content(), sections=content().sections[1:])
    assert [kind.key for kind in DOCUMENTS.values() if kind.suits(bare)] == ["pdf", "docx", "pptx"]


def test_pages_do_not_pay_for_documents() -> None:
    told = "import dashboard.documents, sys; print({'weasyprint', 'docx', 'pptx', 'resvg_py'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
