"""The register of a place as a content: the page's files and documents read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard import locale
from dashboard.content import Content, Entry, Section, Sheet, Statement, filled
from dashboard.disputes import noted
from dashboard.disputes.shown import of_figures
from dashboard.i18n import FRENCH, _, known, msg, plural
from dashboard.wording import worded
from layers.rounding import whole
from layers.series import Cell
from layers.written.register import EVIDENCE, QUADRANTS, STATUSES, Finding
from layers.written.workshop.meetings import COLLEGES

if TYPE_CHECKING:
    from dashboard.portrait.place import Place
    from dashboard.services import View
    from layers.written.workshop.results import Result
    from layers.written.workshop.tally import Votes


LABELS = {
    "sentence": msg("Constat"),
    "quadrant": msg("Partie"),
    "theme": msg("Thème"),
    "status": msg("Statut"),
    "source": msg("Source"),
}
"""Fields of a finding, as they are named."""
NOTABLE = 0.2
"""Difference of share between two colleges from which it is said."""


def address(view: View, code: str, *, pinned: bool = False) -> str:
    """Address of the register of a place; ``pinned`` names the release."""
    release = view.release.id if pinned else view.state.release
    asked = {"release": release} if release else {}
    asked |= {"lang": view.state.lang} if view.state.lang != FRENCH else {}
    return f"/diagnostic/{code}" + (f"?{urlencode(asked)}" if asked else "")


def content(view: View, place: Place, found: Sequence[Finding]) -> Content:
    """The findings that are not withdrawn, by quadrant."""
    release = view.release
    shown = [one for one in found if not one.withdrawn]
    return Content(
        key=f"diagnostic-{place.code}",
        address=address(view, place.code, pinned=True),
        title=_("Diagnostic partagé : {place}").format(place=place.named.short),
        headline=headline(place, shown),
        subtitle=locale.capital(place.named.subject),
        sections=tuple(section(view, key, shown) for key in QUADRANTS),
        definitions=(),
        lines=_lines(view, shown),
        release=release.id,
        demonstration=release.demonstration,
        disputed=noted.remarks(release, of_figures(view, {(one.indicator, one.place) for one in shown})),
    )


def headline(place: Place, shown: Sequence[Finding]) -> str:
    """How many findings, and how many of them are shared and disputed."""
    if not shown:
        return locale.tight(_("Aucun constat n’est encore écrit {within}").format(within=place.named.within))
    told = plural("{n} constat {within}", "{n} constats {within}", len(shown))
    said = told.format(n=len(shown), within=place.named.within)
    counts = {key: sum(one.status == key for one in shown) for key in STATUSES}
    parts = [
        plural("{n} partagé", "{n} partagés", counts["shared"]).format(n=counts["shared"]),
        plural("{n} contesté", "{n} contestés", counts["disputed"]).format(n=counts["disputed"]),
        _("{n} à vérifier").format(n=counts["to_check"]),
    ]
    return locale.tight(_("{all} : {parts}").format(all=said, parts=", ".join(parts)))


def evidence(view: View, one: Finding) -> str:
    """On what a finding stands: an indicator with its value, year and release, or who said it."""
    if one.indicator is None or one.indicator not in view.release.indicators:
        return locale.tight(f"{locale.capital(_(EVIDENCE[one.evidence]))}{_(' : ')}{one.source}")
    indicator = worded(view.release, one.indicator)
    cell = Cell(one.place, "", one.value, one.state or "missing", None, None)
    told = _("{indicator}, {year} : {value} (publication {release})").format(
        indicator=indicator.label, year=one.year or "", value=locale.cell(indicator, cell), release=one.release
    )
    return locale.tight(told)


def voted(result: Result, votes: Votes) -> str:
    """What a vote gave a finding, in all and by college, with the meeting and its day."""
    told = plural("{n} point", "{n} points", votes.dots).format(n=votes.dots)
    inside = ", ".join(
        f"{_(label)}{_(' : ')}{_('non dit') if votes.by_college[key] is None else votes.by_college[key]}"
        for key, label in COLLEGES.items()
    )
    gap = ""
    if votes.gap is not None and votes.gap >= NOTABLE:
        gap = ". " + _("Écart entre collèges : {points} points de part").format(points=whole(100 * votes.gap))
    return locale.tight(f"{result.meeting.title}, {locale.day(result.meeting.day)}{_(' : ')}{told} ({inside}){gap}")


def section(view: View, key: str, shown: Sequence[Finding]) -> Section:
    """The findings of a quadrant: cards, and a table with their evidence."""
    inside = [one for one in shown if one.quadrant == key]
    title = _(QUADRANTS[key])
    if not inside:
        return Section(key, title, (_("Aucun constat."),))
    heads = (_("Constat"), _("Thème"), _("Statut"), _("Preuve"), _("Écrit le"))
    rows = tuple(
        (
            typed(one.sentence),
            typed(one.theme),
            Entry(_(STATUSES[one.status]), _(STATUSES[one.status])),
            typed(evidence(view, one)),
            Entry(one.created[:10], locale.day_of(one.created)),
        )
        for one in inside
    )
    cards = tuple(Statement(one.sentence, _kind(one), one.proof or "", lang_of(one.sentence)) for one in inside)
    return Section(key, title, statements=cards, sheets=(filled(Sheet(f"{key}-list", title, heads, rows)),))


def _kind(one: Finding) -> str:
    return ", ".join(part for part in (_(STATUSES[one.status]), one.theme) if part)


def typed(text: str) -> Entry:
    """What people typed, which is in French."""
    return Entry(text, text, lang=lang_of(text))


def lang_of(text: str) -> str:
    """The language of what people typed, where it is not that of the page."""
    return "" if not text or known(text) else FRENCH


def _lines(view: View, shown: Sequence[Finding]) -> tuple[str, ...]:
    release = view.release
    said = [_("Données de démonstration, fictives.")] if release.demonstration else []
    said.append(_("Constats écrits par les participants ; les chiffres sont ceux de la publication que chacun nomme."))
    others = sorted({one.release for one in shown if one.release and one.release != release.id})
    if others:
        said.append(_("Publications citées : {releases}.").format(releases=locale.listed(others)))
    said.append(_("Publication {release}.").format(release=release.id))
    return tuple(map(locale.tight, said))
