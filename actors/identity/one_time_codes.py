"""The second factor: one-time codes by the clock (RFC 6238: six digits, 30 s), and recovery codes for who has lost the device."""

import hmac
import secrets
from datetime import datetime

import pyotp

STEP_SECONDS = 30
# A clock may be a step ahead or behind.
DRIFT_STEPS = 1
RECOVERY_CODES = 10
# Neither 0, 1, 8, O nor I and L, which people mistake for one another: 31 letters, 50 bits in ten.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ234567" + "9"
_HALF = 5


def new_secret() -> str:
    """Make the secret of a second factor: 160 bits in Base32."""
    return pyotp.random_base32()


def provisioning_uri(secret: str, user: str, archive: str) -> str:
    """Give what an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=user, issuer_name=archive)


def step_of(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """Find the step that a code is of; None when it is wrong, or of a step up to `last_step`, which was used before."""
    typed = "".join(code.split())
    present, found = int(now.timestamp()) // STEP_SECONDS, None
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        right = pyotp.TOTP(secret).at(step * STEP_SECONDS)
        if hmac.compare_digest(right.encode(), typed.encode("utf-8", "replace")) and step > last_step:
            found = step
    return found


def new_recovery_codes() -> tuple[str, ...]:
    """Make recovery codes, each in two halves for the eye."""
    halves = [["".join(secrets.choice(_LETTERS) for _ in range(_HALF)) for _ in range(2)] for _ in range(RECOVERY_CODES)]
    return tuple("-".join(pair) for pair in halves)


def plain_recovery_code(typed: str) -> str:
    """Give a recovery code the form that it was made in, however it was typed."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return f"{letters[:_HALF]}-{letters[_HALF:]}"
