"""Dash's callbacks, called as a browser calls them, with any value in any place."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient


def called(client: FlaskClient, output: str, *inputs: tuple[str, Any]) -> Any:
    """Answer to one callback."""
    name, prop = output.split(".")
    return client.post(
        "/_dash-update-component",
        json={
            "output": output,
            "outputs": {"id": name, "property": prop},
            "inputs": [{"id": id_, "property": "data", "value": value} for id_, value in inputs],
            "changedPropIds": [f"{inputs[0][0]}.data"],
        },
    )


def test_the_charts_wait_until_a_view_is_told(demo: FlaskClient) -> None:
    assert called(demo, "charts.children", ("view", None)).get_json()["response"] == {}
    answer = called(demo, "charts.children", ("view", "territory=3"))
    assert answer.status_code == 200
    assert "chart-sectors" in answer.get_data(as_text=True)


@pytest.mark.parametrize("value", [None, 3, [], {}, True, ["indicator=actors"]])
def test_what_is_not_an_address_changes_nothing(demo: FlaskClient, value: Any) -> None:
    assert called(demo, "charts.children", ("view", value)).get_json()["response"] == {}


@pytest.mark.parametrize(
    "query", ["indicator=magie", "sector=%00", "year=9999", "commune=75056&territory=9", "release=../x", "%ff"]
)
def test_no_address_breaks_a_callback(demo: FlaskClient, query: str) -> None:
    assert demo.get(f"/table?{query}").status_code == 200
    assert called(demo, "charts.children", ("view", query)).status_code == 200
