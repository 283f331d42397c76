"""``/admin``: the whole path of an import, and all that is refused."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_server
from dashboard.administration import access, blueprint, uploads
from dashboard.settings import Settings
from layers.drafts import Draft, Drafts, rehearsing
from layers.drafts.draft import FOLDER
from layers.store import Store
from tests import validity

HEADER = "siret;kind;naf;name;post_code;city"
GOOD = (
    ";EI;8899B;ESSAI COQUELICOT;59000;LILLE",
    ";ACI;8130Z;ESSAI BLEUET;59100;ROUBAIX",
    ";EI;8899B;<script>alert(1)</script>;59000;LILLE",
)
BAD = ("12345678901230;EI;8899B;ESSAI MAUVE;59000;LILLE", ";EI;8899B;ESSAI PERDU;;ROUBAYX", GOOD[0])
NAME = "siae_2020-12.csv"
TOKEN = re.compile(r'name="jeton" value="([0-9a-f]{64})"')


def csv(*lines: str) -> bytes:
    return ("\n".join([HEADER, *lines]) + "\n").encode()


class Desk:
    """A local administrator before the pages."""

    def __init__(self, data: Path, **settings: object) -> None:
        self.data = data
        self.client: FlaskClient = create_server(Settings(ESS_DATA_DIR=data, **settings)).test_client()

    def token(self, path: str = "/admin/import") -> str:
        found = TOKEN.search(self.client.get(path).text)
        assert found
        return found[1]

    def send(self, *files: tuple[str, bytes], token: str | None = None, **fields: object) -> TestResponse:
        given = self.token() if token is None else token
        return self.client.post(
            "/admin/import",
            data={"jeton": given, **fields, "files": [(io.BytesIO(content), name) for name, content in files]},
            content_type="multipart/form-data",
            headers={"Origin": "http://localhost"},
        )

    def press(self, path: str, **fields: str) -> TestResponse:
        return self.client.post(path, data={"jeton": self.token(), **fields}, headers={"Origin": "http://localhost"})


def inline(draft: Draft, data_dir: Path) -> None:
    """Read at once, in this process: the tests of the process are those of `layers.drafts`."""
    rehearsing.run(draft, data_dir)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(blueprint.create, "__defaults__", (inline,))
    return Desk(tmp_path / "data")


def test_from_the_sending_to_the_release_that_is_served(desk: Desk) -> None:
    sent = desk.send((NAME, csv(*GOOD, *BAD)))
    assert sent.status_code == 303
    page = desk.client.get(sent.location).text
    assert "Contrôle de l’import" in page
    row = re.search(r'<th scope="row">siae_2020-12\.csv.*?</tr>', page, re.DOTALL)
    assert row
    counts = [int(re.sub(r"\D", "", cell)) for cell in re.findall(r'<td class="num">(.*?)</td>', row[0])[:7]]
    assert counts[0] == sum(counts[1:]) == 6
    assert counts[1:5] == [3, 2, 0, 1]
    assert "Roubaix (59512)" in page
    assert "ROUBAYX" in page
    assert page.count('<svg class="small-map') == 2
    assert "<script>alert(1)" not in page
    assert Store(desk.data).current() is None
    published = desk.press(f"{sent.location}/publier")
    assert published.status_code == 303
    current = Store(desk.data).current()
    assert current is not None
    assert current in published.location
    home = desk.client.get(published.location).text
    assert f"Publié : {current}" in home.replace("\u00a0", " ").replace("\u202f", " ")
    assert "import commencé" in home
    assert not list((desk.data / FOLDER).iterdir()), "the files that were sent are gone"
    time.sleep(0.6)  # a server looks at the store twice a second
    assert desk.client.get("/health").get_json()["release"] == current


def test_the_workbook_of_rejects_has_the_rows_with_their_reasons(desk: Desk) -> None:
    sent = desk.send((NAME, csv(*GOOD, *BAD)))
    answer = desk.client.get(f"{sent.location}/rejets/0.xlsx")
    assert "siae_2020-12-rejets.xlsx" in answer.headers["Content-Disposition"]
    frame = pd.read_excel(io.BytesIO(answer.data), dtype=str, engine="calamine")
    assert list(frame["name"]) == ["ESSAI MAUVE", "ESSAI PERDU"]
    assert desk.client.get(f"{sent.location}/rejets/7.xlsx").status_code == 404
    report = desk.client.get(f"{sent.location}/compte-rendu.json").get_json()
    assert (report["release"], report["files"][0]["rows_rejected"]) == (None, 2)


def test_rejects_are_paged(desk: Desk) -> None:
    lines = [f"1234567890{n:04d};EI;8899B;ESSAI {n};59000;LILLE" for n in range(1, 121)]
    sent = desk.send((NAME, csv(*GOOD, *lines)))
    first = desk.client.get(sent.location).text
    rejects = int(re.search(r'<h3 id="rejets-0">.*?<small>(\d+)', first)[1])  # type: ignore[index]
    assert rejects > 100
    assert "Page 1 sur 3" in first
    last = desk.client.get(f"{sent.location}?file=0&page=3").text
    assert len(re.findall(r'<tr><th scope="row" class="num">', last)) == rejects - 100
    for odd in ("page=-1", "page=abc", "page=99999999999999", "file=9&page=2", "page=%C2%B2"):
        assert desk.client.get(f"{sent.location}?{odd}").status_code == 200


def test_the_maps_are_those_of_the_indicator_asked_for(desk: Desk) -> None:
    sent = desk.send((NAME, csv(*GOOD)))
    page = desk.client.get(f"{sent.location}?carte=actors.commune").text
    assert '<option value="actors.commune" selected>' in page
    assert page.count("data-code=") == 2 * 95
    assert desk.client.get(f"{sent.location}?carte=bonheur.commune").status_code == 200


def test_several_files_of_one_name_are_read_together(desk: Desk) -> None:
    sent = desk.send((NAME, csv(GOOD[0])), (NAME, csv(GOOD[1])))
    page = desk.client.get(sent.location).text
    assert "siae_2020-12-2.csv" in page
    assert Drafts(desk.data).all()[0][1]["files"][0]["name"] == "siae_2020-12-2.csv"


def test_a_dropped_import_leaves_nothing(desk: Desk) -> None:
    sent = desk.send((NAME, csv(*GOOD)))
    assert "abandonnee" in desk.press(f"{sent.location}/abandonner").location
    assert desk.client.get(sent.location).status_code == 404
    assert not list((desk.data / FOLDER).iterdir())
    assert Store(desk.data).current() is None


def test_what_was_rehearsed_on_another_release_is_not_published(desk: Desk) -> None:
    first, second = desk.send((NAME, csv(*GOOD))), desk.send(("siae_2019-12.csv", csv(GOOD[0])))
    desk.press(f"{first.location}/publier")
    current = Store(desk.data).current()
    refused = desk.press(f"{second.location}/publier")
    assert refused.status_code == 409
    assert "a changé depuis ce contrôle" in refused.text
    assert Store(desk.data).current() == current


def test_an_unusable_file_is_explained_and_cannot_be_published(desk: Desk) -> None:
    sent = desk.send((NAME, csv(*GOOD)), ("document.csv", b"%PDF-1.7\n"))
    page = desk.client.get(sent.location).text
    assert "Rien ne peut être publié" in page
    assert "document.csv" in page
    assert ">Publier<" not in page
    assert desk.press(f"{sent.location}/publier").status_code == 409
    assert Store(desk.data).current() is None


def test_an_older_release_is_made_current_again(desk: Desk) -> None:
    names = []
    for content in (csv(GOOD[0]), csv(*GOOD)):
        desk.press(f"{desk.send((NAME, content)).location}/publier")
        names.append(Store(desk.data).current())
    back = desk.press("/admin/publications/courante", release=str(names[0]))
    assert back.status_code == 303
    assert Store(desk.data).current() == names[0]
    assert "rendue courante" in desk.client.get("/admin").text
    assert desk.press("/admin/publications/courante", release="../current").status_code == 404


def test_two_processes_of_a_server_share_what_is_under_way(desk: Desk) -> None:
    sent = desk.send((NAME, csv(*GOOD)))
    other = Desk(desk.data)
    assert "Contrôle de l’import" in other.client.get(sent.location).text
    cookie = desk.client.get_cookie("ess_admin", path="/admin")
    assert cookie is not None
    other.client.set_cookie("ess_admin", cookie.value, path="/admin")
    token = desk.token()
    assert other.client.post(f"{sent.location}/publier", data={"jeton": token}).status_code == 303
    assert desk.client.get(sent.location).status_code == 404


def test_a_process_of_its_own_reads_the_files_and_tells_how_far_it_is(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data")
    sent = desk.send((NAME, csv(*GOOD)))
    state = desk.client.get(f"{sent.location}/state.json").get_json()
    assert state["status"] in {"queued", "running", "ready"}
    end = time.monotonic() + 120
    while state["status"] != "ready" and time.monotonic() < end:
        time.sleep(0.2)  # between two questions, as the page asks
        state = desk.client.get(f"{sent.location}/state.json").get_json()
    assert state["status"] == "ready"
    assert desk.press(f"{sent.location}/publier").status_code == 303


ELSEWHERE: dict[str, Callable[[FlaskClient], TestResponse]] = {
    "another machine": lambda c: c.get("/admin", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}),
    "no address": lambda c: c.get("/admin", environ_overrides={"REMOTE_ADDR": ""}),
    "a proxy": lambda c: c.get("/admin", headers={"X-Forwarded-For": "127.0.0.1"}),
    "a standard proxy": lambda c: c.get("/admin/import", headers={"Forwarded": "for=127.0.0.1"}),
    "a silent proxy": lambda c: c.get("/admin", environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"}),
    "another name": lambda c: c.get("/admin", headers={"Host": "evil.example:8050"}),
    "a name that looks local": lambda c: c.get("/admin", headers={"Host": "127.0.0.1.evil.example"}),
}


@pytest.mark.parametrize("ask", ELSEWHERE.values(), ids=ELSEWHERE)
def test_only_this_machine_may_administer(desk: Desk, ask: Callable[[FlaskClient], TestResponse]) -> None:
    answer = ask(desk.client)
    assert answer.status_code == 403
    assert "ess import" in answer.text
    assert "jeton" not in answer.text
    assert "ess_admin" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("settings", [{"HOST": "0.0.0.0"}, {"HOST": "192.0.2.7"}, {"ESS_ADMIN": "off"}])  # noqa: S104
def test_a_server_open_to_others_is_never_administered(tmp_path: Path, settings: dict[str, str]) -> None:
    client = Desk(tmp_path, **settings).client
    assert client.get("/admin").status_code == 403
    assert ">Administration</a>" not in client.get("/methode").text


def test_the_link_is_shown_to_the_local_administrator_only(desk: Desk) -> None:
    assert ">Administration</a>" in desk.client.get("/methode").text
    away = desk.client.get("/methode", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert ">Administration</a>" not in away.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "https://localhost"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_of_another_site_changes_nothing(desk: Desk, headers: dict[str, str]) -> None:
    sent = desk.send((NAME, csv(*GOOD)))
    token = desk.token()
    for path in (f"{sent.location}/publier", f"{sent.location}/abandonner", "/admin/publications/courante"):
        assert desk.client.post(path, data={"jeton": token}, headers=headers).status_code == 403
    assert Store(desk.data).current() is None
    assert desk.client.get(sent.location).status_code == 200


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_the_token_of_its_session_changes_nothing(desk: Desk, token: str) -> None:
    location = desk.send((NAME, csv(*GOOD))).location
    assert desk.send((NAME, csv(*GOOD)), token=token).status_code == 403
    for path in (f"{location}/publier", f"{location}/abandonner", "/admin/publications/courante"):
        assert desk.client.post(path, data={"jeton": token}).status_code == 403
    assert len(list((desk.data / FOLDER).iterdir())) == 1, "what was sent without it is not kept"
    assert Store(desk.data).current() is None


def test_the_token_of_another_session_is_refused_and_so_is_none(desk: Desk) -> None:
    location = desk.send((NAME, csv(*GOOD))).location
    stranger = Desk(desk.data)
    theirs = stranger.token()
    assert desk.client.post(f"{location}/publier", data={"jeton": theirs}).status_code == 403
    bare = create_server(Settings(ESS_DATA_DIR=desk.data)).test_client()
    assert bare.post(f"{location}/publier", data={"jeton": theirs}).status_code == 403


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(desk: Desk) -> None:
    cookie = desk.client.get("/admin").headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/admin"))
    assert (desk.data / access.KEY).stat().st_mode & 0o077 == 0
    assert desk.client.get("/admin").headers["Cache-Control"] == "no-store"


def test_a_sending_that_is_too_heavy_is_refused_and_not_kept(tmp_path: Path) -> None:
    desk = Desk(tmp_path, ESS_UPLOAD_MB=1)
    head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{NAME}"\r\n\r\n'.encode()
    desk.token()
    answer = desk.client.post(
        "/admin/import",
        data=head + b"x" * 1_100_000 + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers={"Origin": "http://localhost"},
    )
    assert answer.status_code == 413
    assert "1 Mo" in answer.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert not list((desk.data / FOLDER).iterdir())


@pytest.mark.parametrize("fields", [{"kind": "bonheur"}, {"year": "20x0"}, {"year": "1700"}])
def test_fields_that_make_no_sense_are_refused(desk: Desk, fields: dict[str, str]) -> None:
    assert desk.send((NAME, csv(*GOOD)), **fields).status_code == 400
    assert not list((desk.data / FOLDER).iterdir())


def test_nothing_sent_is_told(desk: Desk) -> None:
    for files in ((), (("", b""),), (("vide.csv", b""),)):
        answer = desk.send(*files)
        assert answer.status_code == 400
        assert "Aucun fichier reçu" in answer.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../current", "current"),
        ("..\\..\\current", "current"),
        ("/etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("a\x00b\n.csv", "a_b_.csv"),
        ("données 2020 (v2).csv", "données 2020 (v2).csv"),
        ("...", "fichier"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_a_file_name_is_harmless(given: str, kept: str) -> None:
    assert uploads.file_name(given) == kept


def test_a_name_that_climbs_stays_in_its_folder(desk: Desk) -> None:
    desk.send(("../../../siae_2020-12.csv", csv(*GOOD)))
    ((draft, state),) = Drafts(desk.data).all()
    assert state["files"][0]["name"] == NAME
    assert [path.parent for path in draft.paths()] == [draft.files]


@pytest.mark.parametrize("path", ["0" * 16, "..", "%2e%2e", "abc", "0" * 15 + "g"])
def test_an_import_that_there_is_not_is_told(desk: Desk, path: str) -> None:
    for more in ("", "/state.json", "/rejets/0.xlsx", "/compte-rendu.json"):
        assert desk.client.get(f"/admin/import/{path}{more}").status_code == 404


def test_what_a_file_says_is_inert_wherever_it_is_printed(desk: Desk) -> None:
    evil = "<img src=x onerror=alert(1)>"
    lines = (f";EI;8899B;{evil};59000;LILLE",) * 2 + (f";EI;8899B;X;;{evil}",)
    page = desk.client.get(desk.send((NAME, csv(*GOOD, *lines))).location).text
    assert "onerror" in page
    assert "<img" not in page


def test_the_pages_are_valid_in_both_languages_and_have_no_message_left_in_french(desk: Desk, tmp_path: Path) -> None:
    ready = desk.send((NAME, csv(*GOOD, *BAD))).location
    refused = desk.send(("document.csv", b"%PDF-1.7\n")).location
    paths = [f"{path}?lang={lang}" for path in ("/admin", "/admin/import", ready, refused) for lang in ("fr", "en")]
    pages = {path: desk.client.get(path).text for path in paths}
    pages["refused"] = desk.client.get("/admin", headers={"Via": "1.1 proxy"}).text
    assert validity.faults(pages, tmp_path) == []
    assert ">Publish<" in pages[f"{ready}?lang=en"]
    assert "What becomes of every row" in pages[f"{ready}?lang=en"]
