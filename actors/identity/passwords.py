"""Passwords: which are good enough, and how they are kept and compared.

They are kept by argon2id with the parameters of RFC 9106 for little memory (64 MiB, 3 passes, 4 lanes): https://www.rfc-editor.org/rfc/rfc9106
"""

import unicodedata
from dataclasses import dataclass

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_LETTERS = 10
MOST_LETTERS = 256
# So few different letters are no password, however often they are repeated.
LEAST_DIFFERENT = 4

_HASHER = PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)
# By the same parameters, and kept here: a start need not take the time and the memory to make one.
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$+xrFbtl4JwRdkF/2Yvs8zA$3j5orS3BX6uhHFHrR7klLtQ2tu7NoSKDCPm11zWZix4"


class WeakPassword(Exception):
    """A password is refused; says what is asked of one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a password is right. `rehashed` is its hash by the present parameters, where the one kept is by others."""

    right: bool
    rehashed: str = ""


def check_password(password: str, name: str) -> None:
    """Refuse what anybody would try first. Length is what counts: no rule asks for digits or signs (NIST SP 800-63B)."""
    plain = _plain(password)
    if not LEAST_LETTERS <= len(plain) <= MOST_LETTERS:
        raise WeakPassword(f"a password has {LEAST_LETTERS} to {MOST_LETTERS} letters; several words make a good one")
    if len(set(plain)) < LEAST_DIFFERENT:
        raise WeakPassword("a password has more than a few different letters")
    if plain.casefold() in (name.casefold(), name.casefold()[::-1]):
        raise WeakPassword("a password is not the user's name")


def hash_password(password: str) -> str:
    """Hash a password; takes some 50 ms of a core and 64 MiB of memory on purpose."""
    return _HASHER.hash(_plain(password))


def verify_password(kept: str, password: str) -> Verdict:
    """Compare a password with the hash that is kept. Without one it is as much work, so the time taken tells nothing of who exists."""
    try:
        _HASHER.verify(kept or NOBODYS, _plain(password))
    except (VerificationError, InvalidHashError):
        return Verdict(right=False)
    if not kept:
        return Verdict(right=False)
    return Verdict(right=True, rehashed=hash_password(password) if _HASHER.check_needs_rehash(kept) else "")


def _plain(password: str) -> str:
    """Give a password one form, whichever keyboard it was typed on; a lone surrogate, which no keyboard makes, is replaced."""
    return unicodedata.normalize("NFKC", password.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
