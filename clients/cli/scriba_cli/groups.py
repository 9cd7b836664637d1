"""Groups: users who are given rights together."""

import sys
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask

from scriba.v1.identity_pb2 import CreateGroupRequest, DeleteGroupRequest, Group, ListGroupsRequest, UpdateGroupRequest
from scriba_cli.identities import group_named
from scriba_cli.names import named
from scriba_cli.options import Json, Yes
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import add_text_column, new_table, plain, print_table, say

app = typer.Typer(help="Groups of users: list, add, edit, delete.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The group's name.")]
Names = Annotated[list[str], typer.Argument(metavar="NAME", help="The groups' names.")]


@app.command("list")
def list_groups(as_json: Json = False) -> None:
    """List the groups with their users."""
    with open_client() as client:
        answer = client.identity.ListGroups(ListGroupsRequest())
        if as_json:
            print_json(answer)
            return
        users = {user.id: user.name for user in client.list_users()} if answer.groups else {}
    if not answer.groups:
        say("no groups")
        return
    table = new_table()
    add_text_column(table, "Group")
    add_text_column(table, "Users")
    for group in answer.groups:
        table.add_row(group.name, ", ".join(users.get(user, user) for user in group.user_ids))
    print_table(table)


@app.command("add")
def add(
    name: Name,
    users: Annotated[list[str] | None, typer.Argument(metavar="[USER]", help="The names of its users.")] = None,
    as_json: Json = False,
) -> None:
    """Add a group."""
    with open_client() as client:
        known = list(client.list_users())
        members = [named(user, known, "user", "scriba users list").id for user in users or []]
        answer = client.identity.CreateGroup(CreateGroupRequest(group=Group(name=name, user_ids=members)))
    if as_json:
        print_json(answer)
    else:
        say(f"new group: {plain(answer.group.name)}")


@app.command("edit")
def edit(
    name: Name,
    new_name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")] = None,
    add_users: Annotated[list[str] | None, typer.Option("--add", metavar="USER", help="A user more; may be repeated.")] = None,
    remove_users: Annotated[list[str] | None, typer.Option("--remove", metavar="USER", help="A user less; may be repeated.")] = None,
    as_json: Json = False,
) -> None:
    """Change a group's name and users."""
    if new_name is None and not add_users and not remove_users:
        raise typer.BadParameter("say what to change; see `scriba groups edit --help`")
    with open_client() as client:
        present, known = group_named(client, name), list(client.list_users())
        more, fewer = ({named(user, known, "user", "scriba users list").id for user in users or []} for users in (add_users, remove_users))
        wanted = Group(id=present.id, etag=present.etag, name=new_name or present.name)
        wanted.user_ids.extend(sorted((set(present.user_ids) | more) - fewer))
        answer = client.identity.UpdateGroup(UpdateGroupRequest(group=wanted, update_mask=FieldMask(paths=["name", "user_ids"])))
    if as_json:
        print_json(answer)
    else:
        names = {user.id: user.name for user in known}
        say(f"changed: {plain(answer.group.name)}: {plain(', '.join(names.get(user, user) for user in answer.group.user_ids)) or 'nobody'}")


@app.command("delete")
def delete(names: Names, yes: Yes = False, as_json: Json = False) -> None:
    """Delete groups; their users stay."""
    with open_client() as client:

        def delete_one(name: str) -> None:
            group = group_named(client, name)
            if not yes and sys.stdin.isatty():
                typer.confirm(f"Delete the group {plain(group.name)}?", abort=True, err=True)
            answer = client.identity.DeleteGroup(DeleteGroupRequest(id=group.id, etag=group.etag))
            if as_json:
                print_json(answer)
            else:
                say(f"deleted: {plain(group.name)}")

        for_each(names, client, delete_one)
