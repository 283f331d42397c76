"""A meeting on indicators under secrecy, and what its screen, its desk, its telephones and its file show of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from flask.testing import FlaskClient

from dashboard.gate import FIELD

PATH: Final = "/atelier"
WINDOWS: Final = ("projection", "animer", "participer", "hors-ligne")
TOKEN: Final = re.compile(rf'name="{FIELD}" value="([0-9a-f]+)"')
SCENE: Final = re.compile(r'id="scene-(\w+)"')
MOVING: Final = re.compile(
    rb'(?<=data-)(since|token|now|key)="[^"]*"|(?<=name="version" )value="[^"]*"|(?<=name="id" )value="[^"]*"'
)
"""What is of the moment and of no release: the beat of a meeting, tokens, versions."""
LISTED: Final = re.compile(rf'href="{PATH}/([0-9a-f]{{12,}})"')


def windows(client: FlaskClient, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Each window of the one meeting of a server, in each of its scenes: shown, guessed and then told."""
    path = _meeting(client, keys)
    for place, scene in enumerate(SCENE.findall(client.get(path).text)):
        for what, more in (("go", {"id": scene}), ("reveal", {})):
            _wrote(client, path, what=what, **more)
            for window in WINDOWS:
                answer = client.get(f"{path}/{window}")
                yield (
                    f"scene {place}, {what}, {window}",
                    f"{answer.status_code}\n".encode() + MOVING.sub(b"", answer.data),
                )


def _meeting(client: FlaskClient, keys: Sequence[str]) -> str:
    """Its address; prepared and opened where there is none yet."""
    if known := LISTED.search(client.get(PATH).text):
        return f"{PATH}/{known[1]}"
    form = {FIELD: _token(client), "place": "3", "title": "Essai", "held": "2026-12-03"}
    path = str(client.post(PATH, data=form).location)
    for key in keys:
        view = f"/carte?indicator={key}&level=commune"
        _wrote(client, path, what="scene", kind="view", question="Essai", view=view)
        _wrote(client, path, what="scene", kind="value", question="Combien ?", view=view, area="3")
        view = f"/carte?indicator={key}&level=territory"
        _wrote(client, path, what="scene", kind="rank", question="Dans quel ordre ?", view=view)
    _wrote(client, path, what="scene", kind="view", question="Essai", view="/territoire/3")
    _wrote(client, path, what="open")
    return path


def _wrote(client: FlaskClient, path: str, **form: str) -> None:
    answer = client.post(path, data={FIELD: _token(client), **form})
    assert answer.status_code == 303, (form, answer.status_code)


def _token(client: FlaskClient) -> str:
    found = TOKEN.search(client.get(PATH).text)
    assert found
    return found[1]
