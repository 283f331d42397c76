"""Content-addressed objects: each file is named by the sha256 of its bytes, hence never changes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from layers import durable


class DamagedRelease(Exception):  # noqa: N818  (says what happened)
    """A file of a release is missing, or is not what its manifest says; message in French."""


class NoCurrentRelease(DamagedRelease):
    """Nothing says which release is the current one, where there are some: nothing is shown or imported instead."""

    def __init__(self, path: Path, why: str) -> None:
        self.why = f"le fichier «\u00a0{path.name}\u00a0» {why}"
        super().__init__(
            f"Aucune publication n’est choisie dans {path.parent}\u202f: {self.why}. Rien n’est montré ni importé à sa "
            "place\u202f: «\u00a0ess releases\u00a0» donne la liste des publications, "
            "«\u00a0ess rollback ID\u00a0» en choisit une."
        )


class Objects:
    """The folder ``objects``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep ``content``; return its sha256. An object already there and sound is left as it is."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._folder / sha256
        if not path.is_file() or path.read_bytes() != content:
            durable.write(path, content)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Bytes of an object, checked. Raises `DamagedRelease`."""
        path = self._folder / sha256
        try:
            content = path.read_bytes()
        except OSError as error:
            raise DamagedRelease(f"Fichier absent ou illisible\u202f: {path} ({error.strerror}).") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedRelease(f"Fichier altéré\u202f: {path} ne correspond plus à son empreinte sha256.")
        return content

    def keep_only(self, wanted: set[str]) -> list[str]:
        """Remove what no release names (left by an interrupted import); return the names removed."""
        unwanted = [path for path in sorted(self._folder.iterdir()) if path.name not in wanted]
        for path in unwanted:
            path.unlink()
        return [path.name for path in unwanted]


def sha256(content: bytes) -> str:
    """Name of an object."""
    return hashlib.sha256(content).hexdigest()


def parquet(frame: pd.DataFrame) -> bytes:
    """A table as Parquet bytes, without index nor pandas' own notes: equal tables give equal bytes."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def frame(content: bytes) -> pd.DataFrame:
    """The table that `parquet` wrote, text as pandas ``string``."""
    text = pd.StringDtype()
    read = pq.read_table(pa.BufferReader(content))
    table: pd.DataFrame = read.to_pandas(types_mapper={pa.string(): text, pa.large_string(): text}.get)
    return table


def digest(frame: pd.DataFrame) -> str:
    """Sha256 of what a table says, whatever library wrote it: names of columns, values as text."""
    said = hashlib.sha256()
    for name in frame.columns:
        column = frame[name]
        empty = column.isna().tolist()
        values = ("\x00" if null else str(value) for value, null in zip(column.tolist(), empty, strict=True))
        said.update(f"{name}\x1d".encode())
        said.update("\x1f".join(values).encode())
    return said.hexdigest()
