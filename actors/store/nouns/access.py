"""The nouns of access: who may see and change what, and what that follows from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from actors.store.nouns.catalog import LabelId
from actors.store.nouns.identity import GroupId, Role, User, UserId

AccessId = NewType("AccessId", int)
# The class of what belongs to nobody and is granted to nobody (migration 0017).
NOBODYS = AccessId(1)


class Level(StrEnum):
    """What somebody may do with a document; who may edit it may view it."""

    VIEW = "view"
    EDIT = "edit"


class SubjectKind(StrEnum):
    """Whom something is granted to."""

    USER = "user"
    GROUP = "group"
    EVERYONE = "everyone"


class HolderKind(StrEnum):
    """What bears grants for documents: a tag or storage path for those that bear it, a user for those that he owns."""

    LABEL = "label"
    OWNER = "owner"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """Somebody whom documents are granted to; everyone has the id 0."""

    kind: SubjectKind
    id: int = 0


EVERYONE = Subject(SubjectKind.EVERYONE)


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """Lets somebody view or edit."""

    subject: Subject
    level: Level = Level.VIEW


@dataclass(frozen=True, slots=True)
class Holder:
    """What bears grants for documents."""

    kind: HolderKind
    id: int


class ItemKind(StrEnum):
    """What has an owner and grants of its own, beside documents."""

    LABEL = "label"
    VIEW = "view"
    WORKFLOW = "workflow"


@dataclass(frozen=True, slots=True)
class Item:
    """A label, a saved view or a workflow."""

    kind: ItemKind
    id: int


@dataclass(frozen=True, slots=True)
class ItemAccess:
    """Who may see and change an item, and what it is called."""

    name: str
    access: "Access"


@dataclass(frozen=True, slots=True)
class Access:
    """All that the access to a document follows from.

    `grants` are its own, sorted. Unless it is `private`, it inherits those of its owner and of `labels`: the ids, sorted, of its tags and
    storage path that bear any.
    """

    owner: UserId | None = None
    grants: tuple[Grant, ...] = ()
    private: bool = False
    labels: tuple[LabelId, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessChange:
    """What is changed of the access to documents; None leaves a thing as it is."""

    owner: UserId | None = None
    clear_owner: bool = False
    grants: tuple[Grant, ...] | None = None
    private: bool | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks. `everything` is for administrators; `everyone` tells whether he is one of those whom "everyone" means."""

    user: UserId
    groups: tuple[GroupId, ...] = ()
    everything: bool = False
    everyone: bool = True


def viewer_of(user: User) -> Viewer:
    """Tell what a user sees: an administrator all, an uploader nothing but what is his or granted to him by name."""
    if user.facts.role is Role.UPLOADER:
        return Viewer(user.id, everyone=False)
    return Viewer(user.id, user.groups, everything=user.facts.role is Role.ADMIN)
