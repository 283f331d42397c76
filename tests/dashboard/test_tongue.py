"""The language of a request: what its address asks for first, and no other request's."""

import pytest
from flask.testing import FlaskClient

from dashboard import i18n, tongue


@pytest.mark.parametrize(
    ("query", "lang"),
    [("", "fr"), ("lang=en", "en"), ("year=2020&lang=en", "en"), ("lang=de", "fr"), ("lang=", "fr"),
     ("lang=&lang=en", "en"), ("lang=en&lang=fr", "en"), ("lang=EN", "fr"), ("%FF=%FE&lang=en", "en")],
)  # fmt: skip
def test_the_first_language_named_is_in_force(query: str, lang: str) -> None:
    assert tongue.of_query(query) == lang


@pytest.mark.parametrize(
    ("query", "lang", "kept"),
    [("", "en", "lang=en"), ("year=2020&mot=&lang=fr", "en", "year=2020&mot=&lang=en"),
     ("lang=en&indicator=actors", "fr", "indicator=actors"), ("lang=en", "fr", "")],
)  # fmt: skip
def test_the_rest_of_the_address_is_kept(query: str, lang: str, kept: str) -> None:
    assert tongue.switched(query, lang) == kept


@pytest.mark.parametrize("path", ["/carte", "/methode", "/nulle-part"])
def test_a_page_says_its_language_and_leaves_none_behind(demo: FlaskClient, path: str) -> None:
    for lang in ("en", "fr"):
        answer = demo.get(f"{path}?lang={lang}")
        assert f'<html lang="{lang}">' in answer.text
        assert answer.headers["Content-Language"] == lang
        assert i18n.language() == "fr"
