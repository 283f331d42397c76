"""The page that asks what a table of communes or of territories counts: ``/admin/import/<id>/indicateur/<place>``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Response, request
from werkzeug.datastructures import MultiDict

from dashboard.administration import access, messages
from dashboard.i18n import _, msg
from geodata import gazetteer as gazetteers
from geodata import geography as geographies
from geodata.attach import Attacher
from layers import corrections, questions
from layers.drafts import Draft, Drafts, UnknownDraft
from layers.drafts.draft import CHANGED, READY, REFUSED
from layers.indicators import AMOUNT, COUNT, RATIO
from layers.indicators.declared import (
    INDICATORS,
    LAST,
    MEAN,
    MEDIAN,
    POPULATION,
    RATE,
    SUM,
    YEAR,
    Declaration,
    from_json,
)
from layers.readers import declarations, declaring
from layers.readers.registry import open_file
from layers.recognition.opening import Table
from layers.typography import sentence
from layers.unreadable import UnreadableFile
from layers.values.numbers import value as number_of

if TYPE_CHECKING:
    from flask import Blueprint

PATH: Final = "/import/<draft_id>/indicateur/<int:place>"
LICENCE: Final = "Licence Ouverte 2.0"
NUMBERS: Final = {
    COUNT: msg("un nombre, qui s’additionne d’une commune à l’autre"),
    AMOUNT: msg("un montant en euros, qui s’additionne"),
    RATIO: msg("un rapport de deux colonnes : chacune s’additionne, puis on divise"),
    MEDIAN: msg("une médiane, qui ne s’additionne pas"),
    RATE: msg("un taux déjà calculé, qui ne s’additionne pas"),
}
"""What the number may be, by the name that declarations give it."""
FIELDS: Final = {
    "label": msg("Nom"),
    "number": msg("Ce que le nombre est"),
    "numerator": msg("Colonne du nombre, ou du numérateur"),
    "denominator": msg("Colonne du dénominateur"),
    "unit": msg("Unité"),
    "scale": msg("Échelle d’un rapport"),
    "digits": msg("Décimales"),
    "definition": msg("Définition"),
    "secrecy": msg("Seuil de secret"),
    "caveat": msg("Réserve"),
    "noun": msg("Ce que le nombre compte, dans une phrase"),
    "pivot": msg("Valeur de bascule"),
    "periods": msg("Mois ou trimestres"),
    "where": msg("Lignes à lire"),
    "year": msg("Année"),
    "source": msg("Source"),
    "publisher": msg("Producteur"),
    "licence": msg("Licence"),
}
"""Fields of the page, by the name that declarations give them."""
SCALES: Final = (("1", msg("tel quel")), ("100", msg("en pour cent (× 100)")), ("1000", msg("pour 1 000 (× 1 000)")))
PERIODS: Final = (
    ("", msg("À demander, s’il y en a")),
    (LAST, msg("le dernier fait la valeur de l’année")),
    (MEAN, msg("leur moyenne fait la valeur de l’année")),
    (SUM, msg("leur somme fait la valeur de l’année")),
)
KEPT: Final = "keep"
OPEN: Final = (READY, REFUSED, CHANGED)
"""What a draft is when one of its files may be declared."""
_LONGEST: Final = {
    **dict.fromkeys(("label", "unit", "year", "source", "publisher", "licence"), 200),
    "definition": 500,
    "caveat": 500,
    "noun": 200,
}
"""Letters that a text may have, as many as the page lets type."""
_TEXTS: Final = ("label", "unit", "numerator", "denominator", "definition", "caveat", "noun")
_POPULATION: Final = msg("Population municipale (déjà dans le tableau de bord)")
_WHOSE: Final = ("source", "publisher", "licence")


@dataclass(frozen=True, slots=True)
class Doors:
    """What the blueprint lends: the drafts, its pages, its refusals, and what reads a draft again."""

    drafts: Drafts
    data_dir: Path
    page: Callable[..., Response]
    told: Callable[[str, str, int], Response]
    signed: Callable[[str], bool]
    begin: Callable[[Draft, Path], None]
    see: Callable[[str], Response]


@dataclass(frozen=True, slots=True)
class _File:
    """One file of a draft, open, and what is known of it already."""

    draft: Draft
    place: int
    table: Table
    known: Declaration | None


def register(admin: Blueprint, doors: Doors) -> None:
    """Put the page among those of the administration."""

    @admin.get(PATH)
    def asked(draft_id: str, place: int) -> Response:
        if doors.drafts.get(draft_id).state()["status"] not in OPEN:
            return doors.see(f"/admin/import/{draft_id}")
        try:
            return doors.page("admin_indicator", **_context(_open(doors, draft_id, place)))
        except UnreadableFile as error:
            return doors.told(_("Ce fichier n’est pas un tableau"), error.sentence, 400)

    @admin.post(PATH)
    def declare(draft_id: str, place: int) -> Response:
        if not doors.signed(request.form.get(access.FIELD, "")):
            return doors.told(*messages.refused(access.TOKEN), 403)
        if doors.drafts.get(draft_id).state()["status"] not in OPEN:
            return doors.told(*messages.being_read(), 409)
        try:
            file = _open(doors, draft_id, place)
            said = _declared(file, request.form)
        except UnreadableFile as error:
            return doors.told(_("Ce fichier n’est pas un tableau"), error.sentence, 400)
        except ValueError as error:
            return doors.told(_("Déclaration à compléter"), _named(str(error)), 400)
        state = file.draft.state()
        name = file.table.path.name
        told = {**state.get("declarations", {}), name: said.to_json()}
        answers = {key: one for key, one in state.get("answers", {}).items() if key != f"{name}/{questions.TABLE}"}
        file.draft.queue(None, state["year"], answers, declarations=told)
        doors.begin(file.draft, doors.data_dir)
        return doors.see(f"/admin/import/{draft_id}")


def _open(doors: Doors, draft_id: str, place: int) -> _File:
    """A file of a draft, open at the sheet and the header that were chosen. Raises `UnknownDraft`, `UnreadableFile`."""
    draft = doors.drafts.get(draft_id)
    state, paths = draft.state(), draft.paths()
    if place >= len(paths):
        raise UnknownDraft(draft_id)
    mappings = declarations.of_folder(doors.data_dir)
    said = questions.known(doors.data_dir, state.get("answers", {}))
    table = open_file(paths[place], None, mappings, said).source
    shape = declarations.shape([table.header[at] for at in corrections.own(table.header)])
    given = state.get("declarations", {}).get(paths[place].name)
    known = from_json(given) if given else mappings.declarations.get(shape)
    return _File(draft, place, table, known)


def _context(file: _File) -> dict[str, Any]:
    attacher = Attacher(gazetteers.load(), geographies.load())
    area = file.known.area if file.known and file.known.area else declaring.area(file.table, attacher)
    references = declaring.references(file.table, area)
    numbers = declaring.numbers(file.table, area)
    whose = {name: getattr(file.known, name) if file.known else "" for name in _WHOSE}
    return {
        "draft": file.draft.id,
        "place": file.place,
        "file": file.table.path.name,
        "header": list(file.table.header),
        "pairs": [(name, name) for name in file.table.header if name],
        "rows": [row[: len(file.table.header)] for row in file.table.sample[:3]],
        "area": area,
        "year": file.known.year if file.known else "",
        "references": [(one, one.replace(YEAR, _("(année)"))) for one in references],
        "dividing": [*((one, one.replace(YEAR, _("(année)"))) for one in references), (POPULATION, _(_POPULATION))],
        "periods": [(key, _(label)) for key, label in PERIODS],
        "period": file.known.periods if file.known else "",
        "wheres": [*(file.known.where.items() if file.known else ()), ("", "")],
        "first": numbers[0] if numbers else None,
        "whose": {**whose, "licence": whose["licence"] or LICENCE},
        "numbers": [(key, _(label)) for key, label in NUMBERS.items()],
        "scales": [(factor, _(label)) for factor, label in SCALES],
        "known": file.known.numbers if file.known else (),
    }


def _declared(file: _File, form: MultiDict[str, str]) -> Declaration:
    """What a form says: the indicators that are kept, and the new one. ``ValueError`` in French where it cannot be."""
    for name, most in _LONGEST.items():
        if len(form.get(name, "")) > most:
            raise ValueError(_("« {field} » : {most} caractères au plus").format(field=_(FIELDS[name]), most=most))
    kept = [one for one in (file.known.numbers if file.known else ()) if one.key in form.getlist(KEPT)]
    new = [_number(form)] if form.get("label", "").strip() or not kept else []
    names = {one["key"] or one["label"] for one in new}
    numbers = [one.to_json() for one in kept if one.key not in names and one.label not in names]
    measure, value = declaring.measured(file.table) or ("", "")
    return from_json(
        {
            **{name: form.get(name, "") for name in _WHOSE},
            "area": form.get("area", ""),
            "year": form.get("year", "").strip(),
            "measure": measure,
            "value": value,
            "periods": form.get("periods", ""),
            "where": dict(_where(file.table.header, form)),
            INDICATORS: [*numbers, *new],
        }
    )


def _where(header: Sequence[str], form: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What columns must say, by title, as the pairs of fields of a form tell it."""
    for at in range(len(header)):
        if title := form.get(f"where-{at}", ""):
            yield title, form.get(f"said-{at}", "").strip()


