"""Making, changing and ordering mail rules: read, checked and kept. It asks the database, so it works in threads."""

from collections.abc import Iterable
from dataclasses import replace

from actors.store.nouns.identity import UserId
from actors.store.nouns.mail import AccountId, CorrespondentFrom, MailRule, RuleFacts
from daemon.service.cataloguing.checks import refuse
from daemon.service.label_names import LabelNames
from daemon.service.owners import owner_of
from daemon.service.ports import Archive
from daemon.service.wire.mail_accounts import account_id
from daemon.service.wire.mail_rules import rule_facts, rule_id, rule_message, rule_violations
from daemon.service.wire.masks import masked, merging, of_paths, paths_of
from daemon.service.wire.values import expected_revision
from scriba.v1 import mail_pb2 as pb

PATHS = (
    "name",
    "folder",
    "filters",
    "scope",
    "inline_images",
    "title",
    "correspondent_from",
    "correspondent",
    "tags",
    "document_type",
    "storage_path",
    "owner_id",
    "action",
    "action_parameter",
    "stop",
    "disabled",
)


class Rules:
    """Keeps mail rules as the owners of their accounts want them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def all(self, account: str) -> list[pb.MailRule]:
        """Tell the rules of an account in their order, those of all by ''. Raises MailAccountNotFound."""
        return self._told(self._archive.store.mail_rules.list(account_id(account) if account else None))

    def create(self, told: pb.MailRule) -> pb.MailRule:
        """Make a rule. Raises InvalidRequest, MailAccountNotFound, LabelNotFound, OwnerNotYours, UserNotFound."""
        account = self._account(told.account_id)
        facts = rule_facts(told, account)
        refuse(rule_violations(told, facts))
        owner = owner_of(told.owner_id if told.HasField("owner_id") else None, self._archive.whole)
        return self._told([self._archive.store.mail_rules.create(self._filed(told, facts, owner))])[0]

    def update(self, request: pb.UpdateMailRuleRequest) -> pb.MailRule:
        """Change a rule. Raises MailRuleNotFound, StaleItem, and what `create` does."""
        paths = paths_of(request.update_mask, PATHS)
        rule, named = rule_id(request.rule.id), expected_revision(request.rule.etag)
        rules = self._archive.store.mail_rules

        def change() -> MailRule:
            present = rules.get(rule)
            told = masked(self._told([present])[0], request.rule, request.update_mask)
            facts = rule_facts(told, present.facts.account)
            refuse(of_paths({*paths, *_following(paths)}, rule_violations(told, facts)))
            owner = owner_of(request.rule.owner_id, self._archive.whole) if "owner_id" in paths else present.facts.filing.owner
            return rules.update(rule, self._filed(told, facts, owner), named or present.revision)

        return self._told([merging(change, named)])[0]

    def delete(self, request: pb.DeleteMailRuleRequest) -> None:
        """Remove a rule. Raises MailRuleNotFound, StaleItem."""
        self._archive.store.mail_rules.delete(rule_id(request.id), expected_revision(request.etag))

    def reorder(self, request: pb.ReorderMailRulesRequest) -> None:
        """Put the rules of an account into an order. Raises MailAccountNotFound, OrderIncomplete."""
        self._archive.store.mail_rules.reorder(account_id(request.account_id), [rule_id(text) for text in request.rule_ids])

    def tried(self, told: pb.MailRule) -> RuleFacts:
        """Read a rule that is tried: without its labels, of which a try makes none. Raises InvalidRequest, MailAccountNotFound."""
        facts = rule_facts(told, self._account(told.account_id))
        refuse(rule_violations(told, facts))
        return facts

    def _account(self, text: str) -> AccountId:
        return self._archive.store.mail_accounts.get(account_id(text)).id

    def _filed(self, told: pb.MailRule, facts: RuleFacts, owner: UserId | None) -> RuleFacts:
        names = LabelNames(self._archive.store.catalog.labels, "rule")
        fixed = facts.filing.correspondent_from is CorrespondentFrom.FIXED
        filing = replace(
            facts.filing,
            correspondent=names.correspondent(told.correspondent) if fixed else None,
            tags=names.tags(told.tags),
            document_type=names.document_type(told.document_type),
            storage_path=names.storage_path(told.storage_path),
            owner=owner,
        )
        return replace(facts, filing=filing)

    def _told(self, rules: Iterable[MailRule]) -> list[pb.MailRule]:
        known = list(rules)
        labels = self._archive.store.catalog.labels.still_there(label for rule in known for label in rule.facts.filing.labels)
        names = {label_id: label.name for label_id, label in labels.items()}
        return [rule_message(rule, names) for rule in known]


def _following(paths: Iterable[str]) -> list[str]:
    """Name what must be right too, where something else is changed."""
    wants = {"action": "action_parameter", "folder": "action_parameter", "correspondent_from": "correspondent"}
    return [wants[path] for path in paths if path in wants]
