"""Hostile callers at the real port: after each the daemon answers at once, and holds no more than before."""

import random
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from io import BytesIO

import grpc
import pytest
from hpack import Encoder

import scriba
from scriba.v1.documents_pb2 import DownloadDocumentRequest, GetDocumentRequest, UploadDocumentRequest
from tests.end_to_end.person import Person
from tests.hostile import wire
from tests.hostile.wellness import Load, held, is_well_again

LIST = "/scriba.v1.DocumentService/ListDocuments"
UPLOAD = "/scriba.v1.DocumentService/UploadDocument"
DOWNLOAD = "/scriba.v1.DocumentService/DownloadDocument"
LARGE = 12 * 1024 * 1024
FLOOD = 3_000
CONNECTIONS = 40
SILENCE = 1.0

pytestmark = pytest.mark.timeout(400)  # a daemon starts slowly on a busy machine


@pytest.fixture(scope="module")
def large(daemon: object) -> str:
    """A document that is larger than all buffers on its way."""
    with Person(daemon) as person:  # type: ignore[arg-type]  # the fixture of conftest.py
        return person.upload("large.bin", random.Random(5).randbytes(LARGE)).document.id


@pytest.fixture
def before(person: Person, large: str) -> dict[str, Load]:
    """What daemon and Envoy hold once they have done every kind of work."""
    person.take(large)
    return dict(held(person.daemon))


def token_of(person: Person) -> str:
    return person.daemon.data.local_token.read_text().strip()


def garbage(person: Person, large: str) -> None:
    """Bytes of chance, of another protocol, and nothing."""
    host, port = person.daemon.address.rsplit(":", 1)
    for hello in (random.Random(1).randbytes(4096), b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500), b"", wire.PREFACE[:10]):
        for _ in range(10):
            with socket.create_connection((host, int(port)), timeout=wire.SECONDS) as connection, suppress(OSError):
                connection.sendall(hello)


def headers_without_end(person: Person, large: str) -> None:
    """Headers that never end, on many connections."""
    with ExitStack() as held_open:
        for _ in range(CONNECTIONS):
            connection = held_open.enter_context(wire.connected(person.daemon.address))
            connection.send(wire.frame(wire.HEADERS, 0, connection.next_stream(), connection.headers(LIST, "x")[:20]))
        person.take(large)


def continuation_flood(person: Person, large: str) -> None:
    """Headers that go on and on."""
    with wire.connected(person.daemon.address) as connection:
        stream = connection.next_stream()
        connection.send(wire.frame(wire.HEADERS, 0, stream, connection.headers(LIST, "x")))
        filler = b"".join(Encoder().encode([(f"x-{number}", "y" * 100)]) for number in range(100))
        for _ in range(1000):
            if not connection.send(wire.frame(wire.CONTINUATION, 0, stream, filler)):
                return
        assert connection.until_closed()


def rapid_resets(person: Person, large: str) -> None:
    """Streams opened and reset at once (CVE-2023-44487)."""
    token = token_of(person)
    with wire.connected(person.daemon.address) as connection:
        for _ in range(FLOOD):
            call = connection.call(LIST, token)
            if not connection.send(call + wire.frame(wire.RESET, 0, connection._stream, struct.pack(">I", wire.CANCEL))):
                return


def ping_flood(person: Person, large: str) -> None:
    """Pings whose answers are never read."""
    with wire.connected(person.daemon.address) as connection:
        for _ in range(200):
            if not connection.send(wire.frame(wire.PING, payload=bytes(8)) * 100):
                return


def settings_flood(person: Person, large: str) -> None:
    """Settings without end."""
    with wire.connected(person.daemon.address) as connection:
        for _ in range(200):
            if not connection.send(wire.settings() * 100):
                return


def window_of_nothing(person: Person, large: str) -> None:
    """Downloads for which no byte may be sent."""
    token, body = token_of(person), DownloadDocumentRequest(id=large).SerializeToString()
    with ExitStack() as held_open:
        for _ in range(5):
            connection = held_open.enter_context(wire.connected(person.daemon.address, wire.settings(window=0)))
            for _ in range(20):
                connection.send(connection.call(DOWNLOAD, token, body))
        person.take(large)


