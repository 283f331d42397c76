"""Findings: sentences computed from a release, by templates declared once, each supported by its numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import provenance
from dashboard.findings import evolution, share, standing
from dashboard.findings.declaration import TEMPLATES, Finding, Template
from dashboard.i18n import _, msg
from layers.indicators import FUNDING, INDICATORS
from layers.money import of_year

if TYPE_CHECKING:
    from dashboard.viewstate import ViewState
    from layers.release import Release

__all__ = ["SHOWN", "TEMPLATES", "Finding", "Template", "every", "pick"]

SHOWN = 3
LESS = 0.5
"""What the strength of a finding keeps where another already speaks of its territory, or of its group."""

TEMPLATES.update(
    {
        template.key: template
        for template in (
            Template(
                "gap",
                msg("Écart"),
                msg(
                    "Le territoire le plus haut et le plus bas, si l’écart dépasse le seuil de l’indicateur et si "
                    "leurs intervalles de confiance ne se touchent pas."
                ),
                standing.gaps,
            ),
            Template(
                "rank",
                msg("Rang"),
                msg("Un premier ou un dernier territoire, détaché de son voisin de classement et de la métropole."),
                standing.standings,
            ),
            Template(
                "trend",
                msg("Évolution"),
                msg("Un changement de la métropole entre deux années des mêmes sources, plus grand que le hasard."),
                evolution.trends,
            ),
            Template(
                "concentration",
                msg("Concentration"),
                msg("Un territoire dont la part dépasse d’un quart au moins sa part des habitants."),
                share.concentrations,
            ),
            Template(
                "specialisation",
                msg("Spécialisation"),
                msg(
                    "Un secteur dont la part dans un territoire dépasse d’un quart au moins sa part dans la métropole."
                ),
                share.specialisations,
            ),
        )
    }
)


def every(release: Release, state: ViewState) -> list[Finding]:
    """All the findings of a release for the perimeter of a view, in the order of the registry.

    Of money that is of head offices, of the State or of an old year (`layers.money`), each says so.
    """
    return [_named(release, finding) for template in TEMPLATES.values() for finding in template.find(release, state)]


def _named(release: Release, finding: Finding) -> Finding:
    marks = of_year(release, finding.state.year) if finding.indicator.group == FUNDING else ()
    if not marks:
        return finding
    told = _("{sentence} ({money}).").format(sentence=finding.sentence.removesuffix("."), money=provenance.money(marks))
    return replace(finding, sentence=told)


def pick(release: Release, state: ViewState, number: int = SHOWN) -> list[Finding]:
    """The most notable findings, of as many kinds; one about a territory or a group already told counts for less.

    The same release always gives the same ones: ties go to the order of the registries.
    """
    left = every(release, state)
    chosen: list[Finding] = []
    while left and len(chosen) < number:
        best = max(left, key=lambda finding: (_weight(finding, chosen), -_place(finding)))
        chosen.append(best)
        left = [finding for finding in left if finding.template != best.template]
    return chosen


def _weight(finding: Finding, chosen: list[Finding]) -> float:
    told = sum(
        (finding.indicator.group == other.indicator.group) + bool({*finding.areas} & {*other.areas}) for other in chosen
    )
    return finding.strength * LESS**told


def _place(finding: Finding) -> int:
    return list(INDICATORS).index(finding.indicator.key)
