"""What others see through the one port: health, reflection, grpc-web, monitors; and who gets in."""

import http.client
import ipaddress
import json
import struct
from collections.abc import Iterator

import grpc
import psutil
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

import scriba
from scriba.v1.admin_pb2 import GetServerInfoRequest, GetServerInfoResponse
from scriba.v1.documents_pb2 import ListDocumentsRequest
from scriba.v1.documents_pb2_grpc import DocumentServiceStub
from tests.end_to_end.person import Person
from tests.running import Daemon, wait_until

OURS = [
    "scriba.v1.AccountService",
    "scriba.v1.AdminService",
    "scriba.v1.AssignmentService",
    "scriba.v1.AuditService",
    "scriba.v1.BulkEditService",
    "scriba.v1.CatalogService",
    "scriba.v1.ClusterService",
    "scriba.v1.DocumentService",
    "scriba.v1.FolderService",
    "scriba.v1.IdentityService",
    "scriba.v1.MailService",
    "scriba.v1.NoteService",
    "scriba.v1.NotificationService",
    "scriba.v1.PermissionService",
    "scriba.v1.SearchService",
    "scriba.v1.ShareService",
    "scriba.v1.SourceService",
    "scriba.v1.VersionService",
    "scriba.v1.WorkflowService",
]


@pytest.fixture
def channel(daemon: Daemon) -> Iterator[grpc.Channel]:
    """A connection by gRPC alone, without our SDK."""
    with grpc.insecure_channel(daemon.address) as channel:
        yield channel


def fetch(daemon: Daemon, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    """Ask as a browser or a monitor does."""
    connection = http.client.HTTPConnection(daemon.address, timeout=10)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


@pytest.mark.parametrize("service", ["", *OURS])
def test_each_service_is_healthy(channel: grpc.Channel, service: str) -> None:
    health = health_pb2_grpc.HealthStub(channel)
    answer = health.Check(health_pb2.HealthCheckRequest(service=service), timeout=10)
    assert answer.status == health_pb2.HealthCheckResponse.SERVING


def test_reflection_lists_our_services(channel: grpc.Channel) -> None:
    services = ProtoReflectionDescriptorDatabase(channel).get_services()
    assert [name for name in sorted(services) if name.startswith("scriba.")] == OURS


def test_a_browser_calls_by_grpc_web(daemon: Daemon) -> None:
    message = GetServerInfoRequest().SerializeToString()
    body = struct.pack(">BI", 0, len(message)) + message
    status, content = fetch(
        daemon, "POST", "/scriba.v1.AdminService/GetServerInfo", body, content_type="application/grpc-web+proto", x_grpc_web="1"
    )
    (length,) = struct.unpack(">I", content[1:5])
    answer = GetServerInfoResponse.FromString(content[5 : 5 + length])
    assert (status, "eng" in answer.ocr_languages) == (200, True)
    assert b"grpc-status:0" in content[5 + length :]


def test_monitors_see_health_readiness_and_figures(daemon: Daemon) -> None:
    assert fetch(daemon, "GET", "/healthz") == (200, b"ok\n")
    wait_until(lambda: fetch(daemon, "GET", "/readyz")[0] == 200, 30, daemon.story)
    parts = json.loads(fetch(daemon, "GET", "/readyz")[1])["parts"]
    assert {"watcher", "postman", "intake", "pipeline", "index", "binder"} <= set(parts)
    status, content = fetch(daemon, "GET", "/metrics")
    assert (status, b"scriba_oldest_running_job_seconds 0.0" in content, b"scriba_documents " in content) == (200, True, True)
    assert fetch(daemon, "GET", "/metrics", x_forwarded_for="203.0.113.7")[0] == 401


@pytest.mark.parametrize("token", ["wrong", ""])
def test_without_a_good_token_nothing_is_told(daemon: Daemon, token: str) -> None:
    with scriba.Client(daemon.address, token or "-") as client, pytest.raises(scriba.Unauthenticated):
        client.documents.ListDocuments(ListDocumentsRequest())
    with grpc.insecure_channel(daemon.address) as channel:
        documents = DocumentServiceStub(channel)
        with pytest.raises(grpc.RpcError) as refused:
            documents.ListDocuments(ListDocumentsRequest(), timeout=10, metadata=(("authorization", f"Bearer {token}"),) if token else None)
    assert refused.value.code() == grpc.StatusCode.UNAUTHENTICATED


def test_the_command_tells_a_wrong_token_and_a_daemon_that_is_away_apart(person: Person) -> None:
    person_without = {**person.environment(), "SCRIBA_TOKEN": "wrong"}
    assert person.type("list", environment=person_without).code == 4
    away = person.type("list", environment={**person.environment(), "SCRIBA_SERVER": "127.0.0.1:1"})
    assert (away.code, "Is it running?" in away.err, "Traceback" in away.err) == (3, True, False)


def can_search(person: Person) -> bool:
    try:
        person.finds("word")
    except scriba.Unavailable:  # the index of a new archive is being made
        return False
    return True


def test_a_wrong_query_is_answered_with_its_place(person: Person) -> None:
    person.wait_until(lambda: can_search(person))
    with pytest.raises(scriba.InvalidArgument) as refused:
        person.finds("title:(broken")
    assert int(refused.value.metadata["column"]) > 1
    typed = person.type("search", "title:(broken")
    assert (typed.code, "^" in typed.err) == (1, True)


def test_nothing_listens_beyond_this_machine(daemon: Daemon) -> None:
    sockets = [connection for process in daemon.processes() for connection in process.net_connections("inet")]
    listening = {connection.laddr.ip.removeprefix("::ffff:") for connection in sockets if connection.status == psutil.CONN_LISTEN}
    assert [address for address in listening if not ipaddress.ip_address(address).is_loopback] == []
