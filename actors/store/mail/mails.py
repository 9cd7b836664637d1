"""What became of mails: none is taken twice, and none is skipped for ever."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from actors.store.database import Database
from actors.store.mail.accounts import account_row
from actors.store.mail.errors import MailNotFound, MailRuleGone, MailRuleNotFound
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.mail import AccountId, Mail, MailHead, MailId, MailKey, MailState, RuleId, Watermark
from actors.store.rows.archive import DocumentRow
from actors.store.rows.columns import clean_text
from actors.store.rows.mail import MailDocumentRow, MailFolderRow, MailRow, MailRuleRow

_SAFE = (MailState.TAKEN, MailState.DONE)
# Of what strangers write, so much is kept.
_MOST = 1000


class Mails:
    """Keeps what became of mails, for each rule that meant one; and how far folders were looked through.

    A session that is narrowed sees those alone of its viewer's mailboxes.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(
        self, after: MailId | None, limit: int, account_id: AccountId | None = None, states: Iterable[MailState] = ()
    ) -> Sequence[Mail]:
        """List them, the newest first, beginning after one. Raises MailAccountNotFound."""
        query = select(MailRow) if after is None else select(MailRow).where(MailRow.id < after)
        wanted = list(states)
        with self._database.read() as session:
            if account_id is not None:
                query = query.where(MailRow.account_id == account_row(session, account_id).id)
            if wanted:
                query = query.where(MailRow.state.in_(wanted))
            return _mails_of(session, session.scalars(query.order_by(MailRow.id.desc()).limit(limit)).all())

    def get(self, mail_id: MailId) -> Mail:
        """Give one. Raises MailNotFound."""
        with self._database.read() as session:
            return _mail_of(session, _row(session, mail_id))

    def find(self, key: MailKey) -> Sequence[Mail]:
        """Tell what became of a mail, for each rule that meant it."""
        with self._database.read() as session:
            # Sorted by SQLite, it would go through all mails of the account.
            return _mails_of(session, sorted(session.scalars(select(MailRow).where(*_of(key))), key=lambda row: row.id))

    def known(self, account_id: AccountId, message_id: str, rule_id: RuleId) -> Mail | None:
        """Give the last mail with a Message-ID of which all was safe that a rule wanted, wherever it lay."""
        query = select(MailRow).where(
            MailRow.account_id == account_id,
            MailRow.message_digest == _digest(message_id),
            MailRow.rule_id == rule_id,
            MailRow.state.in_(_SAFE),
        )
        with self._database.read() as session:
            row = session.scalars(query.order_by(MailRow.id.desc()).limit(1)).one_or_none()
            return None if row is None else _mail_of(session, row)

    def keep_taken(self, key: MailKey, head: MailHead, rule_id: RuleId, documents: Iterable[DocumentId], now: datetime) -> Mail:
        """Note that all that a rule wanted of a mail is safe; its action is due at once. Raises MailAccountNotFound, MailRuleNotFound."""
        with self._database.write() as session:
            row = _noted(session, key, head, rule_id)
            row.state, row.error, row.tries, row.next_time, row.update_time = MailState.TAKEN, "", 0, now, now
            session.flush()
            _bear(session, row, documents)
            return _mail_of(session, row)

    def keep_done(self, mail_id: MailId, now: datetime) -> None:
        """Note that a mail's action is done; nothing where the mail is not known any more."""
        with self._database.write() as session:
            if (row := session.get(MailRow, mail_id)) is not None:
                row.state, row.error, row.next_time, row.update_time = MailState.DONE, "", None, now

    def keep_failed(self, key: MailKey, head: MailHead, rule_id: RuleId, error: str, next_time: datetime | None, now: datetime) -> Mail:
        """Note in words for its owner why a mail was not taken, or its action not done; TAKEN it then stays.

        Without a `next_time` it is not tried again by itself; one that was taken before, and somebody wanted once more, is DONE then as it
        was. Raises MailAccountNotFound, MailRuleNotFound.
        """
        with self._database.write() as session:
            row = _noted(session, key, head, rule_id)
            if row.state is not MailState.TAKEN:
                row.state = MailState.DONE if next_time is None and _was_taken(session, row) else MailState.FAILED
            row.error, row.tries, row.next_time, row.update_time = error, (row.tries or 0) + 1, next_time, now
            session.flush()
            return _mail_of(session, row)

    def due(self, account_id: AccountId, now: datetime) -> Sequence[Mail]:
        """List the mails of a mailbox that are to be looked at again by now, the longest waiting first."""
        query = select(MailRow).where(MailRow.account_id == account_id, MailRow.next_time <= now)
        with self._database.read() as session:
            return _mails_of(session, session.scalars(query.order_by(MailRow.next_time, MailRow.id)).all())

    def retry(self, mail_id: MailId, now: datetime) -> Mail:
        """Have a mail looked at again at once; of one that is TAKEN, its action alone. Raises MailNotFound, MailRuleGone."""
        with self._database.write() as session:
            row = _row(session, mail_id)
            if row.rule_id is None:
                raise MailRuleGone(mail_id)
            if row.state is not MailState.TAKEN:
                row.state = MailState.WAITING
            row.error, row.tries, row.next_time, row.update_time = "", 0, now, now
            session.flush()
            return _mail_of(session, row)

    def watermark(self, account_id: AccountId, folder: str) -> Watermark | None:
        """Tell how far a folder was looked through; None where it never was."""
        with self._database.read() as session:
            row = session.get(MailFolderRow, (account_id, clean_text(folder)))
            return None if row is None else Watermark(row.uidvalidity, row.digest, row.uid)

    def set_watermark(self, account_id: AccountId, folder: str, mark: Watermark) -> None:
        """Note how far a folder was looked through. Raises MailAccountNotFound."""
        with self._database.write() as session:
            account_row(session, account_id)
            session.merge(
                MailFolderRow(
                    account_id=account_id, folder=clean_text(folder), uidvalidity=mark.uidvalidity, digest=mark.digest, uid=mark.uid
                )
            )


