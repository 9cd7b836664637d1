"""Sizes, deadlines, the end of a server, and what is told of calls."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import grpc
import pytest

from actors.store.store import Store
from daemon.service.server import MESSAGE_BYTES, METADATA_BYTES, Waits
from scriba.v1 import admin_pb2, documents_pb2
from tests.pipeline.cast import until
from tests.service.house import TOKEN, House, bearer, failing, failing_stream, open_house
from tests.service.padding import INFO, padded


@pytest.mark.parametrize(("size", "taken"), [(MESSAGE_BYTES - 1, True), (MESSAGE_BYTES, True), (MESSAGE_BYTES + 1, False)])
async def test_a_message_has_at_most_four_mebibytes(house: House, size: int, taken: bool) -> None:
    call = house.channel.unary_unary(INFO)(padded(size))
    if taken:
        assert await call
    else:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await call
        assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


@pytest.mark.parametrize(("size", "taken"), [(METADATA_BYTES // 2, True), (METADATA_BYTES, False)])
async def test_metadata_has_at_most_eight_kibibytes(house: House, size: int, taken: bool) -> None:
    call = house.channel.unary_unary(INFO)(b"", metadata=(("padding", "x" * size),))
    if taken:
        await call
    else:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await call
        assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


@pytest.mark.parametrize("patience_seconds", [None, 30.0])
async def test_a_call_without_a_stream_ends_at_the_servers_deadline(store: Store, patience_seconds: float | None) -> None:
    async with open_house(store, waits=Waits(deadline_seconds=0.2)) as house:
        stuck = asyncio.Event()
        cancelled = asyncio.Event()

        async def hang() -> None:
            try:
                await stuck.wait()
            except asyncio.CancelledError:
                cancelled.set()
                raise

        house.nodes.answer = hang
        failure = await failing(house.admin.ListNodes(admin_pb2.ListNodesRequest(), timeout=patience_seconds))
        assert (failure.code, failure.reason) == (grpc.StatusCode.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED")
        assert cancelled.is_set()
        stream = house.admin.WatchJobs(admin_pb2.WatchJobsRequest())
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await stream.read()


async def test_a_client_that_gives_up_stops_the_work_behind_its_call(house: House) -> None:
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    house.nodes.answer = hang
    call = house.admin.ListNodes(admin_pb2.ListNodesRequest())
    running = asyncio.ensure_future(call)
    async with asyncio.timeout(1):
        await begun.wait()
        running.cancel()
        await cancelled.wait()


async def test_a_stopping_server_ends_watches_and_answers_what_it_began(store: Store) -> None:
    async with open_house(store) as house:
        document_id = house.accept("one")
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def slowly() -> None:
            begun.set()
            await go_on.wait()

        house.nodes.answer = slowly
        watch = aiter(house.admin.WatchJobs(admin_pb2.WatchJobsRequest()))
        assert (await anext(watch)).job.document_id == document_id
        at_work = asyncio.ensure_future(house.admin.ListNodes(admin_pb2.ListNodesRequest()))
        await begun.wait()
        stopping = asyncio.create_task(house.server.stop(10))
        failure = await failing_stream(watch)
        assert (failure.code, failure.reason) == (grpc.StatusCode.UNAVAILABLE, "SHUTTING_DOWN")
        go_on.set()
        assert (await at_work).nodes
        async with asyncio.timeout(5):
            await stopping


async def test_each_call_is_counted_by_method_and_code(house: House) -> None:
    await house.admin.ListJobs(admin_pb2.ListJobsRequest())
    await failing(house.admin.GetJob(admin_pb2.GetJobRequest(id="1")))
    await failing(house.admin.GetJob(admin_pb2.GetJobRequest()))
    with contextlib.suppress(grpc.aio.AioRpcError):
        await house.channel.unary_unary(INFO)(b"\xff")
    counts = {
        (sample.labels["method"].rpartition("/")[2], sample.labels["code"]): sample.value
        for metric in house.registry.collect()
        for sample in metric.samples
        if sample.name == "scriba_rpc_seconds_count"
    }
    found, wrong = {("ListJobs", "OK"): 1.0, ("GetJob", "NOT_FOUND"): 1.0}, {("GetJob", "INVALID_ARGUMENT"): 1.0}
    assert counts == {**found, **wrong, ("GetServerInfo", "INVALID_ARGUMENT"): 1.0}


async def test_a_call_that_ends_without_its_message_is_refused_at_once(house: House) -> None:
    call = house.channel.stream_unary(INFO)(metadata=bearer())
    await call.done_writing()
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await asyncio.wait_for(call, 10)
    assert (refused.value.code(), "without a message" in (refused.value.details() or "")) == (grpc.StatusCode.INVALID_ARGUMENT, True)


async def test_no_log_line_holds_a_token_a_password_or_a_documents_text(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    document_id = house.accept("canary-text", title="canary-title")
    await house.documents.GetDocument(documents_pb2.GetDocumentRequest(id=document_id))
    await failing(house.documents.UnlockDocument(documents_pb2.UnlockDocumentRequest(id=document_id, password="canary-password")))
    call = house.channel.unary_unary("/scriba.v1.AdminService/GetJob")(b"", metadata=bearer("canary-token"))
    with pytest.raises(grpc.aio.AioRpcError):
        await call
    lines: list[str] = []

    def all_is_logged() -> bool:  # which follows an answer
        lines.append(capsys.readouterr().out)
        return "".join(lines).count("call answered") == 3

    await until(all_is_logged)
    assert "canary" not in "".join(lines)
    assert TOKEN not in "".join(lines)


async def test_an_upload_stream_without_a_token_is_refused_before_its_bytes(house: House) -> None:
    async def begun() -> AsyncIterator[bytes]:
        yield documents_pb2.UploadDocumentRequest(chunk=b"x" * 1000).SerializeToString()
        await asyncio.Event().wait()

    call = house.channel.stream_unary("/scriba.v1.DocumentService/UploadDocument")(begun())
    async with asyncio.timeout(2):
        assert (await failing(call)).code is grpc.StatusCode.UNAUTHENTICATED
