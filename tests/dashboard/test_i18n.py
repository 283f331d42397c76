"""The language in force, and what it does to messages."""

import pytest

from dashboard import i18n


@pytest.fixture
def catalogue(monkeypatch):
    held = {"Carte": "Map", "{n} structure": ("{n} organisation", "{n} organisations")}
    monkeypatch.setattr(i18n, "catalogue", lambda lang: held if lang == "en" else {})


@pytest.mark.usefixtures("catalogue")
def test_french_is_what_the_code_says_and_english_is_looked_up():
    assert i18n._("Carte") == "Carte"
    with i18n.speaking("en"):
        assert i18n._("Carte") == "Map"
        assert i18n._("Jamais traduit") == "Jamais traduit"
    assert i18n.language() == "fr"


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("lang", "number", "told"),
    [("fr", 0, "structure"), ("fr", 1.5, "structure"), ("fr", 2, "structures"),
     ("en", 0, "organisations"), ("en", 1, "organisation"), ("en", 1.5, "organisations")],
)  # fmt: skip
def test_each_language_counts_in_its_way(lang, number, told):
    with i18n.speaking(lang):
        assert i18n.plural("{n} structure", "{n} structures", number) == f"{{n}} {told}"


@pytest.mark.usefixtures("catalogue")
def test_spaces_that_do_not_break_are_those_of_the_catalogue():
    with i18n.speaking("en"):
        assert i18n._("{n}\u202fstructure") == "{n} organisation"
        assert i18n.known("Carte")
        assert not i18n.known("Jamais traduit")


def test_a_language_that_there_is_not_is_refused():
    with pytest.raises(KeyError), i18n.speaking("de"):
        pass


def test_the_english_catalogue_is_read():
    assert isinstance(i18n.catalogue("en"), dict)
