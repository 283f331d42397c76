"""Who was signed out while typing signs in again, and what was typed is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from layers.written import accounts
from layers.written.accounts import FACILITATOR
from layers.written.workshop import meetings
from tests.dashboard.accounts.test_accounts import entered
from tests.dashboard.forms.rendered import Rendered, forms, with_values
from tests.dashboard.forms.test_forms import posted_as
from tests.dashboard.forms.world import World

MINUTES = "Un long compte rendu fictif.\n\nIl a pris du temps."


def minutes(text: str, page: str) -> Rendered:
    return next(one for one in forms(page, text) if "minutes" in dict(one.values) and dict(one.values)["minutes"])


def test_what_was_typed_outlives_a_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    world = World(tmp_path / "data")
    ident = world.known["meeting"][0]
    page = f"/atelier/{ident}"
    (form,) = (one for one in forms(page, world.clients[FACILITATOR].get(page).text) if one.hidden("what") == "change")
    now = next(one for one in accounts.listed(world.database) if one.name == FACILITATOR)
    accounts.leave(world.database, now.id, "essai")  # everywhere
    refused = posted_as(world, FACILITATOR, form, with_values(form.sent, {"minutes": MINUTES}))
    assert refused.status_code == 403
    assert "Se connecter dans un autre onglet" in refused.text
    copied = minutes(refused.text, page)
    world.clients[FACILITATOR] = entered(world.server, FACILITATOR)
    aged = posted_as(world, FACILITATOR, copied, copied.sent)
    assert aged.status_code == 403, "the form is of the visit before"
    again = minutes(aged.text, page)
    assert again.hidden("what") == "change"
    assert posted_as(world, FACILITATOR, again, again.sent).status_code == 303
    assert meetings.read(world.database, ident).minutes.replace("\r", "") == MINUTES
