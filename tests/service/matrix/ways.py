"""What is asked of the ways in and out: mailboxes, links, notifications."""

from scriba.v1 import mail_pb2 as mail
from scriba.v1 import notifications_pb2 as notifications
from scriba.v1 import shares_pb2 as shares
from scriba.v1 import sources_pb2 as sources
from tests.service.matrix.line import Line, Needs, mask

_NO_ACCOUNT, _NO_RULE = "MAIL_ACCOUNT_NOT_FOUND", "MAIL_RULE_NOT_FOUND"
_NO_NOTIFICATION = "NOTIFICATION_NOT_FOUND"
_SOURCES = {
    "CreateSource": Line(lambda _: sources.CreateSourceRequest(source=sources.Source(name="x"))),
    "ListSources": Line(lambda _: sources.ListSourcesRequest()),
    "GetSource": Line(lambda t: sources.GetSourceRequest(id=t.source), Needs.ORDERED, "SOURCE_NOT_FOUND"),
    "UpdateSource": Line(
        lambda t: sources.UpdateSourceRequest(source=sources.Source(id=t.source, name="new"), update_mask=mask("name")),
        Needs.ORDERED,
        "SOURCE_NOT_FOUND",
    ),
    "DeleteSource": Line(lambda t: sources.DeleteSourceRequest(id=t.source), Needs.ORDERED, "SOURCE_NOT_FOUND"),
}
_SHARES = {
    "CreateShareLink": Line(lambda t: shares.CreateShareLinkRequest(link=shares.ShareLink(document_ids=[t.document])), Needs.VIEW),
    "ListShareLinks": Line(lambda t: shares.ListShareLinksRequest(document_id=t.document), Needs.VIEW_OR_NO_WORD),
    "GetShareLink": Line(lambda t: shares.GetShareLinkRequest(id=t.share_link), Needs.ORDERED, "SHARE_LINK_NOT_FOUND"),
    "UpdateShareLink": Line(
        lambda t: shares.UpdateShareLinkRequest(link=shares.ShareLink(id=t.share_link, name="new"), update_mask=mask("name")),
        Needs.ORDERED,
        "SHARE_LINK_NOT_FOUND",
    ),
    "DeleteShareLink": Line(lambda t: shares.DeleteShareLinkRequest(id=t.share_link), Needs.ORDERED, "SHARE_LINK_NOT_FOUND"),
    "SendDocuments": Line(
        lambda t: shares.SendDocumentsRequest(document_ids=[t.document], to=["ada@example.org"]), Needs.VIEW, comes_to=("ORIGINAL_MISSING",)
    ),
}
_MAIL = {
    "ListMailAccounts": Line(lambda _: mail.ListMailAccountsRequest()),
    "CreateMailAccount": Line(
        lambda t: mail.CreateMailAccountRequest(
            account=mail.MailAccount(name=f"of {t.mail_account}", host="imap.example", user="x", secret="x")
        )
    ),
    "UpdateMailAccount": Line(
        lambda t: mail.UpdateMailAccountRequest(account=mail.MailAccount(id=t.mail_account, disabled=True), update_mask=mask("disabled")),
        Needs.ORDERED,
        _NO_ACCOUNT,
    ),
    "DeleteMailAccount": Line(lambda t: mail.DeleteMailAccountRequest(id=t.mail_account), Needs.ORDERED, _NO_ACCOUNT),
    "TestMailAccount": Line(lambda t: mail.TestMailAccountRequest(id=t.mail_account), Needs.ORDERED, _NO_ACCOUNT),
    "FetchMail": Line(lambda t: mail.FetchMailRequest(account_id=t.mail_account), Needs.ORDERED, _NO_ACCOUNT),
    "ListMailRules": Line(lambda t: mail.ListMailRulesRequest(account_id=t.mail_account), Needs.ORDERED, _NO_ACCOUNT),
    "CreateMailRule": Line(
        lambda t: mail.CreateMailRuleRequest(rule=mail.MailRule(name="x", account_id=t.mail_account)), Needs.ORDERED, _NO_ACCOUNT
    ),
    "UpdateMailRule": Line(
        lambda t: mail.UpdateMailRuleRequest(rule=mail.MailRule(id=t.mail_rule, name="new"), update_mask=mask("name")),
        Needs.ORDERED,
        _NO_RULE,
    ),
    "DeleteMailRule": Line(lambda t: mail.DeleteMailRuleRequest(id=t.mail_rule), Needs.ORDERED, _NO_RULE),
    "ReorderMailRules": Line(
        lambda t: mail.ReorderMailRulesRequest(account_id=t.mail_account, rule_ids=[t.mail_rule]), Needs.ORDERED, _NO_ACCOUNT
    ),
    "TryMailRule": Line(
        lambda t: mail.TryMailRuleRequest(rule=mail.MailRule(name="x", account_id=t.mail_account)), Needs.ORDERED, _NO_ACCOUNT
    ),
    "ListMails": Line(lambda t: mail.ListMailsRequest(account_id=t.mail_account), Needs.ORDERED, _NO_ACCOUNT),
    "RetryMail": Line(lambda t: mail.RetryMailRequest(id=t.mail), Needs.ORDERED, "MAIL_NOT_FOUND"),
}
_NOTIFICATIONS = {
    "ListNotifications": Line(lambda _: notifications.ListNotificationsRequest()),
    "CreateNotification": Line(
        lambda t: notifications.CreateNotificationRequest(
            notification=notifications.Notification(
                name=t.notification,
                events=[notifications.NOTIFICATION_EVENT_FAILED],
                way=notifications.NOTIFICATION_WAY_EMAIL,
            )
        )
    ),
    "UpdateNotification": Line(
        lambda t: notifications.UpdateNotificationRequest(
            notification=notifications.Notification(id=t.notification, disabled=True), update_mask=mask("disabled")
        ),
        Needs.ORDERED,
        _NO_NOTIFICATION,
    ),
    "DeleteNotification": Line(lambda t: notifications.DeleteNotificationRequest(id=t.notification), Needs.ORDERED, _NO_NOTIFICATION),
    # It is of this machine, which the rules of calls refuse.
    "TestNotification": Line(
        lambda t: notifications.TestNotificationRequest(id=t.notification), Needs.ORDERED, _NO_NOTIFICATION, comes_to=("NOTICE_REFUSED",)
    ),
}
WAYS = {
    "SourceService": _SOURCES,
    "ShareService": _SHARES,
    "MailService": _MAIL,
    "NotificationService": _NOTIFICATIONS,
}
