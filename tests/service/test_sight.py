"""What somebody may not see stands in no answer: each call is asked without any id, and with the ids of what is hidden."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from actors.identity.tokens import digest
from actors.index.messages import Hit, SearchAnswer, SearchRequest, SuggestAnswer
from actors.index.sight import Sight
from actors.store.nouns.access import NOBODYS, AccessChange, Grant, Item, ItemKind, Subject, SubjectKind
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentWarning, JobId
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import LabelFacts, LabelKind, ViewFacts
from actors.store.nouns.identity import NewToken, Role, TokenKind, UserFacts, UserId
from actors.store.nouns.mail import AccountFacts, MailFilters, MailHead, MailKey, RuleFacts
from actors.store.nouns.notifications import Event, NotificationFacts, Way
from actors.store.nouns.sealed import Sealed
from actors.store.nouns.workflows import Assign, Trigger, TriggerKind, WorkflowFacts
from actors.store.store import Store
from daemon.service.around.access import service_descriptors
from daemon.service.server import OURS
from scriba.v1 import (
    access_pb2,
    admin_pb2,
    catalog_pb2,
    documents_pb2,
    documents_pb2_grpc,
    notes_pb2,
    permissions_pb2,
    search_pb2,
    search_pb2_grpc,
    versions_pb2,
    workflows_pb2,
)
from tests.service.carrying import carry_out
from tests.service.fakes import FakeSearcher
from tests.service.house import NOW, House, bearer, failing, failure_of, open_house

CANARY = "canarybird"
SCOPES = (access_pb2.SCOPE_READ, access_pb2.SCOPE_EDIT, access_pb2.SCOPE_CATALOG)
METHODS = [method for service in service_descriptors(OURS) for method in service.methods]
READING = [method for method in METHODS if method.GetOptions().Extensions[access_pb2.access].scope in SCOPES]
# They have no end; below, one is watched for a while.
ENDLESS = ("WatchJobs",)


@dataclass(frozen=True)
class People:
    """Anna, whose papers Bert may not see but for one, and whose labels, view and workflow he may not see, and Bert's metadata.

    The paper that is shown bears a hidden label of each kind; `items` are ids by a word in what asks for such.
    """

    house: House
    anna: UserId
    bert: UserId
    hidden: str
    shown: str
    job: str
    items: Mapping[str, str]
    token: str = "bert's"

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        return bearer(self.token)


@pytest.fixture
def people(house: House) -> People:
    store, house.pipeline.work = house.store, partial(carry_out, house)
    anna, bert = (store.users.create(UserFacts(name, Role.EDITOR), NOW).id for name in ("Anna", "Bert"))
    store.tokens.create(NewToken(bert, TokenKind.SESSION, "laptop", digest("bert's"), expire_time=NOW + timedelta(days=1)), NOW)
    hidden = house.accept(f"{CANARY} sings", title=CANARY, tags=("birds",))
    job = house.work((f"{CANARY} sings",))
    shown = house.accept("a letter", title="letter", tags=("birds",), suffix=".pdf", mime_type="application/pdf")
    store.notes.add(DocumentId(int(hidden)), "Anna", f"{CANARY} again", NOW)
    entitle(store, hidden, AccessChange(owner=anna))
    entitle(store, shown, AccessChange(owner=anna, grants=(Grant(Subject(SubjectKind.USER, bert)),)))
    return People(house, anna, bert, hidden, shown, str(job.id), hidden_items(store, anna, DocumentId(int(shown))))


def hidden_items(store: Store, anna: UserId, document: DocumentId) -> dict[str, str]:
    """Make items that Anna alone sees, and let a document bear the labels, and what the workflow has to say."""
    labels = [store.catalog.labels.create(kind, LabelFacts(f"{CANARY} {kind}")).id for kind in LabelKind]
    reason = Reason(Giver.WORKFLOW, CANARY)
    store.assignments.propose(document, [Proposal(Aspect(kind), label, reason) for kind, label in zip(LabelKind, labels, strict=True)], NOW)
    store.documents.warn(document, DocumentWarning("WORKFLOW_FAILED", f"The workflow '{CANARY}': no mail was sent"), NOW)
    facts = WorkflowFacts(CANARY, triggers=(Trigger(TriggerKind.DOCUMENT_UPDATED),), actions=(Assign(tags=(labels[0],)),))
    workflow, view = store.workflows.create(facts).id, store.catalog.views.create(ViewFacts(CANARY, query=f"tag:{CANARY}"), anna).id
    items = [*(Item(ItemKind.LABEL, label) for label in labels), Item(ItemKind.WORKFLOW, workflow)]
    store.item_permissions.change(items, AccessChange(owner=anna))
    return {"label": str(labels[-1]), "view": str(view), "workflow": str(workflow)} | hidden_mail(store, anna)


def hidden_mail(store: Store, anna: UserId) -> dict[str, str]:
    """Make a mailbox with a rule and a mail that was not taken."""
    account = store.mail_accounts.create(anna, AccountFacts(CANARY, f"{CANARY}.example", 993, CANARY), Sealed(CANARY)).id
    store.mail_accounts.note_error(account, CANARY, NOW)
    rule = store.mail_rules.create(RuleFacts(CANARY, account, CANARY, MailFilters(sender=CANARY), parameter=CANARY)).id
    head = MailHead(CANARY, CANARY, CANARY, NOW)
    mail = store.mails.keep_failed(MailKey(account, CANARY, 1, 1), head, rule, CANARY, None, NOW).id
    facts = NotificationFacts(CANARY, (Event.FAILED,), Way.NTFY, f"https://{CANARY}.example/{CANARY}")
    notification = store.notifications.create(anna, facts, Sealed(CANARY)).id
    return {"account": str(account), "rule": str(rule), "mail": str(mail), "notification": str(notification)}


def entitle(store: Store, document: str, change: AccessChange) -> None:
    """Give a document an owner and grants."""
    store.permissions.change([DocumentId(int(document))], change, None, NOW)


async def answers(people: People, method: MethodDescriptor, request: Message) -> tuple[str, str]:
    """Call an RPC as Bert; give all that it told, and the reason why it was refused."""
    path = f"/{method.containing_service.full_name}/{method.name}"
    kind = ("stream" if method.client_streaming else "unary") + "_" + ("stream" if method.server_streaming else "unary")
    answer_type = GetMessageClass(method.output_type)
    call = getattr(people.house.channel, kind)(path, lambda each: each.SerializeToString(), answer_type.FromString)
    asked: Any = iter([request]) if method.client_streaming else request
    try:
        running = call(asked, metadata=people.metadata, timeout=20)
        told = [str(answer) async for answer in running] if method.server_streaming else [str(await running)]
    except grpc.aio.AioRpcError as error:
        failure = failure_of(error)
        return str(failure), failure.reason
    return "\n".join(told), ""


def asking(method: MethodDescriptor, people: People) -> Iterator[Message]:
    """Make requests: an empty one, and one in which every id is of what is hidden."""
    request_type = GetMessageClass(method.input_type)
    yield request_type()
    named = request_type()
    fill(named, people)
    yield named


def fill(message: Any, people: People, depth: int = 3) -> None:
    """Put the ids of what is hidden wherever an id, and words wherever words, can stand."""
    for field in message.DESCRIPTOR.fields:
        if field.type == field.TYPE_MESSAGE and not field.message_type.full_name.startswith("google.") and depth:
            inner = getattr(message, field.name)
            fill(inner.add() if field.is_repeated else inner, people, depth - 1)
            if not field.is_repeated:
                inner.SetInParent()
        elif field.type == field.TYPE_STRING:
            put(message, field, word_for(field.name, message.DESCRIPTOR.name, people))


def put(message: Any, field: Any, value: str) -> None:
    """Set a field, or add to a repeated one; what belongs to another case of a oneof is left alone."""
    if field.is_repeated:
        getattr(message, field.name).append(value)
    elif field.containing_oneof is None or message.WhichOneof(field.containing_oneof.name) in (None, field.name):
        setattr(message, field.name, value)


def word_for(name: str, asked: str, people: People) -> str:
    """Choose what to write into a field of this name, in a message of that name."""
    for word, item in people.items.items():
        if name == f"{word}_id" or (name in ("id", "ids") and word in asked.lower()):
            return item
    if name.endswith(("document_id", "document_ids", "subject_id")) or name in ("id", "ids"):
        return people.hidden
    if name.endswith(("job_id", "job_ids")):
        return people.job
    if name == "request_id":
        return "00000000-0000-4000-8000-000000000001"
    return {"query": "*", "filter": "*", "text": "words"}.get(name, "")


@pytest.mark.parametrize("method", READING, ids=[method.full_name for method in READING])
async def test_no_answer_holds_a_word_of_what_is_hidden(people: People, method: MethodDescriptor) -> None:
    if method.name in ENDLESS:
        return
    for request in asking(method, people):
        told, _ = await answers(people, method, request)
        assert CANARY not in told, (method.full_name, request, told)


async def test_what_is_hidden_is_not_there_and_what_is_shown_cannot_be_changed(people: People) -> None:
    documents = documents_pb2.DESCRIPTOR.services_by_name["DocumentService"]
    get, delete = documents.methods_by_name["GetDocument"], documents.methods_by_name["DeleteDocument"]
    gone = await answers(people, get, documents_pb2.GetDocumentRequest(id="99"))
    hidden = await answers(people, get, documents_pb2.GetDocumentRequest(id=people.hidden))
    assert hidden[1] == gone[1] == "DOCUMENT_NOT_FOUND"
    assert hidden[0].replace(people.hidden, "99") == gone[0]
    assert (await answers(people, get, documents_pb2.GetDocumentRequest(id=people.shown)))[1] == ""
    assert (await answers(people, delete, documents_pb2.DeleteDocumentRequest(id=people.shown)))[1] == "DOCUMENT_NOT_EDITABLE"
    create = notes_pb2.DESCRIPTOR.services_by_name["NoteService"].methods_by_name["CreateNote"]
    assert (await answers(people, create, notes_pb2.CreateNoteRequest(document_id=people.hidden, text="x")))[1] == "DOCUMENT_NOT_FOUND"
    assert people.house.store.notes.list(DocumentId(int(people.shown))) == []


async def test_pages_of_what_is_shown_alone_make_new_documents_and_change_nothing(people: People) -> None:
    job = people.house.work(("one", "two"))
    people.house.store.jobs.succeed(job.id, job.fence, NOW)
    versions = versions_pb2.DESCRIPTOR.services_by_name["VersionService"]
    edit, split = versions.methods_by_name["EditPages"], versions.methods_by_name["SplitDocument"]
    turned = versions_pb2.EditPagesRequest(request_id="edit-pages", document_id=people.shown, pages=[versions_pb2.TurnedPage(number=1)])
    parts = [versions_pb2.SplitDocumentRequest.Part(pages=[versions_pb2.TurnedPage(number=number)]) for number in (1, 2)]
    kept = versions_pb2.SplitDocumentRequest(request_id="split-kept", document_id=people.shown, parts=parts)
    gone = versions_pb2.SplitDocumentRequest(request_id="split-gone", document_id=people.shown, parts=parts, delete_source=True)
    assert (await answers(people, edit, turned))[1] == "DOCUMENT_NOT_EDITABLE"
    assert (await answers(people, split, gone))[1] == "DOCUMENT_NOT_EDITABLE"
    assert (await answers(people, split, kept))[1] == ""


def upload(people: People, content: bytes, metadata: Any, sent: int = 2, **start: Any) -> Any:
    """Begin to upload bytes, or upload them whole; always by the same request id."""
    first = documents_pb2.UploadDocumentRequest.Start(
        request_id="00000000-0000-4000-8000-000000000009", filename="a.txt", size_bytes=len(content), **start
    )
    parts = [documents_pb2.UploadDocumentRequest(start=first), documents_pb2.UploadDocumentRequest(chunk=content)][:sent]
    return documents_pb2_grpc.DocumentServiceStub(people.house.channel).UploadDocument(iter(parts), metadata=metadata)


async def test_who_brings_what_is_hidden_gets_a_document_of_his_own_and_hears_no_word_of_the_other(people: People) -> None:
    before = people.house.store.documents.get(DocumentId(int(people.hidden)))
    answer = await upload(people, f"{CANARY} sings".encode(), people.metadata)
    assert (answer.duplicate, answer.document.title, answer.document.duplicate_count) == (False, "a", 0)
    assert answer.document.id not in (people.hidden, people.shown)
    assert people.house.store.documents.get(before.id) == before
    again = await upload(people, f"{CANARY} sings".encode(), people.metadata)
    assert again.document.id == answer.document.id


async def test_nobody_goes_on_with_an_upload_of_somebody_else_or_is_told_what_became_of_it(people: People) -> None:
    files = documents_pb2_grpc.DocumentServiceStub(people.house.channel)
    progress = documents_pb2.GetUploadRequest(request_id="00000000-0000-4000-8000-000000000009")
    assert (await failing(upload(people, b"long letter", bearer(), sent=1))).reason == "UPLOAD_INCOMPLETE"
    assert (await files.GetUpload(progress, metadata=bearer())).received_bytes == 0
    assert (await failing(files.GetUpload(progress, metadata=people.metadata))).reason == "UPLOAD_NOT_FOUND"
    theirs = await upload(people, CANARY.encode(), bearer())
    mine = await upload(people, b"mine", people.metadata)
    assert (mine.duplicate, theirs.document.id == mine.document.id) == (False, False)
    assert (await files.GetUpload(progress, metadata=people.metadata)).document_id == mine.document.id


async def test_an_upload_that_was_let_go_is_told_no_more_when_it_is_asked_for_again(people: People) -> None:
    brought = await upload(people, b"mine", people.metadata, owner_id="")
    entitle(people.house.store, brought.document.id, AccessChange(owner=people.anna, private=True))
    people.house.store.documents.update(DocumentId(int(brought.document.id)), DocumentChanges(title=CANARY), None, NOW)
    assert (await failing(upload(people, b"mine", people.metadata, owner_id=""))).reason == "DOCUMENT_NOT_FOUND"


async def test_an_uploader_brings_what_everyone_has_once(people: People) -> None:
    store = people.house.store
    scanner = store.users.create(UserFacts("scanner", Role.UPLOADER), NOW).id
    store.tokens.create(NewToken(scanner, TokenKind.SESSION, "scanner", digest("scanner's"), expire_time=NOW + timedelta(days=1)), NOW)
    letter = people.house.accept("leaflet")
    assert (await failing(upload(people, b"leaflet", bearer("scanner's"), owner_id=""))).reason == "HIDDEN_DUPLICATE"
    assert store.documents.get(DocumentId(int(letter))).duplicate_count == 1
    assert store.documents.count(deleted=False) == 3


async def test_items_that_are_hidden_are_not_there(people: People) -> None:
    asked = {
        "LABEL_NOT_FOUND": ("Catalog", "DeleteLabel", catalog_pb2.DeleteLabelRequest(id=people.items["label"])),
        "VIEW_NOT_FOUND": ("Catalog", "DeleteView", catalog_pb2.DeleteViewRequest(id=people.items["view"])),
        "WORKFLOW_NOT_FOUND": ("Workflow", "GetWorkflow", workflows_pb2.GetWorkflowRequest(id=people.items["workflow"])),
    }
    for reason, (service, name, request) in asked.items():
        (method,) = (one for one in METHODS if one.full_name == f"scriba.v1.{service}Service.{name}")
        assert (await answers(people, method, request))[1] == reason
    permissions = {one.name: one for one in METHODS if one.containing_service.name == "PermissionService"}
    item = permissions_pb2.Item(label_id=people.items["label"])
    for name, request in (
        ("GetItemPermissions", permissions_pb2.GetItemPermissionsRequest(items=[item])),
        ("UpdateItemPermissions", permissions_pb2.UpdateItemPermissionsRequest(items=[item], owner_id="")),
        ("GetGrants", permissions_pb2.GetGrantsRequest(holder=permissions_pb2.Holder(label_id=people.items["label"]))),
    ):
        assert (await answers(people, permissions[name], request))[1] == "LABEL_NOT_FOUND"


async def test_counts_are_of_what_is_seen(people: People) -> None:
    documents = documents_pb2.DESCRIPTOR.services_by_name["DocumentService"]
    told, _ = await answers(people, documents.methods_by_name["ListDocuments"], documents_pb2.ListDocumentsRequest())
    assert "total_size: 1" in told
    admin = admin_pb2.DESCRIPTOR.services_by_name["AdminService"]
    statistics, _ = await answers(people, admin.methods_by_name["GetStatistics"], admin_pb2.GetStatisticsRequest())
    assert "documents: 1\n" in statistics
    jobs, _ = await answers(people, admin.methods_by_name["ListJobs"], admin_pb2.ListJobsRequest())
    assert jobs.count("document_id") == 1


async def test_jobs_of_what_is_hidden_are_not_watched(people: People) -> None:
    watch = people.house.channel.unary_stream(
        "/scriba.v1.AdminService/WatchJobs", lambda each: each.SerializeToString(), admin_pb2.WatchJobsResponse.FromString
    )

    async def seen() -> AsyncIterator[str]:
        async for answer in watch(admin_pb2.WatchJobsRequest(), metadata=people.metadata):
            yield answer.job.document_id

    stream = seen()
    assert await asyncio.wait_for(anext(stream), 20) == people.shown
    jobs = people.house.store.jobs
    jobs.cancel(JobId(int(people.job)), NOW)
    (job,) = jobs.lease("test", 1, NOW)
    assert await asyncio.wait_for(anext(stream), 20) == people.shown
    assert str(job.document_id) == people.shown


async def test_the_index_is_asked_for_what_may_be_seen_alone(store: Store) -> None:
    asked = AskedSearcher()
    async with open_house(store, searcher=asked) as house:
        bert = store.users.create(UserFacts("Bert", Role.VIEWER), NOW).id
        store.tokens.create(NewToken(bert, TokenKind.SESSION, "laptop", digest("bert's"), expire_time=NOW + timedelta(days=1)), NOW)
        document, search = house.accept("letter"), search_pb2_grpc.SearchServiceStub(house.channel)
        listing, mine = documents_pb2_grpc.DocumentServiceStub(house.channel), bearer("bert's")
        for metadata in (mine, bearer()):
            await search.SearchDocuments(search_pb2.SearchDocumentsRequest(query="x"), metadata=metadata)
            await search.SuggestQueries(search_pb2.SuggestQueriesRequest(query="x"), metadata=metadata)
            await search.FindSimilarDocuments(search_pb2.FindSimilarDocumentsRequest(id=document), metadata=metadata)
            await listing.ListDocuments(documents_pb2.ListDocumentsRequest(filter="x"), metadata=metadata)
    assert asked.sights == [(NOBODYS,)] * 4 + [None] * 4


class AskedSearcher(FakeSearcher):
    """Remembers what may be found by each who asks."""

    def __init__(self) -> None:
        self.sights: list[Sight] = []

    def search(self, request: SearchRequest) -> SearchAnswer:
        self.sights.append(request.sight)
        return super().search(request)

    def suggest(self, text: str, cursor: int, limit: int, sight: Sight = None) -> SuggestAnswer:
        self.sights.append(sight)
        return super().suggest(text, cursor, limit, sight)

    def similar(self, document_id: DocumentId, limit: int, sight: Sight = None) -> Sequence[Hit]:
        self.sights.append(sight)
        return super().similar(document_id, limit, sight)


async def test_what_is_no_longer_granted_is_gone_at_the_next_call(people: People) -> None:
    get = documents_pb2.DESCRIPTOR.services_by_name["DocumentService"].methods_by_name["GetDocument"]
    request = documents_pb2.GetDocumentRequest(id=people.shown)
    assert (await answers(people, get, request))[1] == ""
    entitle(people.house.store, people.shown, AccessChange(grants=()))
    assert (await answers(people, get, request))[1] == "DOCUMENT_NOT_FOUND"