def _number(form: Mapping[str, str]) -> dict[str, Any]:
    """One indicator of a form, as JSON."""
    number = form.get("kind", "")
    texts = {name: form.get(name, "").strip() for name in _TEXTS}
    if number not in (RATIO, MEDIAN, RATE):
        texts["denominator"] = ""
    amounts = {name: _whole(form, name) for name in ("digits", "secrecy")}
    scale = _whole(form, "scale") if number == RATIO else 1
    return {**texts, **amounts, "number": number, "scale": scale or 1, "pivot": _pivot(form), "key": ""}


def _pivot(form: Mapping[str, str]) -> float | None:
    text = form.get("pivot", "").strip()
    found = number_of(text) if text else None
    if text and (found is None or found.number is None):
        raise ValueError(_("« {field} » : un nombre est attendu").format(field=_(FIELDS["pivot"])))
    return found.number if found else None


def _named(fault: str) -> str:
    """What is wrong with a declaration, with the fields as the page calls them."""
    for key, label in FIELDS.items():
        fault = fault.replace(f"« {key} »", f"« {_(label)} »")
    return sentence(re.sub(r"^indicateur \d+ : ", "", fault))


def _whole(form: Mapping[str, str], name: str) -> int:
    text = form.get(name, "").strip() or "0"
    if not (text.isascii() and text.isdecimal() and len(text) < 7):  # noqa: PLR2004
        raise ValueError(_("« {field} » : un nombre entier est attendu").format(field=_(FIELDS[name])))
    return int(text)
