"""The SDK's calls: token, deadline, errors, pages."""

import socket
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress

import pytest

import scriba
from scriba.v1 import admin_pb2, documents_pb2, search_pb2
from tests.clients.fake_archive import FakeArchive
from tests.clients.fake_server import TOKEN, FakeServer

SLOW_SECONDS = 1.0


def test_a_call_gives_the_contracts_own_answer(client: scriba.Client, archive: FakeArchive) -> None:
    document = archive.add_document("Letter")
    assert client.documents.GetDocument(documents_pb2.GetDocumentRequest(id="1")).document == document


def test_a_missing_document_is_not_found_with_reason_and_metadata(client: scriba.Client) -> None:
    with pytest.raises(scriba.NotFound) as caught:
        client.documents.GetDocument(documents_pb2.GetDocumentRequest(id="9"))
    error = caught.value
    assert (str(error), error.reason, error.metadata) == ("there is no document 9", "DOCUMENT_NOT_FOUND", {"document_id": "9"})


def test_an_invalid_argument_names_the_fields(client: scriba.Client) -> None:
    with pytest.raises(scriba.InvalidArgument) as caught:
        client.search.SearchDocuments(search_pb2.SearchDocumentsRequest(query="(tax"))
    assert caught.value.metadata == {"column": "5", "expected": ")"}
    assert [violation.field for violation in caught.value.violations] == ["query"]


def test_a_wrong_token_is_unauthenticated(server: FakeServer) -> None:
    with scriba.Client(server.address, "wrong") as client, pytest.raises(scriba.Unauthenticated):
        client.admin.GetStatistics(admin_pb2.GetStatisticsRequest())


def test_a_future_carries_the_token_and_our_errors_too(client: scriba.Client) -> None:
    future = client.documents.GetDocument.future(documents_pb2.GetDocumentRequest(id="9"))
    with pytest.raises(scriba.NotFound):
        future.result()


def test_a_server_that_is_gone_is_unavailable(server: FakeServer) -> None:
    server.stop()
    with scriba.Client(server.address, TOKEN) as client, pytest.raises(scriba.Unavailable):
        client.admin.GetServerInfo(admin_pb2.GetServerInfoRequest())


def test_a_client_finds_its_server_again(server: FakeServer, client: scriba.Client) -> None:
    client.admin.GetServerInfo(admin_pb2.GetServerInfoRequest())
    server.stop()
    server.start()
    assert client.admin.GetServerInfo(admin_pb2.GetServerInfoRequest(), wait_for_ready=True).version == "0.1.0"


def test_a_server_that_is_slow_to_take_a_call_is_waited_for(server: FakeServer) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as slow,
        ThreadPoolExecutor(3) as threads,
        scriba.Client(f"127.0.0.1:{slow.getsockname()[1]}", TOKEN) as client,
    ):
        answer = threads.submit(client.admin.GetServerInfo, admin_pb2.GetServerInfoRequest())
        assert not wait([answer], SLOW_SECONDS).done
        ours, _ = slow.accept()
        with ours, socket.create_connection(("127.0.0.1", int(server.address.rpartition(":")[2]))) as theirs:
            for source, target in ((ours, theirs), (theirs, ours)):
                threads.submit(relay, source, target)
            assert answer.result().version == "0.1.0"
            for end in (ours, theirs):
                end.shutdown(socket.SHUT_RDWR)


def relay(source: socket.socket, target: socket.socket) -> None:
    """Pass on what comes, until either end is shut."""
    with suppress(OSError):
        while chunk := source.recv(65_536):
            target.sendall(chunk)


def test_a_deadline_that_passes_is_told(client: scriba.Client) -> None:
    with pytest.raises(scriba.DeadlineExceeded):
        list(client.admin.WatchJobs(admin_pb2.WatchJobsRequest(), timeout=0.05))


def test_a_call_broken_off_while_it_begins_does_not_keep_the_client_open(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(state: object) -> None:
        raise KeyboardInterrupt

    client = scriba.Client(server.address, TOKEN)
    # Where gRPC has noted the call and nobody listens to it yet; no signal meets that moment every time.
    monkeypatch.setattr("grpc._channel._run_channel_spin_thread", interrupt)
    with pytest.raises(KeyboardInterrupt):
        client.admin.WatchJobs(admin_pb2.WatchJobsRequest())
    client.close()


def test_all_pages_of_a_list_are_walked(client: scriba.Client, archive: FakeArchive) -> None:
    for number in range(450):
        archive.add_document(f"Letter {number}")
    assert [document.title for document in client.list_documents()] == [f"Letter {number}" for number in range(450)]
    assert len(archive.requests) == 3


def test_no_more_is_asked_for_than_the_limit(client: scriba.Client, archive: FakeArchive) -> None:
    for number in range(450):
        archive.add_document(f"Letter {number}", text="tax")
    assert len(list(client.search_documents("tax", limit=250))) == 250
    assert [request.page_size for request in archive.requests if isinstance(request, search_pb2.SearchDocumentsRequest)] == [200, 50]


def test_jobs_are_listed_by_state(client: scriba.Client, archive: FakeArchive) -> None:
    archive.put_job("1", admin_pb2.JOB_STATE_FAILED)
    archive.put_job("2", admin_pb2.JOB_STATE_QUEUED)
    assert [job.id for job in client.list_jobs([admin_pb2.JobState.JOB_STATE_FAILED])] == ["1"]
