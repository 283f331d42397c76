from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from geodata import gazetteer, names, territories
from geodata.build import official_communes


@pytest.mark.parametrize("module", [names, gazetteer, territories, official_communes], ids=lambda m: m.__name__)
def test_examples_of_the_docstrings_are_true(module: ModuleType) -> None:
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0
