"""What the server sends is in one language: nothing left over of the other, and links that keep it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from dashboard.i18n import ENGLISH, FRENCH, plain
from geodata.territories import TERRITORIES
from layers import demonstration
from tests import factories
from tests.page_views import addresses

VOID = {"meta", "link", "input", "br", "img", "path", "circle", "rect", "hr", "use", "source", "col"}
SPOKEN = ("aria-label", "title", "placeholder", "alt")
TELLS = {
    ENGLISH: re.compile(
        r"[àâçéèêëîïôùûœ«»]|\b(le|la|les|des|du|de|un|une|dans|pour|avec|sans|sur|par|est|sont|aucune?|métropole|"
        r"secteur|territoire|valeur|année|subventions?|structures?|emplois?|communes? de|et|ou)\b",
        re.IGNORECASE,
    ),
    FRENCH: re.compile(
        r"\b(the|of|and|with|without|from|between|only|which|that|are|is|not|by|per|jobs?|grants?|release|map|share|"
        r"organisations?|inhabitants|sector|family|year|level|value|filters?|search|show|choose)\b",
        re.IGNORECASE,
    ),
}
"""Words and letters that tell the other language."""
PLACE = re.compile(r"\{\w+\}")
KEPT = (
    "Lille Métropole", "Métropole Européenne de Lille", "Métropole européenne de Lille", "Direction du budget",
    "Plateforme de l’inclusion", "Licence Ouverte", "le Sec", "employers’", "SIAE", "indice-des-prix",
)  # fmt: skip
"""Names that English keeps."""


def proper_names() -> list[str]:
    """Names of places, and of what a file names: structures, schemes and grantors; the longest first."""
    release = demonstration.release()
    names = {
        *factories.geography().communes["name"],
        *factories.geography().orientation["name"],
        *(name for one in TERRITORIES.values() for name in (one.name, one.short_name, f"the {one.short_name}")),
        *release.grants["instrument"],
        *release.grants["grantor"],
        *KEPT,
    }
    return sorted({plain(str(name)) for name in names if isinstance(name, str)}, key=len, reverse=True)


@pytest.fixture(scope="module")
def names() -> re.Pattern[str]:
    invented = r"(\w[\w’ ]* )?Démo \d{4} – \w+"
    return re.compile("|".join([invented, *(rf"(?<!\w){re.escape(name)}(?!\w)" for name in proper_names())]))


class Told(HTMLParser):
    """Texts of a page that are in its language: not those of a part that says another, nor code nor addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[tuple[str, str]] = []
        self._open: list[tuple[str, str, bool]] = []
        self.lang = ""
        self.feed(page)

    def _here(self) -> tuple[str, bool]:
        return (self._open[-1][1], self._open[-1][2]) if self._open else ("", False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        lang, mute = self._here()
        lang = given.get("lang") or lang
        self.lang = self.lang or lang
        mute = mute or tag in {"style", "code", "script", "pre"}
        if tag == "a" and given.get("href"):
            self.links.append((given["href"] or "", lang))
        if lang == self.lang and not mute:
            self.texts += [text for name, text in attrs if text and self._is_told(tag, given, name, text)]
        if tag not in VOID:
            self._open.append((tag, lang, mute))

    @staticmethod
    def _is_told(tag: str, given: dict[str, str | None], name: str, text: str) -> bool:
        if tag == "meta":
            return name == "content" and given.get("name") == "description"
        return name in SPOKEN or (name.startswith("data-") and " " in text and name != "data-carries")

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag not in VOID:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        lang, mute = self._here()
        if data.strip() and lang == self.lang and not mute:
            self.texts.append(data.strip())


def strings(content: object, skip: frozenset[str] = frozenset()) -> Iterator[str]:
    """Texts of a JSON value that read as words: its keys, slugs and paths are none."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key not in skip:
                yield from strings(value, skip)
    elif isinstance(content, list):
        for value in content:
            yield from strings(value, skip)
    elif isinstance(content, str) and not re.fullmatch(r"[\w|~+./?=&%-]*", content):
        yield content


def left_over(texts: list[str], lang: str, names: re.Pattern[str]) -> list[str]:
    """Texts that tell the other language once names are taken out of them."""
    return [text for text in texts if TELLS[lang].search(names.sub("", PLACE.sub("", plain(text))))]


@pytest.mark.parametrize("address", addresses())
def test_a_page_is_in_its_language(demo: FlaskClient, names: re.Pattern[str], address: str) -> None:
    lang = address.rsplit("lang=", 1)[1]
    page = demo.get(address).get_data(as_text=True)
    told = Told(page)
    assert told.lang == lang
    texts = told.texts
    if '"boot">' in page:
        texts = texts + list(strings(json.loads(page.split('"boot">')[1].split("</script>")[0]), frozenset({"one"})))
    assert len(texts) > 5
    assert left_over(texts, lang, names) == []


@pytest.mark.parametrize("address", [address for address in addresses() if address.endswith("lang=en")])
def test_links_of_an_english_page_keep_it_english(demo: FlaskClient, address: str) -> None:
    told = Told(demo.get(address).get_data(as_text=True))
    followed = [(href, lang) for href, lang in told.links if href.startswith("/") and not href.startswith("/api/")]
    assert len(followed) >= 3  # as few as the page of a fault has
    assert [href for href, lang in followed if lang == ENGLISH and "lang=en" not in href] == []
    assert [href for href, lang in followed if lang == FRENCH and "lang=" in href] == []


PACKS = (
    "actors_per_1000/territory-all-95/jenks",
    "grants_amount/commune-3-95/quantile",
    "location_quotient/territory-all-95/jenks",
    "median_income/territory-all-95/jenks",
    "population/commune-all-90/rounded",
)


@pytest.mark.parametrize("lang", [FRENCH, ENGLISH])
@pytest.mark.parametrize("path", PACKS)
def test_a_pack_is_in_its_language(demo: FlaskClient, names: re.Pattern[str], path: str, lang: str) -> None:
    release = demo.get("/health").get_json()["release"]
    pack = demo.get(f"/pack/{release}/{path}.json?lang={lang}").get_json()
    texts = list(dict.fromkeys(strings(pack, frozenset({"one", "codes", "path"}))))
    assert len(texts) > 20
    assert left_over(texts, lang, names) == []
    assert pack["ordinals"][0] == {FRENCH: "1er", ENGLISH: "1st"}[lang]


@pytest.mark.parametrize("lang", [FRENCH, ENGLISH])
def test_structures_and_faults_are_in_their_language(demo: FlaskClient, names: re.Pattern[str], lang: str) -> None:
    found = demo.get(f"/structures?commune=59512&lang={lang}").get_json()
    assert left_over([found["title"], *strings(found["notes"])], lang, names) == []
    assert left_over(Told(demo.get(f"/nulle-part?lang={lang}").get_data(as_text=True)).texts, lang, names) == []


def test_an_english_export_has_points_and_commas(demo: FlaskClient, names: re.Pattern[str]) -> None:
    written = {lang: demo.get(f"/export/csv?lang={lang}").data.decode("utf-8-sig") for lang in (FRENCH, ENGLISH)}
    assert written[FRENCH].splitlines()[0] == written[ENGLISH].splitlines()[0].replace(",", ";")
    assert re.search(r"\d,\d", written[FRENCH])
    assert not re.search(r"\d,\d{3,}", written[ENGLISH].split("value")[0])
    assert re.search(r"\d\.\d", written[ENGLISH])
    assert left_over(written[ENGLISH].splitlines()[1:], ENGLISH, names) == []
