"""The structure tree of a tagged PDF, as an assistive program reads it."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader

Node = Any


@dataclass(frozen=True)
class Tagged:
    """A PDF and its elements in reading order."""

    reader: PdfReader
    nodes: tuple[Node, ...]

    def kinds(self) -> list[str]:
        """Kind of each element: « H1 », « Table », « Figure »."""
        return [str(node["/S"])[1:] for node in self.nodes]

    def of(self, kind: str) -> list[Node]:
        """Elements of a kind."""
        return [node for node in self.nodes if node["/S"] == f"/{kind}"]

    def text(self) -> str:
        """The text of all pages, its white space made one."""
        return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in self.reader.pages))

    def metadata(self) -> str:
        """The XMP packet."""
        return str(self.reader.trailer["/Root"]["/Metadata"].get_data().decode())


def read(pdf: bytes) -> Tagged:
    """Read a PDF; fails where it has no structure."""
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    return Tagged(reader, tuple(_walk(root["/K"])))


def _walk(found: Any) -> Iterator[Node]:
    found = found.get_object() if hasattr(found, "get_object") else found
    if isinstance(found, list):
        for one in found:
            yield from _walk(one)
    elif isinstance(found, dict) and "/S" in found:
        yield found
        yield from _walk(found.get("/K", []))


def unmarked(pdf: Tagged) -> Counter[str]:
    """Operators that show text or paint outside of any marked content or artifact, page by page."""
    from pypdf.generic import ContentStream  # noqa: PLC0415

    found: Counter[str] = Counter()
    for page in pdf.reader.pages:
        depth = 0
        for __, operator in ContentStream(page["/Contents"], pdf.reader).operations:
            name = operator.decode()
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            if depth == 0 and name in {"Tj", "TJ", "Do", "S", "f", "f*", "B", "sh"}:
                found[name] += 1
    return found
