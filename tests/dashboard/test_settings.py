from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from dashboard.settings import Settings

NAMES = ("ESS_DATA_DIR", "ESS_DATABASE_URL", "HOST", "PORT", "ESS_WORKERS", "ESS_RELEASE")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_defaults() -> None:
    settings = Settings()
    assert (settings.data_dir, settings.host, settings.port) == (Path("var"), "127.0.0.1", 8050)
    assert (settings.workers, settings.release) == (2, None)
    assert settings.database == f"sqlite:///{Path('var/ess.sqlite').absolute()}"


def test_the_environment_is_read_at_each_call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ESS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("ESS_DATABASE_URL", "postgresql+psycopg://essai")
    settings = Settings()
    assert (settings.data_dir, settings.port, settings.database) == (tmp_path, 9000, "postgresql+psycopg://essai")
    monkeypatch.setenv("PORT", "9001")
    assert Settings().port == 9001


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ESS_DATA_DIR", "/elsewhere")
    monkeypatch.setenv("PORT", "9000")
    settings = Settings(data_dir=tmp_path, port=9002)
    assert (settings.data_dir, settings.port) == (tmp_path, 9002)


@pytest.mark.parametrize(("name", "value"), [("PORT", "abc"), ("PORT", "70000"), ("ESS_WORKERS", "0")])
def test_a_wrong_value_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()
