"""The process that reads the files of a draft: ``python -m layers.drafts.rehearsing DRAFT DATA_DIR``."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layers import differences, durable, objects, questions
from layers.deliveries import removes
from layers.drafts import unplaced
from layers.drafts.draft import FAILED, READY, REFUSED, RUNNING, Draft, State
from layers.indicators.declared import Declaration, from_json
from layers.lock import StoreBusy
from layers.objects import DamagedRelease
from layers.preparation import How, Prepared, prepare
from layers.readers.declarations import of_folder
from layers.rehearsal_json import of_difference, of_rehearsal
from layers.store import Store

if TYPE_CHECKING:
    from layers.rehearsal import Rehearsal

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
LOOKED_AT = 5.0
"""Seconds that one who looks whether a draft is being read may hold its lock, by far."""
BROKEN = "Erreur inattendue pendant la lecture\u202f: rien n’est publié. Le journal du serveur dit pourquoi."


def start(draft: Draft, data_dir: Path) -> None:
    """Read the files in a process of its own, which outlives the one that asked."""
    arguments = [
        sys.executable,
        "-m",
        "layers.drafts.rehearsing",
        str(draft.folder.absolute()),
        str(data_dir.absolute()),
    ]
    process = subprocess.Popen(arguments, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True)
    threading.Thread(target=process.wait, daemon=True).start()  # or it stays a zombie


def run(draft: Draft, data_dir: Path) -> None:
    """Read the files, and leave beside them what they would publish. Nothing of the store changes."""
    try:
        with draft.lock().held(wait=LOOKED_AT):
            _run(draft, data_dir)
    except StoreBusy:
        log.warning("rehearsal %s is already being read", draft.id)


def _run(draft: Draft, data_dir: Path) -> None:
    steps = draft.state()["total"]

    def tell(what: str, done: int, _total: int) -> None:
        draft.tell(status=RUNNING, what=what, done=done, total=steps)

    state = draft.state()
    store = Store(data_dir)
    said = questions.known(data_dir, state.get("answers", {}))
    how = How(state["kind"], state["year"], of_folder(data_dir, None, given(state)), said)
    try:
        _search(draft, data_dir)
        tell("", 0, 0)
        prepared = prepare(draft.paths(), store, how, tell)
        draft.write("report.json", list(prepared.files))
        unplaced.keep(draft, prepared.accounts)
        if not prepared.usable:
            draft.tell(status=REFUSED)
            return
        tell("Comparaison avec la publication montrée", len(prepared.files), 0)
        rehearsal = prepared.rehearse()
        draft.write("rehearsal.json", of_rehearsal(rehearsal))
        tell("Cartes avant et après", len(prepared.files) + 1, 0)
        draft.write("maps.json", _maps(rehearsal))
        draft.tell(status=READY, before=prepared.before, **_stage(draft, prepared, rehearsal))
    except DamagedRelease as error:
        draft.tell(status=FAILED, error=str(error))
    except Exception:
        log.exception("rehearsal %s", draft.id)
        draft.tell(status=FAILED, error=BROKEN)


def given(state: State) -> dict[str, Declaration]:
    """The declarations that were given for some of its files."""
    return {name: from_json(said) for name, said in state.get("declarations", {}).items()}


def _search(draft: Draft, data_dir: Path) -> None:
    if draft.state().get("service"):
        from layers.drafts import searching  # noqa: PLC0415  (what asks the network is loaded where it is asked)

        searching.run(draft, data_dir)


def _stage(draft: Draft, prepared: Prepared, rehearsal: Rehearsal) -> dict[str, Any]:
    """Keep the tables that would be published; return the sha256 of each, so that nothing else is."""
    if rehearsal.after is None:
        raise ValueError("a rehearsal without the release to come")
    digests = {}
    for name, frame in rehearsal.after.tables().items():
        content = objects.parquet(frame)
        durable.write(draft.folder / f"{name}.parquet", content)
        digests[name] = objects.sha256(content)
    return {
        "tables": digests,
        "sources": list(prepared.merged.sources),
        "removes": removes(prepared.departures),
        "asks": prepared.asked,
        "declared": [account.declared for account in prepared.accounts if account.declared],
        "said": [
            {"file": one.file, "shape": one.shape, "answered": one.answered, "declared": bool(one.declared)}
            for one in prepared.accounts
        ],
    }


def _maps(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    if rehearsal.after is None:
        return []
    return [
        of_difference(differences.between(rehearsal.before, rehearsal.after, declared.key, level))
        for declared, level in differences.comparable(rehearsal.after)
    ]


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    run(Draft(Path(sys.argv[1])), Path(sys.argv[2]))
