"""The one error table: what each of our exceptions tells a caller. A test proves it complete; what is not in it is INTERNAL."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import grpc
from google.rpc.status_pb2 import Status  # type: ignore[import-untyped]  # the package has no py.typed

from actors.checkup import errors as checkup
from actors.index import errors as index
from actors.intake import errors as intake
from actors.mail import errors as mailboxes
from actors.ocr import errors as ocr
from actors.paging import errors as paging
from actors.runtime import errors as runtime
from actors.store import errors as store
from actors.store.identity import errors as identity
from actors.store.mail import errors as mail
from actors.store.nodes import errors as nodes
from actors.store.notifications import errors as notices
from actors.store.receiving import errors as receiving
from actors.store.sharing import errors as sharing
from actors.store.versions import errors as versions
from daemon.service import refusals
from daemon.service.around.statuses import status
from daemon.service.refusals import Violation

E = TypeVar("E", bound=Exception)
Row = tuple[type[Exception], Callable[[Exception], Status]]
_CODE = grpc.StatusCode


def status_of(error: Exception) -> Status | None:
    """Return what to tell of an error, or None when the table doesn't know it."""
    for kind in type(error).__mro__:
        if tell := TABLE.get(kind):
            return tell(error)
    return None


def _row(
    kind: type[E],
    code: grpc.StatusCode,
    reason: str,
    metadata: Callable[[E], Mapping[str, str]] = lambda _: {},
    violations: Callable[[E], Sequence[Violation]] = lambda _: (),
    retry_seconds: float | Callable[[E], float] = 0.0,
) -> Row:
    def tell(error: Exception) -> Status:
        if not isinstance(error, kind):
            raise TypeError(f"{type(error)} is not {kind}")
        seconds = retry_seconds(error) if callable(retry_seconds) else retry_seconds
        return status(code, str(error), reason, metadata(error), violations(error), seconds)

    return kind, tell


def _received(error: refusals.UploadOffsetWrong | refusals.UploadIncomplete) -> dict[str, str]:
    return {"received_bytes": str(error.received)}


