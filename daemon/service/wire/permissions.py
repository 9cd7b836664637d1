"""Who may see and change what: ours and the contract's, in pairs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actors.store.nouns.access import (
    EVERYONE,
    Access,
    AccessChange,
    Grant,
    Holder,
    HolderKind,
    Item,
    ItemAccess,
    ItemKind,
    Level,
    Subject,
    SubjectKind,
)
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.identity import UserId
from daemon.service.wire.catalog import label_id, view_id
from daemon.service.wire.identity import group_id, user_id
from daemon.service.wire.values import owner_id
from daemon.service.wire.workflows import workflow_id
from scriba.v1 import permissions_pb2 as pb

LEVELS = {level: pb.AccessLevel.Value(f"ACCESS_LEVEL_{level.name}") for level in Level}
_KINDS = {SubjectKind.USER: "user_id", SubjectKind.GROUP: "group_id"}


@dataclass(frozen=True, slots=True)
class Names:
    """What users, groups and the labels that the caller sees are called."""

    subjects: Mapping[Subject, str]
    labels: Mapping[int, str]

    def of(self, holder: Holder) -> str:
        """Name what bears grants; '' for what is gone, or hidden."""
        return self.labels.get(holder.id, "") if holder.kind is HolderKind.LABEL else self.owner(UserId(holder.id))

    def owner(self, owner: UserId | None) -> str:
        """Name an owner; '' for nobody."""
        return "" if owner is None else self.subjects.get(Subject(SubjectKind.USER, owner), "")


def subject_message(subject: Subject, names: Names) -> pb.Subject:
    """Tell whom something is granted to."""
    if subject == EVERYONE:
        return pb.Subject(everyone=True)
    told = pb.Subject(name=names.subjects.get(subject, ""))
    setattr(told, _KINDS[subject.kind], str(subject.id))
    return told


def subject_of(told: pb.Subject) -> Subject:
    """Read whom something is to be granted to; raises UserNotFound, GroupNotFound for an id that none can have."""
    match told.WhichOneof("who"):
        case "user_id":
            return Subject(SubjectKind.USER, user_id(told.user_id))
        case "group_id":
            return Subject(SubjectKind.GROUP, group_id(told.group_id))
        case _:
            return EVERYONE


def grant_message(grant: Grant, names: Names) -> pb.Grant:
    """Tell a grant."""
    return pb.Grant(subject=subject_message(grant.subject, names), level=LEVELS[grant.level])


def grants_of(told: Iterable[pb.Grant]) -> tuple[Grant, ...]:
    """Read grants, as `subject_of` does."""
    return tuple(Grant(subject_of(one.subject), _level(one.level)) for one in told)


def holder_of(told: pb.Holder) -> Holder:
    """Read what is to grant documents; raises LabelNotFound, UserNotFound for an id that none can have."""
    if told.WhichOneof("what") == "label_id":
        return Holder(HolderKind.LABEL, label_id(told.label_id))
    return Holder(HolderKind.OWNER, user_id(told.user_id))


def item_of(told: pb.Item) -> Item:
    """Read which item is meant; raises LabelNotFound, ViewNotFound, WorkflowNotFound for an id that none can have."""
    match told.WhichOneof("what"):
        case "view_id":
            return Item(ItemKind.VIEW, view_id(told.view_id))
        case "workflow_id":
            return Item(ItemKind.WORKFLOW, workflow_id(told.workflow_id))
        case _:
            return Item(ItemKind.LABEL, label_id(told.label_id))


def item_message(item: Item) -> pb.Item:
    """Tell which item is meant."""
    told = pb.Item()
    setattr(told, f"{item.kind.value}_id", str(item.id))
    return told


def item_permissions_message(item: Item, found: ItemAccess, level: Level | None, names: Names) -> pb.ItemPermissions:
    """Tell who may see and change an item, and what the caller may; None for nothing any more."""
    return pb.ItemPermissions(
        item=item_message(item),
        name=found.name,
        owner_id=owner_id(found.access.owner),
        owner_name=names.owner(found.access.owner),
        grants=[grant_message(grant, names) for grant in found.access.grants],
        level=pb.ACCESS_LEVEL_UNSPECIFIED if level is None else LEVELS[level],
    )


def item_change_of(request: pb.UpdateItemPermissionsRequest) -> AccessChange:
    """Read what is to be changed of items; raises what `subject_of` does."""
    return AccessChange(
        owner=user_id(request.owner_id) if request.owner_id else None,
        clear_owner=request.HasField("owner_id") and not request.owner_id,
        grants=grants_of(request.grants.grants) if request.HasField("grants") else None,
    )


def change_of(request: pb.UpdatePermissionsRequest) -> AccessChange:
    """Read what is to be changed; raises what `subject_of` does."""
    return AccessChange(
        owner=user_id(request.owner_id) if request.owner_id else None,
        clear_owner=request.HasField("owner_id") and not request.owner_id,
        grants=grants_of(request.grants.grants) if request.HasField("grants") else None,
        private=request.private if request.HasField("private") else None,
    )


def permissions_message(
    document_id: DocumentId, access: Access, level: Level | None, inherited: Iterable[tuple[Holder, Grant]], names: Names
) -> pb.Permissions:
    """Tell who may see and change a document, and what the caller may; None for nothing any more."""
    return pb.Permissions(
        document_id=str(document_id),
        owner_id=owner_id(access.owner),
        owner_name=names.owner(access.owner),
        grants=[grant_message(grant, names) for grant in access.grants],
        private=access.private,
        inherited=[_inherited(holder, grant, names) for holder, grant in inherited],
        level=pb.ACCESS_LEVEL_UNSPECIFIED if level is None else LEVELS[level],
    )


def _inherited(holder: Holder, grant: Grant, names: Names) -> pb.InheritedGrant:
    told = pb.InheritedGrant(grant=grant_message(grant, names), name=names.of(holder))
    if holder.kind is HolderKind.OWNER:
        told.owner_id = str(holder.id)
    elif holder.id in names.labels:
        told.label_id = str(holder.id)
    return told


def _level(told: int) -> Level:
    return next((level for level, value in LEVELS.items() if value == told), Level.VIEW)


def owner_of(holder: Holder) -> UserId | None:
    """Tell whose documents a holder grants, None for those that bear a label."""
    return UserId(holder.id) if holder.kind is HolderKind.OWNER else None
