"""A whole server on a unix socket: the real store and the real intake, and the actors of fakes.py behind the other ports."""

import functools
import hashlib
import time
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import grpc
import pytest
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo  # type: ignore[import-untyped]  # the package has no py.typed
from google.rpc.status_pb2 import Status  # type: ignore[import-untyped]  # likewise
from prometheus_client import CollectorRegistry

from actors.errands.mailing import Mailer
from actors.errands.settings import ErrandSettings, MailSettings
from actors.filing.filer import Filer
from actors.filing.rules import FilingRules
from actors.intake.intake import Intake
from actors.intake.settings import IntakeSettings
from actors.notices.telling import Teller
from actors.sealing.seals import Seals, new_key
from actors.store.files.health import SOUND, StoreHealth
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentState, NewDocument, SourceKey, SourceKind
from actors.store.nouns.jobs import Job
from actors.store.nouns.mail import Proof
from actors.store.store import Store
from actors.understanding.going_over import rehearse
from actors.understanding.settings import UnderstandingSettings
from actors.understanding.understanding import Understanding
from daemon.cast.understanding import StoredCatalogue
from daemon.metrics import refused_sign_ins
from daemon.service.around.browsers import Browsers
from daemon.service.around.proofs import NO_PROXIES, Proofs
from daemon.service.around.proxies import Proxies
from daemon.service.around.remote_users import RemoteUsers
from daemon.service.around.tokens import LocalToken, StoredTokens
from daemon.service.callers import Principal
from daemon.service.identity.door import Door
from daemon.service.identity.signing_in import SignIns
from daemon.service.opened import OpenedCluster
from daemon.service.ports import Archive, IndexPort, Searching, ServerFacts
from daemon.service.server import ServiceServer, Waits, build_server
from scriba.v1 import (
    access_pb2,
    accounts_pb2_grpc,
    admin_pb2_grpc,
    assignments_pb2_grpc,
    bulk_edits_pb2_grpc,
    catalog_pb2_grpc,
    cluster_pb2_grpc,
    documents_pb2_grpc,
    folders_pb2_grpc,
    identity_pb2_grpc,
    mail_pb2_grpc,
    notes_pb2_grpc,
    search_pb2_grpc,
    versions_pb2_grpc,
    workflows_pb2_grpc,
)
from tests.pipeline.understanding import planner_of
from tests.service.fakes import Edits, FakeBinder, FakeChecks, FakeIndex, FakeNodes, FakePipeline, FakeSearcher, FakeSuggester
from tests.service.mailboxes import FakeMailboxes

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
# However busy the machine is, what the actors of a test do is done before a call that woke them is answered.
UNHURRIED = Waits(patience_seconds=60)
TOKEN = "the-token-of-this-test"
MOST_UPLOAD_BYTES = 4 * 1024**2
BROWSERS = Browsers(encrypted=True)
# A port that nobody listens on: no test sends an e-mail without saying where.
NOBODY_MAILS = Mailer(MailSettings("127.0.0.1", 1))
TEMPLATE = "{{ tag_list }}/{{ title }}"


def bearer(token: str = TOKEN) -> tuple[tuple[str, str], ...]:
    """Return the metadata of a signed-in caller."""
    return (("authorization", f"Bearer {token}"),)


class SignedIn:
    """A stub that puts the token on each of its calls."""

    def __init__(self, stub: object) -> None:
        self._stub = stub

    def __getattr__(self, rpc: str) -> Callable[..., Any]:
        return functools.partial(getattr(self._stub, rpc), metadata=bearer())


@dataclass
class Tokens:
    """Knows the tokens of users, and the local one, whose holder gets any role, scopes and name."""

    stored: StoredTokens
    role: int = access_pb2.ROLE_ADMIN
    name: str = "local"
    scopes: frozenset[int] = frozenset()

    async def principal(self, token: str, address: str) -> Principal | None:
        known = await self.stored.principal(token, address)
        if known is None or known.user is not None:
            return known
        return replace(known, role=self.role, name=self.name, scopes=self.scopes)

    def forget(self) -> None:
        self.stored.forget()


