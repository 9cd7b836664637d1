"""Archive serial numbers, as they stand on labels."""

import re

MOST_ASN = 2**32 - 1
_NO_DIGIT = re.compile("[^0-9]")
# A QR code can hold thousands of digits; more than these are too many in any case.
_MOST_DIGITS = 30


def read_asn(payload: str, prefix: str) -> int | None:
    """Read the number behind the prefix, leaving out all that is no digit; None for another code. It may be larger than `MOST_ASN`."""
    if not payload.startswith(prefix):
        return None
    digits = _NO_DIGIT.sub("", payload.removeprefix(prefix))
    return int(digits.lstrip("0")[:_MOST_DIGITS] or "0") if digits else None
