"""What you want to be told of documents: by e-mail, or on a phone."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask

import scriba
from scriba.v1.catalog_pb2 import ListViewsRequest
from scriba.v1.notifications_pb2 import (
    CreateNotificationRequest,
    DeleteNotificationRequest,
    ListNotificationsRequest,
    Notification,
    NotificationEvent,
    NotificationWay,
    TestNotificationRequest,
    UpdateNotificationRequest,
)
from scriba_cli.options import Json
from scriba_cli.proto_json import print_json
from scriba_cli.secret_input import read_secret
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, plain, print_table, say

app = typer.Typer(help="Notifications: list, add, edit, delete, test.", no_args_is_help=True)


class Way(StrEnum):
    """How you are told."""

    EMAIL = "email"
    JSON = "json"
    NTFY = "ntfy"
    GOTIFY = "gotify"
    MATRIX = "matrix"


class Event(StrEnum):
    """What you are told of."""

    FAILED = "failed"
    ATTENTION = "attention"


Id = Annotated[str, typer.Argument(metavar="NOTIFICATION", help="Its number, as `scriba notify list` shows it.")]
Ids = Annotated[list[str], typer.Argument(metavar="NOTIFICATION", help="Their numbers, as `scriba notify list` shows them.")]
By = Annotated[Way | None, typer.Option("--by", help="By e-mail to your own address, or by a call of --url.")]
Url = Annotated[str | None, typer.Option("--url", help="https://ntfy.sh/TOPIC, https://GOTIFY, https://HOMESERVER/!ROOM:SERVER, or any.")]
Secret = Annotated[bool, typer.Option("--secret", help="Ask for the access token that the service wants.")]
On = Annotated[list[Event] | None, typer.Option("--on", help="Of documents that failed, or that need attention; may be repeated.")]
Views = Annotated[list[str] | None, typer.Option("--view", metavar="NAME", help="Of new documents in a saved view; may be repeated.")]
Due = Annotated[int | None, typer.Option("--due", metavar="DAYS", min=0, max=366, help="Of dates in custom fields within so many days.")]


@app.command("list")
def list_notifications(as_json: Json = False) -> None:
    """List your notifications; an administrator sees those of all."""
    with open_client() as client:
        answer = client.notifications.ListNotifications(ListNotificationsRequest())
    if as_json:
        print_json(answer)
    elif not answer.notifications:
        say("no notifications")
    else:
        _print(answer.notifications)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    by: By = Way.EMAIL,
    url: Url = None,
    secret: Secret = False,
    on: On = None,
    view: Views = None,
    due: Due = None,
    as_json: Json = False,
) -> None:
    """Be told of what happens from now on."""
    with open_client() as client:
        told = Notification(
            name=name,
            way=_way(by or Way.EMAIL),
            url=url or "",
            secret=read_secret("Access token", None) if secret else "",
            events=_events(on, view, due),
            view_ids=_views(client, view or []),
            due_days=due or 0,
        )
        answer = client.notifications.CreateNotification(CreateNotificationRequest(notification=told))
    if as_json:
        print_json(answer)
    else:
        say(plain(f"new notification: {answer.notification.id} {answer.notification.name}; `scriba notify test` tries it"))


@app.command("edit")
def edit(
    notification: Id,
    name: Annotated[str | None, typer.Option("--name", help="Another name.")] = None,
    by: By = None,
    url: Url = None,
    secret: Secret = False,
    on: On = None,
    view: Views = None,
    due: Due = None,
    enable: Annotated[bool | None, typer.Option("--enable/--disable", help="Use it again, or not for a while.")] = None,
    as_json: Json = False,
) -> None:
    """Change a notification; what it tells of is said anew, all of it."""
    with open_client() as client:
        told, paths = Notification(id=notification), list[str]()
        if name is not None:
            told.name, paths = name, [*paths, "name"]
        if by is not None:
            told.way, paths = _way(by), [*paths, "way"]
        if url is not None:
            told.url, paths = url, [*paths, "url"]
        if secret:
            told.secret, paths = read_secret("Access token", None), [*paths, "secret"]
        if on or view or due is not None:
            told.events.extend(_events(on, view, due))
            told.view_ids.extend(_views(client, view or []))
            told.due_days, paths = due or 0, [*paths, "events", "view_ids", "due_days"]
        if enable is not None:
            told.disabled, paths = not enable, [*paths, "disabled"]
        if not paths:
            raise typer.BadParameter("say what is to change")
        request = UpdateNotificationRequest(notification=told, update_mask=FieldMask(paths=paths))
        answer = client.notifications.UpdateNotification(request)
    if as_json:
        print_json(answer)
    else:
        say(plain(f"changed: {answer.notification.id} {answer.notification.name}"))


@app.command("delete")
def delete(notifications: Ids, as_json: Json = False) -> None:
    """Remove notifications."""
    with open_client() as client:

        def act(one: str) -> None:
            answer = client.notifications.DeleteNotification(DeleteNotificationRequest(id=one))
            print_json(answer) if as_json else say(plain(f"removed: {one}"))

        for_each(notifications, client, act)


@app.command("test")
def send_test(notifications: Ids, as_json: Json = False) -> None:
    """Send a test now."""
    with open_client() as client:

        def act(one: str) -> None:
            answer = client.notifications.TestNotification(TestNotificationRequest(id=one))
            print_json(answer) if as_json else say(plain(f"sent: {one}"))

        for_each(notifications, client, act)


def _way(way: Way) -> NotificationWay.ValueType:
    return NotificationWay.Value(f"NOTIFICATION_WAY_{way.name}")


def _events(on: Sequence[Event] | None, views: Sequence[str] | None, due: int | None) -> list[NotificationEvent.ValueType]:
    names = [*(event.name for event in dict.fromkeys(on or ())), *(["VIEW"] if views else []), *(["DUE"] if due is not None else [])]
    return [NotificationEvent.Value(f"NOTIFICATION_EVENT_{name}") for name in names]


def _views(client: scriba.Client, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    known = {view.name.casefold(): view.id for view in client.catalog.ListViews(ListViewsRequest()).views}
    for name in names:
        if name.casefold() not in known:
            raise typer.BadParameter(f"there is no saved view {plain(name)}")
    return [known[name.casefold()] for name in dict.fromkeys(names)]


def _print(notifications: Sequence[Notification]) -> None:
    table = new_table()
    add_column(table, "No.", right=True)
    add_text_column(table, "Name")
    for header in ("By", "Of"):
        add_column(table, header)
    add_text_column(table, "State")
    for one in notifications:
        of = ", ".join(NotificationEvent.Name(event).removeprefix("NOTIFICATION_EVENT_").lower() for event in one.events)
        state = "disabled" if one.disabled else one.error or "in use"
        table.add_row(one.id, one.name, NotificationWay.Name(one.way).removeprefix("NOTIFICATION_WAY_").lower(), of, state)
    print_table(table)
