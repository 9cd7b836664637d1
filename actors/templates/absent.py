"""What stands for a value that a document does not have.

It is false and equal to none; nothing is less or greater; printed it leaves a mark, which becomes `none`, or nothing, when all is written
and the spaces around are known.
"""

MARK = "\0"


class Absent(str):
    """A value that is not there. It is text, so that whatever can be done with a text that is there can be done with it."""

    __slots__ = ()

    def __new__(cls) -> "Absent":
        """Make one; all are equal."""
        return super().__new__(cls, MARK)

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, Absent) or other in ("none", MARK)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(MARK)

    def __lt__(self, other: object) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__


ABSENT = Absent()
