"""No text that a reader sees is written outside a message: in a template, in the code of a page, in a script."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dashboard.assets import FOLDER as ASSETS
from dashboard.translations.messages import FORMS, PROGRAM

TEMPLATES = sorted((PROGRAM / "templates").glob("*.html"))
SPOKEN = ("aria-label", "title", "placeholder", "alt")
"""Attributes that are read out or shown."""
NAMES = {"Lille Métropole", "5 km", "N", "sha256"}
"""What is the same in every language."""
FRENCH_ONLY = (
    "cli",
    "serving",
    "administration/starting",
    "french",
    "settings",
    "api/",
    "wording",
    "translations/__main__",
)
"""Starts of files whose texts stay French by decision: the command line, the API's prose, the writer of French."""
TELLS_FRENCH = re.compile(
    r"[àâçéèêëîïôùûœ«»]|"
    r"\b(le|la|les|des|du|une|dans|pour|avec|sur|par|est|sont|aucune?|métropole)\b|"
    r"(?<!Noto )(?<!DejaVu )\bsans\b(?!-serif)",
    re.IGNORECASE,
)


class Bare(HTMLParser):
    """Texts and spoken attributes of a template from which all that is computed has been taken."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[str] = []
        for computed in (
            r"\{% set \w+ %\} data-.*?\{% endset %\}",
            r"\{\{.*?\}\}",
            r"\{%.*?%\}",
            r"\{#.*?#\}",
            r"<code[^>]*>.*?</code>",
            r"<kbd>.*?</kbd>",
            r"<style>.*?</style>",
        ):
            source = re.sub(computed, "", source, flags=re.DOTALL)
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in SPOKEN and value and _has_words(value)]

    def handle_data(self, data: str) -> None:
        if data.strip() not in NAMES and _has_words(data):
            self.found.append(data.strip())


def _has_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_holds_no_text_of_its_own(path: Path) -> None:
    assert Bare(path.read_text(encoding="utf-8")).found == []


def test_the_check_of_templates_sees_texts_and_attributes() -> None:
    seen = Bare(
        '<p title="Aide">Bonjour {{ name }}</p><code>ess import</code><i>{{ _("Rien") }}</i>{% if x %}Oui{% endif %}'
    )
    assert seen.found == ["Aide", "Bonjour", "Oui"]


def bare(source: str) -> Iterator[tuple[int, str]]:
    """French texts of a module that are neither a docstring nor given to what takes a message."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in FORMS:
            told |= {id(one) for arg in call.args for one in ast.walk(arg)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            text = node.value
            if _has_words(text) and TELLS_FRENCH.search(text):
                yield node.lineno, text


def _modules() -> list[Path]:
    found = (path for path in sorted(PROGRAM.rglob("*.py")))
    return [path for path in found if not path.relative_to(PROGRAM).as_posix().startswith(FRENCH_ONLY)]


ALLOWED = {
    "charts.py": {'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif'},
    "areas.py": None,  # the forms of French names, beside the English ones
    "background.py": {"fond de plan : adresse http ou https sans question attendue, reçu « ", " »"},  # to who starts it
    "i18n.py": {"Français"},
    "pages/__init__.py": None,  # titles and descriptions: the catalogue takes them from the registry
    "search/vocabulary.py": None,  # words that a search leaves aside, in French as people type them
}
"""Texts of a module that are no message; None for all of them."""


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(PROGRAM).as_posix())
def test_a_module_holds_no_french_outside_a_message(path: Path) -> None:
    allowed = ALLOWED.get(path.relative_to(PROGRAM).as_posix(), set())
    if allowed is not None:
        found = [(line, text) for line, text in bare(path.read_text(encoding="utf-8")) if text not in allowed]
        assert found == []


def test_the_check_of_modules_sees_texts_beside_messages() -> None:
    source = (
        '"""Une doc."""\nA = _("La carte")\nB = "La carte"\nC = f"{x} dans la ville"\nD = plural("une", "des", 2)\n'
    )
    assert [text for _line, text in bare(source)] == ["La carte", " dans la ville"]


@pytest.mark.parametrize("path", sorted(ASSETS.glob("*.js")), ids=lambda path: path.stem)
def test_a_script_holds_no_text(path: Path) -> None:
    source = re.sub(r"(?m)^\s*//.*$|(?<=[;{}]) //.*$", "", path.read_text(encoding="utf-8"))
    texts = re.findall(r"'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`", source)
    found = [text for pair in texts for text in pair if re.search(r"[àâçéèêëîïôùûœ«»]|[a-z]’[a-z]", text)]
    assert found == []