@dataclass
class House:
    """Everything a test touches."""

    store: Store
    pipeline: FakePipeline
    index: FakeIndex
    binder: FakeBinder
    suggester: FakeSuggester
    checks: FakeChecks
    nodes: FakeNodes
    tokens: Tokens
    server: ServiceServer
    channel: Any  # its stubs know no call without serializers
    registry: CollectorRegistry
    edits: Edits
    seals: Seals
    mailboxes: FakeMailboxes
    door: Door
    socket: Path

    def __post_init__(self) -> None:
        self.documents = SignedIn(documents_pb2_grpc.DocumentServiceStub(self.channel))
        self.admin = SignedIn(admin_pb2_grpc.AdminServiceStub(self.channel))
        self.search = SignedIn(search_pb2_grpc.SearchServiceStub(self.channel))
        self.catalog = SignedIn(catalog_pb2_grpc.CatalogServiceStub(self.channel))
        self.notes = SignedIn(notes_pb2_grpc.NoteServiceStub(self.channel))
        self.assignments = SignedIn(assignments_pb2_grpc.AssignmentServiceStub(self.channel))
        self.workflows = SignedIn(workflows_pb2_grpc.WorkflowServiceStub(self.channel))
        self.folders = SignedIn(folders_pb2_grpc.FolderServiceStub(self.channel))
        self.bulk_edits = SignedIn(bulk_edits_pb2_grpc.BulkEditServiceStub(self.channel))
        self.versions = SignedIn(versions_pb2_grpc.VersionServiceStub(self.channel))
        self.identity = SignedIn(identity_pb2_grpc.IdentityServiceStub(self.channel))
        self.mail = SignedIn(mail_pb2_grpc.MailServiceStub(self.channel))
        self.cluster = SignedIn(cluster_pb2_grpc.ClusterServiceStub(self.channel))
        self.accounts = SignedIn(accounts_pb2_grpc.AccountServiceStub(self.channel))

    def accept(self, text: str, title: str = "", tags: tuple[str, ...] = (), suffix: str = ".txt", mime_type: str = "text/plain") -> str:
        """Put a document into the archive behind the server's back, and give its id."""
        staged = self.store.data.incoming / "made.txt"
        staged.write_text(text)
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        self.store.originals.put(staged, sha256, suffix)
        new = NewDocument(sha256, len(text.encode()), mime_type, f"letter{suffix}", title or text, DocumentChanges(tags=tags))
        return str(self.store.documents.accept(new, SourceKey(SourceKind.FOLDER, sha256), NOW).document_id)

    def work(self, pages: Sequence[str] = ()) -> Job:
        """Lease the next job and keep what its pages say, as the pipeline does."""
        (job,) = self.store.jobs.lease("test", 1, NOW)
        if pages and job.document_id is not None:
            self.store.pages.begin(job.document_id, job.id, job.fence, [(n, text, False) for n, text in enumerate(pages, 1)])
            self.store.documents.set_inspection(job.document_id, job.fence, len(pages), False, False, (), NOW)
        return job

    def bind(self, job: Job, archive: bytes) -> None:
        """Keep the archive PDF of a document at work, and make it ready; its job goes on."""
        document_id = job.document_id or DocumentId(0)
        self.store.data.archive_file(document_id).write_bytes(archive)
        self.store.documents.set_result(document_id, job.fence, DocumentState.READY, "en", (), True, NOW)

    def read(self, title: str, *pages: str, tags: tuple[str, ...] = (), language: str = "en") -> str:
        """Take a document in and to its end, but for the index; give its id."""
        document_id = self.accept(title, title=title, tags=tags)
        job = self.work(pages)
        self.store.documents.set_result(DocumentId(int(document_id)), job.fence, DocumentState.READY, language, (), False, NOW)
        self.store.jobs.succeed(job.id, job.fence, NOW)
        return document_id


