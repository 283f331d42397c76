"""What is typed in each field of the product, by its name: a form with a field that is not here fails the walk."""

from __future__ import annotations

from tests.dashboard.accounts.test_accounts import OTHER, PASSWORD
from tests.dashboard.forms.rendered import Rendered
from tests.dashboard.forms.world import AGENT, VIEW

NASTY = "Saisie d’essai « fictive » <b>&amp;</b> \"x\" 'y'\n\nseconde ligne, n° "
TEXTS = ("minutes", "notes", "sentence", "done", "issue", "objective", "risks", "reason", "answer")
"""Fields of several lines."""
LINES = {
    "title": "Titre d’essai <b>&amp;</b>", "held": "2027-01-14", "question": "Question d’essai <b>&amp;</b> ?",
    "view": f"{VIEW}&territory=3", "theme": "Thème d’essai & fictif", "source": "Source d’essai \"fictive\"",
    "pilot": "Pilote d’essai", "partners": "Partenaires d’essai", "perimeter": "Périmètre d’essai",
    "instrument": "Dispositif d’essai", "measured": "Mesure d’essai", "body": "Organisme d’essai & fils",
    "signed": "2026-11-20", "note": "Note d’essai <i>", "contact": "essai@exemple.test", "minutes": "17", "dots": "4",
    "number": "2", "elected": "4211", "actors": "4212", "services": "4213", "budget": "421700", "begins": "2031",
    "ends": "2033", "baseline": "4242,5", "baseline_year": "2025", "target": "4777,5", "target_year": "2034",
    "year": "2024", "value": "4218", "name": "compte-essai", "password": PASSWORD, "new": OTHER, "again": OTHER,
}  # fmt: skip
SECRET = ("password", "new", "again")
ELSEWHERE = {"/connexion": {"name": AGENT}, "timer": {"minutes": "12"}}
"""What is right for one form alone, by its path or by what it asks."""
FILES = ("files",)


def right(form: Rendered) -> dict[str, str]:
    """What is typed in a form; `AssertionError` for a field that is not known."""
    own = ELSEWHERE.get(form.path, {}) | ELSEWHERE.get(form.hidden("what"), {})
    found = {}
    for n, field in enumerate(form.typed):
        name = field.get("name")
        if name in FILES:
            continue
        bare = name.partition("-")[0]
        table = dict.fromkeys(TEXTS, f"{NASTY}{n}") if field.tag == "textarea" else LINES
        assert bare in table, f"{form.page}: the walk does not know what to type in « {name} » of {form.action}"
        found[name] = own.get(bare, "1" if name.startswith("dots-") else table[bare])
    for field in form.chosen:
        code = field.get("name").partition("rank-")[2]
        if code:
            found[field.get("name")] = code
        elif field.get("name").startswith("dots-"):
            found[field.get("name")] = "2"
    return found


def visible(form: Rendered) -> dict[str, str]:
    """What of it must come back."""
    return {name: value for name, value in right(form).items() if name not in SECRET}
