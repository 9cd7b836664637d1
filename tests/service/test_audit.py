"""Whatever is changed by a call is told: by whom, from where, and from what to what."""

from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Any

import grpc
import pyotp
import pytest

from actors.identity.tokens import digest, new_code, plain_code
from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.audit import Act, AuditEntry, AuditFilter, Author, AuthorKind
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.nouns.identity import NewInvitation, NewToken, Role, TokenKind, UserFacts, Vouched
from actors.store.nouns.sealed import Sealed
from actors.store.rows.revisions import document_row
from daemon.service.around.access import service_descriptors
from daemon.service.server import OURS
from scriba.v1 import access_pb2, accounts_pb2, audit_pb2_grpc, bulk_edits_pb2, documents_pb2, identity_pb2, workflows_pb2
from scriba.v1 import audit_pb2 as pb
from tests.service.house import NOW, House, SignedIn, failure_of
from tests.service.matrix.lines import LINES
from tests.service.matrix.relations import Relation, standings
from tests.service.matrix.things import Cell
from tests.service.test_accounts import OTHER, PASSWORD, As, sign_in
from tests.service.test_matrix import Walk
from tests.service.test_workflows import tagging

EVERYTHING = AuditFilter()
# What these change, if anything, is nothing that anybody would ask about, or is told elsewhere.
EXCUSED = {
    "NotificationService.ListNotifications": "reads",
    "NotificationService.TestNotification": "changes nothing",
    "AccountService.GetAccount": "reads",
    "AccountService.GetInvitation": "reads",
    "AccountService.ListTokens": "reads",
    "AccountService.ProposeSecondFactor": "keeps nothing; ConfirmSecondFactor is told",
    "AdminService.CheckArchive": "reads",
    "AdminService.GetServerInfo": "reads",
    "AdminService.ListTasks": "reads",
    "AssignmentService.TryExtraction": "keeps nothing",
    "AssignmentService.TryRule": "keeps nothing",
    "AuditService.ListAuditEntries": "reads",
    "ClusterService.ReportNode": "a machine says that it is there",
    "DocumentService.GetUpload": "reads",
    "IdentityService.GetUser": "reads",
    "IdentityService.ListGroups": "reads",
    "IdentityService.ListUserTokens": "reads",
    "IdentityService.ListUsers": "reads",
    "MailService.FetchMail": "what comes of it is told by the documents that come",
    "MailService.ListMailAccounts": "reads",
    "MailService.ListMailRules": "reads",
    "MailService.ListMails": "reads",
    "MailService.RetryMail": "what comes of it is told by the documents that come",
    "MailService.TestMailAccount": "reads",
    "MailService.TryMailRule": "keeps nothing",
    "ShareService.GetShareLink": "reads",
    "ShareService.ListShareLinks": "reads",
    "SourceService.GetSource": "reads",
    "SourceService.ListSources": "reads",
    "WorkflowService.DryRunWorkflows": "keeps nothing",
    "WorkflowService.GetWorkflow": "reads",
    "WorkflowService.ListWorkflows": "reads",
}
# Which the matrix cannot bring to success, and what of it is asked for below.
BY_HAND = {
    "AccountService.AcceptInvitation",
    "AccountService.ChangePassword",
    "AccountService.ConfirmSecondFactor",
    "AccountService.RemoveSecondFactor",
    "AccountService.SignIn",
    "AssignmentService.ApplyRules",
    "BulkEditService.UndoBulkEdit",
    "ClusterService.CreateJoinCode",  # tests/service/test_cluster.py
    "ClusterService.JoinCluster",  # likewise
    "ClusterService.ResumeNode",  # of a machine that rests; likewise
    "DocumentService.UnlockDocument",
    "IdentityService.InviteUser",
    "IdentityService.RemoveUserIdentity",
    "IdentityService.RemoveUserSecondFactor",
    "IdentityService.RevokeUserToken",
    "ShareService.SendDocuments",  # tests/service/test_sending.py
    "WorkflowService.CreateWorkflow",
    "WorkflowService.ReorderWorkflows",
}
CHANGING = [
    method
    for service in service_descriptors(OURS)
    for method in service.methods
    if method.GetOptions().Extensions[access_pb2.access].scope != access_pb2.SCOPE_READ
]


