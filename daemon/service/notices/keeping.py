"""Making and changing notifications: read, checked and kept. It asks the database, so it works in threads."""

from actors.errands.errors import NeverSent, NotSent
from actors.store.nouns.notifications import Notification, NotificationFacts
from daemon.service.callers import caller
from daemon.service.cataloguing.checks import refuse
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, NoticeNotSent, NoticeRefused, Violation
from daemon.service.sharing.pace import Pace
from daemon.service.wire.masks import masked, merging, of_paths, paths_of
from daemon.service.wire.notifications import notification_facts, notification_id, notification_message, notification_violations
from daemon.service.wire.values import expected_revision
from scriba.v1 import notifications_pb2 as pb

PATHS = ("name", "events", "way", "url", "secret", "view_ids", "due_days", "disabled")
MOST_OF_ONE = 100


class Notifications:
    """Keeps notifications as their owners want them."""

    def __init__(self, archive: Archive, pace: Pace) -> None:
        self._archive = archive
        self._pace = pace

    def all(self) -> list[pb.Notification]:
        """Tell all of the caller's."""
        return [notification_message(one) for one in self._archive.store.notifications.list()]

    def create(self, told: pb.Notification) -> pb.Notification:
        """Keep one. Raises InvalidRequest, ViewNotFound, NameTaken."""
        facts, owner = notification_facts(told), caller().user
        refuse(notification_violations(told, facts))
        self._check_views(facts)
        kept = self._archive.store.notifications
        if kept.count_of(owner) >= MOST_OF_ONE:
            raise InvalidRequest(Violation("notification", f"nobody has more than {MOST_OF_ONE}: change or remove one"))
        return notification_message(kept.create(owner, facts, self._archive.seals.seal(told.secret)))

    def update(self, request: pb.UpdateNotificationRequest) -> pb.Notification:
        """Change one. Raises NotificationNotFound, ViewNotFound, InvalidRequest, NameTaken, StaleItem."""
        paths = paths_of(request.update_mask, PATHS)
        one, named = notification_id(request.notification.id), expected_revision(request.notification.etag)
        kept = self._archive.store.notifications

        def change() -> Notification:
            present = kept.get(one)
            told = masked(notification_message(present), request.notification, request.update_mask)
            facts = notification_facts(told)
            refuse(of_paths(paths, notification_violations(told, facts)))
            if "view_ids" in paths:
                self._check_views(facts)
            moved = (facts.way, facts.url) != (present.facts.way, present.facts.url)
            if moved and present.secret and "secret" not in paths:
                raise InvalidRequest(Violation("notification.secret", "must be given anew with another address"))
            secret = self._archive.seals.seal(request.notification.secret) if "secret" in paths else None
            return kept.update(one, facts, secret, named or present.revision)

        return notification_message(merging(change, named))

    def delete(self, request: pb.DeleteNotificationRequest) -> None:
        """Remove one. Raises NotificationNotFound, StaleItem."""
        self._archive.store.notifications.delete(notification_id(request.id), expected_revision(request.etag))

    def test(self, text: str) -> None:
        """Send a test. Raises NotificationNotFound, TooManyMails, NoticeNotSent, NoticeRefused."""
        one = self._archive.store.notifications.get(notification_id(text))
        self._pace.take(caller().user, 1)
        try:
            self._archive.teller.test(one)
        except NotSent as error:
            raise NoticeNotSent(str(error)) from error
        except NeverSent as error:
            raise NoticeRefused(str(error)) from error

    def _check_views(self, facts: NotificationFacts) -> None:
        for view in facts.views:
            self._archive.store.catalog.views.get(view)
