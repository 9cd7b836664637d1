"""Who may see and change documents, labels, saved views and workflows: owners and grants."""

from collections.abc import Iterable
from typing import Annotated, TypeVar

import typer

import scriba
from scriba.v1.permissions_pb2 import (
    AccessLevel,
    GetItemPermissionsRequest,
    GetItemPermissionsResponse,
    GetPermissionsRequest,
    GetPermissionsResponse,
    Grant,
    Holder,
    ItemPermissions,
    ListSubjectsRequest,
    Permissions,
    SetGrantsRequest,
    Subject,
    UpdateItemPermissionsRequest,
    UpdateItemPermissionsResponse,
    UpdatePermissionsRequest,
    UpdatePermissionsResponse,
)
from scriba_cli.access_items import Chosen, Correspondents, Paths, Tags, Types, Views, Workflows, print_item, require_one_sort
from scriba_cli.completion import complete_document, complete_path, complete_tag
from scriba_cli.labels import label
from scriba_cli.names import named, same_name
from scriba_cli.options import Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import open_client
from scriba_cli.single_labels import STORAGE_PATH
from scriba_cli.tags import TAG
from scriba_cli.terminal import add_column, add_text_column, new_table, plain, print_table, say

app = typer.Typer(help="Who may see and change what: show, set, grant.", no_args_is_help=True)

R = TypeVar("R", UpdatePermissionsRequest, UpdateItemPermissionsRequest)
Answer = GetPermissionsResponse | UpdatePermissionsResponse | GetItemPermissionsResponse | UpdateItemPermissionsResponse
SomeDocumentIds = Annotated[
    list[str] | None, typer.Argument(metavar="[ID]...", help="The documents' ids.", autocompletion=complete_document)
]
EVERYONE = "everyone"
_GROUP = "group:"
View = Annotated[list[str] | None, typer.Option("--view", metavar="NAME", help="May see: a user, a group or everyone; may be repeated.")]
Edit = Annotated[list[str] | None, typer.Option("--edit", metavar="NAME", help="May also change; may be repeated.")]
Nobody = Annotated[bool, typer.Option("--nobody", help="Grant nothing any more.")]


@app.command("show")
def show(
    document_ids: SomeDocumentIds = None,
    tags: Tags = None,
    correspondents: Correspondents = None,
    types: Types = None,
    paths: Paths = None,
    saved_views: Views = None,
    workflows: Workflows = None,
    as_json: Json = False,
) -> None:
    """Show who owns documents, labels, saved views or workflows, and who may see and change them, by what."""
    chosen = Chosen(tags, correspondents, types, paths, saved_views, workflows)
    require_one_sort(document_ids, chosen)
    with open_client() as client:
        if document_ids:
            _tell(client.permissions.GetPermissions(GetPermissionsRequest(document_ids=document_ids)), as_json)
        else:
            _tell(client.permissions.GetItemPermissions(GetItemPermissionsRequest(items=chosen.items(client))), as_json)


