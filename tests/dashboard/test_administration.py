"""``/admin``: the whole path of an import."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pandas as pd
from lxml import html

from dashboard.i18n import plain
from layers.drafts import Drafts
from layers.drafts.draft import FOLDER
from layers.store import Store
from tests.dashboard.desk import BAD, GOOD, NAME, Desk, csv


def test_from_the_sending_to_the_release_that_is_served(desk: Desk) -> None:
    sent = desk.send((NAME, csv(*GOOD, *BAD)))
    assert sent.status_code == 303
    page = desk.client.get(sent.location).text
    assert "Contrôle de l’import" in page
    row = re.search(r'<th scope="row"><a [^>]+>siae_2020-12\.csv.*?</tr>', page, re.DOTALL)
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
    (why,) = html.fromstring(page).xpath('//ul[contains(@class, "refusals")]/li')
    told = plain(why.text_content())
    assert told.startswith("document.csv, ligne 1 : ce n’est pas un CSV mais un document PDF. En demander le tableau")
    assert "/indicateur/1" not in page, "what is no table is no indicator"
    assert "Lignes rejetées" not in page, "a file that is refused whole has no rows"
    assert ">Publier<" not in page
    assert desk.press(f"{sent.location}/publier").status_code == 409
    assert Store(desk.data).current() is None


def test_rows_that_would_leave_for_good_are_told_and_need_the_box(desk: Desk) -> None:
    desk.press(f"{desk.send((NAME, csv(*GOOD))).location}/publier")
    before = Store(desk.data).current()
    sent = desk.send(("siae_2020-12_corrige.csv", csv(*GOOD[:2])))
    page = desk.client.get(sent.location).text.replace("\u00a0", " ")
    assert f"{NAME}, structures, 2020 : 1 ligne à retirer" in page
    assert 'name="remplacer" value="oui" required' in page
    assert "Aucun chiffre montré ne change" not in page
    refused = desk.press(f"{sent.location}/publier")
    assert refused.status_code == 409
    assert "Remplacement à confirmer" in refused.text
    assert Store(desk.data).current() == before
    assert desk.press(f"{sent.location}/publier", remplacer="oui").status_code == 303
    assert len(Store(desk.data).load(Store(desk.data).current() or "").actors) == 2


def test_what_adds_up_is_published_without_a_box(desk: Desk) -> None:
    desk.press(f"{desk.send((NAME, csv(*GOOD[:2]))).location}/publier")
    sent = desk.send((NAME, csv(GOOD[2])))
    assert "remplacer" not in desk.client.get(sent.location).text
    assert desk.press(f"{sent.location}/publier").status_code == 303
    assert len(Store(desk.data).load(Store(desk.data).current() or "").actors) == 3


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
    cookie = desk.client.get_cookie("ess_admin", path="/")
    assert cookie is not None
    other.client.set_cookie("ess_admin", cookie.value, path="/")
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
