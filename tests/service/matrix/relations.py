"""How somebody stands to a document, and all the ways in which he can come to stand so."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Relation(IntEnum):
    """What somebody is to a thing, the most first."""

    OWNER = 0
    EDITOR = 1
    VIEWER = 2
    HIDDEN = 3
    ABSENT = 4


class Way(StrEnum):
    """By what."""

    OWN = "it is his"
    DIRECT = "granted to him"
    GROUP = "granted to his group"
    TAG = "its tag grants him its documents"
    PATH = "its storage path grants his group its documents"
    GENEROUS = "its owner grants his group all documents"
    NOBODYS = "nobody owns it"
    EVERYONE = "granted to everyone"
    OTHERS = "another owns it"
    OTHER_GROUP = "granted to another group"
    PRIVATE = "its tag, path and owner grant theirs, but it is private"
    NOT_THERE = "it is not there"


@dataclass(frozen=True, slots=True)
class Standing:
    """A relation, and the way to it."""

    relation: Relation
    way: Way

    @property
    def is_nobodys(self) -> bool:
        """Tell whether the document has no owner."""
        return self.way is Way.NOBODYS

    def __str__(self) -> str:
        return f"{self.relation.name.lower()} ({self.way})"


WAYS = {
    Relation.OWNER: (Way.OWN,),
    Relation.EDITOR: (Way.DIRECT, Way.GROUP, Way.NOBODYS),
    Relation.VIEWER: (Way.GROUP, Way.TAG, Way.PATH, Way.GENEROUS, Way.DIRECT, Way.EVERYONE),
    Relation.HIDDEN: (Way.OTHERS, Way.PRIVATE, Way.OTHER_GROUP),
    Relation.ABSENT: (Way.NOT_THERE,),
}
ALL_STANDINGS = {Standing(relation, way) for relation, ways in WAYS.items() for way in ways}
# These let an uploader see a document too; he is one of no group and not one of everyone.
BY_NAME = frozenset({Way.OWN, Way.DIRECT, Way.TAG})


def standings(turn: int) -> list[Standing]:
    """Give each relation by one of its ways; the turn chooses which."""
    return [Standing(relation, ways[turn % len(ways)]) for relation, ways in WAYS.items()]
