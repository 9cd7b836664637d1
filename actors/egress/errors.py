"""Why a host was not called, in words that hold no secret."""

from enum import StrEnum


class Why(StrEnum):
    """What forbids a call."""

    MALFORMED = "malformed"
    SCHEME = "scheme"
    PORT = "port"
    OWN_NETWORK = "own network"
    SPECIAL = "special"
    PLAIN = "plain"


class Refused(Exception):
    """It may not be called, now or later."""

    def __init__(self, why: Why, words: str) -> None:
        super().__init__(words)
        self.why = why


class NotReached(Exception):
    """It may be called, and was not reached or did not answer as it should: that may change."""


class Declined(Exception):
    """It was reached, and said no: its own words."""
