"""Users: who may use the archive."""

import sys
from enum import StrEnum
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask

import scriba
from scriba.v1.access_pb2 import Role
from scriba.v1.identity_pb2 import (
    CreateUserRequest,
    DeleteUserRequest,
    InviteUserRequest,
    InviteUserResponse,
    ListGroupsRequest,
    ListUsersResponse,
    RemoveUserIdentityRequest,
    RemoveUserSecondFactorRequest,
    UpdateUserRequest,
    User,
    UserKind,
)
from scriba_cli import wording
from scriba_cli.identities import host_of, role_name, user_named
from scriba_cli.options import Json, Yes
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, out, plain, print_table, say

app = typer.Typer(help="Users: list, add, edit, invite, unlink, delete.", no_args_is_help=True)


class RoleChoice(StrEnum):
    """The roles that a user can have."""

    ADMIN = "admin"
    EDITOR = "editor"
    VIEWER = "viewer"
    UPLOADER = "uploader"


Name = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]
Names = Annotated[list[str], typer.Argument(metavar="NAME", help="The users' names.")]
Email = Annotated[str | None, typer.Option("--email", metavar="ADDRESS", help="The e-mail address.")]


@app.command("list")
def list_users(as_json: Json = False) -> None:
    """List the users."""
    with open_client() as client:
        answer = ListUsersResponse(users=client.list_users())
        groups = {group.id: group.name for group in client.identity.ListGroups(ListGroupsRequest()).groups}
    if as_json:
        print_json(answer)
        return
    if not answer.users:
        say("no users; whoever has the token of the machine may do everything")
        return
    table = new_table()
    add_text_column(table, "User")
    add_column(table, "Role")
    add_text_column(table, "Signs in by")
    add_column(table, "Last sign-in")
    add_text_column(table, "Groups")
    for user in answer.users:
        name = f"{user.name} (disabled)" if user.disabled else user.name
        names = ", ".join(groups.get(group, group) for group in user.group_ids)
        table.add_row(name, role_name(user.role), _signs_in_by(user), wording.moment(user.sign_in_time), names)
    print_table(table)


@app.command("add")
def add(
    name: Name,
    role: Annotated[
        RoleChoice, typer.Option("--role", metavar="ROLE", help="What the user may do at most: admin, editor, viewer or uploader.")
    ] = RoleChoice.EDITOR,
    service: Annotated[bool, typer.Option("--service", help="A program: no password, tokens alone.")] = False,
    email: Email = None,
    as_json: Json = False,
) -> None:
    """Add a user; a person gets a code by which to choose a password."""
    kind = UserKind.USER_KIND_SERVICE if service else UserKind.USER_KIND_PERSON
    user = User(name=name, role=_role(role), kind=kind, email=email or "")
    with open_client() as client:
        answer = client.identity.CreateUser(CreateUserRequest(user=user))
        if as_json:
            print_json(answer)
        say(f"new user: {plain(answer.user.name)}, {role_name(answer.user.role)}")
        if service:
            say(f"A token for it: scriba tokens add NAME --for {plain(answer.user.name)}")
        elif not as_json:
            _print_invitation(client.identity.InviteUser(InviteUserRequest(id=answer.user.id)), client.server)


