"""What is asked of users, their accounts and what they may see, and of the audit."""

from scriba.v1 import access_pb2
from scriba.v1 import accounts_pb2 as accounts
from scriba.v1 import audit_pb2 as audit
from scriba.v1 import identity_pb2 as identity
from scriba.v1 import permissions_pb2 as permissions
from tests.service.matrix.line import Line, Needs, mask
from tests.service.matrix.thing import Thing


def _to_everyone() -> permissions.UpdateItemPermissionsRequest.Grants:
    grant = permissions.Grant(subject=permissions.Subject(everyone=True), level=permissions.ACCESS_LEVEL_EDIT)
    return permissions.UpdateItemPermissionsRequest.Grants(grants=[grant])


def _label(thing: Thing) -> permissions.Item:
    return permissions.Item(label_id=thing.label)


_UNPROVED = ("INVALID_REQUEST",)
# Without the right password: what is refused often enough is not looked at any more.
_REFUSED = ("INVALID_REQUEST", "SIGN_IN_REFUSED", "TOO_MANY_FAILURES", "NO_ACCOUNT")
_IDENTITY = {
    "ListUsers": Line(lambda _: identity.ListUsersRequest()),
    "GetUser": Line(lambda t: identity.GetUserRequest(id=t.user), Needs.EXISTENCE, "USER_NOT_FOUND"),
    "CreateUser": Line(lambda t: identity.CreateUserRequest(user=identity.User(name=f"of {t.user}", role=access_pb2.ROLE_VIEWER))),
    "UpdateUser": Line(
        lambda t: identity.UpdateUserRequest(user=identity.User(id=t.user, email="a@b.example"), update_mask=mask("email")),
        Needs.EXISTENCE,
        "USER_NOT_FOUND",
    ),
    "DeleteUser": Line(lambda t: identity.DeleteUserRequest(id=t.user), Needs.EXISTENCE, "USER_NOT_FOUND"),
    "InviteUser": Line(lambda t: identity.InviteUserRequest(id=t.user), Needs.EXISTENCE, "USER_NOT_FOUND", comes_to=("NO_PASSWORD",)),
    "RemoveUserSecondFactor": Line(lambda t: identity.RemoveUserSecondFactorRequest(id=t.user), Needs.EXISTENCE, "USER_NOT_FOUND"),
    "RemoveUserIdentity": Line(
        lambda t: identity.RemoveUserIdentityRequest(user_id=t.user, identity=identity.UserIdentity(issuer="x", subject="x")),
        Needs.EXISTENCE,
        "USER_NOT_FOUND",
        comes_to=("IDENTITY_NOT_FOUND",),
    ),
    "ListUserTokens": Line(lambda t: identity.ListUserTokensRequest(user_id=t.user), Needs.EXISTENCE, "USER_NOT_FOUND"),
    "CreateServiceToken": Line(lambda t: identity.CreateServiceTokenRequest(user_id=t.user, name="x"), Needs.EXISTENCE, "USER_NOT_FOUND"),
    "RevokeUserToken": Line(
        lambda t: identity.RevokeUserTokenRequest(user_id=t.user, id=t.token), Needs.EXISTENCE, "TOKEN_NOT_FOUND", ("TOKEN_NOT_FOUND",)
    ),
    "ListGroups": Line(lambda _: identity.ListGroupsRequest()),
    "CreateGroup": Line(lambda t: identity.CreateGroupRequest(group=identity.Group(name=f"of {t.group}"))),
    "UpdateGroup": Line(
        lambda t: identity.UpdateGroupRequest(group=identity.Group(id=t.group, name=f"new {t.group}"), update_mask=mask("name")),
        Needs.EXISTENCE,
        "GROUP_NOT_FOUND",
    ),
    "DeleteGroup": Line(lambda t: identity.DeleteGroupRequest(id=t.group), Needs.EXISTENCE, "GROUP_NOT_FOUND"),
}
_ACCOUNTS = {
    "SignIn": Line(lambda _: accounts.SignInRequest(), comes_to=_UNPROVED),
    "GetInvitation": Line(lambda _: accounts.GetInvitationRequest(), comes_to=_UNPROVED),
    "AcceptInvitation": Line(lambda _: accounts.AcceptInvitationRequest(), comes_to=_UNPROVED),
    "SignOut": Line(lambda _: accounts.SignOutRequest(), comes_to=("", "NO_ACCOUNT")),
    "GetAccount": Line(lambda _: accounts.GetAccountRequest()),
    "ChangePassword": Line(lambda _: accounts.ChangePasswordRequest(new_password=""), comes_to=_REFUSED),
    "ProposeSecondFactor": Line(lambda _: accounts.ProposeSecondFactorRequest(), comes_to=("", "NO_ACCOUNT")),
    "ConfirmSecondFactor": Line(lambda _: accounts.ConfirmSecondFactorRequest(), comes_to=_REFUSED),
    "RemoveSecondFactor": Line(lambda _: accounts.RemoveSecondFactorRequest(), comes_to=_REFUSED),
    "ListTokens": Line(lambda _: accounts.ListTokensRequest(), comes_to=("", "NO_ACCOUNT")),
    "CreateToken": Line(lambda _: accounts.CreateTokenRequest(name="x"), comes_to=("", "NO_ACCOUNT")),
    "RevokeToken": Line(lambda t: accounts.RevokeTokenRequest(id=t.token), Needs.ACCOUNT, "TOKEN_NOT_FOUND"),
}
_PERMISSIONS = {
    "GetPermissions": Line(lambda t: permissions.GetPermissionsRequest(document_ids=[t.document]), Needs.VIEW),
    "UpdatePermissions": Line(lambda t: permissions.UpdatePermissionsRequest(document_ids=[t.document], private=True), Needs.OWNERSHIP),
    # Of a label that is everyone's; test_sight.py and test_item_permissions.py ask for those of somebody.
    "GetItemPermissions": Line(lambda t: permissions.GetItemPermissionsRequest(items=[_label(t)]), Needs.EXISTENCE, "LABEL_NOT_FOUND"),
    "UpdateItemPermissions": Line(
        lambda t: permissions.UpdateItemPermissionsRequest(items=[_label(t)], grants=_to_everyone()), Needs.EXISTENCE, "LABEL_NOT_FOUND"
    ),
    "GetGrants": Line(lambda t: permissions.GetGrantsRequest(holder=permissions.Holder(user_id=t.user)), Needs.EXISTENCE, "USER_NOT_FOUND"),
    # For a user who is not the caller: see test_permissions.py for one's own.
    "SetGrants": Line(
        lambda t: permissions.SetGrantsRequest(holder=permissions.Holder(user_id=t.user)), Needs.ADMINISTRATION, "USER_NOT_FOUND"
    ),
    "ListSubjects": Line(lambda _: permissions.ListSubjectsRequest()),
}
_AUDIT = {
    "ListAuditEntries": Line(lambda t: audit.ListAuditEntriesRequest(filter=audit.AuditFilter(user_id=t.user))),
    "ListDocumentHistory": Line(lambda t: audit.ListDocumentHistoryRequest(document_id=t.document), Needs.VIEW),
    "ExportAuditEntries": Line(lambda _: audit.ExportAuditEntriesRequest()),
}
PEOPLE = {
    "IdentityService": _IDENTITY,
    "AccountService": _ACCOUNTS,
    "PermissionService": _PERMISSIONS,
    "AuditService": _AUDIT,
}
