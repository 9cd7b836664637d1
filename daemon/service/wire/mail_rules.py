"""Mail rules: ours and the contract's, in pairs."""

from collections.abc import Iterator, Mapping

from actors.intake.names import shown_text
from actors.store.mail.errors import MailRuleNotFound
from actors.store.nouns.catalog import LabelId
from actors.store.nouns.mail import (
    USUAL_AGE_DAYS,
    AccountId,
    CorrespondentFrom,
    Filing,
    MailAction,
    MailFilters,
    MailRule,
    RuleFacts,
    RuleId,
    Scope,
    TitleFrom,
)
from daemon.service.refusals import Violation
from daemon.service.wire.values import etag, number, owner_id
from scriba.v1 import mail_pb2 as pb

SCOPES = {scope: pb.MailScope.Value(f"MAIL_SCOPE_{scope.name}") for scope in Scope}
TITLES = {source: pb.MailTitle.Value(f"MAIL_TITLE_{source.name}") for source in TitleFrom}
CORRESPONDENTS = {source: pb.MailCorrespondent.Value(f"MAIL_CORRESPONDENT_{source.name}") for source in CorrespondentFrom}
ACTIONS = {action: pb.MailAction.Value(f"MAIL_ACTION_{action.name}") for action in MailAction}
_INBOX = "INBOX"
# What their parameter is.
_PARAMETERS = {MailAction.MOVE: "the folder to move mails to", MailAction.TAG: "the keyword to give to mails"}


def rule_message(rule: MailRule, names: Mapping[LabelId, str]) -> pb.MailRule:
    """Tell a rule; `names` are those of labels, of which those that are gone are left out."""
    facts, filing = rule.facts, rule.facts.filing
    return pb.MailRule(
        id=str(rule.id),
        etag=etag(rule.revision),
        name=facts.name,
        account_id=str(facts.account),
        folder=facts.folder,
        filters=_filters_message(facts.filters),
        scope=SCOPES[facts.scope],
        inline_images=facts.inline_images,
        title=TITLES[filing.title_from],
        correspondent_from=CORRESPONDENTS[filing.correspondent_from],
        correspondent=_name(filing.correspondent, names),
        tags=[names[tag] for tag in filing.tags if tag in names],
        document_type=_name(filing.document_type, names),
        storage_path=_name(filing.storage_path, names),
        owner_id=owner_id(filing.owner),
        action=ACTIONS[facts.action],
        action_parameter=facts.parameter,
        stop=facts.last,
        disabled=not facts.enabled,
    )


def rule_facts(told: pb.MailRule, account: AccountId) -> RuleFacts:
    """Read a rule, with what is usual where nothing is said, and without the labels and the owner that it names."""
    action = next((ours for ours, value in ACTIONS.items() if value == told.action), MailAction.MARK_READ)
    return RuleFacts(
        name=shown_text(told.name),
        account=account,
        folder=shown_text(told.folder) or _INBOX,
        filters=_filters(told.filters),
        scope=next((ours for ours, value in SCOPES.items() if value == told.scope), Scope.ATTACHMENTS),
        inline_images=told.inline_images,
        filing=Filing(
            title_from=next((ours for ours, value in TITLES.items() if value == told.title), TitleFrom.SUBJECT),
            correspondent_from=next(
                (ours for ours, value in CORRESPONDENTS.items() if value == told.correspondent_from), CorrespondentFrom.NONE
            ),
        ),
        action=action,
        parameter=shown_text(told.action_parameter) if action in _PARAMETERS else "",
        last=told.stop,
        enabled=not told.disabled,
    )


def rule_violations(told: pb.MailRule, facts: RuleFacts) -> Iterator[Violation]:
    """Tell what is wrong with a rule."""
    if not facts.name:
        yield Violation("rule.name", "must say what people call it")
    if facts.filing.correspondent_from is CorrespondentFrom.FIXED and not told.correspondent:
        yield Violation("rule.correspondent", "must name the correspondent that the rule gives")
    if facts.action in _PARAMETERS and not facts.parameter:
        yield Violation("rule.action_parameter", f"must be {_PARAMETERS[facts.action]}")
    if facts.action is MailAction.MOVE and facts.parameter == facts.folder:
        yield Violation("rule.action_parameter", "must be another folder than that of the rule")


def rule_id(text: str) -> RuleId:
    """Read an id; raises MailRuleNotFound for a text that is none."""
    if not (found := number(text)):
        raise MailRuleNotFound(f"'{text}'")
    return RuleId(found)


def _filters_message(filters: MailFilters) -> pb.MailFilters:
    told = pb.MailFilters(
        to=filters.recipient,
        subject=filters.subject,
        body=filters.body,
        include=filters.include,
        exclude=filters.exclude,
        most_days=filters.most_days,
    )
    # No keyword of Python can be an argument's name.
    setattr(told, "from", filters.sender)
    return told


def _filters(told: pb.MailFilters) -> MailFilters:
    return MailFilters(
        sender=shown_text(getattr(told, "from")),
        recipient=shown_text(told.to),
        subject=shown_text(told.subject),
        body=shown_text(told.body),
        include=tuple(dict.fromkeys(filter(None, map(shown_text, told.include)))),
        exclude=tuple(dict.fromkeys(filter(None, map(shown_text, told.exclude)))),
        most_days=told.most_days if told.HasField("most_days") else USUAL_AGE_DAYS,
    )


def _name(label: LabelId | None, names: Mapping[LabelId, str]) -> str:
    return "" if label is None else names.get(label, "")
