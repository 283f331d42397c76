"""An empty workbook to fill in: the sheet of the rows, and the sheet that says what each column means."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import xlsxwriter

from layers.templates.declaration import COUNT, DATE, EUROS, NUMBER, SIRET, YEAR, YES_NO, Field, Template
from layers.typography import typeset

ROWS, NOTICE = "À remplir", "Mode d’emploi"
LAST: Final = 5000
"""Rows that are formatted and checked while one types."""
FORMATS: Final = {EUROS: "# ##0.00\\ €", NUMBER: "0.0", COUNT: "0", YEAR: "0", DATE: "dd/mm/yyyy", SIRET: "@"}
_WIDE, _NARROW, _FULL = 34, 16, 90
_INK, _TINT = "#13242b", "#dcefe6"


def write(template: Template, path: Path) -> None:
    """Write the workbook of a template; an existing file is replaced.

    Raises
    ------
    OSError
        Where the file cannot be written.
    """
    try:
        with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
            book.set_properties({"title": template.title, "comments": f"Modèle « {template.kind} »"})
            _rows(book, template)
            _notice(book, template)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from error


def _rows(book: Any, template: Template) -> None:
    sheet = book.add_worksheet(ROWS)
    head = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": _TINT, "border": 1, "font_color": _INK}
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 48)
    for at, field in enumerate(template.fields):
        sheet.write(0, at, typeset(field.header), book.add_format(head))
        sheet.set_column(at, at, _NARROW if field.kind in FORMATS else _WIDE, _format(book, field))
        sheet.write_comment(0, at, typeset(field.meaning), {"x_scale": 2})
        if check := _check(field):
            sheet.data_validation(1, at, LAST, at, check)
    sheet.autofilter(0, 0, LAST, len(template.fields) - 1)


def _format(book: Any, field: Field) -> Any:
    return book.add_format({"num_format": FORMATS[field.kind]}) if field.kind in FORMATS else None


def _check(field: Field) -> dict[str, Any] | None:
    """What the spreadsheet refuses while one types; the importer checks all again."""
    title, message = typeset(field.header)[:32], typeset(field.meaning)[:255]
    told = {"error_title": title, "error_message": message, "ignore_blank": True}
    if field.kind == YES_NO:
        return {"validate": "list", "source": ["oui", "non"], **told}
    if field.kind == YEAR:
        return {"validate": "integer", "criteria": "between", "minimum": 2000, "maximum": 2100, **told}
    if field.kind in (EUROS, NUMBER, COUNT):
        return {"validate": "decimal", "criteria": ">=", "value": 0, **told}
    return None


def _notice(book: Any, template: Template) -> None:
    sheet = book.add_worksheet(NOTICE)
    bold, wrap = book.add_format({"bold": True, "bg_color": _TINT, "border": 1}), book.add_format({"text_wrap": True})
    title = book.add_format({"bold": True, "font_size": 16, "font_color": _INK})
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, 1, _NARROW)
    sheet.set_column(2, 2, _FULL)
    sheet.set_column(3, 3, _WIDE)
    lines = [
        template.purpose,
        f"Remplir la feuille « {ROWS} », sans changer ses titres ; les lignes vides sont laissées de côté.",
        "Enregistrer, puis : ess import LE_FICHIER.xlsx --dry-run, pour voir ce qui sera refusé, et pourquoi.",
        "Aucun nom de personne. Une cellule vide veut dire « non connu », et non zéro.",
    ]
    sheet.write(0, 0, template.title, title)
    for at, line in enumerate(lines, start=1):
        sheet.write(at, 0, typeset(line))
    start = len(lines) + 2
    for at, head in enumerate(("Colonne", "Obligatoire", "Ce qu’elle veut dire", "Exemple fictif, non importé")):
        sheet.write(start, at, head, bold)
    for at, field in enumerate(template.fields, start=start + 1):
        sheet.write(at, 0, typeset(field.header), wrap)
        sheet.write(at, 1, "oui" if field.required else "")
        sheet.write(at, 2, typeset(field.meaning), wrap)
        sheet.write(at, 3, field.example, wrap)
