"""The one port: a real Envoy before a real gRPC server and a real web app."""

import asyncio
import http.client
import os
import signal
import socket
import stat
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import grpc
import pytest
import pytest_asyncio

from daemon.edge.edge import Edge, EdgeError, Restart, after_exit
from daemon.edge.envoy_config import EdgePlan, envoy_config, rpc_route
from daemon.listen import ListenAddress
from tests.daemon.upstream import SERVICE, TOKEN, Standing, count, free_address, say, standing, upload, wait

SECONDS = 30
MESSAGE_LIMIT_BYTES = 4 * 1024 * 1024


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[Standing]:
    async with standing(tmp_path) as house:
        yield house


def test_what_goes_over_slow_lines_has_no_limit_on_the_whole_and_all_else_for_browsers_has() -> None:
    plan = EdgePlan(ListenAddress("127.0.0.1", 1), Path("rpc"), Path("web"), Path("admin"))
    written: Any = envoy_config(plan)
    (chain,) = written["static_resources"]["listeners"][0]["filter_chains"]
    routes = chain["filters"][0]["typed_config"]["route_config"]["virtual_hosts"][0]["routes"]
    web = [(route["match"]["prefix"], route["route"]["timeout"]) for route in routes if route.get("route", {}).get("cluster") == "web"]
    assert web == [("/s/", "0s"), ("/u/", "0s"), ("/", "60s")]


def frame(message: bytes, flags: int = 0) -> bytes:
    return struct.pack(">BI", flags, len(message)) + message


def frames(body: bytes) -> list[tuple[int, bytes]]:
    found, at = [], 0
    while at < len(body):
        flags, size = struct.unpack_from(">BI", body, at)
        found.append((flags, body[at + 5 : at + 5 + size]))
        at += 5 + size
    return found


