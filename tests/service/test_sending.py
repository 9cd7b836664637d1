"""Documents by e-mail: to whom they were sent is noted before they go, and what the mail server says is told."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import grpc
import pytest

from actors.errands.mailing import Mailer
from actors.errands.settings import MailSettings
from actors.identity.tokens import digest
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.audit import Act, AuditFilter, AuditNoun
from actors.store.nouns.identity import NewToken, Role, TokenKind, UserFacts
from daemon.service.refusals import TooManyMails
from daemon.service.sharing.pace import MOST_AN_HOUR, Pace
from scriba.v1 import shares_pb2 as pb
from scriba.v1.shares_pb2_grpc import ShareServiceStub
from tests.archives import open_archive
from tests.errands.servers import MailSink, mail_sink
from tests.service.house import NOW, House, bearer, failing, open_house

MOST_BYTES = 100


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with mail_sink() as sink:
        yield sink


@pytest.fixture
async def sending(tmp_path: Path, sink: MailSink) -> AsyncIterator[House]:
    store = open_archive(DataDir(tmp_path / "data"))
    mailer = Mailer(MailSettings("127.0.0.1", sink.port, sender="archive@example.net", max_bytes=MOST_BYTES))
    async with open_house(store, mailer=mailer) as house:
        yield house
    store.close()


async def send(house: House, *documents: str, token: str = "", **fields: object) -> pb.SendDocumentsResponse:
    request = pb.SendDocumentsRequest(**{"document_ids": documents, "to": ["ada@example.org"], **fields})  # type: ignore[arg-type]  # each test names its fields
    metadata = bearer(token) if token else bearer()
    answer: pb.SendDocumentsResponse = await ShareServiceStub(house.channel).SendDocuments(request, metadata=metadata)
    return answer


async def test_documents_go_out_in_one_mail_and_the_audit_tells_to_whom(sending: House, sink: MailSink) -> None:
    ids = [sending.accept("the first words", title="Lease"), sending.accept("other words", title="Ünique: bill")]
    answer = await send(sending, *ids, to=["ada@example.org", "ben@example.org"], message="As we said.")
    (message,) = sink.messages
    assert (message["From"], message["To"], message["Subject"]) == (
        "archive@example.net",
        "ada@example.org, ben@example.org",
        "Lease, and 1 more",
    )
    body = message.get_body()
    assert body is not None
    assert body.get_content().strip() == "As we said."
    files = [(part.get_filename(), part.get_content()) for part in message.iter_attachments()]
    assert files == [("Lease.txt", "the first words"), ("Ünique_ bill.txt", "other words")]
    assert answer.size_bytes == len("the first words") + len("other words")
    entries = sending.store.audit.list(AuditFilter(noun=AuditNoun.DOCUMENT, act=Act.EXPORTED), None, 9)
    assert [(entry.deed.subject, entry.deed.changes[0].field, entry.deed.changes[0].after) for entry in reversed(entries)] == [
        (int(one), "sent to", "ada@example.org, ben@example.org") for one in ids
    ]


async def test_the_searchable_pdf_goes_where_that_is_asked_and_there(sending: House, sink: MailSink) -> None:
    bound, plain = sending.accept("bound", title="Bound"), sending.accept("plain", title="Plain")
    sending.bind(sending.work(["bound"]), b"%PDF-searchable")
    await send(sending, bound, plain, content=pb.SHARE_CONTENT_ARCHIVES, subject="Both")
    (message,) = sink.messages
    assert message["Subject"] == "Both"
    assert [part.get_filename() for part in message.iter_attachments()] == ["Bound.pdf", "Plain.txt"]


async def test_answers_go_to_whoever_sends(sending: House, sink: MailSink) -> None:
    anna = sending.store.users.create(UserFacts("anna", Role.EDITOR, email="anna@example.net"), NOW).id
    sending.store.tokens.create(NewToken(anna, TokenKind.SESSION, "", digest("anna's")), NOW)
    await send(sending, sending.accept("words"), token="anna's")
    assert sink.messages[0]["Reply-To"] == "anna@example.net"


@pytest.mark.parametrize(
    ("answer", "code", "reason"),
    [
        ("550 no such user", grpc.StatusCode.FAILED_PRECONDITION, "MAIL_REFUSED"),
        ("451 come again", grpc.StatusCode.UNAVAILABLE, "MAIL_NOT_SENT"),
    ],
)
async def test_what_the_mail_server_says_is_told(sending: House, sink: MailSink, answer: str, code: grpc.StatusCode, reason: str) -> None:
    sink.recipient_answer = answer
    failure = await failing(send(sending, sending.accept("words")))
    assert (failure.code, failure.reason) == (code, reason)
    assert failure.message == f"the mail server 127.0.0.1 refused the e-mail: {answer}"


async def test_a_mail_server_that_is_away_is_told(house: House) -> None:
    failure = await failing(send(house, house.accept("words")))
    assert (failure.code, failure.reason) == (grpc.StatusCode.UNAVAILABLE, "MAIL_NOT_SENT")
    assert "127.0.0.1:1 was not reached" in failure.message


async def test_files_at_the_limit_go_and_one_byte_more_does_not(sending: House, sink: MailSink) -> None:
    for size in (MOST_BYTES - 1, MOST_BYTES):
        await send(sending, sending.accept("x" * size))
    failure = await failing(send(sending, sending.accept("x" * (MOST_BYTES + 1))))
    assert "email_max_bytes" in failure.violations["document_ids"]
    assert len(sink.raw) == 2


@pytest.mark.parametrize("fields", [{"to": []}, {"to": ["nobody"]}, {"to": ["a@example.org\r\nBcc: b@example.org"]}, {"subject": "a\nb"}])
async def test_what_is_no_address_or_no_subject_is_refused(sending: House, sink: MailSink, fields: dict[str, object]) -> None:
    failure = await failing(send(sending, sending.accept("words"), **fields))  # type: ignore[arg-type]  # each test names its fields
    assert failure.code is grpc.StatusCode.INVALID_ARGUMENT
    assert sink.raw == []


async def test_a_document_in_the_trash_is_not_sent(sending: House, sink: MailSink) -> None:
    document = sending.accept("words")
    sending.store.documents.delete(DocumentId(int(document)), None, NOW)
    assert (await failing(send(sending, document))).code is grpc.StatusCode.FAILED_PRECONDITION
    assert sink.raw == []


def test_recipients_beyond_the_pace_wait_until_an_hour_after_the_first() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    pace.take(None, 20)
    now[0] = 100.0
    pace.take(None, MOST_AN_HOUR - 20)
    with pytest.raises(TooManyMails) as refused:
        pace.take(None, 20)
    assert refused.value.seconds == 3500.0
    now[0] = 3600.0
    pace.take(None, 20)
    with pytest.raises(TooManyMails):
        pace.take(None, 1)
