"""What is tried is counted by whose address it is; codes are compared as they are seen and heard."""

from __future__ import annotations

import pytest

from layers.written import attempts
from layers.written.workshop import codes


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.7"),
        ("nowhere", "nowhere"),
        ("", ""),
    ],
)
def test_a_site_of_ipv6_is_one_asker(address: str, whose: str) -> None:
    assert attempts.site(address) == whose


def test_a_letter_that_is_taken_for_another_is_the_same() -> None:
    assert codes.letters(" 2k5-80i ") == codes.letters("ZKSBQL") == codes.letters("zksbol")
    alone = [one for one in codes.LETTERS if one not in "SZB"]
    assert codes.letters("".join(alone)) == "".join(alone), "the others are themselves"
