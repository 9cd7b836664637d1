"""What somebody does in one transaction, kept with it or not at all: who acts is said once for a session, and each deed is noted there.

Changes of rows are noted by themselves (watching.py). What statements do past the rows, and what changes none, such as a read, whoever
does it notes with `note` or `note_read`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, event, insert, select
from sqlalchemy.orm import Session, SessionTransaction

from actors.store.audit.as_json import kept_change
from actors.store.audit.merging import merged
from actors.store.audit.watching import deeds_of
from actors.store.nouns.audit import Act, AuditNoun, Author, Deed
from actors.store.rows.archive import Base, DocumentRow
from actors.store.rows.audit import AuditRow
from actors.store.rows.seeing import WHOLE

Now = Callable[[], datetime]

_BOOK = "audit"
_ENTRIES = insert(Base.metadata.tables[AuditRow.__tablename__])
_TITLES = (
    select(DocumentRow.id, DocumentRow.title, DocumentRow.original_filename)
    .where(DocumentRow.id.in_(bindparam("document_ids", expanding=True)))
    .execution_options(**WHOLE)  # of documents that were changed: what they are called is told to who may see them
)


@dataclass(slots=True)
class _Book:
    author: Author
    now: Now
    deeds: list[Deed] = field(default_factory=list)
    # How many deeds had been done when a savepoint was set.
    marks: dict[SessionTransaction, int] = field(default_factory=dict)


def act_as(session: Session, author: Author, now: Now) -> None:
    """Say who acts in a session. From here on its changes are noted, and kept with its commit."""
    if (book := _book(session)) is not None:
        book.author, book.now = author, now
        return
    session.info[_BOOK] = _Book(author, now)
    event.listen(session, "after_flush", _flushed)
    event.listen(session, "before_commit", _committing)
    event.listen(session, "after_transaction_create", _begun)
    event.listen(session, "after_soft_rollback", _rolled_back)


def author_in(session: Session) -> Author | None:
    """Tell who acts in a session; None where machines do."""
    book = _book(session)
    return None if book is None else book.author


def note(session: Session, deed: Deed) -> None:
    """Note a deed that changes no rows, or that statements do past them. Where machines act, nothing is noted."""
    if (book := _book(session)) is not None:
        book.deeds.append(deed)


def note_all(session: Session, deeds: Iterable[Deed]) -> None:
    """Note many deeds; they are made only where they are noted."""
    if (book := _book(session)) is not None:
        book.deeds.extend(deeds)


def note_read(session: Session, noun: AuditNoun, subject: int, name: str = "") -> None:
    """Note that something was read, such as a document by a share link.

    The session must be one that writes and in which somebody acts: that of a store which `Store.acting` gave. Where a read has no other
    transaction, `store.audit.note(Deed(Act.READ, AuditNoun.DOCUMENT, document_id))` opens one of its own. A document's name is found.
    """
    note(session, Deed(Act.READ, noun, subject, name))


def keep(session: Session, author: Author, deeds: Iterable[Deed], now: datetime) -> None:
    """Write deeds into the table."""
    told = _named(session, list(deeds))
    entries = [
        {
            "time": now,
            "author_kind": author.kind,
            "author_name": author.name,
            "user_id": author.user,
            "token_id": author.token,
            "token_name": author.token_name,
            "address": author.address[:64],
            "act": deed.act,
            "noun": deed.noun,
            "subject_id": deed.subject,
            "subject_name": deed.name,
            "changes": [kept_change(change) for change in deed.changes],
        }
        for deed in told
    ]
    if entries:
        session.execute(_ENTRIES, entries)


def _named(session: Session, deeds: list[Deed]) -> list[Deed]:
    """Give documents their names, where whoever noted a deed did not know it."""
    nameless = {deed.subject for deed in deeds if deed.noun is AuditNoun.DOCUMENT and not deed.name}
    if not nameless:
        return deeds
    names = {document_id: title or filename for document_id, title, filename in session.execute(_TITLES, {"document_ids": list(nameless)})}
    return [_with_name(deed, names) for deed in deeds]


def _with_name(deed: Deed, names: dict[int, str]) -> Deed:
    if deed.noun is not AuditNoun.DOCUMENT or deed.name or deed.subject is None:
        return deed
    return Deed(deed.act, deed.noun, deed.subject, names.get(deed.subject, ""), deed.changes)


def _book(session: Session) -> _Book | None:
    return cast("_Book | None", session.info.get(_BOOK))


def _flushed(session: Session, _context: object) -> None:
    note_all(session, deeds_of(session))


def _committing(session: Session) -> None:
    book = _book(session)
    if book is None or session.in_nested_transaction():
        return
    session.flush()
    deeds, book.deeds = merged(book.deeds), []
    keep(session, book.author, deeds, book.now())


def _begun(session: Session, transaction: SessionTransaction) -> None:
    book = _book(session)
    if book is not None and transaction.nested:
        book.marks[transaction] = len(book.deeds)


def _rolled_back(session: Session, transaction: SessionTransaction) -> None:
    book = _book(session)
    # A flush that fails is a transaction too; what is around it is rolled back next.
    if book is not None and (transaction.nested or transaction.parent is None):
        del book.deeds[book.marks.pop(transaction, 0) if transaction.nested else 0 :]
