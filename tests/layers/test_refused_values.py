"""Values that were refused may name a person: no manifest tells them, even those published when it still did."""

from __future__ import annotations

import json
from pathlib import Path

from geodata.folders import EMBEDDED
from layers.manifest import identity
from layers.store import Store
from tests.layers.invented import source
from tests.layers.secrecy.invented_jobs import job, shown

REFUSED = {"row": 3, "column": "Nom", "value": "Camille Exemple", "reason": "nom absent", "remedy": "Compléter."}


def older(folder: Path) -> tuple[Store, str]:
    """A store whose release keeps a refused value in its manifest, under the name that this gives it."""
    store = Store(folder)
    account = {"rows_read": 2, "rejects": [REFUSED], "warnings": []}
    release = store.publish(shown([job()]).tables(), [{**source("flores", "2022"), "account": account}], EMBEDDED)
    path = next(folder.rglob(f"{release}.json"))
    assert REFUSED["value"] in path.read_text("utf-8"), "published as it was then"
    assert identity(json.loads(path.read_text("utf-8"))) == release
    return store, release


def test_a_refused_value_is_not_read_back(tmp_path: Path) -> None:
    store, release = older(tmp_path)
    for manifest in (store.manifest(release), store.load(release).manifest, *store.manifests()):
        assert "Camille" not in json.dumps(manifest)
        (told,) = manifest["sources"][0]["account"]["rejects"]
        assert told == {**REFUSED, "value": ""}
