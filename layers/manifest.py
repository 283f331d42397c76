"""The manifest of a release: what it holds, where it comes from, and its name.

The name is drawn from what the release says, so the same files give the same name: times, the release before, the
version of this program and what a file replaced on its way in are left out of it, as are the bytes of the Parquet
files, which change with the library that writes them (a digest of the values stands for them).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

Manifest = dict[str, Any]

REPLACES = "replaces"
SALT = "salt"
"""Key of a manifest: what the name is drawn with too, so that no guess of a content under secrecy is tried on it."""
_TIMES = ("imported", "retrieved")
_ID = re.compile(r"[0-9a-f]{12}")


def is_release_id(text: str) -> bool:
    """Whether ``text`` has the form of a release name: twelve hexadecimal digits."""
    return _ID.fullmatch(text) is not None


def identity(manifest: Mapping[str, Any]) -> str:
    """First 12 hexadecimal digits of the sha256 of what a manifest says, times apart."""
    return hashlib.sha256(content(manifest)).hexdigest()[:12]


def content(manifest: Mapping[str, Any]) -> bytes:
    """What the name of a release is drawn from: all that its manifest says, times apart."""
    said = {
        "demonstration": manifest["demonstration"],
        "geography": manifest["geography"]["sha256"],
        "tables": {
            name: {key: table[key] for key in ("digest", "rows", "columns")}
            for name, table in manifest["tables"].items()
        },
        "sources": [_timeless(source) for source in manifest["sources"]],
        "caveats": list(manifest["caveats"]),
    }
    return canonical(said | {SALT: manifest[SALT]} if SALT in manifest else said)


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces: one text for one content."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def ordered(sources: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Sources in an order that does not depend on the order of the imports."""
    return sorted((dict(source) for source in sources), key=lambda s: (s["kind"], s["vintage"], s["sha256"]))


def public(account: Mapping[str, Any]) -> dict[str, Any]:
    """The report of a file without the values that were refused, which may name a person: what a manifest publishes."""
    return {**account, "rejects": [{**reject, "value": ""} for reject in account.get("rejects", ())]}


def without_refused_values(manifest: Mapping[str, Any]) -> Manifest:
    """A manifest as it may be shown: those of releases published before `public` was there hold refused values."""
    accounts = [source.get("account") for source in manifest["sources"]]
    pairs = zip(manifest["sources"], accounts, strict=True)
    told = [{**source, "account": public(account)} if account else source for source, account in pairs]
    return {**manifest, "sources": told}


def software() -> str:
    """Name and version of this program, as manifests give it."""
    try:
        return f"ess-territorial-dashboard {version('ess-territorial-dashboard')}"
    except PackageNotFoundError:
        return "ess-territorial-dashboard (non installé)"


def _timeless(source: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in source.items() if key not in _TIMES}
    account = dict(kept.get("account") or {})
    if account:
        account["warnings"] = [w for w in account.get("warnings", ()) if w["code"] != REPLACES]
        kept["account"] = account
    return kept
