"""The web app on its socket: health, readiness, metrics, the page and its headers."""

import asyncio
import http.client
import json
import socket
import stat
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from actors.store.errors import StoreUnavailable
from actors.store.files.health import SOUND, StoreHealth
from daemon.metrics import ArchiveFigures, Looks, archive_registry
from daemon.web.app import WebParts, may_read_metrics, web_app
from daemon.web.headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from daemon.web.server import WebServer
from tests.daemon.upstream import TOKEN, figures

Answer = tuple[int, dict[str, str], bytes]


async def room(_request: Request) -> Response:
    """A room that says itself what a browser may do with its answer."""
    return PlainTextResponse("a room", headers={"content-security-policy": "sandbox"})


class UnixConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=10)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(str(self._path))


class Web:
    """A served app with parts that tests switch."""

    def __init__(self, folder: Path, look: Callable[[], ArchiveFigures] = figures) -> None:
        self.parts = {"store": True, "index": True}
        self.health = SOUND
        self.path = folder / "web.sock"
        registry = archive_registry(Looks(look, lambda: self.health))
        parts = WebParts(lambda: self.parts, lambda: "bubblewrap", lambda: self.health, registry, TOKEN)
        self.server = WebServer(web_app(parts, [Route("/room", room)], folder / "no client"), self.path)

    async def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return await asyncio.to_thread(self._get, path, method, {name.replace("_", "-"): value for name, value in headers.items()})

    def _get(self, path: str, method: str, headers: dict[str, str]) -> Answer:
        connection = UnixConnection(self.path)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@pytest_asyncio.fixture
async def web(tmp_path: Path) -> AsyncIterator[Web]:
    web = Web(tmp_path)
    await web.server.start()
    yield web
    await web.server.stop()


async def test_a_living_process_is_healthy_whatever_serves(web: Web) -> None:
    web.parts["index"] = False
    status, _, body = await web.get("/healthz")
    assert (status, body) == (200, b"ok\n")


@pytest.mark.parametrize(("index", "status"), [(True, 200), (False, 503)])
async def test_it_is_ready_when_every_part_serves(web: Web, index: bool, status: int) -> None:
    web.parts["index"] = index
    answer = await web.get("/readyz")
    told = {"ready": index, "accepting": True, "problem": "", "parts": {"store": True, "index": index}, "sandbox": "bubblewrap"}
    assert (answer[0], json.loads(answer[2])) == (status, told)


@pytest.mark.parametrize(("writable", "status"), [(True, 200), (False, 503)])
async def test_it_is_ready_while_the_store_can_be_written_and_says_what_is_wrong(web: Web, writable: bool, status: int) -> None:
    web.health = StoreHealth(accepting=False, writable=writable, problem="the disk is full")
    answer = await web.get("/readyz")
    told = json.loads(answer[2])
    assert (answer[0], told["ready"], told["accepting"], told["problem"]) == (status, writable, False, "the disk is full")
    _, _, metrics = await web.get("/metrics", x_scriba_peer="::1")
    assert b"scriba_accepting 0.0" in metrics


async def test_metrics_go_on_while_the_database_is_away(tmp_path: Path) -> None:
    def away() -> ArchiveFigures:
        raise StoreUnavailable("the database is away")

    web = Web(tmp_path, away)
    web.health = StoreHealth(False, False, False, False, "away")
    await web.server.start()
    status, _, metrics = await web.get("/metrics", x_scriba_peer="::1")
    await web.server.stop()
    assert (status, b"scriba_store_readable 0.0" in metrics, b"scriba_documents " in metrics) == (200, True, False)


async def test_metrics_tell_of_jobs_and_documents(web: Web) -> None:
    _, _, body = await web.get("/metrics", x_scriba_peer="::1")
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(body.decode())
        for sample in family.samples
    }
    expected = {
        ("scriba_documents",): 7,
        ("scriba_documents_failed",): 1,
        ("scriba_jobs", "queued"): 2,
        ("scriba_jobs", "running"): 1,
        ("scriba_oldest_running_job_seconds",): 12.5,
        ("scriba_free_bytes",): 1_000,
    }
    assert {name: samples.get(name) for name in expected} == expected


async def test_metrics_without_a_known_caller_are_refused(web: Web) -> None:
    assert (await web.get("/metrics"))[0] == 401


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"x-scriba-peer": "127.0.0.1"}, True),
        ({"x-scriba-peer": "::ffff:127.0.0.1"}, True),
        ({"x-scriba-peer": "192.0.2.7"}, False),
        ({"x-scriba-peer": "127.0.0.1", "forwarded": "for=192.0.2.7"}, False),
        ({"x-scriba-peer": "127.0.0.1", "via": "1.1 proxy"}, False),
        ({"x-scriba-peer": "192.0.2.7", "authorization": f"Bearer {TOKEN}"}, True),
        ({"x-scriba-peer": "192.0.2.7", "authorization": "Bearer other"}, False),
        ({}, False),
    ],
)
def test_who_may_read_metrics(headers: dict[str, str], allowed: bool) -> None:
    assert may_read_metrics(headers, TOKEN) is allowed


@pytest.mark.parametrize("path", ["/", "/page.css", "/icon.svg", "/healthz", "/nothing", "/../secrets"])
async def test_every_answer_carries_the_security_headers(web: Web, path: str) -> None:
    _, headers, _ = await web.get(path)
    assert {name: headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


async def test_what_a_room_says_of_its_answer_stands(web: Web) -> None:
    _, headers, body = await web.get("/room")
    assert body == b"a room"
    assert {name: headers.get(name) for name in SECURITY_HEADERS} == {**SECURITY_HEADERS, "content-security-policy": "sandbox"}


async def test_the_page_has_a_main_part_and_nothing_inline(web: Web) -> None:
    status, headers, body = await web.get("/")
    page = body.decode()
    assert (status, headers["content-type"], headers["content-security-policy"]) == (
        200,
        "text/html; charset=utf-8",
        CONTENT_SECURITY_POLICY,
    )
    assert page.count("<main>") == page.count("<h1>") == 1
    assert 'lang="en"' in page
    assert [word for word in ("<style", "<script", "style=", "onclick", "http:", "https:") if word in page] == []


@pytest.mark.parametrize("path", ["/../app.py", "/%2e%2e/app.py", "/..%2fapp.py"])
async def test_nothing_outside_the_page_is_served(web: Web, path: str) -> None:
    assert (await web.get(path))[0] == 404


async def test_the_socket_is_for_its_user_alone_and_goes_with_the_server(tmp_path: Path) -> None:
    web = Web(tmp_path)
    await web.server.start()
    assert (stat.S_IMODE(web.path.stat().st_mode), web.server.is_serving()) == (0o600, True)
    await web.server.stop()
    assert (web.path.exists(), web.server.is_serving()) == (False, False)


async def test_a_socket_left_by_a_killed_daemon_is_no_hindrance(tmp_path: Path) -> None:
    web = Web(tmp_path)
    web.path.touch()
    await web.server.start()
    assert (await web.get("/healthz"))[0] == 200
    await web.server.stop()


def test_building_the_registry_does_not_look_at_the_archive() -> None:
    def never() -> ArchiveFigures:
        raise AssertionError("looked")

    archive_registry(Looks(never, lambda: SOUND))
