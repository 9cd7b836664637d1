"""Notifications: ours and the contract's, in pairs."""

from collections.abc import Iterator

from actors.intake.names import shown_text
from actors.notices.shapes import check_url
from actors.store.notifications.errors import NotificationNotFound
from actors.store.nouns.notifications import Event, Notification, NotificationFacts, NotificationId, Way
from daemon.service.refusals import Violation
from daemon.service.wire.catalog import view_id
from daemon.service.wire.values import etag, number, timestamp
from scriba.v1 import notifications_pb2 as pb

EVENTS = {
    pb.NOTIFICATION_EVENT_FAILED: Event.FAILED,
    pb.NOTIFICATION_EVENT_ATTENTION: Event.ATTENTION,
    pb.NOTIFICATION_EVENT_VIEW: Event.VIEW,
    pb.NOTIFICATION_EVENT_DUE: Event.DUE,
}
WAYS = {
    pb.NOTIFICATION_WAY_EMAIL: Way.EMAIL,
    pb.NOTIFICATION_WAY_JSON: Way.JSON,
    pb.NOTIFICATION_WAY_NTFY: Way.NTFY,
    pb.NOTIFICATION_WAY_GOTIFY: Way.GOTIFY,
    pb.NOTIFICATION_WAY_MATRIX: Way.MATRIX,
}
_EVENTS_TOLD = {event: told for told, event in EVENTS.items()}
_WAYS_TOLD = {way: told for told, way in WAYS.items()}


def notification_message(one: Notification) -> pb.Notification:
    """Tell a notification, and nothing of its secret."""
    facts = one.facts
    return pb.Notification(
        id=str(one.id),
        etag=etag(one.revision),
        name=facts.name,
        events=[_EVENTS_TOLD[event] for event in facts.events],
        way=_WAYS_TOLD[facts.way],
        url=facts.url,
        has_secret=one.secret != "",
        view_ids=[str(view) for view in facts.views],
        due_days=facts.due_days,
        disabled=not facts.enabled,
        error=one.error,
        error_time=timestamp(one.error_time),
        told_time=timestamp(one.told_time),
        owner_id="" if one.owner is None else str(one.owner),
    )


def notification_facts(told: pb.Notification) -> NotificationFacts:
    """Read what an owner says; `notification_violations` tells what is wrong with it. Raises ViewNotFound for what is no id."""
    return NotificationFacts(
        name=shown_text(told.name),
        events=tuple(EVENTS[event] for event in told.events if event in EVENTS),
        way=WAYS.get(told.way, Way.EMAIL),
        url=told.url.strip(),
        views=tuple(view_id(text) for text in told.view_ids),
        due_days=told.due_days,
        enabled=not told.disabled,
    )


def notification_violations(told: pb.Notification, facts: NotificationFacts) -> Iterator[Violation]:
    """Say what is wrong with a notification."""
    if not facts.name:
        yield Violation("notification.name", "must say what it is called")
    if not facts.events or len(facts.events) != len(told.events):
        yield Violation("notification.events", "must name what is to be told: failed, attention, view, due")
    if told.way not in WAYS:
        yield Violation("notification.way", "must be e-mail, JSON, ntfy, Gotify or Matrix")
    elif facts.way is Way.EMAIL:
        if facts.url:
            yield Violation("notification.url", "must be empty: e-mails go to the owner's own address")
    elif words := check_url(facts.way, facts.url):
        yield Violation("notification.url", words)
    if Event.VIEW in facts.events and not facts.views:
        yield Violation("notification.view_ids", "must name saved views, of which new documents are to be told")


def notification_id(text: str) -> NotificationId:
    """Read an id; raises NotificationNotFound for a text that is none."""
    if not (found := number(text)):
        raise NotificationNotFound(f"'{text}'")
    return NotificationId(found)
