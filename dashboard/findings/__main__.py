"""The templates of sentences, with thresholds and examples: ``python -m dashboard.findings > docs/findings.md``."""

from __future__ import annotations

from dashboard import findings
from dashboard.findings.declaration import DOUBT
from dashboard.i18n import ENGLISH, FRENCH, LANGUAGES, plain, speaking
from dashboard.viewstate import ViewState
from layers import demonstration
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
    return plain("\n".join(parts))


if __name__ == "__main__":
    print(written(), end="")
