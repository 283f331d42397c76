"""``/admin/import/<draft>/lecture/<file>``: one file of a draft as it is understood, and the choices that change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import request
from markupsafe import Markup

from dashboard import assets
from dashboard.administration import access, messages
from dashboard.assistant import choices, content
from layers import questions
from layers.drafts.draft import CHANGED, READY, REFUSED, Draft, State, UnknownDraft
from layers.drafts.looking import Look, look
from layers.drafts.rehearsing import given
from layers.mapping.reading import PERHAPS_A_LIST
from layers.preparation import How
from layers.readers import declarations
from layers.readers.registry import open_file
from layers.store import Store
from layers.unreadable import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from flask import Blueprint, Response

    from layers.drafts import Drafts
    from layers.questions import Answers

DO, AGAIN, SAVE, HIDDEN = "faire", "repeter", "enregistrer", "masquees"
"""The field that says what a button does, two of its values, and what asks for the hidden sheets."""
STYLES: Final = ("methode.css", "administration.css", "lecture.css")
OPEN: Final = (READY, REFUSED, CHANGED)
"""What a draft is when something of its files may be said."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the blueprint of administration lends: its pages, its refusals, its tokens, what begins a rehearsal."""

    drafts: Drafts
    page: Callable[..., Response]
    told: Callable[[str, str, int], Response]
    signed: Callable[[str], bool]
    see: Callable[[str], Response]
    begin: Callable[[Draft, Path], None]


def register(admin: Blueprint, desk: Desk) -> None:
    """Add the addresses of the assistant."""
    path = "/import/<draft_id>/lecture/<int:place>"

    @admin.get(path)
    def lecture(draft_id: str, place: int) -> Response:
        draft, file = _file(desk.drafts, draft_id, place)
        state = draft.state()
        if state["status"] not in OPEN:
            return desk.see(f"/admin/import/{draft.id}")
        return desk.page("admin_lecture", **_context(desk.drafts.data_dir, draft, state, file, place))

    @admin.post(path)
    def understand(draft_id: str, place: int) -> Response:
        if not desk.signed(request.form.get(access.FIELD, "")):
            return desk.told(*messages.refused(access.TOKEN), 403)
        draft, file = _file(desk.drafts, draft_id, place)
        state = draft.state()
        if state["status"] not in OPEN:
            return desk.told(*messages.being_read(), 409)
        what, data_dir = request.form.get(DO, ""), desk.drafts.data_dir
        before = choices.given(state, file.name)
        told = choices.chosen(_look(data_dir, state, file), request.form, before, all_told=what in (AGAIN, SAVE))
        after = {**state, "answers": _with(state, file.name, told)}
        try:
            how = _how(data_dir, after)
            opened = open_file(file, how.kind, how.mappings, how.answers)
        except UnreadableFile as error:
            return desk.told(*messages.wrong_choice(error.sentence), 400)
        if told.get(questions.TABLE, "") not in ("", before.get(questions.TABLE)):  # said later than a declaration
            state["declarations"] = {
                name: one for name, one in state.get("declarations", {}).items() if name != file.name
            }
            draft.tell(declarations=state["declarations"])
        if told != before:
            draft.choose(after["answers"])
        if what == SAVE:
            questions.save(data_dir, opened.shape, told, file.name)
        here = f"/admin/import/{draft.id}/lecture/{place}"
        if what != AGAIN:
            return desk.see(f"{here}?dit=enregistre" if what == SAVE else here)
        draft.queue(state["kind"], state["year"], after["answers"], declarations=state.get("declarations"))
        desk.begin(draft, data_dir)
        return desk.see(f"/admin/import/{draft.id}")


def first(draft: Draft) -> int | None:
    """The place of the first file that asks something or is not understood; None where none is."""
    return next((at for at, one in enumerate(draft.read("report.json")) if waits(one)), None)


def waits(report: Mapping[str, Any]) -> bool:
    """Whether a file that opens as a table asks something, is not understood, or may hold something else."""
    doubted = any(one["code"] == PERHAPS_A_LIST for one in report["warnings"])
    return bool(report.get("table")) and bool(report.get("questions") or not report["rows_read"] or doubted)


def _file(drafts: Drafts, draft_id: str, place: int) -> tuple[Draft, Path]:
    draft = drafts.get(draft_id)
    paths = draft.paths()
    if place >= len(paths):
        raise UnknownDraft(draft_id)
    return draft, paths[place]


def _how(data_dir: Path, state: State) -> How:
    said = questions.known(data_dir, state.get("answers", {}))
    return How(state["kind"], state["year"], declarations.of_folder(data_dir, None, given(state)), said)


def _look(data_dir: Path, state: State, file: Path) -> Look:
    return look(file, Store(data_dir), _how(data_dir, state))


def _with(state: State, name: str, told: Answers) -> dict[str, str]:
    """What is said of all the files of a draft, once this is said of one."""
    others = {key: said for key, said in state.get("answers", {}).items() if not key.startswith(f"{name}/")}
    return {**others, **{f"{name}/{key}": said for key, said in told.items()}}


def _context(data_dir: Path, draft: Draft, state: State, file: Path, place: int) -> dict[str, Any]:
    answers = choices.given(state, file.name)
    return {
        "draft": draft.id,
        "place": place,
        "file": file.name,
        "others": [(at, one["name"]) for at, one in enumerate(state["files"]) if at != place],
        "changed": state["status"] == CHANGED,
        "saved": request.args.get("dit") == "enregistre",
        "style": Markup(assets.style(*STYLES)),  # noqa: S704  (our own files)
        "hidden": HIDDEN in request.args,
        **content.context(_look(data_dir, state, file), answers, hidden=HIDDEN in request.args),
    }
