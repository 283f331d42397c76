"""The action sheets of a place as contents: the board, and one sheet; pages, files and documents read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard import locale
from dashboard.actions import measures
from dashboard.actions.form import LABELS
from dashboard.content import Content, Entry, Section, Sheet, Statement, filled
from dashboard.diagnostic.content import address as register_address
from dashboard.diagnostic.content import lang_of, typed
from dashboard.disputes import noted
from dashboard.disputes.shown import of_figures
from dashboard.i18n import FRENCH, _, plural
from dashboard.wording import worded
from layers.written.actions import STATUSES

if TYPE_CHECKING:
    from dashboard.portrait.place import Place
    from dashboard.services import View
    from layers.written.actions import Action, Year

SHEET = (
    "issue", "objective", "pilot", "partners", "perimeter", "budget", "instrument", "calendar", "indicator", "risks",
)  # fmt: skip
"""Rows of a sheet."""


def address(view: View, code: str, ident: str = "", *, pinned: bool = False) -> str:
    """Address of the board of a place, or of one of its sheets; ``pinned`` names the release."""
    release = view.release.id if pinned else view.state.release
    asked = {"release": release} if release else {}
    asked |= {"lang": view.state.lang} if view.state.lang != FRENCH else {}
    path = f"/diagnostic/{code}/actions" + (f"/{ident}" if ident else "")
    return path + (f"?{urlencode(asked)}" if asked else "")


def headline(place: Place, shown: Sequence[Action]) -> str:
    """How many actions, and how far they are."""
    if not shown:
        return locale.tight(_("Aucune action n’est encore écrite {within}").format(within=place.named.within))
    told = plural("{n} action {within}", "{n} actions {within}", len(shown))
    counts = [(label, sum(one.status == key for one in shown)) for key, label in STATUSES.items()]
    parts = ", ".join(f"{number} {_(label)}" for label, number in counts if number)
    said = told.format(n=len(shown), within=place.named.within)
    return locale.tight(_("{all} : {parts}").format(all=said, parts=parts))


def board(view: View, place: Place, shown: Sequence[Action], years: Sequence[Year]) -> Content:
    """The actions that are not withdrawn, by status, and all of them as a table."""
    heads = tuple(_(LABELS[name]) for name in ("title", "status", "pilot")) + tuple(
        rows_label(name) for name in ("calendar", "budget", "indicator")
    )
    rows = tuple(
        (
            typed(one.title),
            Entry(_(STATUSES[one.status]), _(STATUSES[one.status])),
            typed(one.pilot),
            *(typed(written(view, one, name)) for name in ("calendar", "budget")),
            typed(_progress(view, place, one, years)),
        )
        for one in shown
    )
    sections = [
        Section(key, locale.capital(_(label)), statements=tuple(_card(one) for one in shown if one.status == key))
        for key, label in STATUSES.items()
        if any(one.status == key for one in shown)
    ]
    if rows:
        title = _("Toutes les actions")
        sections.append(Section("list", title, sheets=(Sheet("actions-list", title, heads, rows),)))
    return _content(view, place, address(view, place.code, pinned=True), headline(place, shown), sections, shown=shown)


def sheet(view: View, place: Place, one: Action, years: Sequence[Year], sentences: Mapping[str, str]) -> Content:
    """One action: what it answers, how, what it is to change, what was done year by year."""
    answered = tuple(
        Statement(
            sentences[key],
            href=f"{register_address(view, place.code, pinned=True)}#constat-{key}",
            lang=lang_of(sentences[key]),
            linked=_("Voir le constat"),
        )
        for key in one.answers
        if key in sentences
    )
    rows = [(rows_label(name), written(view, one, name)) for name in SHEET]
    table = tuple((Entry(label, label), typed(text)) for label, text in rows if text)
    heads = (_("Rubrique"), _("Contenu"))
    sections = [Section("sheet", _("Fiche-action"), sheets=(Sheet("fiche", one.title, heads, table),))]
    if answered:
        sections.insert(0, Section("answers", _("Constats auxquels elle répond"), statements=answered))
    if found := measures.told(view, place, one, years):
        lines = tuple((Entry(label, label), Entry(text, text)) for label, text in found)
        title = _("Ce qu’elle doit changer")
        sections.append(Section("measure", title, sheets=(Sheet("mesure", title, heads, lines),)))
    if followed := measures.followed(view, place, one, years):
        title = _("Suivi par année")
        columns = (_("Année"), _("Ce qui a été fait"), _("Valeur comptée"), _("Mesuré"))
        rows_of = tuple((Entry(year, str(year)), typed(done), hand, cell) for year, done, hand, cell in followed)
        sections.append(Section("years", title, sheets=(filled(Sheet("suivi", title, columns, rows_of), 2),)))
    told_headline = locale.tight(f"{one.title} ({_(STATUSES[one.status])})")
    return _content(view, place, address(view, place.code, one.id, pinned=True), told_headline, sections, shown=(one,))


def rows_label(name: str) -> str:
    """What a row of a sheet is called."""
    return {"calendar": _("Calendrier"), "indicator": _("Indicateur")}.get(name) or _(LABELS[name])


def _card(one: Action) -> Statement:
    told = ". ".join(part for part in (one.title, one.pilot) if part)
    return Statement(told, lang=lang_of(told))


def written(view: View, one: Action, name: str) -> str:
    """What a sheet holds of a row, in words; empty where nobody wrote it."""
    if name == "budget":
        return "" if one.budget is None else locale.tight(f"{locale.number(one.budget)} €")
    if name == "calendar":
        return "–".join(str(year) for year in dict.fromkeys((one.begins, one.ends)) if year is not None)
    if name == "indicator":
        known = one.indicator if one.indicator in view.release.indicators else None
        return one.measured if known is None else worded(view.release, known).label
    return str(getattr(one, name))


def _progress(view: View, place: Place, one: Action, years: Sequence[Year]) -> str:
    own = [year for year in years if year.action == one.id]
    said = [f"{label}{_(' : ')}{text}" for label, text in measures.told(view, place, one, own)]
    return locale.tight("; ".join([written(view, one, "indicator"), *said] if said else said))


def _content(
    view: View, place: Place, at: str, told: str, sections: Sequence[Section], *, shown: Sequence[Action]
) -> Content:
    release = view.release
    lines = [_("Données de démonstration, fictives.")] if release.demonstration else []
    lines.append(_("Actions écrites par les participants ; ce qui est mesuré l’est par la publication nommée."))
    lines.append(_("Publication {release}.").format(release=release.id))
    return Content(
        key=f"actions-{place.code}",
        address=at,
        title=locale.tight(_("Actions : {place}").format(place=place.named.short)),
        headline=told,
        subtitle=locale.capital(place.named.subject),
        sections=tuple(sections),
        definitions=(),
        lines=tuple(map(locale.tight, lines)),
        release=release.id,
        demonstration=release.demonstration,
        disputed=noted.remarks(release, of_figures(view, {(one.indicator, one.place) for one in shown})),
    )