@app.command("edit")
def edit(
    name: Name,
    new_name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")] = None,
    role: Annotated[
        RoleChoice | None, typer.Option("--role", metavar="ROLE", help="Another role: admin, editor, viewer or uploader.")
    ] = None,
    email: Email = None,
    disable: Annotated[
        bool | None, typer.Option("--disable/--enable", help="Let the user in nowhere, by no token; or let the user in again.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Change a user."""
    wanted, paths = User(), list[str]()
    if new_name is not None:
        wanted.name, paths = new_name, [*paths, "name"]
    if role is not None:
        wanted.role, paths = _role(role), [*paths, "role"]
    if email is not None:
        wanted.email, paths = email, [*paths, "email"]
    if disable is not None:
        wanted.disabled, paths = disable, [*paths, "disabled"]
    if not paths:
        raise typer.BadParameter("say what to change; see `scriba users edit --help`")
    with open_client() as client:
        present = user_named(client, name)
        wanted.id, wanted.etag = present.id, present.etag
        answer = client.identity.UpdateUser(UpdateUserRequest(user=wanted, update_mask=FieldMask(paths=paths)))
    if as_json:
        print_json(answer)
    else:
        say(f"changed: {plain(answer.user.name)}, {role_name(answer.user.role)}{', disabled' if answer.user.disabled else ''}")


@app.command("invite")
def invite(name: Name, as_json: Json = False) -> None:
    """Make a code by which a user chooses a password, also a new one; the present one holds until then."""
    with open_client() as client:
        answer = client.identity.InviteUser(InviteUserRequest(id=user_named(client, name).id))
        if as_json:
            print_json(answer)
        else:
            _print_invitation(answer, client.server)


@app.command("no-second-factor")
def no_second_factor(name: Name, as_json: Json = False) -> None:
    """Ask a user who has lost the device for the password alone."""
    with open_client() as client:
        answer = client.identity.RemoveUserSecondFactor(RemoveUserSecondFactorRequest(id=user_named(client, name).id))
    if as_json:
        print_json(answer)
    else:
        say(f"{plain(answer.user.name)} signs in by the password alone")


@app.command("unlink")
def unlink(
    name: Name,
    issuer: Annotated[
        str | None, typer.Option("--issuer", metavar="ADDRESS", help="This provider alone, by its address; all when not given.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Let no provider of sign-ins vouch for a user any more."""
    with open_client() as client:
        user = user_named(client, name)
        known = [identity for identity in user.identities if issuer is None or identity.issuer == issuer]
        if not known:
            which = f" of {issuer}" if issuer else ""
            raise scriba.NotFound(f"{user.name} is linked to no sign-in{which}; `scriba users list` shows who is")
        for identity in known:
            answer = client.identity.RemoveUserIdentity(RemoveUserIdentityRequest(user_id=user.id, identity=identity))
            if as_json:
                print_json(answer)
            else:
                say(f"unlinked: {plain(user.name)} from {plain(identity.subject)} at {plain(identity.issuer)}")


@app.command("delete")
def delete(
    names: Names,
    heir: Annotated[str | None, typer.Option("--heir", metavar="NAME", help="Who gets their documents.")] = None,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Delete users with all their tokens; who owns documents leaves them to somebody."""
    with open_client() as client:
        heir_id = user_named(client, heir).id if heir else ""

        def delete_one(name: str) -> None:
            user = user_named(client, name)
            if not yes and sys.stdin.isatty():
                typer.confirm(f"Delete the user {plain(user.name)}?", abort=True, err=True)
            answer = client.identity.DeleteUser(DeleteUserRequest(id=user.id, etag=user.etag, heir_id=heir_id))
            if as_json:
                print_json(answer)
            else:
                say(f"deleted: {plain(user.name)}")

        for_each(names, client, delete_one)


def _role(choice: RoleChoice) -> Role.ValueType:
    return Role.Value(f"ROLE_{choice.name}")


def _signs_in_by(user: User) -> str:
    if user.kind == UserKind.USER_KIND_SERVICE:
        return "token"
    ways = []
    if user.has_password:
        ways = ["password", "code"] if user.has_second_factor else ["password"]
    return ", ".join([*ways, *sorted({host_of(identity.issuer) for identity in user.identities})]) or "invited"


def _print_invitation(answer: InviteUserResponse, server: str) -> None:
    out.print(plain(answer.code))
    say(f"This code, shown this once, is good until {wording.moment(answer.expire_time)}. Who has it chooses a password by")
    say(f"  scriba login {server} --invited")
