"""What is said of one RPC: how it names a thing, and what one must be to that thing to be let through."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.message import Message

from tests.service.matrix.thing import Thing


class Needs(Enum):
    """What one must be to the thing that is named."""

    # It names nothing that could be hidden.
    NOTHING = auto()
    # Everybody knows of it; it must be there.
    EXISTENCE = auto()
    # What is hidden is left out without a word, as what is not there.
    VIEW_OR_NO_WORD = auto()
    VIEW = auto()
    EDIT = auto()
    # To own it or, where nobody does, to edit it.
    OWNERSHIP = auto()
    # Everybody knows of it, and administrators alone change it, or whoever it is.
    ADMINISTRATION = auto()
    # He has begun it himself; administrators know of all.
    ORDERED = auto()
    # It is of his own account; nobody else's business, an administrator's neither.
    ACCOUNT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """How an RPC is asked, what that needs, the reason told where the thing is hidden, and what a call comes to that is let through."""

    ask: Callable[[Thing], Message | Iterable[Message]]
    needs: Needs = Needs.NOTHING
    missing: str = "DOCUMENT_NOT_FOUND"
    comes_to: tuple[str, ...] = ("",)


def mask(*paths: str) -> FieldMask:
    """Name fields that are changed."""
    return FieldMask(paths=paths)
