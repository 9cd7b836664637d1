"""The secrets of the archive, each as it is kept: those of workflows, of what they want sent, second factors, mailboxes, notifications."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select

from actors.store.database import Database
from actors.store.nouns.sealed import Sealed
from actors.store.rows.identity import UserRow
from actors.store.rows.mail import MailAccountRow
from actors.store.rows.notifications import NotificationRow
from actors.store.rows.workflows import ErrandRow, WorkflowRow
from actors.store.workflows.as_json import Json

_FACTORS = select(UserRow.secret).where(UserRow.secret != "").order_by(UserRow.id)
_MAILBOXES = select(MailAccountRow.secret).where(MailAccountRow.secret != "").order_by(MailAccountRow.id)
_TELLING = select(NotificationRow.secret).where(NotificationRow.secret != "").order_by(NotificationRow.id)


class Secrets:
    """Looks through all places that hold secrets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def kept(self) -> list[str]:
        """List all secrets as they are kept."""
        with self._database.read() as session:
            actions = [action for definition in session.scalars(select(WorkflowRow.definition)) for action in definition["actions"]]
            told = [*actions, *session.scalars(select(ErrandRow.told))]
            others = [secret for query in (_FACTORS, _MAILBOXES, _TELLING) for secret in session.scalars(query)]
            return [secret for one in told for secret in _secrets(one)] + others

    def change_all(self, change: Callable[[str], Sealed]) -> None:
        """Put each secret through a change, all or none; nobody sees that a workflow or user has changed."""
        with self._database.write() as session:
            connection = session.connection()
            if connection.dialect.name == "sqlite":
                # What was kept plain is wiped, and not only given free. The setting is the connection's, and harms nobody who has it next.
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            for workflow in session.scalars(select(WorkflowRow)):
                actions = [_changed(told, change) for told in workflow.definition["actions"]]
                workflow.definition = {**workflow.definition, "actions": actions}
            for errand in session.scalars(select(ErrandRow)):
                errand.told = _changed(errand.told, change)
            for user in session.scalars(select(UserRow).where(UserRow.secret != "")):
                user.secret = change(user.secret)
            for account in session.scalars(select(MailAccountRow).where(MailAccountRow.secret != "")):
                account.secret = change(account.secret)
            for notification in session.scalars(select(NotificationRow).where(NotificationRow.secret != "")):
                notification.secret = change(notification.secret)


def _secrets(told: Json) -> Iterator[str]:
    yield from (value for _, value in told.get("headers", ()))
    yield from (password["text"] for password in told.get("passwords", ()))


def _changed(told: Json, change: Callable[[str], Sealed]) -> dict[str, Any]:
    changed = dict(told)
    if "headers" in told:
        changed["headers"] = [[name, change(value)] for name, value in told["headers"]]
    if "passwords" in told:
        changed["passwords"] = [{**password, "text": change(password["text"])} for password in told["passwords"]]
    return changed
