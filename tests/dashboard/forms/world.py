"""A product in all its states, so that each of its forms is on some page; and who may look at them."""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app import create_server
from dashboard.portrait.web import found as place_of
from dashboard.services import View
from dashboard.settings import Settings
from dashboard.versions import freezing
from dashboard.viewstate import ViewState
from dashboard.workshop.windows import DEVICE, PROOF
from layers import demonstration
from layers.written import accounts, actions, disputes, register, versions
from layers.written.accounts import ADMINISTRATOR, AGENT, FACILITATOR
from layers.written.actions import Action, Year
from layers.written.database import Database
from layers.written.register import Finding
from layers.written.workshop import contributions, entrance, meetings, scenes
from layers.written.workshop.contributions import Sending
from layers.written.workshop.meetings import Meeting
from layers.written.workshop.scenes import Scene
from tests.dashboard.accounts.test_accounts import PASSWORD, entered
from tests.dashboard.disputes.filing import filed

PUBLIC, PHONE = "public", "phone"
ROLES = (ADMINISTRATOR, FACILITATOR, AGENT, PHONE, PUBLIC)
SEEN = View(demonstration.release(), ViewState(), ())
OTHERS = (("second", ADMINISTRATOR), ("ferme", AGENT))
VIEW = "/carte?indicator=actors_per_1000"
KINDS = ("board", "vote", "view", "rank", "value")


class World:
    """The product on a folder of its own, with accounts; ``known`` are the values that its addresses take."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(ESS_DATA_DIR=folder, ESS_DATABASE_URL="")
        self.folder, self.database = folder, Database(self.settings.database)
        self.known: dict[str, list[str]] = {"meeting": [], "action": [], "dispute": [], "place": ["1", "2", "3", "4"]}
        for name, role in ((ADMINISTRATOR, ADMINISTRATOR), (AGENT, AGENT), (FACILITATOR, FACILITATOR), *OTHERS):
            accounts.create(self.database, name, role, PASSWORD, "essai")
        closed = next(one for one in accounts.listed(self.database) if one.name == "ferme")
        accounts.set_disabled(self.database, closed.id, closed.version, "essai", disabled=True)
        self._register()
        self._meetings()
        self._versions()
        self._disputes()
        self.server: Flask = create_server(self.settings)
        self.clients: dict[str, FlaskClient] = {role: self._entered(role) for role in ROLES}
        self.kept = sqlite3.connect(":memory:")
        with sqlite3.connect(folder / "ess.sqlite") as own:
            own.backup(self.kept)

    def restore(self) -> None:
        """All that is written, as it was at first."""
        with sqlite3.connect(self.folder / "ess.sqlite") as own:
            self.kept.backup(own)
        own.close()

    def written(self) -> str:
        """All that is written, as one text."""
        with sqlite3.connect(self.folder / "ess.sqlite") as own:
            text = "\n".join(own.iterdump())
        own.close()
        return text.replace("\\u00e9", "é")

    def _entered(self, role: str) -> FlaskClient:
        client = entered(self.server, PUBLIC if role == PHONE else role)
        if role == PHONE:
            client.set_cookie(DEVICE, "appareil", path="/atelier/")
            for one in meetings.listed(self.database):
                client.set_cookie(PROOF, entrance.token(one), path=f"/atelier/{one.id}")
        return client

    def _register(self) -> None:
        for sentence in ("Constat fictif.", "Autre constat fictif."):
            found = register.add(self.database, Finding("3", sentence, "threat", source="fictive"), "essai")
        register.withdraw(self.database, found.id, found.version, "essai")
        for title in ("Action fictive", "Action retirée"):
            made = actions.add(self.database, Action("3", title), "essai")
            self.known["action"].append(made.id)
        actions.withdraw(self.database, made.id, made.version, "essai")
        actions.follow(self.database, Year(self.known["action"][0], 2025, "Fait fictif.", 3.0, version=0), "essai")

    def _meetings(self) -> None:
        self._meeting("Préparée", *KINDS)
        made, found = self._meeting("Close", "board")
        meetings.open_(self.database, made.id, "essai")
        meetings.close(self.database, made.id, "essai")
        made, found = self._meeting("Retirée", "vote")
        meetings.withdraw(self.database, made.id, made.version, "essai")
        scenes.withdraw(self.database, found[0].id, found[0].version, "essai")
        for kind in KINDS:
            self._led(kind)
        self._led("rank", phase=meetings.REVEALED)
        self._led("board", blank=True)
        meeting, vote = self._led("vote")
        scenes.set_open(self.database, vote.id, "essai", is_open=False)
        (finding,) = (one for one in register.listed(self.database, "3") if not one.withdrawn)
        contributions.send(self.database, meeting, "appareil", Sending(uuid.uuid4().hex, vote.id, {finding.id: 2}))

    def _meeting(self, title: str, *kinds: str) -> tuple[Meeting, list[Scene]]:
        made = meetings.prepare(self.database, Meeting("3", f"{title} fictive", "2026-11-03"), "essai")
        self.known["meeting"].append(made.id)
        asked = (Scene(made.id, kind, f"Scène {kind} ?", VIEW, area="3", dots=5) for kind in kinds)
        return made, [scenes.add(self.database, one, "essai") for one in asked]

    def _led(self, kind: str, **more: object) -> tuple[Meeting, Scene]:
        """A meeting that is open on a scene of a kind, between two others, with a telephone and what it proposes."""
        made, found = self._meeting(f"Ouverte sur {kind}", "board", kind, "board")
        meetings.open_(self.database, made.id, "essai")
        contributions.join(self.database, made, "appareil", "actors")
        told = {"sentence": "Constat proposé.", "quadrant": "strength"}
        contributions.send(self.database, made, "appareil", Sending(uuid.uuid4().hex, found[0].id, told))
        return meetings.lead(self.database, made.id, "essai", scene=found[1].id, **more), found[1]

    def _versions(self) -> None:
        for place, states in (("1", 0), ("2", 1), ("4", 2)):
            held = freezing.content(self.database, SEEN, place_of(SEEN, place))
            versions.freeze(self.database, place, SEEN.release.id, held, "essai", after=0, note="")
            for number in range(1, states + 1):
                versions.sign(self.database, place, number, "essai", body="Organisme fictif", day="2026-11-03")

    def _disputes(self) -> None:
        found = [filed(self.folder, place=place) for place in ("3", "4", "5")]
        answer = {"outcome": "kept", "answer": "Vérifié."}
        disputes.answer(self.database, found[1].id, found[1].version, answer, "essai", days=30)
        disputes.withdraw(self.database, found[2].id, found[2].version, "essai")
        self.known["dispute"] = [one.id for one in found]
