"""A small published release of invented rows, and the API on it: plainly fictitious."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from dashboard import tongue
from dashboard.api import blueprint
from dashboard.services import Services
from geodata.folders import EMBEDDED
from geodata.perimeter import members
from layers import tables
from layers.account import OUTCOMES
from layers.current import CurrentRelease
from layers.store import Store
from tests.layers.invented import actor, grant, sha256, source

COMMUNES = sorted(members())
SECTORS = ("divers", "commerce", None)
FAMILIES = ("association", "cooperative", None)
NASTY = '=1+1 <b>Œuvre</b> & "Éclair"'
REJECT = {
    "row": 7,
    "column": "siret",
    "value": "",
    "reason": "SIRET faux : <script>alert(1)</script>.",
    "remedy": "Le corriger.",
}


def actors(number: int = 130) -> list[dict[str, Any]]:
    """Two years; every kind of null; one name that would break a careless page; three to review."""
    rows = [
        actor(
            n,
            COMMUNES[n % 40],
            name=NASTY if n == 5 else f"Essai {n}",
            sector=SECTORS[n % 3],
            family=FAMILIES[n % 3],
            year=2020 if n % 4 else 2019,
            longitude=3.06 if n % 2 else None,
            latitude=50.63 if n % 2 else None,
            position="address" if n % 2 else None,
        )
        for n in range(1, number + 1)
    ]
    waiting = [actor(1000 + n, COMMUNES[n], name=f"Attente {n}", ess="to_review", family=None) for n in range(3)]
    return rows + waiting


def grants() -> list[dict[str, Any]]:
    """Amounts with cents; one grant in eight has no commune."""
    return [
        grant(n, 100_000 + 33 * n, COMMUNES[n % 40] if n % 8 else None, sector=None, family="association")
        for n in range(1, 61)
    ]


def observations() -> list[dict[str, Any]]:
    """Incomes of every commune; poverty with a zero, a value and a secret in turn."""
    origin = {"source": "filosofi", "vintage": "2021", "file_sha256": sha256("revenus.csv"), "year": 2021}
    poverty = (("zero", 0.0), ("value", 12.5), ("suppressed", None))
    rows: list[dict[str, Any]] = []
    for n, commune in enumerate(COMMUNES):
        state, value = poverty[n % 3]
        rows.append({"commune": commune, "variable": "median_income", "value": 20_000.1 + n, "state": "value"})
        rows.append({"commune": commune, "variable": "poverty_rate", "value": value, "state": state})
    return [{**row, **origin, "row": n + 2} for n, row in enumerate(rows)]


def account(rows: dict[str, int], **changes: Any) -> dict[str, Any]:
    """The account of a file, from its rows by outcome."""
    return {
        "rows_read": sum(rows.values()),
        **{f"rows_{outcome}": rows.get(outcome, 0) for outcome in OUTCOMES},
        "amount_total": None,
        "accepted_by_territory": {"8": rows["accepted"]},
        "amount_by_territory": {},
        "rejects": [],
        "warnings": [],
        **changes,
    }


def sources() -> list[dict[str, Any]]:
    """What the three files say of themselves; the first has rejects and warnings."""
    warnings = [{"code": "essai", "count": 1234, "message": "Cas relevés : à voir."}]
    listed = account({"accepted": 133, "rejected": 30, "not_ess": 4}, rejects=[REJECT] * 30, warnings=warnings)
    paid = account({"accepted": 60, "control": 12}, amount_total=60_603.9, amount_by_territory={"8": 60_603.9})
    return [
        source("siae", "2020", "essai.csv", title="Liste d’essai", caveats=["Une réserve : la voici."], account=listed),
        source("jaune", "2010", "jaune.csv", title="Subventions d’essai", account=paid),
        source("filosofi", "2021", "revenus.csv", title="Revenus d’essai", account=account({"accepted": 95})),
    ]


def publish(folder: Path, number: int = 130) -> str:
    """Publish the invented release in a data folder; return its name."""
    frames = {
        "actors": tables.build("actors", actors(number)),
        "grants": tables.build("grants", grants()),
        "observations": tables.build("observations", observations()),
    }
    return Store(folder).publish(frames, sources(), EMBEDDED)


def services(folder: Path) -> Services:
    """The services of an application on a data folder; the demonstration where it is empty."""
    store = Store(folder)
    return Services(store, CurrentRelease(store))


def client(served: Services) -> FlaskClient:
    """A client of the API alone, each request in its language."""
    server = Flask("essai")
    tongue.register(server)
    server.register_blueprint(blueprint.create(served))
    return server.test_client()
