"""Fingerprints of certificates, as servers, browsers and people write them."""

import hashlib
import re
import ssl

_DIGITS = re.compile("[0-9a-f]{64}")


def fingerprint_of(certificate: str) -> str:
    """Give SHA256: and 64 hexadecimal digits for a certificate in PEM."""
    return f"SHA256:{hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate)).hexdigest()}"


def parse_fingerprint(text: str) -> str:
    """Read it with or without SHA256: before it and colons or spaces within; raises ValueError with words for a person."""
    digits = re.sub("[: \t]", "", re.sub("(?i)^sha-?256[: =]", "", text.strip())).lower()
    if not _DIGITS.fullmatch(digits):
        raise ValueError("not a fingerprint: it must be SHA256: and 64 hexadecimal digits, as the server shows it at its start")
    return f"SHA256:{digits}"
