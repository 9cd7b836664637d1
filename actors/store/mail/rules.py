"""Rules of mailboxes, in the order in which they are asked."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actors.store.database import Database
from actors.store.errors import OrderIncomplete, StaleItem
from actors.store.identity.rows import user_row
from actors.store.mail.accounts import account_row
from actors.store.mail.errors import MailRuleNotFound
from actors.store.nouns.catalog import LabelId
from actors.store.nouns.identity import UserId
from actors.store.nouns.mail import AccountId, Filing, MailFilters, MailRule, MailState, RuleFacts, RuleId
from actors.store.rows.mail import MailRow, MailRuleRow

# Why a mail stays as it is that was to be looked at again.
_REMOVED = "its rule was removed"
_IN_ORDER = (MailRuleRow.account_id, MailRuleRow.position, MailRuleRow.id)


class MailRules:
    """Keeps rules. A session that is narrowed sees those alone of its viewer's mailboxes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, account_id: AccountId | None = None) -> Sequence[MailRule]:
        """List the rules of a mailbox in their order, or those of all. Raises MailAccountNotFound."""
        with self._database.read() as session:
            query = select(MailRuleRow)
            if account_id is not None:
                query = query.where(MailRuleRow.account_id == account_row(session, account_id).id)
            return [_rule_of(row) for row in session.scalars(query.order_by(*_IN_ORDER))]

    def of_folder(self, account_id: AccountId, folder: str) -> Sequence[MailRule]:
        """List the rules of a folder that are switched on, in their order."""
        query = select(MailRuleRow).where(MailRuleRow.account_id == account_id, MailRuleRow.folder == folder, MailRuleRow.enabled)
        with self._database.read() as session:
            return [_rule_of(row) for row in session.scalars(query.order_by(*_IN_ORDER))]

    def get(self, rule_id: RuleId) -> MailRule:
        """Give one. Raises MailRuleNotFound."""
        with self._database.read() as session:
            return _rule_of(_row(session, rule_id))

    def create(self, facts: RuleFacts) -> MailRule:
        """Make a rule, the last of its mailbox. Raises MailAccountNotFound, UserNotFound for an owner who is gone."""
        with self._database.write() as session:
            row = MailRuleRow(revision=1, account_id=0)
            _fill(session, row, facts)
            session.add(row)
            session.flush()
            return _rule_of(row)

    def update(self, rule_id: RuleId, facts: RuleFacts, expected_revision: int | None = None) -> MailRule:
        """Change a rule; one that comes to another mailbox is the last there.

        Raises MailRuleNotFound, StaleItem, MailAccountNotFound, UserNotFound.
        """
        with self._database.write() as session:
            row = _row(session, rule_id, expected_revision)
            _fill(session, row, facts)
            row.revision += 1
            session.flush()
            return _rule_of(row)

    def delete(self, rule_id: RuleId, expected_revision: int | None = None) -> None:
        """Remove a rule; what was noted of mails stays, and none is tried again. Raises MailRuleNotFound, StaleItem."""
        with self._database.write() as session:
            row = _row(session, rule_id, expected_revision)
            for mail in session.scalars(select(MailRow).where(MailRow.rule_id == row.id, MailRow.next_time.is_not(None))):
                mail.state = MailState.FAILED if mail.state is MailState.WAITING else mail.state
                mail.next_time, mail.error = None, mail.error or _REMOVED
            session.delete(row)

    def reorder(self, account_id: AccountId, rule_ids: Sequence[RuleId]) -> Sequence[MailRule]:
        """Put the rules of a mailbox into an order. Raises MailAccountNotFound, OrderIncomplete where it names not each of them once."""
        with self._database.write() as session:
            account_row(session, account_id)
            rows = {RuleId(row.id): row for row in session.scalars(select(MailRuleRow).where(MailRuleRow.account_id == account_id))}
            if sorted(rows) != sorted(rule_ids):
                raise OrderIncomplete("rule of the account")
            for position, rule_id in enumerate(rule_ids):
                rows[rule_id].position = position
            return [_rule_of(rows[rule_id]) for rule_id in rule_ids]


def _row(session: Session, rule_id: RuleId, expected_revision: int | None = None) -> MailRuleRow:
    row = session.scalars(select(MailRuleRow).where(MailRuleRow.id == rule_id)).one_or_none()
    if row is None:
        raise MailRuleNotFound(rule_id)
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleItem(row.name, expected_revision, row.revision)
    return row


def _fill(session: Session, row: MailRuleRow, facts: RuleFacts) -> None:
    if facts.account != row.account_id:
        account_row(session, facts.account)
        last = session.scalars(select(func.max(MailRuleRow.position)).where(MailRuleRow.account_id == facts.account)).one()
        row.account_id, row.position = facts.account, 0 if last is None else last + 1
    filters, filing = facts.filters, facts.filing
    if filing.owner is not None:
        user_row(session, filing.owner)
    row.name, row.folder, row.enabled, row.last = facts.name, facts.folder, facts.enabled, facts.last
    row.sender, row.recipient, row.subject, row.body = filters.sender, filters.recipient, filters.subject, filters.body
    row.include, row.exclude, row.most_days = list(filters.include), list(filters.exclude), filters.most_days
    row.scope, row.inline_images, row.action, row.parameter = facts.scope, facts.inline_images, facts.action, facts.parameter
    row.title_from, row.correspondent_from, row.owner_id = filing.title_from, filing.correspondent_from, filing.owner
    row.tags, row.correspondent_id = list(filing.tags), filing.correspondent
    row.document_type_id, row.storage_path_id = filing.document_type, filing.storage_path


def _rule_of(row: MailRuleRow) -> MailRule:
    facts = RuleFacts(
        name=row.name,
        account=AccountId(row.account_id),
        folder=row.folder,
        filters=MailFilters(row.sender, row.recipient, row.subject, row.body, tuple(row.include), tuple(row.exclude), row.most_days),
        scope=row.scope,
        inline_images=row.inline_images,
        filing=_filing_of(row),
        action=row.action,
        parameter=row.parameter,
        last=row.last,
        enabled=row.enabled,
    )
    return MailRule(RuleId(row.id), row.revision, row.position, facts)


def _filing_of(row: MailRuleRow) -> Filing:
    return Filing(
        title_from=row.title_from,
        correspondent_from=row.correspondent_from,
        correspondent=_label(row.correspondent_id),
        tags=tuple(map(LabelId, row.tags)),
        document_type=_label(row.document_type_id),
        storage_path=_label(row.storage_path_id),
        owner=None if row.owner_id is None else UserId(row.owner_id),
    )


def _label(label_id: int | None) -> LabelId | None:
    return None if label_id is None else LabelId(label_id)
