"""A local administrator before ``/admin``, and files to send."""

from __future__ import annotations

import io
import re
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.settings import Settings
from layers.drafts import Draft, rehearsing
from tests.dashboard.opened import administrator

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
        self.client: FlaskClient = administrator(Settings(ESS_DATA_DIR=data, **settings))

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
