"""Tokens, codes and secrets of links that we make: shown once, kept as SHA-256.

A plain digest does where the secret is as random as that; passwords, which people choose, need more (passwords.py).
"""

import secrets
from hashlib import sha256

TOKEN_BYTES = 32
# What a token begins with, so that scanners for leaked secrets can know one.
PREFIX = "scriba_"
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_GROUP = 4
_GROUPS = 5


def new_token() -> str:
    """Make a token."""
    return PREFIX + secrets.token_urlsafe(TOKEN_BYTES)


def new_link_secret() -> str:
    """Make what stands in the address of a link, and lets in whoever has it: 256 bits, in 43 letters that no address needs to escape."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code() -> str:
    """Make a code that a person can type: 20 letters of 31, 99 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def plain_code(typed: str) -> str:
    """Give a code the form that it was made in, however it was typed."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def digest(secret: str) -> str:
    """Give what is kept of a token or a code: 64 hexadecimal digits."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
