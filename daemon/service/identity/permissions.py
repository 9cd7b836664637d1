"""The servicer of permissions."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio
from collections.abc import Iterable, Sequence

from actors.store.access.reach import Grants, holders, may, reach
from actors.store.nouns.access import Access, Grant, Holder, HolderKind, Item, Level, Subject, SubjectKind, Viewer
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelId
from actors.store.store import Store
from daemon.service.callers import caller
from daemon.service.nudges import Nudges
from daemon.service.ports import Archive
from daemon.service.refusals import NotYours
from daemon.service.wire.archive import document_id
from daemon.service.wire.permissions import (
    Names,
    change_of,
    grant_message,
    grants_of,
    holder_of,
    item_change_of,
    item_of,
    item_permissions_message,
    owner_of,
    permissions_message,
    subject_message,
)
from scriba.v1 import permissions_pb2 as pb
from scriba.v1 import permissions_pb2_grpc

ALL = 100_000


class PermissionServicer(permissions_pb2_grpc.PermissionServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive, nudges: Nudges) -> None:
        self._archive = archive
        self._nudges = nudges

    async def GetPermissions(self, request: pb.GetPermissionsRequest, context: object) -> pb.GetPermissionsResponse:
        told = await asyncio.to_thread(self._told, self._archive.store, [document_id(text) for text in request.document_ids])
        return pb.GetPermissionsResponse(permissions=told)

    async def UpdatePermissions(self, request: pb.UpdatePermissionsRequest, context: object) -> pb.UpdatePermissionsResponse:
        documents, change = [document_id(text) for text in request.document_ids], change_of(request)
        await asyncio.to_thread(self._archive.store.permissions.change, documents, change, None, self._archive.now())
        await self._nudges.give(self._archive.index.apply())
        # As they are now, also where the caller has given them away.
        return pb.UpdatePermissionsResponse(permissions=await asyncio.to_thread(self._told, self._archive.whole, documents))

    async def GetItemPermissions(self, request: pb.GetItemPermissionsRequest, context: object) -> pb.GetItemPermissionsResponse:
        told = await asyncio.to_thread(self._told_items, self._archive.store, [item_of(one) for one in request.items])
        return pb.GetItemPermissionsResponse(permissions=told)

    async def UpdateItemPermissions(self, request: pb.UpdateItemPermissionsRequest, context: object) -> pb.UpdateItemPermissionsResponse:
        items, change = [item_of(one) for one in request.items], item_change_of(request)
        await asyncio.to_thread(self._archive.store.item_permissions.change, items, change)
        return pb.UpdateItemPermissionsResponse(permissions=await asyncio.to_thread(self._told_items, self._archive.whole, items))

    async def GetGrants(self, request: pb.GetGrantsRequest, context: object) -> pb.GetGrantsResponse:
        return pb.GetGrantsResponse(grants=await asyncio.to_thread(self._granted, holder_of(request.holder)))

    async def SetGrants(self, request: pb.SetGrantsRequest, context: object) -> pb.SetGrantsResponse:
        holder, viewer = holder_of(request.holder), caller().viewer
        if not viewer.everything and owner_of(holder) != viewer.user:
            raise NotYours
        await asyncio.to_thread(self._archive.signed.permissions.set_grants, holder, grants_of(request.grants), self._archive.now())
        await self._nudges.give(self._archive.index.apply())
        return pb.SetGrantsResponse(grants=await asyncio.to_thread(self._granted, holder))

    async def ListSubjects(self, request: pb.ListSubjectsRequest, context: object) -> pb.ListSubjectsResponse:
        names = await asyncio.to_thread(self._everybody)
        return pb.ListSubjectsResponse(subjects=[subject_message(subject, names) for subject in names.subjects])

    def _told(self, store: Store, documents: Sequence[DocumentId]) -> list[pb.Permissions]:
        accesses, viewer = store.permissions.of(documents), caller().viewer
        held = {holder for access in accesses for holder in holders(access)}
        granted = self._archive.whole.permissions.grants(held)
        names = self._names(accesses, (grant for grants in granted.values() for grant in grants), held)

        def told(one: DocumentId, access: Access) -> pb.Permissions:
            inherited = [(holder, grant) for holder in holders(access) for grant in granted.get(holder, ())]
            return permissions_message(one, access, allowed(viewer, access, granted), inherited, names)

        return [told(one, access) for one, access in zip(documents, accesses, strict=True)]

    def _told_items(self, store: Store, items: Sequence[Item]) -> list[pb.ItemPermissions]:
        viewer, found = caller().viewer, store.item_permissions.of(items)
        names = self._names([one.access for one in found])
        told = zip(items, found, strict=True)
        return [item_permissions_message(item, one, allowed(viewer, one.access, {}), names) for item, one in told]

    def _granted(self, holder: Holder) -> list[pb.Grant]:
        grants = self._archive.store.permissions.granted_by(holder)
        names = self._names(grants=grants)
        return [grant_message(grant, names) for grant in grants]

    def _names(self, accesses: Sequence[Access] = (), grants: Iterable[Grant] = (), held: Iterable[Holder] = ()) -> Names:
        """Read what those are called who own something or are granted it, and the labels among what bears grants."""
        owners = (Subject(SubjectKind.USER, access.owner) for access in accesses if access.owner is not None)
        granted = (grant.subject for grant in (*grants, *(grant for access in accesses for grant in access.grants)))
        labels = self._archive.store.catalog.labels.still_there(LabelId(one.id) for one in held if one.kind is HolderKind.LABEL)
        subjects = self._archive.whole.permissions.names((*owners, *granted))
        return Names(subjects, {int(label_id): label.name for label_id, label in labels.items()})

    def _everybody(self) -> Names:
        whole = self._archive.whole
        users = {Subject(SubjectKind.USER, user.id): user.facts.name for user in whole.users.list(None, ALL)}
        groups = {Subject(SubjectKind.GROUP, group.id): group.name for group in whole.groups.list()}
        return Names({**users, **groups}, {})


def allowed(viewer: Viewer, access: Access, granted: Grants) -> Level | None:
    """Tell what somebody may do."""
    reached = reach(access, granted)
    return next((level for level in (Level.EDIT, Level.VIEW) if may(viewer, reached, level)), None)
