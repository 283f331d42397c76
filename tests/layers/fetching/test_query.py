"""Questions to the company-search API and the server of these tests: both as the service describes itself."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml
from openapi_schema_validator import OAS30Validator

from geodata import perimeter
from layers.fetching import harvest
from layers.fetching.query import Query, categories
from tests.layers.fetching.companies_service import PARAMETERS, Companies, establishment, unit, units
from tests.layers.fetching.server import Asked


def test_parts_of_a_question_cover_it() -> None:
    whole = Query()
    assert {code for part in whole.parts() for code in part.communes} == set(perimeter.members()) | {"59298", "59355"}
    lille = next(part for part in whole.parts() if "59350" in part.communes)
    leaves, waiting = [], [lille]
    while waiting:
        query = waiting.pop()
        if len(query.categories) == 1:
            leaves.append(query.categories[0])
        else:
            waiting.extend(query.parts())
    assert sorted(leaves) == sorted(categories())
    assert "" not in {part.section for part in Query(("59350",), ("9220",)).parts()}
    assert Query(("59350",), ("9220",), "Q").parts() == ()


@pytest.mark.real
def test_the_server_of_these_tests_answers_as_the_description_says(shared_data: Path) -> None:
    described = yaml.safe_load((shared_data / "schemas" / "recherche-entreprises_open-api.yml").read_text("utf-8"))
    parameters = {found["name"] for found in described["paths"]["/search"]["get"]["parameters"]}
    assert parameters >= PARAMETERS
    schema = {**described["components"]["schemas"]["payload"], "components": described["components"]}
    service = Companies([*units(60), unit(99, statut_diffusion="P")])
    for page in ("1", "2", "3"):
        query = {**Query().filters, **harvest.ASKED, "page": page}
        OAS30Validator(schema).validate(json.loads(service(Asked("/search", query, {})).body))
    fields = described["components"]["schemas"]
    assert set(establishment(1, 1, "59350")) <= set(fields["etablissement"]["properties"])
    assert set(unit(1)) - {"_all"} <= set(fields["result"]["properties"])


@pytest.mark.real
def test_every_parameter_sent_is_described(shared_data: Path) -> None:
    described = yaml.safe_load((shared_data / "schemas" / "recherche-entreprises_open-api.yml").read_text("utf-8"))
    parameters = {found["name"] for found in described["paths"]["/search"]["get"]["parameters"]}
    narrowest = Query(("59350",), ("9220",), "Q")
    assert {*narrowest.filters, *harvest.ASKED, "page"} <= parameters
    assert len(urlencode({**Query(("59350",), categories()[:130]).filters, **harvest.ASKED})) < 2000