@app.command("set")
def change(
    document_ids: SomeDocumentIds = None,
    tags: Tags = None,
    correspondents: Correspondents = None,
    types: Types = None,
    paths: Paths = None,
    saved_views: Views = None,
    workflows: Workflows = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="NAME", help='Another owner; "" for nobody.')] = None,
    view: View = None,
    edit: Edit = None,
    nobody: Nobody = False,
    private: Annotated[
        bool | None, typer.Option("--private/--inherit", help="Inherit nothing from owner, tags and path; or inherit again.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Give documents, labels, saved views or workflows another owner, or exactly these grants; all or none."""
    chosen = Chosen(tags, correspondents, types, paths, saved_views, workflows)
    require_one_sort(document_ids, chosen)
    if owner is None and private is None and not (view or edit or nobody):
        raise typer.BadParameter("say what to change; see `scriba access set --help`")
    if chosen and private is not None:
        raise typer.BadParameter("--private and --inherit are for documents; nothing else inherits")
    with open_client() as client:
        subjects = list(client.permissions.ListSubjects(ListSubjectsRequest()).subjects)
        grants = _grants(subjects, view, edit) if view or edit or nobody else None
        if document_ids:
            request = UpdatePermissionsRequest(document_ids=document_ids, private=private)
            _tell(client.permissions.UpdatePermissions(_filled(request, subjects, owner, grants)), as_json)
        else:
            asked = UpdateItemPermissionsRequest(items=chosen.items(client))
            _tell(client.permissions.UpdateItemPermissions(_filled(asked, subjects, owner, grants)), as_json)


@app.command("grant")
def grant(
    tag: Annotated[str | None, typer.Option("--tag", help="Documents with this tag (admin).", autocompletion=complete_tag)] = None,
    path: Annotated[
        str | None, typer.Option("--path", help="Documents with this storage path (admin).", autocompletion=complete_path)
    ] = None,
    user: Annotated[str | None, typer.Option("--of", metavar="USER", help="All that this user owns: yourself, or anybody (admin).")] = None,
    view: View = None,
    edit: Edit = None,
    nobody: Nobody = False,
    as_json: Json = False,
) -> None:
    """Let a tag, a storage path or a user grant documents to exactly these."""
    if sum(one is not None for one in (tag, path, user)) != 1:
        raise typer.BadParameter("name a tag, a path or a user, and one of them alone")
    if not (view or edit or nobody):
        raise typer.BadParameter("name who may see them, or --nobody")
    with open_client() as client:
        subjects = list(client.permissions.ListSubjects(ListSubjectsRequest()).subjects)
        holder = _holder(client, subjects, tag, path, user)
        answer = client.permissions.SetGrants(SetGrantsRequest(holder=holder, grants=_grants(subjects, view, edit)))
    if as_json:
        print_json(answer)
    else:
        say(f"granted to: {plain(', '.join(_words(one) for one in answer.grants)) or 'nobody'}")


def _filled(request: R, subjects: Iterable[Subject], owner: str | None, grants: list[Grant] | None) -> R:
    if owner is not None:
        request.owner_id = _user(subjects, owner) if owner else ""
    if grants is not None:
        request.grants.grants.extend(grants)
        request.grants.SetInParent()
    return request


def _tell(answer: Answer, as_json: bool) -> None:
    if as_json:
        print_json(answer)
        return
    for told in answer.permissions:
        if isinstance(told, ItemPermissions):
            print_item(told, map(_words, told.grants))
        else:
            _print(told)


def _holder(client: scriba.Client, subjects: Iterable[Subject], tag: str | None, path: str | None, user: str | None) -> Holder:
    if tag is not None:
        return Holder(label_id=label(TAG, client, tag).id)
    if path is not None:
        return Holder(label_id=label(STORAGE_PATH, client, path).id)
    return Holder(user_id=_user(subjects, user or ""))


def user_named(client: scriba.Client, name: str) -> str:
    """Find the id of a user; raises NotFound."""
    return _user(client.permissions.ListSubjects(ListSubjectsRequest()).subjects, name)


def _user(subjects: Iterable[Subject], name: str) -> str:
    return named(name, (one for one in subjects if one.user_id), "user", "scriba users list").user_id


def _grants(subjects: list[Subject], view: Iterable[str] | None, edit: Iterable[str] | None) -> list[Grant]:
    levels = ((view, AccessLevel.ACCESS_LEVEL_VIEW), (edit, AccessLevel.ACCESS_LEVEL_EDIT))
    return [Grant(subject=_subject(subjects, name), level=level) for names, level in levels for name in names or []]


def _subject(subjects: list[Subject], name: str) -> Subject:
    """Find who is meant; a group that is called like a user is meant by `group:NAME`."""
    if same_name(name, EVERYONE):
        return Subject(everyone=True)
    if name.startswith(_GROUP):
        return named(name.removeprefix(_GROUP), (one for one in subjects if one.group_id), "group", "scriba groups list")
    return named(name, subjects, "user or group", "scriba users list")


def _print(told: Permissions) -> None:
    say(f"document {plain(told.document_id)}: {plain(_owner(told))}")
    rows = [(_words(one), "this document") for one in told.grants]
    rows += [(_words(one.grant), f"{'tag or path' if one.label_id else 'owner'} {one.name}") for one in told.inherited]
    if not rows:
        return
    table = new_table()
    add_text_column(table, "Who")
    add_column(table, "By")
    for who, by in rows:
        table.add_row(who, by)
    print_table(table)


def _owner(told: Permissions) -> str:
    if told.owner_id:
        return f"owned by {told.owner_name}{', private' if told.private else ''}"
    return "nobody's" if told.grants or told.inherited or told.private else "nobody's, and everyone's to see"


def _words(one: Grant) -> str:
    who = EVERYONE if one.subject.everyone else one.subject.name
    return f"{who}{' (edit)' if one.level == AccessLevel.ACCESS_LEVEL_EDIT else ''}"
