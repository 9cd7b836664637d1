"""One line for each RPC: how it names a thing, and what one must be to that thing to be let through.

A new RPC wants a line here. It says nothing of roles and scopes: those are read from the .proto.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.message import Message

from scriba.v1 import access_pb2
from scriba.v1 import accounts_pb2 as accounts
from scriba.v1 import admin_pb2 as admin
from scriba.v1 import assignments_pb2 as assignments
from scriba.v1 import audit_pb2 as audit
from scriba.v1 import bulk_edits_pb2 as bulk
from scriba.v1 import catalog_pb2 as catalog
from scriba.v1 import documents_pb2 as documents
from scriba.v1 import folders_pb2 as folders
from scriba.v1 import identity_pb2 as identity
from scriba.v1 import mail_pb2 as mail
from scriba.v1 import notes_pb2 as notes
from scriba.v1 import notifications_pb2 as notifications
from scriba.v1 import permissions_pb2 as permissions
from scriba.v1 import search_pb2 as search
from scriba.v1 import shares_pb2 as shares
from scriba.v1 import sources_pb2 as sources
from scriba.v1 import versions_pb2 as versions
from scriba.v1 import workflows_pb2 as workflows
from tests.service.matrix.thing import Thing


class Needs(Enum):
    """What one must be to the thing that is named."""

    # It names nothing that could be hidden.
    NOTHING = auto()
    # Everybody knows of it; it must be there.
    EXISTENCE = auto()
    # What is hidden is left out without a word, as what is not there.
    VIEW_OR_NO_WORD = auto()
    VIEW = auto()
    EDIT = auto()
    # To own it or, where nobody does, to edit it.
    OWNERSHIP = auto()
    # Everybody knows of it, and administrators alone change it, or whoever it is.
    ADMINISTRATION = auto()
    # He has begun it himself; administrators know of all.
    ORDERED = auto()
    # It is of his own account; nobody else's business, an administrator's neither.
    ACCOUNT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """How an RPC is asked, what that needs, the reason told where the thing is hidden, and what a call comes to that is let through."""

    ask: Callable[[Thing], Message | Iterable[Message]]
    needs: Needs = Needs.NOTHING
    missing: str = "DOCUMENT_NOT_FOUND"
    comes_to: tuple[str, ...] = ("",)


def _to_everyone() -> permissions.UpdateItemPermissionsRequest.Grants:
    grant = permissions.Grant(subject=permissions.Subject(everyone=True), level=permissions.ACCESS_LEVEL_EDIT)
    return permissions.UpdateItemPermissionsRequest.Grants(grants=[grant])


def _label(thing: Thing) -> permissions.Item:
    return permissions.Item(label_id=thing.label)


def _mask(*paths: str) -> FieldMask:
    return FieldMask(paths=paths)


def _page(thing: Thing, request: type[Message], **more: object) -> Message:
    return request(request_id=f"request-{thing.document}", document_id=thing.document, **more)


def _update(thing: Thing) -> documents.UpdateDocumentRequest:
    return documents.UpdateDocumentRequest(document=documents.Document(id=thing.document, title="x"), update_mask=_mask("title"))


def _upload(thing: Thing) -> list[Message]:
    start = documents.UploadDocumentRequest.Start(request_id=f"new-{thing.document}", filename="a.txt", size_bytes=8)
    return [documents.UploadDocumentRequest(start=start), documents.UploadDocumentRequest(chunk=thing.document.encode())]


def _write(thing: Thing) -> documents.WriteUploadRequest:
    start, chunk = (getattr(part, part.WhichOneof("part")) for part in _upload(thing))
    return documents.WriteUploadRequest(start=start, chunk=chunk)


_TURNED = [versions.TurnedPage(number=1)]
_PARTS = [versions.SplitDocumentRequest.Part(pages=[versions.TurnedPage(number=number)]) for number in (1, 2)]

_DOCUMENTS = {
    "UploadDocument": Line(_upload),
    "WriteUpload": Line(_write),
    "GetUpload": Line(lambda t: documents.GetUploadRequest(request_id=t.upload), Needs.VIEW, "UPLOAD_NOT_FOUND"),
    "ListDocuments": Line(lambda _: documents.ListDocumentsRequest()),
    "GetDocument": Line(lambda t: documents.GetDocumentRequest(id=t.document), Needs.VIEW),
    "BatchGetDocuments": Line(lambda t: documents.BatchGetDocumentsRequest(ids=[t.document]), Needs.VIEW),
    "UpdateDocument": Line(_update, Needs.EDIT),
    "BatchUpdateDocuments": Line(lambda t: documents.BatchUpdateDocumentsRequest(requests=[_update(t)]), Needs.EDIT),
    "DeleteDocument": Line(lambda t: documents.DeleteDocumentRequest(id=t.document), Needs.EDIT),
    "BatchDeleteDocuments": Line(lambda t: documents.BatchDeleteDocumentsRequest(ids=[t.document]), Needs.EDIT),
    "UndeleteDocument": Line(lambda t: documents.UndeleteDocumentRequest(id=t.trashed), Needs.EDIT),
    "PurgeDocument": Line(lambda t: documents.PurgeDocumentRequest(id=t.trashed), Needs.EDIT),
    "DownloadDocument": Line(lambda t: documents.DownloadDocumentRequest(id=t.document, kind=documents.FILE_KIND_TEXT), Needs.VIEW),
    "DownloadZip": Line(lambda t: documents.DownloadZipRequest(ids=[t.document]), Needs.VIEW, comes_to=("ORIGINAL_MISSING",)),
    "ReprocessDocument": Line(lambda t: documents.ReprocessDocumentRequest(id=t.document), Needs.EDIT),
    "UnlockDocument": Line(
        lambda t: documents.UnlockDocumentRequest(id=t.encrypted, password="x"), Needs.EDIT, comes_to=("ORIGINAL_MISSING",)
    ),
    "SuggestTags": Line(lambda t: documents.SuggestTagsRequest(id=t.document), Needs.VIEW),
    "SuggestValues": Line(lambda t: documents.SuggestValuesRequest(id=t.document), Needs.VIEW),
}
_ADMIN = {
    "ListJobs": Line(lambda t: admin.ListJobsRequest(document_id=t.document), Needs.VIEW_OR_NO_WORD),
    "GetJob": Line(lambda t: admin.GetJobRequest(id=t.failed_job), Needs.VIEW, "JOB_NOT_FOUND"),
    "RetryJob": Line(lambda t: admin.RetryJobRequest(id=t.failed_job), Needs.EDIT, "JOB_NOT_FOUND"),
    "CancelJob": Line(lambda t: admin.CancelJobRequest(id=t.queued_job), Needs.EDIT, "JOB_NOT_FOUND"),
    "WatchJobs": Line(lambda t: admin.WatchJobsRequest(job_ids=[t.failed_job]), Needs.VIEW, "JOB_NOT_FOUND"),
    "ListNodes": Line(lambda _: admin.ListNodesRequest()),
    "GetStatistics": Line(lambda _: admin.GetStatisticsRequest()),
    "GetGrowth": Line(lambda _: admin.GetGrowthRequest()),
    "GetAttention": Line(lambda _: admin.GetAttentionRequest()),
    "ListTasks": Line(lambda _: admin.ListTasksRequest()),
    "GetServerInfo": Line(lambda _: admin.GetServerInfoRequest()),
    "RebuildIndex": Line(lambda _: admin.RebuildIndexRequest(), comes_to=("", "JOB_ACTIVE")),
    "CheckArchive": Line(lambda _: admin.CheckArchiveRequest()),
    "RepairArchive": Line(lambda _: admin.RepairArchiveRequest()),
}
_ASSIGNMENTS = {
    "ListAssignments": Line(lambda t: assignments.ListAssignmentsRequest(document_id=t.document), Needs.VIEW),
    "UndoAssignment": Line(lambda t: assignments.UndoAssignmentRequest(document_id=t.document, id=t.assignment), Needs.EDIT),
    "TryRule": Line(
        lambda t: assignments.TryRuleRequest(matching=catalog.MATCHING_ANY, pattern="x", label_id=t.label),
        Needs.EXISTENCE,
        "LABEL_NOT_FOUND",
    ),
    "TryExtraction": Line(
        lambda _: assignments.TryExtractionRequest(field=catalog.Field(kind=catalog.FIELD_KIND_TEXT, extraction="x"), max_documents=1)
    ),
    "ApplyRules": Line(lambda t: assignments.ApplyRulesRequest(document_ids=[t.document], validate_only=True), Needs.VIEW),
}
_BULK_EDITS = {
    # What may not be changed, or is not there, is among the failures of the job.
    "StartBulkEdit": Line(
        lambda t: bulk.StartBulkEditRequest(documents=bulk.DocumentIds(ids=[t.document]), action=bulk.BULK_ACTION_DELETE),
        Needs.VIEW_OR_NO_WORD,
    ),
    "GetBulkEdit": Line(lambda t: bulk.GetBulkEditRequest(job_id=t.bulk_job), Needs.ORDERED, "JOB_NOT_FOUND"),
    "UndoBulkEdit": Line(
        lambda t: bulk.UndoBulkEditRequest(job_id=t.bulk_job), Needs.ORDERED, "JOB_NOT_FOUND", comes_to=("NOTHING_TO_UNDO",)
    ),
}
_CATALOG = {
    "ListLabels": Line(lambda _: catalog.ListLabelsRequest(kind=catalog.LABEL_KIND_TAG)),
    "GetLabel": Line(lambda t: catalog.GetLabelRequest(id=t.label), Needs.EXISTENCE, "LABEL_NOT_FOUND"),
    "CreateLabel": Line(lambda t: catalog.CreateLabelRequest(label=catalog.Label(kind=catalog.LABEL_KIND_TAG, name=f"tag of {t.label}"))),
    "UpdateLabel": Line(
        lambda t: catalog.UpdateLabelRequest(label=catalog.Label(id=t.label, name=f"new {t.label}"), update_mask=_mask("name")),
        Needs.EXISTENCE,
        "LABEL_NOT_FOUND",
    ),
    "DeleteLabel": Line(lambda t: catalog.DeleteLabelRequest(id=t.label), Needs.EXISTENCE, "LABEL_NOT_FOUND"),
    "ListFields": Line(lambda _: catalog.ListFieldsRequest()),
    "CreateField": Line(lambda t: catalog.CreateFieldRequest(field=catalog.Field(kind=catalog.FIELD_KIND_TEXT, name=f"of {t.field}"))),
    "UpdateField": Line(
        lambda t: catalog.UpdateFieldRequest(field=catalog.Field(id=t.field, name=f"new {t.field}"), update_mask=_mask("name")),
        Needs.EXISTENCE,
        "FIELD_NOT_FOUND",
    ),
    "DeleteField": Line(lambda t: catalog.DeleteFieldRequest(id=t.field), Needs.EXISTENCE, "FIELD_NOT_FOUND"),
    "ListViews": Line(lambda _: catalog.ListViewsRequest()),
    "CreateView": Line(lambda t: catalog.CreateViewRequest(view=catalog.View(name=f"of {t.view}"))),
    "UpdateView": Line(
        lambda t: catalog.UpdateViewRequest(view=catalog.View(id=t.view, name=f"new {t.view}"), update_mask=_mask("name")),
        Needs.EXISTENCE,
        "VIEW_NOT_FOUND",
    ),
    "DeleteView": Line(lambda t: catalog.DeleteViewRequest(id=t.view), Needs.EXISTENCE, "VIEW_NOT_FOUND"),
    "GetNextArchiveSerialNumber": Line(lambda _: catalog.GetNextArchiveSerialNumberRequest()),
}
_FOLDERS = {"ListFolders": Line(lambda _: folders.ListFoldersRequest())}
_NOTES = {
    "ListNotes": Line(lambda t: notes.ListNotesRequest(document_id=t.document), Needs.VIEW),
    "CreateNote": Line(lambda t: notes.CreateNoteRequest(document_id=t.document, text="x"), Needs.EDIT),
    "UpdateNote": Line(lambda t: notes.UpdateNoteRequest(document_id=t.document, id=t.note, text="x"), Needs.EDIT),
    "DeleteNote": Line(lambda t: notes.DeleteNoteRequest(document_id=t.document, id=t.note), Needs.EDIT),
}
_SOURCES = {
    "CreateSource": Line(lambda _: sources.CreateSourceRequest(source=sources.Source(name="x"))),
    "ListSources": Line(lambda _: sources.ListSourcesRequest()),
    "GetSource": Line(lambda t: sources.GetSourceRequest(id=t.source), Needs.ORDERED, "SOURCE_NOT_FOUND"),
    "UpdateSource": Line(
        lambda t: sources.UpdateSourceRequest(source=sources.Source(id=t.source, name="new"), update_mask=_mask("name")),
        Needs.ORDERED,
        "SOURCE_NOT_FOUND",
    ),
    "DeleteSource": Line(lambda t: sources.DeleteSourceRequest(id=t.source), Needs.ORDERED, "SOURCE_NOT_FOUND"),
}
_NO_ACCOUNT, _NO_RULE = "MAIL_ACCOUNT_NOT_FOUND", "MAIL_RULE_NOT_FOUND"
_MAIL = {
    "ListMailAccounts": Line(lambda _: mail.ListMailAccountsRequest()),
    "CreateMailAccount": Line(
        lambda t: mail.CreateMailAccountRequest(
            account=mail.MailAccount(name=f"of {t.mail_account}", host="imap.example", user="x", secret="x")
        )
    ),
    "UpdateMailAccount": Line(
        lambda t: mail.UpdateMailAccountRequest(account=mail.MailAccount(id=t.mail_account, disabled=True), update_mask=_mask("disabled")),
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
        lambda t: mail.UpdateMailRuleRequest(rule=mail.MailRule(id=t.mail_rule, name="new"), update_mask=_mask("name")),
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
_PERMISSIONS = {
    "GetPermissions": Line(lambda t: permissions.GetPermissionsRequest(document_ids=[t.document]), Needs.VIEW),
    "UpdatePermissions": Line(lambda t: permissions.UpdatePermissionsRequest(document_ids=[t.document], private=True), Needs.OWNERSHIP),
    # Of a label that is everyone's; test_sight.py and test_item_permissions.py ask for those of somebody.
    "GetItemPermissions": Line(lambda t: permissions.GetItemPermissionsRequest(items=[_label(t)]), Needs.EXISTENCE, "LABEL_NOT_FOUND"),
    "UpdateItemPermissions": Line(
        lambda t: permissions.UpdateItemPermissionsRequest(items=[_label(t)], grants=_to_everyone()), Needs.EXISTENCE, "LABEL_NOT_FOUND"
    ),
    "GetGrants": Line(lambda t: permissions.GetGrantsRequest(holder=permissions.Holder(user_id=t.user)), Needs.EXISTENCE, "USER_NOT_FOUND"),
    # For a user who is not the caller: see test_permissions.py for one's own.
    "SetGrants": Line(
        lambda t: permissions.SetGrantsRequest(holder=permissions.Holder(user_id=t.user)), Needs.ADMINISTRATION, "USER_NOT_FOUND"
    ),
    "ListSubjects": Line(lambda _: permissions.ListSubjectsRequest()),
}
_SEARCH = {
    "SearchDocuments": Line(lambda _: search.SearchDocumentsRequest(query="*")),
    "SuggestQueries": Line(lambda _: search.SuggestQueriesRequest(query="l", cursor=1)),
    "FindSimilarDocuments": Line(lambda t: search.FindSimilarDocumentsRequest(id=t.document), Needs.VIEW),
    "FindNearDuplicates": Line(lambda t: search.FindNearDuplicatesRequest(id=t.document), Needs.VIEW),
    "ListNearDuplicates": Line(lambda _: search.ListNearDuplicatesRequest()),
}
_SHARES = {
    "CreateShareLink": Line(lambda t: shares.CreateShareLinkRequest(link=shares.ShareLink(document_ids=[t.document])), Needs.VIEW),
    "ListShareLinks": Line(lambda t: shares.ListShareLinksRequest(document_id=t.document), Needs.VIEW_OR_NO_WORD),
    "GetShareLink": Line(lambda t: shares.GetShareLinkRequest(id=t.share_link), Needs.ORDERED, "SHARE_LINK_NOT_FOUND"),
    "UpdateShareLink": Line(
        lambda t: shares.UpdateShareLinkRequest(link=shares.ShareLink(id=t.share_link, name="new"), update_mask=_mask("name")),
        Needs.ORDERED,
        "SHARE_LINK_NOT_FOUND",
    ),
    "DeleteShareLink": Line(lambda t: shares.DeleteShareLinkRequest(id=t.share_link), Needs.ORDERED, "SHARE_LINK_NOT_FOUND"),
    "SendDocuments": Line(
        lambda t: shares.SendDocumentsRequest(document_ids=[t.document], to=["ada@example.org"]), Needs.VIEW, comes_to=("ORIGINAL_MISSING",)
    ),
}
_NO_NOTIFICATION = "NOTIFICATION_NOT_FOUND"
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
            notification=notifications.Notification(id=t.notification, disabled=True), update_mask=_mask("disabled")
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
_AUDIT = {
    "ListAuditEntries": Line(lambda t: audit.ListAuditEntriesRequest(filter=audit.AuditFilter(user_id=t.user))),
    "ListDocumentHistory": Line(lambda t: audit.ListDocumentHistoryRequest(document_id=t.document), Needs.VIEW),
    "ExportAuditEntries": Line(lambda _: audit.ExportAuditEntriesRequest()),
}
_VERSIONS = {
    "EditPages": Line(lambda t: _page(t, versions.EditPagesRequest, pages=_TURNED), Needs.EDIT),
    "MergeDocuments": Line(
        lambda t: versions.MergeDocumentsRequest(
            request_id=f"request-{t.document}",
            sources=[versions.MergeDocumentsRequest.Source(document_id=one) for one in (t.document, t.partner)],
        ),
        Needs.VIEW,
    ),
    "SplitDocument": Line(lambda t: _page(t, versions.SplitDocumentRequest, parts=_PARTS, delete_source=True), Needs.EDIT),
    "GetPageOrder": Line(lambda t: versions.GetPageOrderRequest(job_id=t.page_job), Needs.ORDERED, "JOB_NOT_FOUND"),
    "ListVersions": Line(lambda t: versions.ListVersionsRequest(document_id=t.document), Needs.VIEW),
    "UpdateVersion": Line(
        lambda t: versions.UpdateVersionRequest(
            version=versions.Version(document_id=t.document, number=1, label="x"), update_mask=_mask("label")
        ),
        Needs.EDIT,
    ),
    "DeleteVersion": Line(lambda t: versions.DeleteVersionRequest(document_id=t.document, number=2), Needs.EDIT),
}
_WORKFLOWS = {
    "ListWorkflows": Line(lambda _: workflows.ListWorkflowsRequest()),
    "GetWorkflow": Line(lambda t: workflows.GetWorkflowRequest(id=t.workflow), Needs.EXISTENCE, "WORKFLOW_NOT_FOUND"),
    "CreateWorkflow": Line(lambda _: workflows.CreateWorkflowRequest(workflow=workflows.Workflow()), comes_to=("INVALID_REQUEST",)),
    "UpdateWorkflow": Line(
        lambda t: workflows.UpdateWorkflowRequest(
            workflow=workflows.Workflow(id=t.workflow, name=f"new {t.workflow}"), update_mask=_mask("name")
        ),
        Needs.EXISTENCE,
        "WORKFLOW_NOT_FOUND",
    ),
    "DeleteWorkflow": Line(lambda t: workflows.DeleteWorkflowRequest(id=t.workflow), Needs.EXISTENCE, "WORKFLOW_NOT_FOUND"),
    "ReorderWorkflows": Line(lambda t: workflows.ReorderWorkflowsRequest(ids=[t.workflow]), comes_to=("ORDER_INCOMPLETE",)),
    "DryRunWorkflows": Line(
        lambda t: workflows.DryRunWorkflowsRequest(document_id=t.document, trigger=workflows.TRIGGER_KIND_DOCUMENT_UPDATED), Needs.VIEW
    ),
}
_IDENTITY = {
    "ListUsers": Line(lambda _: identity.ListUsersRequest()),
    "GetUser": Line(lambda t: identity.GetUserRequest(id=t.user), Needs.EXISTENCE, "USER_NOT_FOUND"),
    "CreateUser": Line(lambda t: identity.CreateUserRequest(user=identity.User(name=f"of {t.user}", role=access_pb2.ROLE_VIEWER))),
    "UpdateUser": Line(
        lambda t: identity.UpdateUserRequest(user=identity.User(id=t.user, email="a@b.example"), update_mask=_mask("email")),
        Needs.EXISTENCE,
        "USER_NOT_FOUND",
    ),
    "DeleteUser": Line(lambda t: identity.DeleteUserRequest(id=t.user), Needs.EXISTENCE, "USER_NOT_FOUND"),
    "InviteUser": Line(lambda t: identity.InviteUserRequest(id=t.user), Needs.EXISTENCE, "USER_NOT_FOUND", comes_to=("NO_PASSWORD",)),
    "RemoveUserSecondFactor": Line(lambda t: identity.RemoveUserSecondFactorRequest(id=t.user), Needs.EXISTENCE, "USER_NOT_FOUND"),
    "RemoveUserIdentity": Line(
        lambda t: identity.RemoveUserIdentityRequest(user_id=t.user, identity=identity.UserIdentity(issuer="x", subject="x")),
        Needs.EXISTENCE,
        "USER_NOT_FOUND",
        comes_to=("IDENTITY_NOT_FOUND",),
    ),
    "ListUserTokens": Line(lambda t: identity.ListUserTokensRequest(user_id=t.user), Needs.EXISTENCE, "USER_NOT_FOUND"),
    "CreateServiceToken": Line(lambda t: identity.CreateServiceTokenRequest(user_id=t.user, name="x"), Needs.EXISTENCE, "USER_NOT_FOUND"),
    "RevokeUserToken": Line(
        lambda t: identity.RevokeUserTokenRequest(user_id=t.user, id=t.token), Needs.EXISTENCE, "TOKEN_NOT_FOUND", ("TOKEN_NOT_FOUND",)
    ),
    "ListGroups": Line(lambda _: identity.ListGroupsRequest()),
    "CreateGroup": Line(lambda t: identity.CreateGroupRequest(group=identity.Group(name=f"of {t.group}"))),
    "UpdateGroup": Line(
        lambda t: identity.UpdateGroupRequest(group=identity.Group(id=t.group, name=f"new {t.group}"), update_mask=_mask("name")),
        Needs.EXISTENCE,
        "GROUP_NOT_FOUND",
    ),
    "DeleteGroup": Line(lambda t: identity.DeleteGroupRequest(id=t.group), Needs.EXISTENCE, "GROUP_NOT_FOUND"),
}
_UNPROVED = ("INVALID_REQUEST",)
# Without the right password: what is refused often enough is not looked at any more.
_REFUSED = ("INVALID_REQUEST", "SIGN_IN_REFUSED", "TOO_MANY_FAILURES", "NO_ACCOUNT")
_ACCOUNTS = {
    "SignIn": Line(lambda _: accounts.SignInRequest(), comes_to=_UNPROVED),
    "GetInvitation": Line(lambda _: accounts.GetInvitationRequest(), comes_to=_UNPROVED),
    "AcceptInvitation": Line(lambda _: accounts.AcceptInvitationRequest(), comes_to=_UNPROVED),
    "SignOut": Line(lambda _: accounts.SignOutRequest(), comes_to=("", "NO_ACCOUNT")),
    "GetAccount": Line(lambda _: accounts.GetAccountRequest()),
    "ChangePassword": Line(lambda _: accounts.ChangePasswordRequest(new_password=""), comes_to=_REFUSED),
    "ProposeSecondFactor": Line(lambda _: accounts.ProposeSecondFactorRequest(), comes_to=("", "NO_ACCOUNT")),
    "ConfirmSecondFactor": Line(lambda _: accounts.ConfirmSecondFactorRequest(), comes_to=_REFUSED),
    "RemoveSecondFactor": Line(lambda _: accounts.RemoveSecondFactorRequest(), comes_to=_REFUSED),
    "ListTokens": Line(lambda _: accounts.ListTokensRequest(), comes_to=("", "NO_ACCOUNT")),
    "CreateToken": Line(lambda _: accounts.CreateTokenRequest(name="x"), comes_to=("", "NO_ACCOUNT")),
    "RevokeToken": Line(lambda t: accounts.RevokeTokenRequest(id=t.token), Needs.ACCOUNT, "TOKEN_NOT_FOUND"),
}
_SERVICES = {
    "AccountService": _ACCOUNTS,
    "AdminService": _ADMIN,
    "AssignmentService": _ASSIGNMENTS,
    "AuditService": _AUDIT,
    "BulkEditService": _BULK_EDITS,
    "CatalogService": _CATALOG,
    "DocumentService": _DOCUMENTS,
    "FolderService": _FOLDERS,
    "IdentityService": _IDENTITY,
    "MailService": _MAIL,
    "NoteService": _NOTES,
    "PermissionService": _PERMISSIONS,
    "NotificationService": _NOTIFICATIONS,
    "SourceService": _SOURCES,
    "SearchService": _SEARCH,
    "ShareService": _SHARES,
    "VersionService": _VERSIONS,
    "WorkflowService": _WORKFLOWS,
}
LINES = {f"scriba.v1.{service}.{name}": line for service, lines in _SERVICES.items() for name, line in lines.items()}
