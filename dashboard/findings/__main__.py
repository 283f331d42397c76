"""The templates of sentences, with thresholds and examples: ``python -m dashboard.findings > docs/findings.md``."""

from __future__ import annotations

from dataclasses import replace

from dashboard import findings
from dashboard.findings.declaration import DOUBT
from dashboard.followup import choice as followup
from dashboard.followup.content import content as followed
from dashboard.funding import choice as funding
from dashboard.funding.choice import Scenario
from dashboard.funding.content import content as funded
from dashboard.i18n import ENGLISH, FRENCH, LANGUAGES, plain, speaking
from dashboard.portrait.briefing import questions, sides
from dashboard.portrait.content import content
from dashboard.portrait.place import METROPOLE, place
from dashboard.services import View
from dashboard.viewstate import ViewState
from layers import demonstration
from layers.allocation import RULES
from layers.indicators import INDICATORS
from layers.intervals import CONFIDENCE, LEAST_RANKING, LEAST_RATE
from layers.specialisation import NOTABLE

HEAD = """# Sentences computed from the numbers

Made by `python -m dashboard.findings > docs/findings.md`; a test says when it is stale. The examples are of the
demonstration release: fictitious, they say nothing of the metropole.

Thresholds, declared once in the code and the same for all templates:

| | |
|---|---|
| no rate is compared under | {rate} units (`layers.intervals.LEAST_RATE`) |
| no areas are ranked under | {ranking} units in all (`LEAST_RANKING`) |
| confidence of an interval that is shown | {confidence} % (`CONFIDENCE`) |
| risk over all the comparisons of a template | {doubt} % (`DOUBT`, Bonferroni) |
| quotient from which a place is specialised | {notable} (`layers.specialisation.NOTABLE`) |

Under the gap of its indicator a difference is told as weak, and is no finding:

| indicator | gap |
|---|---|
{gaps}
"""

PAGES = """## Sentences of the pages

Headline of a portrait, its strengths, points to watch and questions (`dashboard.portrait.briefing`); headlines of the
funding by need and by rule of a scenario (`dashboard.funding.content`, `scenario`), and of the follow-up
(`dashboard.followup.content`).
"""


def written() -> str:
    """The document."""
    gaps = "\n".join(f"| {one.label} | {100 * one.weak_gap:g} % |" for one in INDICATORS.values() if one.weak_gap)
    parts = [
        HEAD.format(
            rate=LEAST_RATE,
            ranking=LEAST_RANKING,
            confidence=f"{100 * CONFIDENCE:g}",
            doubt=f"{100 * DOUBT:g}",
            notable=f"{NOTABLE:g}",
            gaps=gaps,
        )
    ]
    release = demonstration.release()
    for key, template in findings.TEMPLATES.items():
        parts.append(f"## {template.label} (`{key}`)\n\n{template.rule}\n")
        examples = []
        for lang in (FRENCH, ENGLISH):
            with speaking(lang):
                found = findings.TEMPLATES[key].find(release, ViewState(lang=lang))
                best = max(found, key=lambda one: one.strength, default=None)
                if best is not None:
                    examples.append(f"- {LANGUAGES[lang]}: {best.sentence}")
        parts.append("\n".join(examples or ["The demonstration supports none."]) + "\n")
    return plain("\n".join([*parts, PAGES, *(_pages(lang) for lang in (FRENCH, ENGLISH))]))


def _pages(lang: str) -> str:
    """What the pages say of themselves, and the sentences of a portrait, in a language."""
    release = demonstration.release()
    with speaking(lang):
        seen = View(release, ViewState(lang=lang), ())
        money = View(release, ViewState(indicator=funding.INDICATOR, lang=lang), ())
        usual = funding.read(money)
        said = [content(seen, place(seen, code)).headline for code in (METROPOLE, "3")]
        said += [one.text for one in (*sides(seen, place(seen, "3")), *questions(seen, place(seen, "3")))]
        said += [funded(money, replace(usual, need=need)).headline for need in ("population", "jobs")]
        said += [funded(money, replace(usual, scenario=Scenario(rule, 900_000))).headline for rule in RULES]
        said.append(followed(seen, followup.read(seen)).headline)
    return "\n".join((f"### {LANGUAGES[lang]}\n", *(f"- {one}" for one in dict.fromkeys(said)), ""))


if __name__ == "__main__":
    print(written(), end="")
