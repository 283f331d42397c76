"""Every message has its translation, in the same shape; nothing else is in a catalogue."""

from __future__ import annotations

import re

import pytest

from dashboard import i18n
from dashboard.i18n import LANGUAGES, speaking
from dashboard.translations import __main__ as command
from dashboard.translations import check, messages
from dashboard.wording import TOLD, told
from layers.indicators import INDICATORS


def test_every_other_language_has_a_catalogue() -> None:
    assert check.translated() == [lang for lang in LANGUAGES if lang != i18n.FRENCH] == ["en"]


@pytest.mark.parametrize("lang", check.translated())
def test_nothing_is_missing_and_nothing_is_obsolete(lang: str) -> None:
    assert [f"{fault.kind}: {fault.forms} ({fault.where})" for fault in check.faults(lang)] == []


def test_messages_come_from_code_templates_and_registries() -> None:
    found = messages.messages()
    assert found[("{area} : {value}",)].startswith("dashboard/")
    assert found[("Aller au contenu",)].startswith("dashboard/templates/base.html:")
    assert found[("Population municipale",)] == "layers.indicators"
    assert ("{n} subvention", "{n} subventions") in found
    assert all("\u00a0" not in form and "\u202f" not in form for forms in found for form in forms)


def test_english_puts_no_space_before_its_signs_and_keeps_no_french_quotes() -> None:
    for text in i18n.catalogue("en").values():
        for form in (text,) if isinstance(text, str) else text:
            assert not re.search(r"\s[:;!?%»]|[«»]|\d,\d(?!\d\d)", form), form


@pytest.mark.parametrize("key", INDICATORS)
def test_an_indicator_is_told_in_english_with_the_unit_that_its_numbers_have(key: str) -> None:
    declared = INDICATORS[key]
    with speaking("en"):
        english = told(declared)
    assert english.unit.startswith("€") == declared.unit.startswith("€")
    assert (english.unit == "%") == (declared.unit == "%")
    assert all(bool(getattr(english, name)) == bool(getattr(declared, name)) for name in TOLD)
    assert english.label != declared.label
    assert told(declared) == declared


CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Carte"
msgstr "Map"

msgid "Carte"
msgstr "Chart"

msgid "Jamais dit"
msgstr "Never said"

msgid "Publication {release}"
msgstr "Release"

#, fuzzy
msgid "Niveau"
msgstr "Level"

msgid "{n} subvention"
msgid_plural "{n} subventions"
msgstr[0] "{n} grant"
msgstr[1] ""
"""


def test_the_command_says_what_a_catalogue_lacks(tmp_path, monkeypatch, capsys) -> None:
    (tmp_path / "en.po").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(check, "FOLDER", tmp_path)
    found = {kind: [f.forms[0] for f in check.faults("en") if f.kind == kind] for kind in command.HEADS}
    assert found["obsolete"] == ["Jamais dit"]
    assert found["unfit"] == ["Publication {release}"]
    assert found["twice"] == ["Carte"]
    assert {"Niveau", "{n} subvention", "Légende"} <= set(found["missing"])
    assert "Carte" not in found["missing"]
    assert command.main() == 1
    told = capsys.readouterr().out
    assert 'msgid "Légende"\nmsgstr ""' in told
    assert 'msgid_plural "{n} subventions"\nmsgstr[0] ""' in told


def test_the_command_is_silent_when_all_is_told(capsys) -> None:
    assert command.main() == 0
    assert capsys.readouterr().out == ""
