"""Mailboxes, their rules, what became of their mails, and how far their folders were looked through."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

_MOMENT = sa.DateTime(timezone=True)
_SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_LABELS = ("correspondent_id", "document_type_id", "storage_path_id")


def upgrade() -> None:
    """Make the tables."""
    _accounts()
    _rules()
    _mails()
    op.create_table(
        "mail_documents",
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mail_id", "document_id", name="pk_mail_documents"),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name="fk_mail_documents_mail_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_mail_documents_document_id", ondelete="CASCADE"),
    )
    op.create_index("ix_mail_documents_document_id", "mail_documents", ["document_id"])
    op.create_table(
        "mail_folders",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "folder", name="pk_mail_folders"),
        sa.ForeignKeyConstraint(["account_id"], ["mail_accounts.id"], name="fk_mail_folders_account_id", ondelete="CASCADE"),
    )


def _accounts() -> None:
    op.create_table(
        "mail_accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", _SORTED, nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("security", sa.String(32), nullable=False),
        sa.Column("proof", sa.String(32), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("error_time", _MOMENT, nullable=True),
        sa.Column("seen_time", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mail_accounts"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_mail_accounts_owner_id", ondelete="CASCADE"),
        sa.UniqueConstraint("owner_id", "name_key", name="uq_mail_accounts_name"),
        sqlite_autoincrement=True,
    )


def _rules() -> None:
    op.create_table(
        "mail_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("folder", "sender", "recipient", "subject", "body")),
        sa.Column("include", sa.JSON(), nullable=False),
        sa.Column("exclude", sa.JSON(), nullable=False),
        sa.Column("most_days", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(32), nullable=False),
        sa.Column("inline_images", sa.Boolean(), nullable=False),
        sa.Column("title_from", sa.String(32), nullable=False),
        sa.Column("correspondent_from", sa.String(32), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in _LABELS),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("parameter", sa.Text(), nullable=False),
        sa.Column("last", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mail_rules"),
        sa.ForeignKeyConstraint(["account_id"], ["mail_accounts.id"], name="fk_mail_rules_account_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_mail_rules_owner_id", ondelete="CASCADE"),
        *(sa.ForeignKeyConstraint([name], ["labels.id"], name=f"fk_mail_rules_{name}", ondelete="SET NULL") for name in _LABELS),
        sqlite_autoincrement=True,
    )
    for name in ("account_id", "owner_id", *_LABELS):
        op.create_index(f"ix_mail_rules_{name}", "mail_rules", [name])


def _mails() -> None:
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("message_digest", sa.String(64), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sent_time", _MOMENT, nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_time", _MOMENT, nullable=True),
        sa.Column("update_time", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mails"),
        sa.ForeignKeyConstraint(["account_id"], ["mail_accounts.id"], name="fk_mails_account_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["rule_id"], ["mail_rules.id"], name="fk_mails_rule_id", ondelete="SET NULL"),
        sa.UniqueConstraint("account_id", "folder", "uidvalidity", "uid", "rule_id", name="uq_mails_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mails_by_account", "mails", ["account_id", "id"])
    op.create_index("ix_mails_by_message", "mails", ["rule_id", "message_digest", "id"])
    op.create_index("ix_mails_by_next_time", "mails", ["account_id", "next_time"])
    op.create_index("ix_mails_by_state", "mails", ["state", "id"])
    op.create_index("ix_mails_by_account_and_state", "mails", ["account_id", "state", "id"])
