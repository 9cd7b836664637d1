"""Sessions of browsers through the real Envoy: nothing gets lost on the way, nothing that a caller makes up counts, and CORS stays shut."""

import asyncio
import http.client
import json
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from ipaddress import ip_network
from pathlib import Path

import grpc
import pytest

from actors.store.files.health import SOUND
from actors.store.nouns.audit import Act, AuditFilter
from actors.store.store import Store
from daemon.edge.edge import Edge
from daemon.edge.envoy_config import EdgePlan
from daemon.listen import ListenAddress
from daemon.metrics import Looks, archive_registry
from daemon.service.around.browsers import Browsers
from daemon.service.around.proxies import Proxies
from daemon.web.app import WebParts, web_app
from daemon.web.server import WebServer
from daemon.web.signing_in.sessions import session_routes
from scriba.v1 import accounts_pb2 as pb
from scriba.v1.accounts_pb2_grpc import AccountServiceStub
from tests.daemon.upstream import figures, free_address
from tests.service.house import House, bearer, failing, open_house
from tests.signing_in.browser import PASSWORD, add

GET_ACCOUNT = "/scriba.v1.AccountService/GetAccount"
EMPTY = struct.pack(">BI", 0, 0)
GRPC_WEB = {"content_type": "application/grpc-web+proto", "x_grpc_web": "1"}


