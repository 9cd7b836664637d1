"""Names of the catalogue, as people type them."""

import unicodedata
from collections.abc import Iterable
from typing import Protocol, TypeVar

import scriba


class Named(Protocol):
    """What has a name."""

    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)


def same_name(one: str, other: str) -> bool:
    """Tell whether the server takes two names for the same: capitals and white space do not count."""
    return _key(one) == _key(other)


def named(name: str, things: Iterable[N], noun: str, command: str) -> N:
    """Find a thing by its name; raises NotFound with the command that lists them."""
    found = next((thing for thing in things if same_name(thing.name, name)), None)
    if found is None:
        raise scriba.NotFound(f"there is no {noun} '{name}'; `{command}` shows them")
    return found


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