def downloads_never_read(person: Person, large: str) -> None:
    """Downloads that are begun, and then not read."""
    with grpc.insecure_channel(person.daemon.address) as channel:
        download = channel.unary_stream(DOWNLOAD, DownloadDocumentRequest.SerializeToString, bytes)
        calls = [download(DownloadDocumentRequest(id=large), metadata=bearer(person)) for _ in range(30)]
        assert all(next(iter(call)) for call in calls)
        person.take(large)


def half_closed_and_half_sent(person: Person, large: str) -> None:
    """Calls that end before their message does, and uploads that never go on."""
    token = token_of(person)
    with wire.connected(person.daemon.address) as connection:
        for lie in (b"", b"\0", b"\0\xff\xff\xff\xff", b"\0\0\0\0\x05abc", b"\2\0\0\0\1x", b"\1\0\0\0\1x"):
            stream = connection.next_stream()
            connection.send(wire.frame(wire.HEADERS, wire.END_HEADERS, stream, connection.headers(UPLOAD, token)))
            connection.send(wire.frame(wire.DATA, wire.END_STREAM, stream, lie))
        for _ in range(50):
            connection.send(connection.call(UPLOAD, token))
        person.take(large)


def cancelled_streams(person: Person, large: str) -> None:
    """Calls that are begun and given up by the hundred."""
    with grpc.insecure_channel(person.daemon.address) as channel:
        download = channel.unary_stream(DOWNLOAD, DownloadDocumentRequest.SerializeToString, bytes)
        for _ in range(500):
            download(DownloadDocumentRequest(id=large), metadata=bearer(person)).cancel()  # type: ignore[no-untyped-call]  # the stubs leave it out


def odd_metadata(person: Person, large: str) -> None:
    """Tokens and headers of every wrong shape."""
    shapes: list[tuple[tuple[str, str | bytes], ...]] = [
        (("authorization", "Bearer " + "x" * 7000),),
        (("authorization", "Bearer wrong"), *bearer(person)),
        (("authorization", "Basic eDp5"),),
        (("authorization", ""),),
        (("authorization-bin", b"\0\xff" * 100),),
        (("x-large", "y" * 100_000), *bearer(person)),
        *([(f"x-{number}", "z") for number in range(200)],),  # type: ignore[list-item]
        (("grpc-timeout", "99999999H"), *bearer(person)),
    ]
    with grpc.insecure_channel(person.daemon.address) as channel:
        for metadata in shapes:
            get = channel.unary_unary("/scriba.v1.DocumentService/GetDocument", GetDocumentRequest.SerializeToString, bytes)
            with pytest.raises(grpc.RpcError) as refused:
                get(GetDocumentRequest(id="0"), metadata=tuple(metadata), timeout=wire.SECONDS)
            assert refused.value.code() is not grpc.StatusCode.DEADLINE_EXCEEDED


def unknown_methods(person: Person, large: str) -> None:
    """Calls that nobody offers, some of them with paths that lead elsewhere."""
    with grpc.insecure_channel(person.daemon.address) as channel:
        for method in (
            "/scriba.v1.DocumentService/Nothing",
            "/nobody/Nothing",
            "/scriba.v1.DocumentService/../AdminService/GetJob",
            "/",
            "//",
        ):
            with pytest.raises(grpc.RpcError) as refused:
                channel.unary_unary(method, bytes, bytes)(b"", metadata=bearer(person), timeout=wire.SECONDS)
            assert refused.value.code() is grpc.StatusCode.UNIMPLEMENTED, method


def wrong_web_bodies(person: Person, large: str) -> None:
    """Bodies of grpc-web that are none."""
    for kind in ("application/grpc-web", "application/grpc-web-text", "application/grpc-web+json", "application/grpc"):
        for body in (b"", b"\0", b"\0\xff\xff\xff\xff", b"!!!!", b"\x80\0\0\0\0", random.Random(2).randbytes(2000)):
            head = f"POST {LIST} HTTP/1.1\r\nHost: a\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            assert said(person, head.encode() + body).count(b"HTTP/1.1 ") == 1


def smuggled_requests(person: Person, large: str) -> None:
    """Requests whose end two servers could see in two places: at most the outer one is answered."""
    inner = b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"
    shapes = [
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n%b" % (len(inner) + 5, inner),
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: %d\r\n\r\n%b" % (len(inner), inner),
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n%b" % inner,
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n%b" % inner,
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n12345%b" % inner,
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 6\r\n\r\n12345%b" % inner,
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nX-A: b\0c\r\n\r\n%b" % inner,
    ]
    for shape in shapes:
        answer = said(person, shape, patience=SILENCE)
        assert answer.count(b"HTTP/1.1 ") <= 1 or b"HTTP/1.1 400" in answer, shape
        assert b"scriba_documents" not in answer or b"HTTP/1.1 200" not in answer, shape