@dataclass(frozen=True)
class Port:
    """The one port, with a house behind it."""

    house: House
    address: ListenAddress

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
        return await asyncio.to_thread(self._ask, method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(self.address.host, self.address.port, timeout=30)
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content

    async def sign_in(self) -> str:
        """Sign in, and give what a browser sends from then on."""
        proof = json.dumps({"user_name": "anna", "password": PASSWORD}).encode()
        status, headers, _ = await self.ask("POST", "/session", proof, content_type="application/json", origin=f"http://{self.address}")
        assert status == 200
        ((name, morsel),) = SimpleCookie(headers["set-cookie"]).items()
        return f"{name}={morsel.value}"

    async def account(self, cookie: str, **headers: str) -> str:
        """Ask by grpc-web who calls: a name, or the reason of a refusal."""
        _, answer, body = await self.ask("POST", GET_ACCOUNT, EMPTY, cookie=cookie, **GRPC_WEB, **headers)
        if "grpc-status" in answer:
            return answer["grpc-status"]
        size = struct.unpack(">BI", body[:5])[1]
        return pb.GetAccountResponse.FromString(body[5 : 5 + size]).name


@pytest.fixture
async def port(store: Store, tmp_path: Path) -> AsyncIterator[Port]:
    """Give a port before which there is no proxy."""
    async with standing(store, tmp_path, Proxies()) as port:
        yield port


@pytest.fixture
async def port_behind_proxy(store: Store, tmp_path: Path) -> AsyncIterator[Port]:
    """Give a port that takes this machine for its proxy."""
    async with standing(store, tmp_path, Proxies((ip_network("127.0.0.1/32"),), "remote-user")) as port:
        yield port


@asynccontextmanager
async def standing(store: Store, tmp_path: Path, proxies: Proxies) -> AsyncIterator[Port]:
    address = free_address()
    async with open_house(store, browsers=Browsers(encrypted=False), proxies=proxies) as house:
        add(house)
        parts = WebParts(dict, str, lambda: SOUND, archive_registry(Looks(figures, lambda: SOUND)), "")
        sockets = house.socket.with_name("web.sock"), house.socket.with_name("admin.sock")
        web = WebServer(web_app(parts, session_routes(house.door)), sockets[0])
        await web.start()
        edge = Edge(EdgePlan(address, house.socket, *sockets), tmp_path / "envoy.json")
        await edge.start()
        yield Port(house, address)
        await edge.stop()
        await web.stop()


async def test_a_session_goes_with_grpc_web_from_pages_of_ours_alone(port: Port) -> None:
    cookie, refused = await port.sign_in(), str(grpc.StatusCode.UNAUTHENTICATED.value[0])
    assert await port.account(cookie, origin=f"http://{port.address}") == "Anna"
    assert await port.account(cookie, sec_fetch_site="same-origin") == "Anna"
    assert await port.account("a=1; " + cookie, sec_fetch_site="same-origin", origin=f"http://{port.address}") == "Anna"
    assert await port.account(cookie) == refused
    assert await port.account(cookie, origin="http://evil.example") == refused
    assert await port.account(cookie, origin="http://evil.example", x_scriba_host="evil.example") == refused
    assert await port.account(cookie, sec_fetch_site="same-site", origin=f"http://{port.address}") == refused


async def test_native_grpc_is_told_the_same(port: Port) -> None:
    cookie = await port.sign_in()
    async with grpc.aio.insecure_channel(str(port.address)) as channel:
        stub, request = AccountServiceStub(channel), pb.GetAccountRequest()
        told = await stub.GetAccount(request, metadata=(("cookie", cookie), ("origin", f"http://{port.address}")))
        assert told.name == "Anna"
        for headers in ((), (("origin", "http://evil.example"), ("x-scriba-host", "evil.example"))):
            failure = await failing(stub.GetAccount(request, metadata=(("cookie", cookie), *headers)))
            assert failure.reason == "CALLED_FROM_ELSEWHERE"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json", ""])
async def test_what_a_form_sends_reaches_no_servicer(port: Port, kind: str) -> None:
    cookie = await port.sign_in()
    status, _, body = await port.ask("POST", GET_ACCOUNT, EMPTY, content_type=kind, cookie=cookie, sec_fetch_site="same-origin")
    assert (status, body) == (415, b"this takes gRPC and grpc-web\n")


@pytest.mark.parametrize("path", [GET_ACCOUNT, "/session", "/"])
async def test_no_other_origin_is_let_in(port: Port, path: str) -> None:
    asked = {"access_control_request_method": "POST", "access_control_request_headers": "content-type,x-grpc-web"}
    answers = [await port.ask("OPTIONS", path, b"", origin="https://evil.example", **asked)]
    answers.append(await port.ask("POST", path, EMPTY, origin="https://evil.example", **GRPC_WEB))
    assert [name for _, headers, _ in answers for name in headers if name.startswith("access-control-")] == []


async def test_a_trusted_proxy_says_who_calls_by_grpc_web_and_by_grpc(port_behind_proxy: Port) -> None:
    port = port_behind_proxy
    assert await port.account("", remote_user="anna", sec_fetch_site="same-origin") == "Anna"
    assert await port.account("", remote_user="anna", sec_fetch_site="cross-site") == str(grpc.StatusCode.UNAUTHENTICATED.value[0])
    async with grpc.aio.insecure_channel(str(port.address)) as channel:
        stub, named = AccountServiceStub(channel), (("remote-user", "anna"), ("x-forwarded-for", "203.0.113.9"))
        told = await stub.GetAccount(pb.GetAccountRequest(), metadata=named)
        assert (told.name, told.HasField("token")) == ("Anna", False)
        made = await stub.CreateToken(pb.CreateTokenRequest(name="phone"), metadata=named)
        assert [token.name for token in (await stub.ListTokens(pb.ListTokensRequest(), metadata=named)).tokens] == ["phone"]
        assert (await stub.GetAccount(pb.GetAccountRequest(), metadata=bearer(made.secret))).token.name == "phone"
        assert (await failing(stub.SignOut(pb.SignOutRequest(), metadata=named))).reason == "NO_SESSION"
        assert (await failing(stub.GetAccount(pb.GetAccountRequest(), metadata=(("remote-user", "bert"),)))).reason == "UNKNOWN_TO_PROXY"
        twice = (("remote-user", "anna"), ("remote-user", "admin"))
        assert (await failing(stub.GetAccount(pb.GetAccountRequest(), metadata=twice))).reason == "UNKNOWN_TO_PROXY"
    entries = port.house.store.audit.list(AuditFilter(act=Act.SIGNED_IN), None, 9)
    assert {entry.author.address for entry in entries} == {"127.0.0.1"}


async def test_nobody_is_believed_where_no_proxy_is_trusted(port: Port) -> None:
    assert await port.account("", remote_user="anna", x_scriba_peer="10.0.0.2") == str(grpc.StatusCode.UNAUTHENTICATED.value[0])


async def test_guesses_through_a_proxy_are_counted_for_who_makes_them(port_behind_proxy: Port) -> None:
    port, guess = port_behind_proxy, json.dumps({"user_name": "anna", "password": "wrong"}).encode()
    told = {"content_type": "application/json", "origin": f"http://{port.address}"}
    statuses = [(await port.ask("POST", "/session", guess, x_forwarded_for="203.0.113.9", **told))[0] for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    assert (await port.ask("POST", "/session", guess, x_forwarded_for="203.0.113.9, 203.0.113.8", **told))[0] == 401
