"""A database that does not answer: what is read is served, what is written says so; its address is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import create_server
from dashboard import cli_errors, serving
from dashboard.cli_errors import WrongUsage
from dashboard.settings import Settings

NOWHERE = "postgresql://nobody:secret@127.0.0.1:1/none"


def test_public_pages_go_on_and_those_that_write_say_why(tmp_path: Path) -> None:
    client = create_server(Settings(ESS_DATA_DIR=tmp_path, ESS_DATABASE_URL=NOWHERE)).test_client()
    for path in ("/", "/carte", "/territoire/3", "/health"):
        assert client.get(path).status_code == 200, path
    for path in ("/diagnostic/3", "/atelier", "/contestations"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "ne répond pas" in answer.text
        assert "secret" not in answer.text
    assert "does not answer" in client.get("/atelier?lang=en").text


def test_the_server_says_so_when_it_starts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    serving._check_database(Settings(ESS_DATA_DIR=tmp_path, ESS_DATABASE_URL=NOWHERE))
    told = capsys.readouterr().err
    assert "La base de données ne répond pas" in told
    assert "secret" not in told
    serving._check_database(Settings(ESS_DATA_DIR=tmp_path))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("url", ["mysql://a:secret@b/c", "postgresql//secret", "postgresql://h:secret/x"])
def test_what_is_no_address_is_refused_without_telling_its_password(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("ESS_DATABASE_URL", url)
    with pytest.raises(WrongUsage, match="ESS_DATABASE_URL") as met:
        cli_errors.settings()
    assert "secret" not in str(met.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_the_driver_is_ours(scheme: str) -> None:
    assert Settings(ESS_DATABASE_URL=f"{scheme}://a@b/c").database == "postgresql+psycopg://a@b/c"


def test_a_letter_that_no_database_holds_leads_nowhere(tmp_path: Path) -> None:
    client = create_server(Settings(ESS_DATA_DIR=tmp_path)).test_client()
    for path in ("/atelier/%00", "/diagnostic/%00", "/atelier/rejoindre?code=%00"):
        assert client.get(path).status_code == 404