async def fetch(
    house: Standing, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    def ask() -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(house.address.host, house.address.port, timeout=SECONDS)
        connection.request(method, path, body or None, headers or {})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content

    return await asyncio.to_thread(ask)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(SECONDS):
        while not await condition():  # another process's state has no event to wait for
            await asyncio.sleep(0.01)


async def test_native_grpc_passes_with_its_trailers(house: Standing) -> None:
    async with grpc.aio.insecure_channel(house.target) as channel:
        call = say(channel)(b"hello", timeout=SECONDS)
        assert await call == b"hello"
        assert ("echo-length", "5") in list(await call.trailing_metadata())


async def test_an_error_keeps_its_code_and_words(house: Standing) -> None:
    async with grpc.aio.insecure_channel(house.target) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await say(channel)(b"refuse", timeout=SECONDS)
    assert (caught.value.code(), caught.value.details()) == (grpc.StatusCode.NOT_FOUND, "there is no such echo")


async def test_grpc_web_passes_on_the_same_port_with_its_trailers(house: Standing) -> None:
    headers = {"content-type": "application/grpc-web+proto", "x-grpc-web": "1"}
    status, answer, body = await fetch(house, "POST", f"/{SERVICE}/Say", frame(b"hello"), headers)
    (data, trailers) = frames(body)
    assert (status, answer["content-type"], data) == (200, "application/grpc-web+proto", (0, b"hello"))
    assert trailers[0] == 0x80
    assert {b"grpc-status:0", b"echo-length:5"} <= set(trailers[1].replace(b": ", b":").split(b"\r\n"))


async def test_grpc_web_gets_an_error_in_its_headers(house: Standing) -> None:
    _, answer, body = await fetch(house, "POST", f"/{SERVICE}/Say", frame(b"refuse"), {"content-type": "application/grpc-web+proto"})
    told = answer.get("grpc-status") or dict(line.split(b":") for line in frames(body)[-1][1].splitlines())[b"grpc-status"].decode()
    assert told == str(grpc.StatusCode.NOT_FOUND.value[0])


async def test_an_unknown_method_is_answered_by_the_rpc_server(house: Standing) -> None:
    async with grpc.aio.insecure_channel(house.target) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await channel.unary_unary("/nobody.v1.Nothing/Ask", bytes, bytes)(b"", timeout=SECONDS)
    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED


async def test_a_server_stream_arrives_message_by_message(house: Standing) -> None:
    async with grpc.aio.insecure_channel(house.target) as channel:
        answers = [answer async for answer in count(channel)(b"500", timeout=SECONDS)]
    assert answers == [str(number).encode() for number in range(500)]


async def test_a_cancelled_stream_is_cancelled_at_the_server(house: Standing) -> None:
    async with grpc.aio.insecure_channel(house.target) as channel:
        call = wait(channel)(b"first", timeout=SECONDS)
        assert await call.read() == b"first"
        call.cancel()
        await asyncio.wait_for(house.echo.cancelled.wait(), 1)


async def test_a_grpc_web_caller_that_goes_away_is_noticed(house: Standing) -> None:
    reader, writer = await asyncio.open_connection(house.address.host, house.address.port)
    body = frame(b"first")
    head = f"POST /{SERVICE}/Wait HTTP/1.1\r\nHost: x\r\nContent-Type: application/grpc-web\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    await asyncio.wait_for(reader.readuntil(b"first"), SECONDS)
    writer.close()
    await asyncio.wait_for(house.echo.cancelled.wait(), 1)


async def test_an_upload_larger_than_any_buffer_passes(house: Standing) -> None:
    chunks = (bytes(256 * 1024) for _ in range(128))
    async with grpc.aio.insecure_channel(house.target) as channel:
        answer = await upload(channel)(chunks, timeout=SECONDS * 3)
    assert answer == str(32 * 1024 * 1024).encode()


@pytest.mark.parametrize(
    ("size", "code"), [(MESSAGE_LIMIT_BYTES, grpc.StatusCode.OK), (MESSAGE_LIMIT_BYTES + 1, grpc.StatusCode.RESOURCE_EXHAUSTED)]
)
async def test_a_message_may_have_four_mebibytes(house: Standing, size: int, code: grpc.StatusCode) -> None:
    options = (("grpc.max_receive_message_length", -1),)
    async with grpc.aio.insecure_channel(house.target, options=options) as channel:
        call = say(channel)(bytes(size), timeout=SECONDS)
        assert await call.code() is code


async def test_headers_beyond_the_limit_are_refused(house: Standing) -> None:
    status, _, _ = await fetch(house, "GET", "/", headers={"x-large": "x" * 17 * 1024})
    assert status == 431


async def test_everything_else_goes_to_the_web_app(house: Standing) -> None:
    status, headers, body = await fetch(house, "GET", "/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"<main>" in body


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"x-scriba-peer": "192.0.2.7"}, 200),
        ({"x-forwarded-for": "127.0.0.1"}, 401),
        ({"x-forwarded-for": "127.0.0.1", "authorization": f"Bearer {TOKEN}"}, 200),
    ],
    ids=["caller here", "own word on it", "proxy here", "proxy with the token"],
)
async def test_metrics_are_for_callers_on_this_machine_and_bearers_of_the_token(
    house: Standing, headers: dict[str, str], status: int
) -> None:
    assert (await fetch(house, "GET", "/metrics", headers=headers))[0] == status


async def test_without_a_server_behind_it_an_rpc_is_unavailable(house: Standing) -> None:
    house.sockets.rpc.unlink()
    async with grpc.aio.insecure_channel(house.target) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await say(channel)(b"x", timeout=SECONDS)
    assert caught.value.code() is grpc.StatusCode.UNAVAILABLE


async def test_a_killed_envoy_is_started_again(house: Standing) -> None:
    pid = house.edge.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)

    async def is_another() -> bool:
        return house.edge.pid not in (None, pid) and await house.edge.is_serving()

    await until(is_another)
    assert house.edge.restarts == 1
    async with grpc.aio.insecure_channel(house.target) as channel:
        assert await say(channel)(b"again", timeout=SECONDS, wait_for_ready=True) == b"again"


