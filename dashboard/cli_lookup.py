"""``ess fetch recherche-entreprises --for FICHIER``: where the beneficiaries of a file are that have no place."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from dashboard import cli_fetch
from dashboard.cli_errors import DONE, UNUSABLE, WrongUsage
from dashboard.settings import Settings
from layers import questions
from layers.fetching.companies import KIND
from layers.fetching.lookup import Searched, search
from layers.fetching.request import Request
from layers.lookups import ABSENT, FOUND, SEVERAL
from layers.preparation import How, prepare
from layers.readers.declarations import of_folder
from layers.report import is_unusable
from layers.sought import Sought, distinct
from layers.store import Store
from layers.typography import grouped, sentence, typeset

SHOWN: Final = 20
OUTCOMES: Final = {FOUND: "situés", SEVERAL: "ambigus, jamais devinés", ABSENT: "inconnus de l’API"}


def run(source: str, files: Sequence[Path], settings: Settings, address: str | None = None) -> int:
    """Ask for what the files hold and the register lacks; return the exit status: 1 where not all could be asked."""
    if source != KIND:
        raise WrongUsage(f"--for va avec {KIND}\u202f: {source} se récupère en entier.")
    base = cli_fetch.address_of(source, settings, address)
    wanted, unread = _wanted(files, settings.data_dir)
    for text in unread:
        print(text, file=sys.stderr)
    if unread:
        return UNUSABLE
    if not wanted:
        print("Rien à demander\u202f: chaque bénéficiaire de ces fichiers a un lieu.")
        return DONE
    return cli_fetch.asked(
        settings,
        lambda client, tell: _said(files, search(Request(source, base, settings.data_dir, client, tell), wanted)),
    )


def _wanted(files: Sequence[Path], data_dir: Path) -> tuple[list[Sought], list[str]]:
    """What the files look for, and why some cannot be read."""
    store = Store(data_dir)
    how = How(None, None, of_folder(data_dir), questions.known(data_dir, {}))
    prepared = prepare(files, store, how, lambda _what, _done, _of: None)
    unread = [one["message"] for file in prepared.files if is_unusable(file) for one in file["warnings"]]
    return distinct(one for account in prepared.accounts for one in account.sought), unread


def _said(files: Sequence[Path], found: Searched) -> Callable[[], int]:
    def said() -> int:
        told = [f"{grouped(found.outcomes[outcome])} {text}" for outcome, text in OUTCOMES.items()]
        asked = f"{grouped(found.asked)} questions posées, le reste était déjà connu"
        print(typeset(f"Bénéficiaires sans lieu : {', '.join(told)} ({asked})."))
        for name, one in found.several[:SHOWN]:
            print(typeset(f"  {name} : {'; '.join(one.candidates) or 'trop de réponses pour être sûr'}"))
        if len(found.several) > SHOWN:
            print(f"  … et {grouped(len(found.several) - SHOWN)} autres.")
        if found.kept_back:
            reason = "noms non envoyés : rien n’y dit une personne morale, ou ils disent une personne"
            print(sentence(f"{grouped(found.kept_back)} {reason}"))
        print(f"À importer\u202f: ess import {shlex.join(map(str, files))}")
        return DONE

    return said
