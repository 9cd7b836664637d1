"""The tables of mail. A change here needs a migration beside it (actors/store/migrations)."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.nouns.mail import CorrespondentFrom, MailAction, MailState, Proof, Scope, Security, TitleFrom
from actors.store.rows.archive import SORTED_TEXT, Base
from actors.store.rows.columns import CleanText, UtcDateTime, state_column

_USER = "users.id"
_LABEL = "labels.id"
_ACCOUNT = "mail_accounts.id"


class MailAccountRow(Base):
    """One mailbox, which goes with its owner."""

    __tablename__ = "mail_accounts"
    # An id stands in the audit log, and in the keys of mails that were taken, so SQLite must not give it a second time.
    __table_args__ = (UniqueConstraint("owner_id", "name_key", name="uq_mail_accounts_name"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(CleanText)
    name_key: Mapped[str] = mapped_column(SORTED_TEXT)
    host: Mapped[str] = mapped_column(CleanText)
    port: Mapped[int]
    user: Mapped[str] = mapped_column(CleanText)
    security: Mapped[Security] = mapped_column(state_column(Security))
    proof: Mapped[Proof] = mapped_column(state_column(Proof))
    secret: Mapped[str] = mapped_column(CleanText)
    enabled: Mapped[bool]
    error: Mapped[str] = mapped_column(CleanText)
    error_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_time: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MailRuleRow(Base):
    """One rule. It goes with its account, and with the owner of what comes by it: that is never everyone's."""

    __tablename__ = "mail_rules"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey(_ACCOUNT, ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(CleanText)
    enabled: Mapped[bool]
    folder: Mapped[str] = mapped_column(CleanText)
    sender: Mapped[str] = mapped_column(CleanText)
    recipient: Mapped[str] = mapped_column(CleanText)
    subject: Mapped[str] = mapped_column(CleanText)
    body: Mapped[str] = mapped_column(CleanText)
    include: Mapped[list[str]] = mapped_column(JSON)
    exclude: Mapped[list[str]] = mapped_column(JSON)
    most_days: Mapped[int]
    scope: Mapped[Scope] = mapped_column(state_column(Scope))
    inline_images: Mapped[bool]
    title_from: Mapped[TitleFrom] = mapped_column(state_column(TitleFrom))
    correspondent_from: Mapped[CorrespondentFrom] = mapped_column(state_column(CorrespondentFrom))
    correspondent_id: Mapped[int | None] = mapped_column(ForeignKey(_LABEL, ondelete="SET NULL"), index=True)
    tags: Mapped[list[int]] = mapped_column(JSON)
    document_type_id: Mapped[int | None] = mapped_column(ForeignKey(_LABEL, ondelete="SET NULL"), index=True)
    storage_path_id: Mapped[int | None] = mapped_column(ForeignKey(_LABEL, ondelete="SET NULL"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"), index=True)
    action: Mapped[MailAction] = mapped_column(state_column(MailAction))
    parameter: Mapped[str] = mapped_column(CleanText)
    last: Mapped[bool]


class MailRow(Base):
    """What became of a mail by a rule. `message_digest` is that of its Message-ID, which may be of any length."""

    __tablename__ = "mails"
    __table_args__ = (
        UniqueConstraint("account_id", "folder", "uidvalidity", "uid", "rule_id", name="uq_mails_key"),
        Index("ix_mails_by_account", "account_id", "id"),
        Index("ix_mails_by_message", "rule_id", "message_digest", "id"),
        Index("ix_mails_by_next_time", "account_id", "next_time"),
        Index("ix_mails_by_state", "state", "id"),
        Index("ix_mails_by_account_and_state", "account_id", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(_ACCOUNT, ondelete="CASCADE"))
    folder: Mapped[str] = mapped_column(CleanText)
    uidvalidity: Mapped[int] = mapped_column(BigInteger)
    uid: Mapped[int] = mapped_column(BigInteger)
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("mail_rules.id", ondelete="SET NULL"))
    message_id: Mapped[str] = mapped_column(CleanText)
    message_digest: Mapped[str] = mapped_column(String(64))
    sender: Mapped[str] = mapped_column(CleanText)
    subject: Mapped[str] = mapped_column(CleanText)
    sent_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[MailState] = mapped_column(state_column(MailState))
    error: Mapped[str] = mapped_column(CleanText)
    tries: Mapped[int]
    next_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    update_time: Mapped[datetime] = mapped_column(UtcDateTime)


class MailDocumentRow(Base):
    """A document that came of a mail. Without it the mail stays known, or it would be fetched again."""

    __tablename__ = "mail_documents"

    mail_id: Mapped[int] = mapped_column(ForeignKey("mails.id", ondelete="CASCADE"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True)


class MailFolderRow(Base):
    """How far a folder was looked through."""

    __tablename__ = "mail_folders"

    account_id: Mapped[int] = mapped_column(ForeignKey(_ACCOUNT, ondelete="CASCADE"), primary_key=True)
    folder: Mapped[str] = mapped_column(CleanText, primary_key=True)
    uidvalidity: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))
    uid: Mapped[int] = mapped_column(BigInteger)
