"""A French text of one byte a letter is read in the alphabet that it was written in, or refused; never in another."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from layers.alphabets import ALPHABETS, DOS, LATIN9, MAC, WINDOWS, likeliest
from layers.recognition.encodings import repaired
from layers.recognition.opening import open_source

WORDS = (
    *("Bénéficiaire", "Subvention accordée", "Théâtre de l'Hôtel", "Maîtrise d'œuvre", "MÉTROPOLE", "Noël à Évry"),
    *("Fête de la forêt", "Ça commence où ?", "École élémentaire", "Association du Modèle", "1 250,00 €", "Reçu n° 3"),
)


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_french_words_tell_their_alphabet(alphabet: str) -> None:
    chance = random.Random(4)  # noqa: S311  (tries, not secrets)
    for _ in range(200):
        text = ";".join(chance.sample(WORDS, 4))
        try:
            written = text.encode(alphabet)
        except UnicodeEncodeError:
            continue
        assert written.decode(likeliest(written)) == text, alphabet


@pytest.mark.parametrize(
    ("alphabet", "code"), [(WINDOWS, "encoding_cp1252"), (MAC, "encoding_old"), (DOS, "encoding_old")]
)
def test_an_old_alphabet_is_read_and_said(tmp_path: Path, alphabet: str, code: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes("Bénéficiaire;Montant accordé\nThéâtre fictif;100\nFête à Évry;20\n".encode(alphabet))
    found = open_source(path)
    assert found.header == ("Bénéficiaire", "Montant accordé")
    assert [cells for _, cells in found.rows] == [["Théâtre fictif", "100"], ["Fête à Évry", "20"]]
    assert (found.encoding, [one.code for one in found.warnings]) == (alphabet, [code])


def test_the_euro_of_latin_9_and_letters_lost_before_are_said(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes("nom;montant\nThéâtre;100 €\n".encode(LATIN9))
    assert next(open_source(path).rows)[1] == ["Théâtre", "100 €"]
    path.write_bytes("nom;montant\nTh\ufffd\ufffdtre;100\n".encode())
    assert [one.code for one in open_source(path).warnings] == ["letters_lost"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_without_a_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes("nom;montant\nThéâtre;100\n".encode(encoding))
    assert next(open_source(path).rows)[1] == ["Théâtre", "100"]


@pytest.mark.parametrize("times", [1, 2])
def test_a_text_encoded_again_is_as_it_was(times: int) -> None:
    for word in WORDS:
        text = word
        for _ in range(times):
            text = "".join(
                chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode(WINDOWS)
                for byte in text.encode()
            )
        assert repaired(text) == word
