"""The beneficiaries of a draft that have no place, asked of the company-search API before its files are read again."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from layers.drafts import unplaced
from layers.drafts.draft import RUNNING, Draft
from layers.fetching.client import Client
from layers.fetching.clock import Bucket, Clock
from layers.fetching.companies import KIND
from layers.fetching.failure import FetchFailed
from layers.fetching.lookup import search
from layers.fetching.request import Request
from layers.typography import sentence

EVERY: Final = 1.0
"""Seconds between two writings of how far it is."""


def run(draft: Draft, data_dir: Path) -> None:
    """Ask what the draft was queued to ask; where the service cannot be reached, that is kept, and nothing stops."""
    service = draft.state().get("service")
    if not service:
        return
    address, rate = service
    clock = Clock()
    shown = 0.0

    def note(what: str) -> None:
        draft.tell(status=RUNNING, what=sentence(what))

    def tell(what: str, done: int, of: int | None) -> None:
        nonlocal shown
        if time.monotonic() - shown >= EVERY:
            shown = time.monotonic()
            draft.tell(status=RUNNING, what=f"{what} : {done} sur {of}", done=done, total=of)

    client = Client(Bucket(rate, clock), clock, note)
    try:
        found = search(Request(KIND, address, data_dir, client, tell), unplaced.wanted(draft))
        several = [[name, list(one.candidates)] for name, one in found.several]
        told = {"outcomes": found.outcomes, "several": several, "kept_back": found.kept_back, "error": ""}
    except FetchFailed as error:
        told = {"error": str(error)}
    finally:
        client.session.close()
    draft.write(unplaced.RESULT, told)
    draft.tell(service=None)
