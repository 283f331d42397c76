"""The addresses of ``/admin``."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, redirect, request

from dashboard.administration import access, declaring, kept, messages, overview, rehearsed, uploads
from dashboard.administration.messages import Told, refused
from dashboard.assistant import web as assistant
from dashboard.disputes.rehearsed import touched
from dashboard.forms import web as forms
from layers import questions, rejected
from layers.drafts import Drafts, UnknownDraft, unplaced
from layers.drafts.draft import READY, REFUSED
from layers.drafts.publishing import NotAnswered, NotConfirmed, NotReady, StaleRehearsal, publish
from layers.drafts.rehearsing import given, start
from layers.mapping.reading import KIND as TABLE
from layers.objects import DamagedRelease
from layers.readers import READERS, declarations
from layers.release import MixedRelease
from layers.store import Store, StoreBusy, UnknownRelease
from layers.unreadable import UnreadableFile
from layers.written import disputes
from layers.written.database import Database

if TYPE_CHECKING:
    from dashboard.gate import Gate
    from dashboard.rendering import Shell
    from dashboard.settings import Settings
    from layers.drafts import Draft

log = logging.getLogger(__name__)

MEGABYTE = 1_000_000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEARS = range(1900, 2101)
REPLACE = "remplacer"
"""The box that lets earlier rows leave for good."""
WHOLE = "controle"
"""What asks for the rehearsal of files that ask something, whose assistant comes first."""
Start = Callable[["Draft", Path], None]


FAULTS: tuple[tuple[type[Exception], Callable[[], Told], int], ...] = (
    (UnknownDraft, messages.gone, 404),
    (UnknownRelease, messages.gone, 404),
    (StaleRehearsal, messages.stale, 409),
    (NotReady, messages.not_ready, 409),
    (NotConfirmed, messages.not_confirmed, 409),
    (NotAnswered, messages.not_answered, 409),
    (StoreBusy, messages.busy, 409),
    (DamagedRelease, messages.damaged, 409),
    (MixedRelease, messages.damaged, 409),
    (UnreadableFile, messages.damaged, 409),
)
"""What a request may meet, what is told of it, and the status of the answer."""


def create(settings: Settings, shell: Shell, gate: Gate, begin: Start = start) -> Blueprint:  # noqa: PLR0915
    """The blueprint; ``begin`` starts the process that reads the files of a draft."""
    admin = Blueprint("admin", __name__, url_prefix="/admin")
    data_dir = settings.data_dir
    drafts = Drafts(data_dir)
    database = Database(settings.database)

    @admin.before_request
    def guard() -> Response | None:
        gate.answers()
        why = gate.administers()
        if why is None and request.method not in {"GET", "HEAD"}:
            why = access.write_refusal(request)
        return None if why is None else told(*refused(why), 403)

    @admin.after_request
    def keep_nothing(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response

    def page(template: str, **context: Any) -> Response:
        visit = request.cookies.get(access.COOKIE) or access.session()
        token = access.token(access.key(data_dir), visit)
        body = shell.administration(f"{template}.html", {"token": token, "field": access.FIELD, **context})
        response = Response(body, mimetype="text/html")
        response.set_cookie(access.COOKIE, visit, path="/", httponly=True, samesite="Strict", secure=request.is_secure)
        return response

    def told(title: str, text: str, status: int) -> Response:
        return Response(
            shell.administration("admin_told.html", {"title": title, "told": text}), status, mimetype="text/html"
        )

    def signed(given: str) -> bool:
        return access.is_token(access.key(data_dir), request.cookies.get(access.COOKIE, ""), given)

    @admin.get("")
    def home() -> Response:
        drafts.purge()
        store = Store(data_dir)
        return page("admin", **overview.context(store, drafts, request.args.get("dit", "")))

    @admin.get("/import")
    def form() -> Response:
        drafts.purge()
        return page("admin_import", kinds=_kinds(), megabytes=settings.upload_megabytes)

    @admin.post("/import")
    def send() -> Response:
        drafts.purge()
        draft = drafts.create()
        try:
            fields = uploads.receive(request, draft.files, settings.upload_megabytes * MEGABYTE)
            forms.read(fields)
            if not signed(fields.get(access.FIELD, "")):
                draft.remove()
                return told(*refused(access.TOKEN), 403)
            kind, year = fields.get("kind") or None, fields.get("year", "").strip()
            problem = _problem(draft, kind, year)
            if problem is not None:
                draft.remove()
                return told(*problem(), 400)
            draft.queue(kind, int(year) if year else None)
            begin(draft, data_dir)
        except OSError:
            log.exception("upload")
            draft.remove()
            return told(*messages.full(), 507)
        except BaseException:
            draft.remove()
            raise
        return _see(f"/admin/import/{draft.id}")

    @admin.get("/import/<draft_id>")
    def rehearsal(draft_id: str) -> Response:
        draft = drafts.get(draft_id)
        state = draft.state()
        asks = assistant.first(draft) if state["status"] in (READY, REFUSED) else None
        if asks is not None and WHOLE not in request.args:
            return _see(f"/admin/import/{draft.id}/lecture/{asks}")
        told = rehearsed.context(draft, state, request.args)
        told |= {"unasked": unplaced.unasked(draft, data_dir), "searched": unplaced.result(draft)}
        found = touched(disputes.listed(database, disputes.OPEN), draft.read("maps.json")) if told["rehearsal"] else []
        return page("admin_rehearsal", disputes=found, **told)

    @admin.get("/import/<draft_id>/state.json")
    def progress(draft_id: str) -> Response:
        state = drafts.get(draft_id).state()
        said = {key: state[key] for key in ("status", "what", "done", "total")}
        return Response(json.dumps(said, ensure_ascii=False), mimetype="application/json")

    @admin.get("/import/<draft_id>/compte-rendu.json")
    def report(draft_id: str) -> Response:
        draft = drafts.get(draft_id)
        said: dict[str, Any] = {"release": None, "files": draft.read("report.json")}
        if draft.state()["status"] == READY:
            said["rehearsal"] = draft.read("rehearsal.json")
        body = json.dumps(said, ensure_ascii=False, indent=1)
        return _attached(body.encode(), "application/json", "compte-rendu.json")

    @admin.get("/import/<draft_id>/rejets/<int:place>.xlsx")
    def workbook(draft_id: str, place: int) -> Response:
        draft = drafts.get(draft_id)
        state = draft.state()
        paths, files = draft.paths(), draft.read("report.json") if state["status"] in (READY, REFUSED) else []
        if place >= len(files):
            raise UnknownDraft(draft_id)
        mappings = declarations.of_folder(data_dir, None, given(state))
        with tempfile.TemporaryDirectory(dir=draft.folder) as folder:
            said = questions.known(data_dir, state.get("answers", {}))
            out = rejected.write(paths[place], files[place], state["kind"], mappings, Path(folder), answers=said)
            if out is None:
                raise UnknownDraft(draft_id)
            return _attached(out.read_bytes(), WORKBOOK, out.name)

    @admin.post("/import/<draft_id>/publier")
    def publish_it(draft_id: str) -> Response:
        if not signed(request.form.get(access.FIELD, "")):
            return told(*refused(access.TOKEN), 403)
        draft = drafts.get(draft_id)
        release = publish(draft, Store(data_dir), replace=request.form.get(REPLACE) == "oui")
        draft.remove()
        return _see(f"/admin?dit=publiee-{release}")

    @admin.post("/import/<draft_id>/chercher")
    def look_up(draft_id: str) -> Response:
        if not signed(request.form.get(access.FIELD, "")):
            return told(*refused(access.TOKEN), 403)
        draft = drafts.get(draft_id)
        state = draft.state()
        if state["status"] in (READY, REFUSED) and unplaced.unasked(draft, data_dir):
            service = settings.companies_url, settings.fetch_rate
            draft.queue(state["kind"], state["year"], state.get("answers"), service, state.get("declarations"))
            begin(draft, data_dir)
        return _see(f"/admin/import/{draft.id}")

    @admin.post("/import/<draft_id>/abandonner")
    def drop(draft_id: str) -> Response:
        if not signed(request.form.get(access.FIELD, "")):
            return told(*refused(access.TOKEN), 403)
        drafts.get(draft_id).remove()
        return _see("/admin?dit=abandonnee")

    @admin.post("/publications/courante")
    def choose() -> Response:
        if not signed(request.form.get(access.FIELD, "")):
            return told(*refused(access.TOKEN), 403)
        release = request.form.get("release", "")
        Store(data_dir).make_current(release)
        return _see(f"/admin?dit=courante-{release}")

    desk = assistant.Desk(drafts, page, told, signed, _see, begin)
    assistant.register(admin, desk)
    declaring.register(admin, declaring.Doors(drafts, data_dir, page, told, signed, begin, _see))
    kept.register(admin, desk)
    for error, why, status in FAULTS:
        admin.register_error_handler(error, _answer(told, why, status))
    admin.register_error_handler(413, lambda _error: told(*refused("size", settings.upload_megabytes), 413))
    return admin


def _answer(
    told: Callable[[str, str, int], Response], why: Callable[[], Told], status: int
) -> Callable[[Exception], Response]:
    return lambda _error: told(*why(), status)


def _problem(draft: Draft, kind: str | None, year: str) -> Callable[[], tuple[str, str]] | None:
    """Why what was sent cannot be read."""
    if not draft.paths() or (kind is not None and kind not in _kinds()):
        return messages.no_file
    if year and not (year.isascii() and year.isdecimal() and len(year) < 5 and int(year) in YEARS):  # noqa: PLR2004
        return messages.wrong_year
    return None


def _kinds() -> dict[str, str]:
    """Kinds of file, with what they are."""
    return {**{kind: reader.title for kind, reader in READERS.items()}, TABLE: "Tableau quelconque"}


def _see(path: str) -> Response:
    lang = request.args.get("lang")
    suffix = f"{'&' if '?' in path else '?'}lang={lang}" if lang in {"en"} else ""
    answer: Response = redirect(path + suffix, 303)  # type: ignore[assignment]
    return answer


def _attached(body: bytes, kind: str, name: str) -> Response:
    answer = Response(body, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