def told(house: House, wanted: AuditFilter = EVERYTHING) -> Sequence[AuditEntry]:
    return house.store.audit.list(wanted, None, 1000)


@pytest.fixture
def audit(house: House) -> SignedIn:
    return SignedIn(audit_pb2_grpc.AuditServiceStub(house.channel))


def test_what_is_excused_is_there() -> None:
    names = {f"{method.containing_service.name}.{method.name}" for method in CHANGING}
    assert EXCUSED.keys() | BY_HAND <= names
    assert not EXCUSED.keys() & BY_HAND


@pytest.mark.timeout(300)
async def test_every_call_that_changes_something_leaves_an_entry_in_its_callers_name(house: House) -> None:
    walk, silent = Walk(house), list[str]()
    admin = next(caller for caller in walk.callers if caller.role is Role.ADMIN and caller.is_user and caller.scope is None)
    own = next(standing for standing in standings(0) if standing.relation is Relation.OWNER)
    for method in CHANGING:
        name, last = f"{method.containing_service.name}.{method.name}", told(house)[:1]
        ((reason, _),) = await walk.outcomes(method, LINES[method.full_name], [Cell(admin, own)])
        fresh = [entry for entry in told(house) if not last or entry.id > last[0].id]
        if name not in EXCUSED and name not in BY_HAND and (reason or not fresh):
            silent.append(f"{name}: {reason or 'OK'}")
        assert not (fresh and EXCUSED.get(name) == "reads"), name
        assert {entry.author.user for entry in fresh} <= {admin.user, None}, name
    assert not silent, "note what these do, or say in EXCUSED why nothing is told; what the matrix cannot bring to success, ask for by hand"


