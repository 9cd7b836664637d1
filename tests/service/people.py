"""People who have signed in, and what they are granted."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import grpc

from actors.identity.tokens import digest
from actors.store.nouns.identity import NewToken, Role, TokenKind, UserFacts
from scriba.v1 import documents_pb2
from scriba.v1 import permissions_pb2 as pb
from scriba.v1.documents_pb2_grpc import DocumentServiceStub
from scriba.v1.permissions_pb2_grpc import PermissionServiceStub
from tests.service.house import NOW, House, bearer

VIEW, EDIT = pb.ACCESS_LEVEL_VIEW, pb.ACCESS_LEVEL_EDIT


@dataclass(frozen=True)
class Person:
    """Somebody who has signed in."""

    id: str
    house: House

    @property
    def permissions(self) -> Any:
        return PermissionServiceStub(self.house.channel)

    async def call(self, rpc: str, request: Any) -> Any:
        return await getattr(self.permissions, rpc)(request, metadata=bearer(self.id))

    async def sees(self, document: str) -> bool:
        """Tell whether a document is there for this person."""
        stub = DocumentServiceStub(self.house.channel)
        call = stub.GetDocument(documents_pb2.GetDocumentRequest(id=document), metadata=bearer(self.id))
        code = await call.code()
        assert code in (grpc.StatusCode.OK, grpc.StatusCode.NOT_FOUND)
        return code is grpc.StatusCode.OK

    async def give(self, *documents: str, **change: Any) -> list[pb.Permissions]:
        """Change permissions."""
        answer = await self.call("UpdatePermissions", pb.UpdatePermissionsRequest(document_ids=documents, **change))
        return list(answer.permissions)


def person(house: House, name: str, role: Role = Role.EDITOR) -> Person:
    """Add somebody, whose token is his id."""
    user = house.store.users.create(UserFacts(name, role), NOW)
    house.store.tokens.create(NewToken(user.id, TokenKind.SESSION, "x", digest(f"{user.id}"), expire_time=NOW + timedelta(days=1)), NOW)
    return Person(str(user.id), house)


def to(user: Person, level: pb.AccessLevel.ValueType = VIEW) -> pb.Grant:
    """Grant something to a person."""
    return pb.Grant(subject=pb.Subject(user_id=user.id), level=level)
