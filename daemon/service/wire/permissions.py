"""Who may see and change what: ours and the contract's, in pairs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actors.store.nouns.access import EVERYONE, Access, AccessChange, Grant, Holder, HolderKind, Level, Subject, SubjectKind
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.identity import UserId
from daemon.service.wire.catalog import label_id
from daemon.service.wire.identity import group_id, user_id
from scriba.v1 import permissions_pb2 as pb

LEVELS = {level: pb.AccessLevel.Value(f"ACCESS_LEVEL_{level.name}") for level in Level}
_KINDS = {SubjectKind.USER: "user_id", SubjectKind.GROUP: "group_id"}


@dataclass(frozen=True, slots=True)
class Names:
    """What users, groups and labels are called."""

    subjects: Mapping[Subject, str]
    labels: Mapping[int, str]

    def of(self, holder: Holder) -> str:
        """Name what bears grants; '' for what is gone."""
        if holder.kind is HolderKind.LABEL:
            return self.labels.get(holder.id, "")
        return self.subjects.get(Subject(SubjectKind.USER, holder.id), "")


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
    owner = "" if access.owner is None else names.subjects.get(Subject(SubjectKind.USER, access.owner), "")
    return pb.Permissions(
        document_id=str(document_id),
        owner_id="" if access.owner is None else str(access.owner),
        owner_name=owner,
        grants=[grant_message(grant, names) for grant in access.grants],
        private=access.private,
        inherited=[_inherited(holder, grant, names) for holder, grant in inherited],
        level=pb.ACCESS_LEVEL_UNSPECIFIED if level is None else LEVELS[level],
    )


def _inherited(holder: Holder, grant: Grant, names: Names) -> pb.InheritedGrant:
    told = pb.InheritedGrant(grant=grant_message(grant, names), name=names.of(holder))
    setattr(told, "label_id" if holder.kind is HolderKind.LABEL else "owner_id", str(holder.id))
    return told


def _level(told: int) -> Level:
    return next((level for level, value in LEVELS.items() if value == told), Level.VIEW)


def owner_of(holder: Holder) -> UserId | None:
    """Tell whose documents a holder grants, None for those that bear a label."""
    return UserId(holder.id) if holder.kind is HolderKind.OWNER else None