class Telling:
    """Makes calls, and remembers which of them were told of."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.told = dict[str, list[tuple[Act, str]]]()

    async def call(self, name: str, asked: Awaitable[Any]) -> Any:
        last = told(self._house)[:1]
        answer = await asked
        fresh = [entry.deed for entry in reversed(told(self._house)) if not last or entry.id > last[0].id]
        self.told[name] = [(deed.act, deed.changes[0].field if deed.changes else "") for deed in fresh]
        return answer


async def test_who_proves_himself_and_changes_how_is_told(house: House) -> None:
    telling, user, code = Telling(house), house.store.users.create(UserFacts("Anna", Role.EDITOR), NOW), new_code()
    house.store.invitations.create(NewInvitation(digest(plain_code(code)), user.id, NOW + timedelta(days=1)))
    asked = accounts_pb2.AcceptInvitationRequest(code=code, new_password=PASSWORD)
    await telling.call("AccountService.AcceptInvitation", house.accounts.AcceptInvitation(asked))
    signed_in = await telling.call("AccountService.SignIn", sign_in(house))
    anna = As(house, signed_in.secret)
    secret = (await anna.call("ProposeSecondFactor", accounts_pb2.ProposeSecondFactorRequest())).secret
    shown = {"secret": secret, "one_time_code": pyotp.TOTP(secret).at(NOW)}
    confirm = accounts_pb2.ConfirmSecondFactorRequest(password=PASSWORD, **shown)
    await telling.call("AccountService.ConfirmSecondFactor", anna.call("ConfirmSecondFactor", confirm))
    remove = accounts_pb2.RemoveSecondFactorRequest(password=PASSWORD)
    await telling.call("AccountService.RemoveSecondFactor", anna.call("RemoveSecondFactor", remove))
    change = accounts_pb2.ChangePasswordRequest(password=PASSWORD, new_password=OTHER)
    await telling.call("AccountService.ChangePassword", anna.call("ChangePassword", change))
    assert telling.told == {
        "AccountService.AcceptInvitation": [(Act.CHANGED, "invitation"), (Act.SIGNED_IN, "")],
        "AccountService.SignIn": [(Act.SIGNED_IN, "")],
        "AccountService.ConfirmSecondFactor": [(Act.CHANGED, "secret")],
        "AccountService.RemoveSecondFactor": [(Act.CHANGED, "secret")],
        "AccountService.ChangePassword": [(Act.SIGNED_OUT, ""), (Act.CHANGED, "password_hash")],
    }


async def test_what_the_matrix_cannot_ask_for_in_earnest_is_told_too(house: House) -> None:
    telling, user = Telling(house), house.store.users.create(UserFacts("Anna", Role.EDITOR), NOW)
    house.store.users.set_second_factor(user.id, Sealed("sealed"), 1, ())
    token = house.store.tokens.create(NewToken(user.id, TokenKind.ACCESS, "backup", "digest"), NOW)
    read, locked = house.read("letter", tags=("tax",)), house.read("locked")
    with house.store.database.write() as session:
        document_row(session, DocumentId(int(locked))).encrypted = True
    invite = house.identity.InviteUser(identity_pb2.InviteUserRequest(id=str(user.id)))
    await telling.call("IdentityService.InviteUser", invite)
    remove = house.identity.RemoveUserSecondFactor(identity_pb2.RemoveUserSecondFactorRequest(id=str(user.id)))
    await telling.call("IdentityService.RemoveUserSecondFactor", remove)
    vouched = Vouched("https://sign-in.example", "248")
    house.store.identities.link(user.id, vouched, NOW)
    known = identity_pb2.UserIdentity(issuer=vouched.issuer, subject=vouched.subject)
    unlink = house.identity.RemoveUserIdentity(identity_pb2.RemoveUserIdentityRequest(user_id=str(user.id), identity=known))
    await telling.call("IdentityService.RemoveUserIdentity", unlink)
    revoke = house.identity.RevokeUserToken(identity_pb2.RevokeUserTokenRequest(user_id=str(user.id), id=str(token.id)))
    await telling.call("IdentityService.RevokeUserToken", revoke)
    for number in (1, 2):
        create = workflows_pb2.CreateWorkflowRequest(workflow=tagging(f"flow {number}", "tax"))
        await telling.call("WorkflowService.CreateWorkflow", house.workflows.CreateWorkflow(create))
    order = workflows_pb2.ReorderWorkflowsRequest(ids=["2", "1"])
    await telling.call("WorkflowService.ReorderWorkflows", house.workflows.ReorderWorkflows(order))
    unlock = documents_pb2.UnlockDocumentRequest(id=locked, password="opensesame")
    await telling.call("DocumentService.UnlockDocument", house.documents.UnlockDocument(unlock))
    bulk = BulkOrder(BulkAction.EDIT, DocumentChanges(title="bill"))
    job = house.store.bulk_edits.start(bulk, [DocumentId(int(read))], "title", NOW)
    (leased,) = [one for one in house.store.jobs.lease("worker", 10, NOW) if one.id == job]
    house.store.bulk_edits.step(job, leased.fence, 0, [DocumentId(int(read))], 1, NOW)
    house.store.jobs.succeed(job, leased.fence, NOW)
    undo = house.bulk_edits.UndoBulkEdit(bulk_edits_pb2.UndoBulkEditRequest(job_id=str(job)))
    await telling.call("BulkEditService.UndoBulkEdit", undo)
    house.store.acting(Author(AuthorKind.LOCAL, "local"), lambda: NOW).bulk_edits.start(
        BulkOrder(BulkAction.APPLY_RULES), [DocumentId(int(read))], "Apply rules", NOW
    )
    telling.told["AssignmentService.ApplyRules"] = [(told(house)[0].deed.act, told(house)[0].deed.changes[0].after)]
    assert telling.told == {
        "IdentityService.InviteUser": [(Act.CHANGED, "invitation")],
        "IdentityService.RemoveUserSecondFactor": [(Act.CHANGED, "secret")],
        "IdentityService.RemoveUserIdentity": [(Act.CHANGED, "identity 248")],
        "IdentityService.RevokeUserToken": [(Act.DELETED, "")],
        "WorkflowService.CreateWorkflow": [(Act.CREATED, "name")],
        "WorkflowService.ReorderWorkflows": [(Act.CHANGED, "position"), (Act.CHANGED, "position")],
        "DocumentService.UnlockDocument": [(Act.ORDERED, "job")],
        "BulkEditService.UndoBulkEdit": [(Act.ORDERED, "job")],
        "AssignmentService.ApplyRules": [(Act.ORDERED, "bulk_edit")],
    }


async def test_a_title_is_told_with_user_token_and_address(house: House, audit: SignedIn) -> None:
    document = house.read("letter")
    update = documents_pb2.UpdateDocumentRequest(document=documents_pb2.Document(id=document, title="bill"))
    update.update_mask.paths.append("title")
    await house.documents.UpdateDocument(update)
    entries = (await audit.ListAuditEntries(pb.ListAuditEntriesRequest(filter=pb.AuditFilter(act=pb.AUDIT_ACT_CHANGED)))).entries
    (entry,) = entries
    assert (entry.author_kind, entry.author_name, entry.noun, entry.subject_id) == (
        pb.AUTHOR_KIND_LOCAL,
        "local",
        pb.AUDIT_NOUN_DOCUMENT,
        document,
    )
    assert list(entry.changes) == [pb.AuditChange(field="title", before="letter", after="bill")]
    history = (await audit.ListDocumentHistory(pb.ListDocumentHistoryRequest(document_id=document))).entries
    assert [(one.id, one.address) for one in history] == [(entry.id, "")]


async def test_sign_ins_are_told_let_in_or_not_and_never_what_was_typed(house: House) -> None:
    user = house.store.users.create(UserFacts("Anna", Role.EDITOR), NOW)
    code = new_code()
    house.store.invitations.create(NewInvitation(digest(plain_code(code)), user.id, NOW + timedelta(days=1)))
    asked = accounts_pb2.AcceptInvitationRequest(code=code, new_password="correct horse battery")
    accepted = await house.accounts.AcceptInvitation(asked)
    for name, password in (("Anna", "wrong horse"), ("N" * 100, "wrong horse")):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await house.accounts.SignIn(accounts_pb2.SignInRequest(user_name=name, password=password))
        assert failure_of(refused.value).reason == "SIGN_IN_REFUSED"
    await house.accounts.SignIn(accounts_pb2.SignInRequest(user_name="Anna", password="correct horse battery", client="Firefox"))
    entries = [(entry.author.kind, entry.author.user, entry.deed.act, entry.deed.name) for entry in reversed(told(house))]
    assert entries == [
        (AuthorKind.USER, user.id, Act.CHANGED, "Anna"),
        (AuthorKind.USER, user.id, Act.SIGNED_IN, ""),
        (AuthorKind.UNKNOWN, None, Act.REFUSED, "Anna"),
        (AuthorKind.UNKNOWN, None, Act.REFUSED, "N" * 63 + "…"),
        (AuthorKind.USER, user.id, Act.SIGNED_IN, "Firefox"),
    ]
    assert not any(word in repr(told(house)) for word in ("horse", accepted.secret, code))


async def test_pages_and_the_export_give_the_same_and_the_export_is_told(house: House, audit: SignedIn) -> None:
    document, local = DocumentId(int(house.read("letter"))), Author(AuthorKind.LOCAL, "local")
    for number in range(5):
        house.store.acting(local, lambda: NOW).notes.add(document, "Anna", f"note {number}", NOW)
    paged, request = list[str](), pb.ListAuditEntriesRequest(page_size=2)
    while True:
        page = await audit.ListAuditEntries(request)
        paged += [entry.id for entry in page.entries]
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token
    wanted = pb.ExportAuditEntriesRequest(filter=pb.AuditFilter(noun=pb.AUDIT_NOUN_DOCUMENT))
    exported = [entry.id async for part in audit.ExportAuditEntries(wanted) for entry in part.entries]
    assert (exported, len(exported)) == (paged, 5)
    assert told(house)[0].deed.act is Act.EXPORTED


async def test_a_filter_that_means_nothing_is_refused(audit: SignedIn) -> None:
    for wrong in (pb.AuditFilter(subject_id="7"), pb.AuditFilter(subject_id="x", noun=pb.AUDIT_NOUN_DOCUMENT)):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await audit.ListAuditEntries(pb.ListAuditEntriesRequest(filter=wrong))
        assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
