"""Every answer keeps to its own host; pages hold no inline script."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from dashboard import assets
from dashboard.security import HEADERS, POLICY
from layers import demonstration
from tests.dashboard.reading import Page

DEMO = demonstration.release().id
ADDRESSES = (
    "/", "/carte", "/methode", "/health", "/structures?commune=59350", "/export/csv", "/absent", "/export/docx",
    f"/pack/{DEMO}/actors/territory-all-95/jenks.json", "/pack/x/y/z/a.json", "/api/v1/indicators", "/api/v1/absent",
    "/_dash-layout", "/_dash-dependencies", f"{assets.base()}/carte.js",
)  # fmt: skip


def directives() -> dict[str, str]:
    return dict(part.partition(" ")[::2] for part in POLICY.split("; "))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(demo: FlaskClient, address: str) -> None:
    answer = demo.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_too(demo: FlaskClient, method: str) -> None:
    answer = demo.open("/carte", method=method)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.status_code in (200, 405)


def test_the_policy_runs_only_our_files() -> None:
    found = directives()
    assert found["script-src"] == found["connect-src"] == found["form-action"] == "'self'"
    assert found["default-src"] == found["base-uri"] == "'none'"
    assert "unsafe-eval" not in POLICY
    assert "unsafe-inline" not in found["script-src"]
    assert not re.search(r"https?:|\*", POLICY)


@pytest.mark.parametrize("address", ["/carte", "/methode", "/carte?level=commune&territory=3", "/absent"])
def test_no_page_has_an_inline_script_or_handler(demo: FlaskClient, address: str) -> None:
    page = Page(demo.get(address).get_data(as_text=True))
    for script in page.all("script"):
        assert script.get("src") or script.get("type") == "application/json"
    assert [name for _, held in page.elements for name in held if name.startswith("on")] == []
    assert [held for _, held in page.elements if str(held.get("href", "")).startswith("javascript:")] == []


@pytest.mark.parametrize("address", ["/carte", "/methode", "/absent"])
def test_no_page_asks_another_host(demo: FlaskClient, address: str) -> None:
    page = Page(demo.get(address).get_data(as_text=True))
    asking = [held for tag in ("script", "link", "img") for held in page.all(tag)]
    loaded = [str(held.get("src") or held.get("href")) for held in asking if held.get("type") != "application/json"]
    asking = [held for held in page.all("script") if "data-src" in held]
    loaded += [address for held in asking for address in str(held["data-src"]).split()]
    assert [found for found in loaded if not found.startswith("/") or found.startswith("//")] == []
    assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", assets.style())
    assert not re.search(r"@import", assets.style())


def test_scripts_name_no_other_host() -> None:
    known = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")
    for name, content in assets.files().items():
        if name.endswith(".png"):
            continue
        addresses = set(re.findall(r"https?://[^'\"`\s)]+", content.decode()))
        assert addresses <= set(known), name
        assert b"eval(" not in content


@pytest.mark.parametrize("way", ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "document.write"])
def test_scripts_write_no_text_as_html(way: str) -> None:
    assert [name for name, content in assets.files().items() if way.encode() in content] == []


def test_the_table_that_a_script_puts_in_the_page_is_escaped(imported: FlaskClient) -> None:
    text = imported.get("/table?commune=59512").get_data(as_text=True)
    assert "<table" in text
    assert not re.search(r"<(script|iframe|object|embed|img|b>Essai)|\son\w+=", text)


def test_what_comes_from_the_address_is_escaped(demo: FlaskClient) -> None:
    text = demo.get("/carte?sector=%3Cscript%3Ealert(1)%3C/script%3E").get_data(as_text=True)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_what_comes_from_the_data_is_escaped(imported: FlaskClient) -> None:
    text = imported.get("/carte?commune=59512").get_data(as_text=True)
    assert "<b>Essai</b>" not in text


def test_json_inside_the_page_cannot_end_its_script(demo: FlaskClient) -> None:
    page = demo.get("/carte").get_data(as_text=True)
    assert "<" not in page.split('id="boot">')[1].split("</script>")[0]


@pytest.mark.parametrize(
    ("address", "caching"),
    [("/carte", "no-cache"), ("/methode", "no-cache"), ("/absent", "no-cache"), ("/health", "no-store")],
)
def test_what_may_change_is_asked_again(demo: FlaskClient, address: str, caching: str) -> None:
    assert demo.get(address).headers["Cache-Control"] == caching


def test_dash_scripts_are_for_ever(demo: FlaskClient) -> None:
    page = Page(demo.get("/carte").get_data(as_text=True))
    sources = next(str(held["data-src"]) for held in page.all("script") if held.get("id") == "_dash-renderer").split()
    assert len(sources) > 3
    for source in sources:
        answer = demo.get(source)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
    assert "immutable" not in demo.get("/_dash-component-suites/dash/absent.js").headers.get("Cache-Control", "")
