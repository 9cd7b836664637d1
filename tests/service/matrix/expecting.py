"""What each cell of the matrix must come to: worked out from the option in the .proto and the line of the RPC, from nothing else."""

from actors.store.nouns.identity import Role
from scriba.v1 import access_pb2
from tests.service.matrix.callers import SCOPES, Caller
from tests.service.matrix.line import Line, Needs
from tests.service.matrix.relations import BY_NAME, Relation, Standing

_ROLES = {
    access_pb2.ROLE_VIEWER: {Role.VIEWER, Role.EDITOR, Role.ADMIN},
    access_pb2.ROLE_EDITOR: {Role.EDITOR, Role.ADMIN},
    access_pb2.ROLE_ADMIN: {Role.ADMIN},
}


def expected(access: access_pb2.Access, line: Line, caller: Caller, standing: Standing) -> tuple[str, ...]:
    """Give the reasons that a call may be answered with, '' for OK."""
    if access.role != access_pb2.ROLE_PUBLIC:
        if caller.role is None:
            return ("NOT_SIGNED_IN",)
        if caller.role not in _ROLES.get(access.role, set(Role)) and not (caller.role is Role.UPLOADER and access.also_uploaders):
            return ("ROLE_TOO_LOW",)
        if caller.scope is not None and access.scope and SCOPES[access.scope] is not caller.scope:
            return ("SCOPE_MISSING",)
    return _of_the_thing(line, caller, standing)


def _of_the_thing(line: Line, caller: Caller, standing: Standing) -> tuple[str, ...]:
    there, relation = standing.relation is not Relation.ABSENT, _seen_as(caller, standing)
    match line.needs:
        case Needs.NOTHING | Needs.VIEW_OR_NO_WORD:
            return line.comes_to
        case Needs.EXISTENCE:
            return line.comes_to if there else (line.missing,)
        case Needs.ADMINISTRATION:
            return line.comes_to if caller.sees_all and there else (line.missing,) if caller.sees_all else ("NOT_YOURS",)
        case Needs.ORDERED:
            return line.comes_to if there and (caller.sees_all or standing.relation is Relation.OWNER) else (line.missing,)
        case Needs.ACCOUNT:
            mine = standing.relation is Relation.OWNER
            return ("NO_ACCOUNT",) if not caller.is_user else line.comes_to if mine else (line.missing,)
        case Needs.VIEW | Needs.EDIT | Needs.OWNERSHIP:
            if relation >= Relation.HIDDEN:
                return (line.missing,)
            if relation is Relation.VIEWER and line.needs is not Needs.VIEW:
                return ("DOCUMENT_NOT_EDITABLE",)
            owns = relation is Relation.OWNER or standing.is_nobodys
            return line.comes_to if owns or line.needs is not Needs.OWNERSHIP else ("DOCUMENT_OWNED",)


def _seen_as(caller: Caller, standing: Standing) -> Relation:
    """Tell what somebody is to a document, by his role too."""
    if standing.relation is Relation.ABSENT:
        return Relation.ABSENT
    if caller.sees_all:
        return Relation.OWNER
    if caller.role is Role.UPLOADER and standing.way not in BY_NAME:
        return Relation.HIDDEN
    return standing.relation
