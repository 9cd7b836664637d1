"""What a join code looks like: a secret that is good once, and the certificate that answers where it is to be shown."""

from dataclasses import dataclass

from actors.identity.tokens import plain_code

# So many hexadecimal digits of a certificate's SHA-256 stand in a code: 128 bits, which nobody finds another certificate for.
FINGERPRINT_DIGITS = 32
_BETWEEN = "."
_BEFORE = "SHA256:"


@dataclass(frozen=True, slots=True)
class JoinCode:
    """A code taken apart. `fingerprint` is the beginning of the certificate's, '' where the port speaks plain text on its own machine."""

    secret: str
    fingerprint: str

    def is_of(self, fingerprint: str) -> bool:
        """Tell whether the certificate with a fingerprint (`SHA256:` and 64 digits) is the one that is meant."""
        # One that was cut off in copying is for none: a digit alone is the first of every sixteenth.
        return len(self.fingerprint) == FINGERPRINT_DIGITS and fingerprint.removeprefix(_BEFORE).startswith(self.fingerprint)


def write_join_code(secret: str, fingerprint: str) -> str:
    """Make a code of a secret and the port's fingerprint, '' for none."""
    digits = fingerprint.removeprefix(_BEFORE)[:FINGERPRINT_DIGITS]
    return f"{secret}{_BETWEEN}{digits}" if digits else secret


def read_join_code(typed: str) -> JoinCode:
    """Take a code apart, however it was typed."""
    secret, _, digits = typed.strip().partition(_BETWEEN)
    return JoinCode(plain_code(secret), digits.lower())
