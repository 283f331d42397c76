"""A version of a diagnostic as a content, and the differences of two: pages, reports and files read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dashboard import locale
from dashboard.actions import measures
from dashboard.actions.content import SHEET, rows_label, written
from dashboard.actions.form import LABELS as ACTION_LABELS
from dashboard.content import Content, Entry, Section, Sheet
from dashboard.diagnostic.content import LABELS as FINDING_LABELS
from dashboard.diagnostic.content import section as quadrant
from dashboard.diagnostic.content import typed
from dashboard.disputes.others import labelled
from dashboard.i18n import FRENCH, _, msg, plural
from dashboard.wording import worded
from layers.series import Cell
from layers.written import actions, differences, disputes, register
from layers.written.actions import Action, Year
from layers.written.register import QUADRANTS, Finding
from layers.written.versions import DRAFT, VALIDATED
from layers.written.workshop.meetings import COLLEGES

if TYPE_CHECKING:
    from dashboard.portrait.place import Place
    from dashboard.services import View
    from layers.written.differences import Differences
    from layers.written.versions import Version

YEARS = msg("Suivi par année")
WITHHELD = msg(
    "Version figée le {day}. Ses chiffres sous secret statistique que la publication montrée aujourd’hui donne "
    "autrement sont retirés, et son empreinte avec eux : la différence dirait ceux de quelques établissements."
)
WORDS = {
    **QUADRANTS,
    **register.STATUSES,
    **actions.STATUSES,
    **disputes.OUTCOMES,
    disputes.OPEN: msg("sans réponse encore"),
}
"""Words of what is kept as keys."""


def address(view: View, code: str, *numbers: int, form: str = "") -> str:
    """Address of the versions of a place, of one, or of the differences of two; of its file where a form is named."""
    asked = {"lang": view.state.lang} if view.state.lang != FRENCH else {}
    path = "/".join((f"/diagnostic/{code}/versions", *map(str, numbers))) + (f".{form}" if form else "")
    return path + (f"?{urlencode(asked)}" if asked else "")


def state(version: Version) -> str:
    """How far a version is, by whom and when."""
    if version.state == DRAFT:
        return _("Projet – non validé")
    told = _("Validée par {body} le {day}") if version.state == VALIDATED else _("Proposée par {body} le {day}")
    return locale.tight(told.format(body=version.body, day=locale.day_of(version.signed)))


def report(view: View, place: Place, version: Version) -> Content:
    """A version whole: findings by quadrant, actions, then the appendix of data, votes and disputes."""
    held = version.held
    found = [Finding(**one) for one in held["findings"]]
    title = _("Diagnostic partagé : {place}, version {n}").format(place=place.named.short, n=version.number)
    parts = [Section("state", state(version), _counts(held))]
    parts += [quadrant(view, key, found) for key in QUADRANTS]
    parts += [_actions(view, held), _figures(view, held), *_votes(held), *_disputes(view, held)]
    at = address(view, place.code, version.number)
    return _content(place, version, at, locale.tight(title), parts, states=[f"{state(version)}."])


def compared(view: View, place: Place, before: Version, after: Version) -> Content:
    """What differs between two versions: findings, figures, actions."""
    found = differences.of(_readable(view, before.held), _readable(view, after.held))
    title = _("Diagnostic partagé : {place}, de la version {a} à la version {b}").format(
        place=place.named.short, a=before.number, b=after.number
    )
    states = tuple(f"{one.number}{_(' : ')}{state(one)}." for one in (before, after))
    parts = [
        Section("states", _("Les deux versions"), states),
        _differing("findings", _("Constats"), found["findings"], "sentence"),
        _differing_figures(view, found["figures"]),
        _differing("actions", _("Actions"), found["actions"], "title"),
    ]
    at = address(view, place.code, before.number, after.number)
    return _content(place, after, at, locale.tight(title), parts, states=states)


def _counts(held: dict[str, Any]) -> tuple[str, ...]:
    n, acts = len(held["findings"]), len(held["actions"])
    said = (
        plural("{n} constat", "{n} constats", n).format(n=n),
        plural("{n} action", "{n} actions", acts).format(n=acts),
    )
    return (locale.tight(f"{', '.join(said)}."),)


def _actions(view: View, held: dict[str, Any]) -> Section:
    title = _("Actions")
    if not held["actions"]:
        return Section("actions", title, (_("Aucune action."),))
    heads = (_("Rubrique"), _("Contenu"))
    sheets = []
    for n, kept in enumerate(held["actions"], start=1):
        one, years = _action(kept)
        told = [
            (_("Avancement"), _(actions.STATUSES[one.status])),
            (_("Constats auxquels elle répond"), _sentences(held, one)),
            *((rows_label(name), written(view, one, name)) for name in SHEET),
            (_("Départ"), measures.started(view, one)),
            (_("Cible"), measures.aimed(view, one)),
            (_(YEARS), _followed(years)),
        ]
        rows = tuple((_told(label), typed(text)) for label, text in told if text)
        sheets.append(Sheet(f"action-{n}", one.title, heads, rows))
    return Section("actions", title, sheets=tuple(sheets))


def _action(kept: dict[str, Any]) -> tuple[Action, list[Year]]:
    """An action as it was frozen, and its follow-up."""
    known = {name: kept[name] for name in Action.__dataclass_fields__ if name in kept}
    return Action(**known), [Year(**year) for year in kept["years"]]


def _sentences(held: dict[str, Any], one: Action) -> str:
    """The findings that an action answers, in words."""
    sentences = {found["id"]: found["sentence"] for found in held["findings"]}
    return " / ".join(sentences.get(ident, _("Constat retiré depuis")) for ident in one.answers)


def _followed(years: Sequence[Year]) -> str:
    """The follow-up of an action in one text, the first year first."""
    told = (
        f"{year.year}{_(' : ')}{year.done}" + ("" if year.value is None else f" ({measures.counted(year.value)})")
        for year in years
    )
    return locale.tight(" / ".join(told))


def _readable(view: View, held: dict[str, Any]) -> dict[str, Any]:
    """What a version holds, its actions with what they name in words: what differs is what one reads."""
    made = []
    for kept in held["actions"]:
        one, years = _action(kept)
        words = {name: written(view, one, name) for name in ("budget", "indicator")}
        words |= {"baseline": measures.started(view, one), "target": measures.aimed(view, one)}
        made.append(kept | words | {"findings": _sentences(held, one), "years": _followed(years)})
    return held | {"actions": made}


def _figures(view: View, held: dict[str, Any]) -> Section:
    title = _("Annexe : les données")
    heads = (_("Indicateur"), _("Valeur"), _("Année"))
    rows = tuple(
        (Entry(label, label), Entry(one["value"], text, one["state"]), _plain(one["year"]))
        for one in held["figures"]
        if one["indicator"] in view.release.indicators
        for label, text in (_figure(view, one),)
    )
    return Section("figures", title, sheets=(Sheet("figures-list", title, heads, rows),))


def _figure(view: View, one: dict[str, Any]) -> tuple[str, str]:
    """An indicator by its name, and its value as it is printed everywhere."""
    indicator = worded(view.release, one["indicator"])
    return indicator.label, locale.cell(indicator, Cell("", "", one["value"], one["state"], None, None))


def _votes(held: dict[str, Any]) -> list[Section]:
    sentences = {one["id"]: one["sentence"] for one in held["findings"]}
    found = []
    for n, vote in enumerate(held["votes"], start=1):
        voters = ", ".join(f"{_(label)}{_(' : ')}{vote['voters'].get(key, 0)}" for key, label in COLLEGES.items())
        said = locale.tight(
            _("{meeting}, {day}. Votants : {voters}.").format(
                meeting=vote["meeting"], day=locale.day_of(vote["held"]), voters=voters
            )
        )
        title = locale.tight(_("Annexe : le vote « {question} »").format(question=vote["question"]))
        heads = (_("Constat"), _("Points"), *(locale.capital(_(label)) for label in COLLEGES.values()))
        rows = tuple(
            (
                typed(sentences.get(row["finding"], _("Constat retiré depuis"))),
                _plain(row["dots"]),
                *(_plain(row["by_college"].get(key), _("non dit")) for key in COLLEGES),
            )
            for row in vote["rows"]
        )
        sheets = (Sheet(f"vote-{n}", title, heads, rows),) if rows else ()
        none = () if rows else (_("Moins de trois votants : un vote secret n’a pas de résultat à montrer."),)
        found.append(Section(f"vote-of-{n}", title, (said, *none), sheets=sheets))
    return found


def _disputes(view: View, held: dict[str, Any]) -> list[Section]:
    if not held["disputes"]:
        return []
    title = _("Annexe : les chiffres contestés")
    heads = (_("Indicateur"), _("Valeur montrée"), _("Année"), _("Réponse"), _("Ce qui est répondu"))
    rows = tuple(
        (
            typed(labelled(view.release, one["indicator"])),
            typed(one["shown"]),
            _plain(one["year"]),
            _word(one["outcome"] or one["status"]),
            typed(one["answer"]),
        )
        for one in held["disputes"]
    )
    return [Section("disputes", title, sheets=(Sheet("disputes-list", title, heads, rows),))]


def _differing(key: str, title: str, found: Differences, named: str) -> Section:
    if not found:
        return Section(key, title, (_("Rien ne diffère."),))
    heads = (_("Quoi"), _("Ce qui change"), _("Avant"), _("Après"))
    none = Entry("", "–")
    rows = [(typed(one[named]), _told(_("ajouté")), none, _word(one["status"])) for one in found.added]
    rows += [(typed(one[named]), _told(_("retiré")), _word(one["status"]), none) for one in found.removed]
    labels = ACTION_LABELS | {"years": YEARS} if key == "actions" else FINDING_LABELS
    rows += [
        (typed(one.after[named]), _told(_(labels.get(name, name))), _word(was), _word(now))
        for one in found.changed
        for name, was, now in one.fields
    ]
    return Section(key, title, sheets=(Sheet(f"{key}-list", title, heads, tuple(rows)),))


def _differing_figures(view: View, found: Differences) -> Section:
    title = _("Chiffres")
    pairs: list[tuple[Any, Any]] = [(one.before, one.after) for one in found.changed]
    pairs += [(one, None) for one in found.removed]
    pairs += [(None, one) for one in found.added]
    rows = tuple(
        (_told(_figure(view, after or before)[0]), *_side(view, before), *_side(view, after))
        for before, after in pairs
        if (after or before)["indicator"] in view.release.indicators
    )
    if not rows:
        return Section("figures", title, (_("Rien ne diffère."),))
    heads = (_("Indicateur"), _("Avant"), _("Année"), _("Après"), _("Année"))
    return Section("figures", title, sheets=(Sheet("figures-list", title, heads, rows),))


def _side(view: View, one: dict[str, Any] | None) -> tuple[Entry, Entry]:
    """The value and the year of a figure in one of the versions; dashes where it has none."""
    if one is None:
        return Entry("", "–"), Entry("", "–")
    return Entry(one["value"], _figure(view, one)[1], one["state"]), _plain(one["year"])


def _told(text: str) -> Entry:
    return Entry(text, text)


def _word(value: Any) -> Entry:
    """A kept key in words, a number or a text as it is."""
    if isinstance(value, str) and value in WORDS:
        return _told(_(WORDS[value]))
    return typed(value) if isinstance(value, str) else _plain(value)


def _plain(value: float | None, none: str = "–") -> Entry:
    return Entry(value, none if value is None else str(value))


def _content(
    place: Place, version: Version, at: str, title: str, parts: Sequence[Section], *, states: Sequence[str]
) -> Content:
    demonstration = bool(version.held["demonstration"])
    lines = [_("Données de démonstration, fictives.")] if demonstration else []
    lines += states  # a file of tables has no other place for them
    told = _("Version figée le {day}, empreinte {digest}.") if version.digest else _(WITHHELD)
    lines.append(told.format(day=locale.day_of(version.created), digest=version.digest[:12]))
    if version.digest and not version.is_whole:
        lines.append(_("Attention : le contenu ne correspond plus à son empreinte, il a été changé depuis."))
    lines.append(_("Publication {release}.").format(release=version.release))
    return Content(
        key=f"version-{place.code}-{version.number}",
        address=at,
        title=title,
        headline=state(version),
        subtitle=locale.capital(place.named.subject),
        sections=tuple(parts),
        definitions=(),
        lines=tuple(map(locale.tight, lines)),
        release=version.release,
        demonstration=demonstration,
    )
