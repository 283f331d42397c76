"""The one door of what is written by the pages: who asks, what their role may do, and that the form is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from dashboard.administration import access
from dashboard.i18n import _

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.datastructures import MultiDict

    from dashboard.settings import Settings

FINDINGS, WORKSHOPS, ACTIONS = "findings", "workshops", "actions"
DISPUTES, VERSIONS = "disputes", "versions"
"""Rights: write findings; prepare and lead meetings; write action sheets; answer who disputes a value; freeze, propose
and validate versions."""
RIGHTS: Final = (FINDINGS, WORKSHOPS, ACTIONS, DISPUTES, VERSIONS)
LOCAL: Final = "administrateur local"
FIELD: Final = access.FIELD
"""Name of the field of a form that carries its token."""


class Gate:
    """Who may do what; every method speaks of the request in hand."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def may(self, right: str) -> bool:
        """Whether who asks has a right of `RIGHTS`: who sits at this machine, even where it serves a room too."""
        return right in RIGHTS and access.away(request, self._settings) is None

    def who(self) -> str:
        """As the journal names who asks."""
        return LOCAL

    def token(self) -> str:
        """What the forms of this visit carry; `keep` must follow, on the answer."""
        return access.token(access.key(self._settings.data_dir), self._visit())

    def keep(self, response: Response) -> Response:
        """Put the cookie of this visit, which its token goes with."""
        response.set_cookie(access.COOKIE, self._visit(), path="/", httponly=True, samesite="Strict")
        return response

    def refusal(self, right: str | None, form: MultiDict[str, str]) -> str | None:
        """Why what a form asks is not done, as a sentence; None where it may. ``right`` None: anybody may.

        The form must come from a page of this server, in this visit.
        """
        if right is not None and not self.may(right):
            return _("Refusé : cette page s’écrit depuis la machine qui sert, et d’elle-même.")
        key = access.key(self._settings.data_dir)
        visit = request.cookies.get(access.COOKIE, "")
        if access.write_refusal(request) or not access.is_token(key, visit, form.get(FIELD, "")):
            return _("Refusé : cette page s’écrit depuis la machine qui sert, et d’elle-même.")
        return None

    def _visit(self) -> str:
        """The session of this visit, the same for the whole of one request."""
        found: str = request.environ.get("ess.visit") or request.cookies.get(access.COOKIE) or access.session()
        request.environ["ess.visit"] = found
        return found
