"""What plans are made from."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from actors.index.lexicon import Lexicon
from actors.index.names import Names


@dataclass(frozen=True, slots=True)
class Basis:
    """The words of one state of the index, the names of one state of the catalogue, and where the days of moments begin."""

    lexicon: Lexicon
    names: Names
    zone: tzinfo = UTC
