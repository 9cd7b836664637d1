"""Join codes: what they hold, and how people type them."""

import pytest

from actors.identity.tokens import new_code
from daemon.join_codes import JoinCode, read_join_code, write_join_code

FINGERPRINT = f"SHA256:{'0123456789abcdef' * 4}"
BEGINNING = "0123456789abcdef" * 2


def test_a_code_holds_its_secret_and_half_of_the_fingerprint() -> None:
    secret = new_code()
    code = read_join_code(write_join_code(secret, FINGERPRINT))
    assert code == JoinCode(secret, BEGINNING)
    assert code.is_of(FINGERPRINT)
    assert not code.is_of(f"SHA256:{'0' * 64}")


def test_on_plain_loopback_a_code_is_its_secret_alone_and_means_no_certificate() -> None:
    secret = new_code()
    assert write_join_code(secret, "") == secret
    assert read_join_code(secret) == JoinCode(secret, "")
    assert not read_join_code(secret).is_of(FINGERPRINT)


@pytest.mark.parametrize("typed", ["abcd-efgh-jkmn-pqrs-tuvw", " ABCDEFGHJKMNPQRSTUVW\n", "abcd efgh jkmn pqrs tuvw"])
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert read_join_code(f"{typed}.{BEGINNING.upper()}") == JoinCode("ABCD-EFGH-JKMN-PQRS-TUVW", BEGINNING)


@pytest.mark.parametrize("digits", ["", "0", BEGINNING[:-1], f"{BEGINNING}0"])
def test_a_code_that_was_cut_off_or_lengthened_means_no_certificate(digits: str) -> None:
    assert not read_join_code(f"ABCD-EFGH-JKMN-PQRS-TUVW.{digits}").is_of(FINGERPRINT)
