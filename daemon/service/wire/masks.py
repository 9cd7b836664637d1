"""Update masks: what a request changes of a thing, and nothing else of it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.message import Message

from actors.store.errors import StaleItem
from daemon.service.refusals import InvalidRequest, PathRefused, Violation

M = TypeVar("M", bound=Message)
T = TypeVar("T")

# A violation's field is the message's name, and the path in it: label.name, field.options[0].id.
_NAME = re.compile(r"[.\[]")
# Nobody loses so often to others who change the same thing in the same milliseconds.
TRIES = 5


def paths_of(mask: FieldMask, changeable: Collection[str]) -> frozenset[str]:
    """Read a mask; raises PathRefused for a path that cannot be changed, and InvalidRequest for none at all."""
    for path in mask.paths:
        if path not in changeable:
            raise PathRefused(path, changeable)
    if not mask.paths:
        raise InvalidRequest(Violation("update_mask", f"must name what is to change: {', '.join(changeable)}"))
    return frozenset(mask.paths)


def masked(present: M, wanted: M, mask: FieldMask) -> M:
    """Put what a mask names of the wanted message into the present one."""
    mask.MergeMessage(wanted, present, replace_message_field=True, replace_repeated_field=True)
    return present


def of_paths(paths: Collection[str], violations: Iterable[Violation]) -> Iterator[Violation]:
    """Leave out what is wrong with what a request does not touch: its caller has not done it, and may not know better."""
    return (violation for violation in violations if _NAME.split(violation.field)[1] in paths)


def merging(change: Callable[[], T], named: int | None) -> T:
    """Make a change on what is there, again when somebody else was faster; not where the caller has named the state to change."""
    for _ in range(TRIES - 1):
        try:
            return change()
        except StaleItem:
            if named is not None:
                raise
    return change()
