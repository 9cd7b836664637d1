"""What plans are made from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, tzinfo

from actors.index.lexicon import Lexicon
from actors.index.names import Names
from actors.store.nouns.archive import DocumentId


@dataclass(frozen=True, slots=True)
class Basis:
    """The words of one state of the index, the names of one state of the catalogue, and where the days of moments begin.

    `finds` tells whether somebody may find a document; None is for who may find all.
    """

    lexicon: Lexicon
    names: Names
    zone: tzinfo = UTC
    finds: Callable[[DocumentId], bool] | None = None