ABUSES: list[Callable[[Person, str], None]] = [
    garbage, headers_without_end, continuation_flood, rapid_resets, ping_flood, settings_flood, window_of_nothing, downloads_never_read,
    half_closed_and_half_sent, cancelled_streams, odd_metadata, unknown_methods, wrong_web_bodies, smuggled_requests,
]  # fmt: skip


@pytest.mark.parametrize("abuse", ABUSES, ids=lambda abuse: abuse.__name__)
def test_the_daemon_is_as_well_as_before_after(
    person: Person, large: str, before: dict[str, Load], abuse: Callable[[Person, str], None]
) -> None:
    abuse(person, large)
    is_well_again(person, before)


def said(person: Person, request: bytes, patience: float = wire.SECONDS) -> bytes:
    """Send bytes, and read what is answered until the server hangs up or says nothing for a while."""
    host, port = person.daemon.address.rsplit(":", 1)
    answer = b""
    with socket.create_connection((host, int(port)), timeout=patience) as connection, suppress(OSError):
        connection.sendall(request)
        while part := connection.recv(65536):
            answer += part
    return answer


def bearer(person: Person) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer {token_of(person)}"),)


def upload_parts(name: str, size: int, chunks: Iterator[bytes], offset: int = 0) -> Iterator[UploadDocumentRequest]:
    """Announce a size, and send whatever follows."""
    yield UploadDocumentRequest(start=UploadDocumentRequest.Start(request_id=name, filename="upload.bin", size_bytes=size, offset=offset))
    for chunk in chunks:
        yield UploadDocumentRequest(chunk=chunk)


def endless() -> Iterator[bytes]:
    while True:
        yield bytes(64 * 1024)


@pytest.mark.parametrize(
    ("size", "offset", "chunks", "refused"),
    [
        (1000, 0, endless, scriba.InvalidArgument),
        (1000, 0, lambda: iter([b"x" * 999]), scriba.InvalidArgument),
        (1000, 500, lambda: iter([b"x" * 500]), scriba.FailedPrecondition),
        (1 << 62, 0, lambda: iter([b"x"]), scriba.ResourceExhausted),
        (1000, 1 << 62, lambda: iter([b"x"]), scriba.FailedPrecondition),
        (300_000, 0, lambda: iter([b"x" * 300_000]), scriba.InvalidArgument),
        (6_000_000, 0, lambda: iter([b"x" * 5_000_000]), scriba.ResourceExhausted),
    ],
    ids=["endless", "too little", "offset of nothing", "absurd size", "absurd offset", "chunk too large", "message too large"],
)
def test_an_upload_that_lies_is_refused_in_words(
    person: Person, before: dict[str, Load], size: int, offset: int, chunks: Callable[[], Iterator[bytes]], refused: type[scriba.Error]
) -> None:
    with pytest.raises(refused):
        person.client.documents.UploadDocument(upload_parts(scriba.new_request_id(), size, chunks(), offset))
    is_well_again(person, before)


def test_of_two_clients_with_one_request_id_one_is_told_to_wait_and_the_other_s_bytes_are_kept(person: Person) -> None:
    name, content = scriba.new_request_id(), b"the bytes of the first client"
    busy: list[scriba.Error] = []

    def chunks() -> Iterator[bytes]:
        yield content[:10]
        person.wait_until(lambda: received(person, name) == 10)
        try:
            person.client.documents.UploadDocument(upload_parts(name, 5, iter([b"other"])))
        except scriba.Error as error:
            busy.append(error)
        yield content[10:]

    answer = person.client.documents.UploadDocument(upload_parts(name, len(content), chunks()))
    assert [error.reason for error in busy] == ["UPLOAD_BUSY"]
    assert person.take(answer.document.id) == content
    again = person.client.upload(BytesIO(b"whatever else"), filename="upload.bin", request_id=name)
    assert again.document.id == answer.document.id


def received(person: Person, name: str) -> int:
    """Ask how much of an upload has arrived."""
    with suppress(scriba.NotFound):
        return scriba.upload._received(person.client.documents, name)
    return -1
