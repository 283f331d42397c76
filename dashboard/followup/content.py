"""The content of ``/suivi``: the page and its files read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import locale, provenance
from dashboard.areas import territory
from dashboard.content import Content
from dashboard.disputes import noted
from dashboard.disputes.shown import of_page
from dashboard.followup import chain, results
from dashboard.followup.choice import PATH, address
from dashboard.i18n import _
from layers import programme, targets

if TYPE_CHECKING:
    from dashboard.followup.choice import Choice
    from dashboard.services import View
    from layers.release import Release


def content(view: View, choice: Choice) -> Content:
    """All of the page of a choice, in the language in force."""
    release = view.release
    sections = (
        results.jobs(release, choice),
        results.budget(release),
        results.laureates(release, choice),
        chain.chain(release, choice),
        chain.meetings(release, choice),
        chain.practices(release, choice),
    )
    return Content(
        key="suivi",
        address=address(view, choice, pinned=True),
        title=_("Suivi du plan"),
        headline=headline(release, choice),
        subtitle=subtitle(choice),
        sections=sections,
        definitions=(),
        lines=_lines(release),
        release=release.id,
        demonstration=release.demonstration,
        disputed=noted.remarks(release, of_page(view, PATH)),
    )


def headline(release: Release, choice: Choice) -> str:
    """Jobs planned and observed beside the target, created and maintained apart."""
    now = choice.counted(programme.entries(release, "jobs"))
    created, maintained = (programme.total(now, f"jobs_{kind}_planned") for kind in ("created", "maintained"))
    if choice.until is None:
        return _("Cette publication ne contient aucun suivi du plan.")
    if created is None and maintained is None:
        return locale.tight(
            _("De {first} à {last} : aucun emploi n’est suivi").format(first=choice.window[0], last=choice.window[-1])
        )
    told = _("De {first} à {last}, {created} emplois créés et {maintained} maintenus sont prévus {where}")
    if maintained is None:
        told = _("De {first} à {last}, {created} emplois créés sont prévus {where}")
    if created is None:
        told = _("De {first} à {last}, {maintained} emplois maintenus sont prévus {where}")
    said = told.format(
        first=choice.window[0],
        last=choice.window[-1],
        created=results.fte(created)[1],
        maintained=results.fte(maintained)[1],
        where=territory(choice.territory).within if choice.territory else _("dans la métropole"),
    )
    if choice.territory is None:
        said += _(", pour un objectif de {target}").format(target=locale.number(targets.JOBS.value))
    return locale.tight(said)


def subtitle(choice: Choice) -> str:
    """Where, and which years."""
    where = territory(choice.territory).short if choice.territory else _("Métropole")
    if choice.until is None:
        return where
    return locale.tight(
        _("{where}, décisions de {first} à {last}").format(where=where, first=choice.window[0], last=choice.window[-1])
    )


def _lines(release: Release) -> tuple[str, ...]:
    """Where it comes from, and where the targets do."""
    said = [_("Données de démonstration, fictives.")] if release.demonstration else []
    kinds = tuple(dict.fromkeys(str(kind) for kind in release.programme["source"]))
    vintages = tuple(dict.fromkeys(str(one) for one in release.programme["vintage"]))
    said += provenance.line(release, kinds, vintages)
    said.append(_("Publication {release}.").format(release=release.id))
    said.append(_(targets.SOURCE))
    said += [
        _("{title} : {publisher}, {licence}.").format(title=one, publisher=one.publisher, licence=one.licence)
        for one in provenance.told(release, kinds, vintages)
        if one.publisher and one.licence
    ]
    return tuple(dict.fromkeys(locale.tight(one) for one in said))