async def test_draining_lets_a_call_under_way_end_and_takes_no_new_connection(house: Standing) -> None:
    drained = asyncio.Event()

    async def chunks() -> AsyncIterator[bytes]:
        yield b"half"
        await drained.wait()
        yield b"rest"

    async def is_closed() -> bool:
        return not await house.edge.is_serving()

    async with grpc.aio.insecure_channel(house.target) as channel:
        call = upload(channel)(chunks(), timeout=SECONDS)
        await asyncio.wait_for(house.echo.uploading.wait(), SECONDS)
        await house.edge.drain()
        await until(is_closed)
        drained.set()
        assert await call == b"8"


async def test_stopping_ends_envoy_and_it_is_not_started_again(house: Standing) -> None:
    pid = house.edge.pid
    assert pid is not None
    await house.edge.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert (house.edge.pid, house.edge.restarts) == (None, 0)


async def test_configuration_and_sockets_are_for_their_user_alone(house: Standing, tmp_path: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "run").iterdir()}
    assert {modes["envoy.json"], modes["web.sock"], modes["envoy-admin.sock"]} == {0o600}
    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700


async def test_it_listens_on_ipv6(tmp_path: Path) -> None:
    async with standing(tmp_path, "::1") as house, grpc.aio.insecure_channel(house.target) as channel:
        assert await say(channel)(b"six", timeout=SECONDS) == b"six"


def test_no_rpc_is_ended_by_its_length() -> None:
    assert rpc_route()["route"]["timeout"] == "0s"


async def test_a_taken_port_is_named(tmp_path: Path) -> None:
    address = free_address()
    with socket.create_server((address.host, address.port)):
        edge = Edge(EdgePlan(address, tmp_path / "a", tmp_path / "b", tmp_path / "c"), tmp_path / "envoy.json")
        with pytest.raises(EdgeError, match=f"port {address.port} is taken"):
            await edge.start()


async def test_an_address_of_another_machine_is_refused_in_words(tmp_path: Path) -> None:
    address = free_address()
    plan = EdgePlan(type(address)("192.0.2.1", address.port), tmp_path / "a", tmp_path / "b", tmp_path / "c")
    with pytest.raises(EdgeError, match=r"can't listen on 192\.0\.2\.1"):
        await Edge(plan, tmp_path / "envoy.json").start()


async def test_an_envoy_that_cannot_start_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    edge = Edge(EdgePlan(free_address(), tmp_path / "a", tmp_path / "b", tmp_path / "no" / "folder"), tmp_path / "envoy.json")
    with pytest.raises(EdgeError, match="the log says why"):
        await edge.start()
    assert edge.pid is None


async def test_connections_beyond_the_limit_are_closed(tmp_path: Path) -> None:
    async with standing(tmp_path, max_connections=2) as house, grpc.aio.insecure_channel(house.target) as channel:
        assert await say(channel)(b"one", timeout=SECONDS) == b"one"
        _, held = await asyncio.open_connection(house.address.host, house.address.port)
        reader, refused = await asyncio.open_connection(house.address.host, house.address.port)
        assert await asyncio.wait_for(reader.read(), SECONDS) == b""
        held.close()
        refused.close()


@pytest.mark.parametrize(
    ("stopping", "lived", "failures", "next_move"),
    [
        (True, 1.0, 0, None),
        (False, 1.0, 0, Restart(0.1, 1)),
        (False, 1.0, 3, Restart(0.8, 4)),
        (False, 1.0, 40, Restart(10.0, 41)),
        (False, 61.0, 9, Restart(0.1, 1)),
    ],
)
def test_the_next_start_waits_longer_after_each_quick_death(stopping: bool, lived: float, failures: int, next_move: Restart | None) -> None:
    assert after_exit(stopping, lived, failures) == next_move
