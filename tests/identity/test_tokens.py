"""Tokens and codes are long, differ, and are kept as digests alone."""

from hashlib import sha256

from actors.identity.tokens import digest, new_code, new_token, plain_code


def test_a_token_has_256_bits_and_is_known_for_what_it_is() -> None:
    token = new_token()
    assert token.startswith("scriba_")
    assert len(token) == len("scriba_") + 43
    assert token != new_token()


def test_a_code_is_known_however_it_is_typed() -> None:
    code = new_code()
    assert len(code) == 24
    assert plain_code(f"  {code.lower().replace('-', ' ')} ") == code


def test_what_is_kept_is_the_digest() -> None:
    assert digest("scriba_x") == sha256(b"scriba_x").hexdigest()
    assert len(digest("\ud800")) == 64
