"""``/admin/choix``: what was said of files and serves for the next ones of their shape; each can be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request

from dashboard.administration import access, messages, overview
from dashboard.assistant import words
from dashboard.i18n import _
from layers import remembered
from layers.indicators.declared import YEAR
from layers.questions import AMOUNT, COLUMN, GRANTOR, NAME, RULING, SCOPE, TABLE, UNIT, WRITING
from layers.readers.answered import CHOICES

if TYPE_CHECKING:
    from flask import Blueprint, Response

    from dashboard.assistant.web import Desk
    from layers.remembered import Remembered

FIELD = "choix"
DONE = "oublie"


def register(admin: Blueprint, desk: Desk) -> None:
    """Add the page, and what forgets."""
    data_dir = desk.drafts.data_dir

    @admin.get("/choix")
    def kept() -> Response:
        listed = [_shown(one) for one in remembered.all_of(data_dir)]
        return desk.page("admin_kept", kept=listed, forgotten=request.args.get("dit") == DONE)

    @admin.post("/choix")
    def forget() -> Response:
        if not desk.signed(request.form.get(access.FIELD, "")):
            return desk.told(*messages.refused(access.TOKEN), 403)
        if not remembered.forget(data_dir, request.form.get(FIELD, "")):
            return desk.told(*messages.not_kept(), 404)
        return desk.see(f"/admin/choix?dit={DONE}")


def _shown(one: Remembered) -> dict[str, Any]:
    kinds = {
        remembered.CHOICES: _("Choix de lecture"),
        remembered.MAPPINGS: _("Correspondance de colonnes"),
        remembered.DECLARATIONS: _("Indicateurs déclarés"),
    }
    told = _of_indicator if one.kind == remembered.DECLARATIONS else _told
    return {
        "id": one.id,
        "kind": kinds[one.kind],
        "file": one.file or _("fichier non noté"),
        "when": overview.when(one.on.isoformat()),
        "said": [told(name, said) for name, said in one.said.items()],
    }


def _of_indicator(label: str, column: str) -> tuple[str, str]:
    return label, _quoted(column.replace(YEAR, _("(année)")))


def _told(name: str, said: str) -> tuple[str, str]:
    """What was said, and of what."""
    about, _colon, subject = name.partition(":")
    if about == COLUMN:
        return _quoted(subject), words.label(said, "") if said in CHOICES else said
    if about == UNIT and said.isdecimal() and int(said) in words.UNITS:
        return _quoted(subject), _(words.UNITS[int(said)])
    if about == TABLE:
        return _("Ce que contient le tableau"), _(words.CONTENTS[said]) if said in words.CONTENTS else said
    asked = {
        NAME: _("Colonne du bénéficiaire"),
        AMOUNT: _("Colonne du montant"),
        UNIT: _("Montants"),
        GRANTOR: _("Financeur : nom"),
        RULING: _("Suite donnée à la demande"),
        WRITING: _("Écriture des nombres"),
        SCOPE: _("Champ des emplois"),
    }
    return " ".join(filter(None, (asked.get(about, about), _quoted(subject)))), said


def _quoted(text: str) -> str:
    return _("« {text} »").format(text=text) if text else ""