@asynccontextmanager
async def open_house(
    store: Store,
    waits: Waits = UNHURRIED,
    index: IndexPort | None = None,
    searcher: Searching | None = None,
    health: StoreHealth = SOUND,
    port: int = 0,
    browsers: Browsers = BROWSERS,
    public_url: str = "",
    proxies: Proxies = NO_PROXIES,
    passwords: bool = True,
    mailer: Mailer = NOBODY_MAILS,
    cluster: OpenedCluster | None = None,
    now: Callable[[], datetime] = lambda: NOW,
) -> AsyncIterator[House]:
    """Start the server, and stop it; with a port of this machine for clients that know no sockets."""
    pipeline, fake_index, binder, nodes = FakePipeline(), FakeIndex(), FakeBinder(), FakeNodes()
    registry, suggester, checks = CollectorRegistry(), FakeSuggester(), FakeChecks()
    tokens = Tokens(StoredTokens(LocalToken(TOKEN), store.tokens, lambda: NOW, time.monotonic))
    edits, seals, mailboxes = Edits(), Seals([new_key()]), FakeMailboxes()
    understanding = Understanding(UnderstandingSettings(), StoredCatalogue(store), suggester, NOW.date)
    pipeline.foresee = lambda documents, order: rehearse(store, understanding.labels, documents, order, NOW)
    intake = Intake(store, store.data.incoming, pipeline, IntakeSettings(min_free_bytes=0))
    facts = ServerFacts("0.1.0", ("deu", "eng"), "tesserocr", MOST_UPLOAD_BYTES, public_url=public_url, mail_providers=(Proof.GOOGLE,))
    archive = Archive(
        whole=store,
        seals=seals,
        intake=intake,
        pipeline=pipeline,
        index=index or fake_index,
        searcher=searcher or FakeSearcher(),
        understanding=understanding,
        filer=Filer(store, FilingRules(TEMPLATE)),
        binder=binder,
        checks=checks,
        planner=planner_of(store),
        mailboxes=mailboxes,
        mailer=mailer,
        teller=Teller(store, ErrandSettings(mailer.settings), seals, public_url, lambda: NOW),
        nodes=nodes,
        facts=facts,
        now=now,
        health=lambda: health,
        edited=edits.add,
        cluster=cluster,
    )
    # A socket's path may have 107 bytes, which pytest's folders can exceed.
    with TemporaryDirectory(prefix="scriba-") as folder:
        address = f"127.0.0.1:{port}" if port else f"unix:{folder}/grpc.sock"
        proofs = Proofs(tokens, browsers, proxies, RemoteUsers(store, None, lambda: NOW, time.monotonic))
        door = Door(browsers, proofs, proofs, SignIns(store, seals, lambda: NOW, time.monotonic, passwords, refused_sign_ins(registry)))
        server = build_server(archive, door, address, registry, waits)
        await server.start()
        async with grpc.aio.insecure_channel(address) as channel:
            known = (store, pipeline, fake_index, binder, suggester, checks, nodes, tokens, server, channel, registry, edits, seals)
            yield House(*known, mailboxes, door, Path(folder) / "grpc.sock")
        await server.stop(0)


@dataclass(frozen=True)
class Failure:
    """What a failed call told."""

    code: grpc.StatusCode
    message: str
    reason: str
    metadata: dict[str, str]
    violations: dict[str, str]
    retry_seconds: float


def failure_of(error: grpc.aio.AioRpcError) -> Failure:
    """Read the rich status of a failed call, as any client can."""
    trailers: Any = error.trailing_metadata()  # a mapping, not the tuple of the stubs
    data = trailers["grpc-status-details-bin"]
    info, bad, retry = ErrorInfo(), BadRequest(), RetryInfo()
    for detail in Status.FromString(data).details:
        for kind in (info, bad, retry):
            detail.Unpack(kind)
    assert info.domain == "scriba"
    violations = {violation.field: violation.description for violation in bad.field_violations}
    return Failure(error.code(), error.details() or "", info.reason, dict(info.metadata), violations, retry.retry_delay.seconds)


async def failing(call: Awaitable[object]) -> Failure:
    """Wait for a call that must fail, and give what it told."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return failure_of(caught.value)


async def failing_stream(call: AsyncIterable[object]) -> Failure:
    """Read a stream that must fail, and give what it told."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for _ in call:
            pass
    return failure_of(caught.value)
