"""What a column is taken for, by its title and by its cells together."""

from __future__ import annotations

import pytest

from layers.recognition.columns import settle

PRICES = ("1 000,00 EUR", "2 500,50 EUR", "800,00 EUR")


@pytest.mark.parametrize(
    "title", ["Attribuant", "Attri.", "Financeur", "Dispositif", "Bénéficiaire", "Adresse", "Nature"]
)
def test_prices_are_neither_somebody_nor_words(title: str) -> None:
    names = ("Les Fictifs", "Le Modèle", "Essai")
    found = settle(["Nom", title], [list(pair) for pair in zip(names, PRICES, strict=True)])
    assert found[1].meaning in ("", "amount")