_REFUSALS = (
    _row(refusals.NotSignedIn, _CODE.UNAUTHENTICATED, "NOT_SIGNED_IN"),
    _row(refusals.CalledFromElsewhere, _CODE.UNAUTHENTICATED, "CALLED_FROM_ELSEWHERE"),
    _row(refusals.UnknownToProxy, _CODE.UNAUTHENTICATED, "UNKNOWN_TO_PROXY"),
    _row(refusals.NoSession, _CODE.FAILED_PRECONDITION, "NO_SESSION"),
    _row(refusals.RightsChanged, _CODE.ABORTED, "RIGHTS_CHANGED"),
    _row(refusals.RoleTooLow, _CODE.PERMISSION_DENIED, "ROLE_TOO_LOW", lambda error: {"role": error.least}),
    _row(refusals.ScopeMissing, _CODE.PERMISSION_DENIED, "SCOPE_MISSING", lambda error: {"scope": error.scope}),
    _row(refusals.NotYours, _CODE.PERMISSION_DENIED, "NOT_YOURS"),
    _row(refusals.OwnerNotYours, _CODE.PERMISSION_DENIED, "NOT_YOURS"),
    _row(refusals.SignInRefused, _CODE.UNAUTHENTICATED, "SIGN_IN_REFUSED"),
    _row(refusals.NotLinked, _CODE.UNAUTHENTICATED, "NOT_LINKED"),
    _row(refusals.PasswordsOff, _CODE.FAILED_PRECONDITION, "PASSWORDS_OFF"),
    _row(refusals.SignInExpired, _CODE.UNAUTHENTICATED, "SIGN_IN_EXPIRED"),
    _row(refusals.MailNotSent, _CODE.UNAVAILABLE, "MAIL_NOT_SENT", retry_seconds=60.0),
    _row(refusals.MailRefused, _CODE.FAILED_PRECONDITION, "MAIL_REFUSED"),
    _row(refusals.NoticeNotSent, _CODE.UNAVAILABLE, "NOTICE_NOT_SENT", retry_seconds=60.0),
    _row(refusals.NoticeRefused, _CODE.FAILED_PRECONDITION, "NOTICE_REFUSED"),
    _row(refusals.TooManyMails, _CODE.RESOURCE_EXHAUSTED, "TOO_MANY_MAILS", retry_seconds=lambda error: error.seconds),
    _row(refusals.TooManyAtOnce, _CODE.RESOURCE_EXHAUSTED, "TOO_MANY_AT_ONCE", retry_seconds=2.0),
    _row(refusals.SecondFactorLost, _CODE.UNAUTHENTICATED, "SIGN_IN_REFUSED"),
    _row(refusals.SecondFactorNeeded, _CODE.UNAUTHENTICATED, "SECOND_FACTOR_NEEDED"),
    _row(refusals.TooManyFailures, _CODE.RESOURCE_EXHAUSTED, "TOO_MANY_FAILURES", retry_seconds=lambda error: error.seconds),
    _row(refusals.ClusterClosed, _CODE.FAILED_PRECONDITION, "CLUSTER_CLOSED"),
    _row(refusals.MachineMisfit, _CODE.FAILED_PRECONDITION, "MACHINE_MISFIT"),
    _row(refusals.HeadStays, _CODE.FAILED_PRECONDITION, "HEAD_STAYS"),
    _row(refusals.NoAccount, _CODE.FAILED_PRECONDITION, "NO_ACCOUNT"),
    _row(refusals.NotAService, _CODE.FAILED_PRECONDITION, "NOT_A_SERVICE"),
    _row(refusals.DeadlineExceeded, _CODE.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED"),
    _row(refusals.ShuttingDown, _CODE.UNAVAILABLE, "SHUTTING_DOWN", retry_seconds=2.0),
    _row(refusals.InvalidRequest, _CODE.INVALID_ARGUMENT, "INVALID_REQUEST", violations=lambda error: error.violations),
    _row(
        refusals.PathRefused,
        _CODE.INVALID_ARGUMENT,
        "PATH_REFUSED",
        lambda error: {"path": error.path, "allowed": ",".join(error.allowed)},
        lambda error: [Violation("update_mask", str(error))],
    ),
    _row(
        refusals.TokenMismatch, _CODE.INVALID_ARGUMENT, "PAGE_TOKEN_MISMATCH", violations=lambda error: [Violation(error.field, str(error))]
    ),
    _row(refusals.NoSuchDocument, _CODE.NOT_FOUND, "DOCUMENT_NOT_FOUND", lambda error: {"document_id": error.text}),
    _row(refusals.NoSuchJob, _CODE.NOT_FOUND, "JOB_NOT_FOUND", lambda error: {"job_id": error.text}),
    _row(
        refusals.QueryRefused,
        _CODE.INVALID_ARGUMENT,
        "QUERY_INVALID",
        lambda error: {"column": str(error.column), "expected": error.expected},
        lambda error: [Violation(error.field, str(error))],
    ),
    _row(refusals.HiddenDuplicate, _CODE.ALREADY_EXISTS, "HIDDEN_DUPLICATE"),
    _row(refusals.UploadNotFound, _CODE.NOT_FOUND, "UPLOAD_NOT_FOUND"),
    _row(refusals.UploadBusy, _CODE.ABORTED, "UPLOAD_BUSY", retry_seconds=1.0),
    _row(refusals.UploadOffsetWrong, _CODE.FAILED_PRECONDITION, "UPLOAD_OFFSET_WRONG", _received),
    _row(refusals.UploadIncomplete, _CODE.INVALID_ARGUMENT, "UPLOAD_INCOMPLETE", _received),
    _row(refusals.NoArchive, _CODE.NOT_FOUND, "NO_ARCHIVE"),
    _row(refusals.NoThumbnail, _CODE.NOT_FOUND, "NO_THUMBNAIL"),
    _row(refusals.NoText, _CODE.NOT_FOUND, "NO_TEXT"),
    _row(refusals.OutOfRange, _CODE.OUT_OF_RANGE, "OUT_OF_RANGE", violations=lambda error: [Violation(error.field, str(error))]),
    _row(refusals.NotEncrypted, _CODE.FAILED_PRECONDITION, "NOT_ENCRYPTED"),
)
_STORE = (
    _row(store.DocumentOwned, _CODE.PERMISSION_DENIED, "DOCUMENT_OWNED", lambda error: {"document_id": str(error.document_id)}),
    _row(store.DocumentNotFound, _CODE.NOT_FOUND, "DOCUMENT_NOT_FOUND", lambda error: {"document_id": str(error.document_id)}),
    _row(store.ItemNotEditable, _CODE.PERMISSION_DENIED, "ITEM_NOT_EDITABLE"),
    _row(store.ItemOwned, _CODE.PERMISSION_DENIED, "ITEM_OWNED"),
    _row(store.PageNotFound, _CODE.OUT_OF_RANGE, "PAGE_NOT_FOUND"),
    _row(
        store.StaleRevision, _CODE.ABORTED, "STALE_ETAG", lambda error: {"document_id": str(error.document_id), "etag": str(error.present)}
    ),
    _row(
        store.DocumentNotEditable,
        _CODE.PERMISSION_DENIED,
        "DOCUMENT_NOT_EDITABLE",
        lambda error: {"document_id": str(error.document_id)},
    ),
    _row(store.NotInTrash, _CODE.FAILED_PRECONDITION, "NOT_IN_TRASH", lambda error: {"document_id": str(error.document_id)}),
    _row(store.DiscardFailed, _CODE.FAILED_PRECONDITION, "DISCARD_FAILED", lambda error: {"document_id": str(error.document_id)}),
    _row(store.OriginalMissing, _CODE.DATA_LOSS, "ORIGINAL_MISSING"),
    _row(store.JobNotFound, _CODE.NOT_FOUND, "JOB_NOT_FOUND", lambda error: {"job_id": str(error.job_id)}),
    _row(store.JobActive, _CODE.FAILED_PRECONDITION, "JOB_ACTIVE", lambda error: {"job_id": str(error.job_id)}),
    _row(store.JobNotFailed, _CODE.FAILED_PRECONDITION, "JOB_NOT_FAILED", lambda error: {"job_id": str(error.job_id)}),
    _row(store.NothingToUndo, _CODE.FAILED_PRECONDITION, "NOTHING_TO_UNDO", lambda error: {"job_id": str(error.job_id)}),
    _row(store.JobEnded, _CODE.FAILED_PRECONDITION, "JOB_ENDED", lambda error: {"job_id": str(error.job_id)}),
    _row(store.StaleFence, _CODE.ABORTED, "STALE_FENCE"),
    _row(store.LabelNotFound, _CODE.NOT_FOUND, "LABEL_NOT_FOUND", lambda error: {"label": error.label}),
    _row(store.FolderNotFound, _CODE.NOT_FOUND, "FOLDER_NOT_FOUND", lambda error: {"path": error.path}),
    _row(store.FieldNotFound, _CODE.NOT_FOUND, "FIELD_NOT_FOUND", lambda error: {"field": error.field}),
    _row(store.NoteNotFound, _CODE.NOT_FOUND, "NOTE_NOT_FOUND", lambda error: {"note_id": str(error.note_id)}),
    _row(store.ViewNotFound, _CODE.NOT_FOUND, "VIEW_NOT_FOUND", lambda error: {"view_id": str(error.view_id)}),
    _row(store.AssignmentNotFound, _CODE.NOT_FOUND, "ASSIGNMENT_NOT_FOUND", lambda error: {"assignment_id": str(error.assignment_id)}),
    _row(store.AssignmentUndone, _CODE.FAILED_PRECONDITION, "ASSIGNMENT_UNDONE", lambda error: {"assignment_id": str(error.assignment_id)}),
    _row(store.NameTaken, _CODE.ALREADY_EXISTS, "NAME_TAKEN", lambda error: {"name": error.name, "id": str(error.taken_by)}),
    _row(store.StaleItem, _CODE.ABORTED, "STALE_ETAG", lambda error: {"etag": str(error.present)}),
    _row(
        store.ParentRefused,
        _CODE.INVALID_ARGUMENT,
        "PARENT_REFUSED",
        violations=lambda error: [Violation("label.parent_id", str(error))],
    ),
    _row(
        store.FieldValueInvalid,
        _CODE.INVALID_ARGUMENT,
        "FIELD_VALUE_INVALID",
        lambda error: {"field": error.field},
        lambda error: [Violation("fields", str(error))],
    ),
    _row(
        store.AsnTaken,
        _CODE.ALREADY_EXISTS,
        "ASN_TAKEN",
        lambda error: {"archive_serial_number": str(error.asn)} | ({"document_id": str(error.document_id)} if error.document_id else {}),
    ),
    _row(store.WorkflowNotFound, _CODE.NOT_FOUND, "WORKFLOW_NOT_FOUND", lambda error: {"workflow_id": str(error.workflow_id)}),
    _row(store.NamedByWorkflows, _CODE.FAILED_PRECONDITION, "NAMED_BY_WORKFLOWS", lambda error: {"workflows": ", ".join(error.workflows)}),
    _row(store.OrderIncomplete, _CODE.FAILED_PRECONDITION, "ORDER_INCOMPLETE"),
    _row(store.StoreUnavailable, _CODE.UNAVAILABLE, "STORE_UNAVAILABLE", retry_seconds=5.0),
    _row(store.StoreFailed, _CODE.UNAVAILABLE, "STORE_FAILED", retry_seconds=60.0),
    _row(store.StoreMissing, _CODE.UNAVAILABLE, "STORE_MISSING"),
    _row(store.StoreTooNew, _CODE.UNAVAILABLE, "STORE_TOO_NEW"),
    _row(store.StoreHalfMoved, _CODE.UNAVAILABLE, "STORE_HALF_MOVED"),
    _row(store.UnsupportedDatabase, _CODE.UNAVAILABLE, "UNSUPPORTED_DATABASE"),
)
_VERSIONS = (
    _row(versions.VersionNotFound, _CODE.NOT_FOUND, "VERSION_NOT_FOUND", lambda error: {"document_id": str(error.document_id)}),
    _row(versions.FirstVersionStays, _CODE.FAILED_PRECONDITION, "FIRST_VERSION", lambda error: {"document_id": str(error.document_id)}),
    _row(
        versions.VersionOutdated,
        _CODE.FAILED_PRECONDITION,
        "VERSION_OUTDATED",
        lambda error: {"document_id": str(error.document_id), "version": str(error.present)},
    ),
    _row(versions.InTrash, _CODE.FAILED_PRECONDITION, "IN_TRASH", lambda error: {"document_id": str(error.document_id)}),
    _row(
        versions.FileIsThere,
        _CODE.ALREADY_EXISTS,
        "FILE_IS_THERE",
        lambda error: {"document_id": str(error.document_id)},
    ),
    _row(paging.PagesRefused, _CODE.INVALID_ARGUMENT, "PAGES_REFUSED", violations=lambda error: [Violation(error.field, error.words)]),
    _row(paging.PagesLocked, _CODE.FAILED_PRECONDITION, "PAGES_LOCKED", lambda error: {"document_id": str(error.document_id)}),
)
_IDENTITY = (
    _row(identity.OrdererGone, _CODE.FAILED_PRECONDITION, "ORDERER_GONE"),
    _row(identity.UserNotFound, _CODE.NOT_FOUND, "USER_NOT_FOUND", lambda error: {"user": error.user}),
    _row(identity.GroupNotFound, _CODE.NOT_FOUND, "GROUP_NOT_FOUND", lambda error: {"group": error.group}),
    _row(identity.MemberNotFound, _CODE.NOT_FOUND, "USER_NOT_FOUND", lambda error: {"user": str(error.user)}),
    _row(identity.TokenNotFound, _CODE.NOT_FOUND, "TOKEN_NOT_FOUND", lambda error: {"token_id": str(error.token_id)}),
    _row(identity.LastAdministrator, _CODE.FAILED_PRECONDITION, "LAST_ADMINISTRATOR", lambda error: {"user": error.name}),
    _row(identity.OwnsDocuments, _CODE.FAILED_PRECONDITION, "OWNS_DOCUMENTS", lambda error: {"user": error.name}),
    _row(identity.ServiceHasNoPassword, _CODE.FAILED_PRECONDITION, "NO_PASSWORD", lambda error: {"user": error.name}),
    _row(identity.IdentityTaken, _CODE.ALREADY_EXISTS, "IDENTITY_TAKEN"),
    _row(identity.IdentityNotFound, _CODE.NOT_FOUND, "IDENTITY_NOT_FOUND", lambda error: {"user": error.name}),
    _row(identity.InvitationUsedUp, _CODE.NOT_FOUND, "INVITATION_USED_UP"),
)
_SHARING = (_row(sharing.ShareLinkNotFound, _CODE.NOT_FOUND, "SHARE_LINK_NOT_FOUND", lambda error: {"link": str(error.link)}),)
_NODES = (
    _row(nodes.NodeNotFound, _CODE.NOT_FOUND, "NODE_NOT_FOUND", lambda error: {"node": str(error.node)}),
    _row(nodes.JoinCodeUsedUp, _CODE.UNAUTHENTICATED, "JOIN_CODE_USED_UP"),
    _row(nodes.NodeUnknown, _CODE.UNAUTHENTICATED, "NODE_UNKNOWN"),
)
_RECEIVING = (_row(receiving.UploadLinkNotFound, _CODE.NOT_FOUND, "SOURCE_NOT_FOUND", lambda error: {"source": str(error.link)}),)
_MAIL = (
    _row(mail.MailAccountNotFound, _CODE.NOT_FOUND, "MAIL_ACCOUNT_NOT_FOUND", lambda error: {"account": str(error.account)}),
    _row(mail.MailRuleNotFound, _CODE.NOT_FOUND, "MAIL_RULE_NOT_FOUND", lambda error: {"rule": str(error.rule)}),
    _row(mail.MailRuleGone, _CODE.FAILED_PRECONDITION, "MAIL_RULE_GONE", lambda error: {"mail": str(error.mail)}),
    _row(notices.NotificationNotFound, _CODE.NOT_FOUND, "NOTIFICATION_NOT_FOUND", lambda error: {"notification": str(error.notification)}),
    _row(mail.MailNotFound, _CODE.NOT_FOUND, "MAIL_NOT_FOUND", lambda error: {"mail": str(error.mail)}),
    _row(mailboxes.MailboxAway, _CODE.UNAVAILABLE, "MAILBOX_AWAY", retry_seconds=60.0),
    _row(mailboxes.MailboxRefused, _CODE.FAILED_PRECONDITION, "MAILBOX_REFUSED"),
    _row(mailboxes.NoFolder, _CODE.FAILED_PRECONDITION, "NO_SUCH_FOLDER"),
    _row(mailboxes.ArchiveAway, _CODE.UNAVAILABLE, "ARCHIVE_AWAY", retry_seconds=5.0),
    _row(mailboxes.MailFailed, _CODE.FAILED_PRECONDITION, "MAIL_FAILED"),
)
_INTAKE = (
    _row(intake.ChecksumMismatch, _CODE.ABORTED, "CHECKSUM_MISMATCH"),
    _row(intake.UploadMissing, _CODE.ABORTED, "UPLOAD_MISSING"),
    _row(
        intake.FieldsRefused,
        _CODE.INVALID_ARGUMENT,
        "FIELD_VALUE_INVALID",
        violations=lambda error: [Violation("start.fields", str(error))],
    ),
    _row(intake.OwnerGone, _CODE.FAILED_PRECONDITION, "OWNER_GONE"),
    _row(intake.UploadTooLarge, _CODE.RESOURCE_EXHAUSTED, "UPLOAD_TOO_LARGE"),
    _row(intake.NoSpace, _CODE.RESOURCE_EXHAUSTED, "NO_SPACE", retry_seconds=60.0),
    _row(intake.NoSpaceForFile, _CODE.RESOURCE_EXHAUSTED, "NO_SPACE", retry_seconds=60.0),
    _row(intake.StorageFailed, _CODE.UNAVAILABLE, "STORAGE_FAILED", retry_seconds=60.0),
)
_OCR = (
    _row(ocr.PageUnreadable, _CODE.FAILED_PRECONDITION, "PAGE_UNREADABLE"),
    _row(ocr.OutOfTime, _CODE.RESOURCE_EXHAUSTED, "OUT_OF_TIME"),
    _row(ocr.DocumentUnreadable, _CODE.FAILED_PRECONDITION, "DOCUMENT_UNREADABLE"),
    _row(ocr.WrongPassword, _CODE.INVALID_ARGUMENT, "WRONG_PASSWORD", violations=lambda error: [Violation("password", error.reason)]),
    _row(ocr.DiskTrouble, _CODE.UNAVAILABLE, "DISK_TROUBLE", retry_seconds=60.0),
    _row(ocr.DecoderKilled, _CODE.RESOURCE_EXHAUSTED, "DECODER_KILLED"),
    _row(ocr.DecoderStopped, _CODE.RESOURCE_EXHAUSTED, "DECODER_STOPPED"),
)
_INDEX = (
    _row(
        index.QueryError, _CODE.INVALID_ARGUMENT, "QUERY_INVALID", lambda error: {"column": str(error.column), "expected": error.expected}
    ),
    _row(index.CursorError, _CODE.INVALID_ARGUMENT, "PAGE_TOKEN_MISMATCH", violations=lambda error: [Violation("page_token", str(error))]),
    _row(index.NotIndexed, _CODE.NOT_FOUND, "NOT_INDEXED"),
    _row(index.IndexNotWritten, _CODE.UNAVAILABLE, "INDEX_NOT_WRITTEN", retry_seconds=60.0),
    _row(index.IndexUnavailable, _CODE.UNAVAILABLE, "INDEX_UNAVAILABLE", retry_seconds=5.0),
)
_CHECKUP = (_row(checkup.CheckRunning, _CODE.FAILED_PRECONDITION, "CHECK_RUNNING", retry_seconds=60.0),)
_RUNTIME = (
    _row(runtime.ActorLost, _CODE.UNAVAILABLE, "ACTOR_LOST", retry_seconds=2.0),
    _row(runtime.ClusterNotStarted, _CODE.UNAVAILABLE, "CLUSTER_NOT_STARTED", retry_seconds=5.0),
)
TABLE: dict[type, Callable[[Exception], Status]] = dict(
    [
        *_REFUSALS,
        *_STORE,
        *_VERSIONS,
        *_IDENTITY,
        *_SHARING,
        *_NODES,
        *_RECEIVING,
        *_MAIL,
        *_INTAKE,
        *_OCR,
        *_INDEX,
        *_CHECKUP,
        *_RUNTIME,
    ]
)