def _row(session: Session, mail_id: MailId) -> MailRow:
    row = session.scalars(select(MailRow).where(MailRow.id == mail_id)).one_or_none()
    if row is None:
        raise MailNotFound(mail_id)
    return row


def _of(key: MailKey) -> tuple[ColumnElement[bool], ...]:
    return (
        MailRow.account_id == key.account,
        MailRow.folder == key.folder,
        MailRow.uidvalidity == key.uidvalidity,
        MailRow.uid == key.uid,
    )


def _noted(session: Session, key: MailKey, head: MailHead, rule_id: RuleId) -> MailRow:
    row = session.scalars(select(MailRow).where(*_of(key), MailRow.rule_id == rule_id)).one_or_none()
    if row is None:
        account_row(session, key.account)
        if session.get(MailRuleRow, rule_id) is None:
            raise MailRuleNotFound(rule_id)
        row = MailRow(account_id=key.account, folder=key.folder, uidvalidity=key.uidvalidity, uid=key.uid, rule_id=rule_id)
        session.add(row)
    row.message_id, row.message_digest = head.message_id[:_MOST], _digest(head.message_id)
    row.sender, row.subject, row.sent_time = head.sender[:_MOST], head.subject[:_MOST], head.sent_time
    return row


def _was_taken(session: Session, row: MailRow) -> bool:
    with session.no_autoflush:
        return session.scalars(select(MailDocumentRow.mail_id).where(MailDocumentRow.mail_id == row.id).limit(1)).first() is not None


def _digest(message_id: str) -> str:
    return sha256(message_id.encode(errors="surrogatepass")).hexdigest()


def _bear(session: Session, row: MailRow, documents: Iterable[DocumentId]) -> None:
    """Note which documents came of a mail; one may have been purged meanwhile."""
    session.execute(delete(MailDocumentRow).where(MailDocumentRow.mail_id == row.id))
    found = session.scalars(select(DocumentRow.id).where(DocumentRow.id.in_(list(documents)))).all()
    if found:
        session.execute(insert(MailDocumentRow), [{"mail_id": row.id, "document_id": document} for document in found])


def _mail_of(session: Session, row: MailRow) -> Mail:
    return _mails_of(session, [row])[0]


def _mails_of(session: Session, rows: Sequence[MailRow]) -> list[Mail]:
    pairs = session.execute(
        select(MailDocumentRow.mail_id, MailDocumentRow.document_id)
        .where(MailDocumentRow.mail_id.in_([row.id for row in rows]))
        .order_by(MailDocumentRow.document_id)
    )
    documents: dict[int, list[DocumentId]] = {}
    for mail, document in pairs:
        documents.setdefault(mail, []).append(DocumentId(document))
    return [
        Mail(
            id=MailId(row.id),
            key=MailKey(AccountId(row.account_id), row.folder, row.uidvalidity, row.uid),
            rule=None if row.rule_id is None else RuleId(row.rule_id),
            head=MailHead(row.message_id, row.sender, row.subject, row.sent_time),
            state=row.state,
            update_time=row.update_time,
            documents=tuple(documents.get(row.id, ())),
            error=row.error,
            tries=row.tries,
            next_time=row.next_time,
        )
        for row in rows
    ]
