"""Who may call what."""

import asyncio
from collections.abc import AsyncIterator

import grpc
import pytest
from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.descriptor import MethodDescriptor
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from actors.store.files.health import SOUND, StoreHealth
from actors.store.store import Store
from daemon.service.around.access import PUBLIC, RANKS, RuleMissing, access_rules, service_descriptors
from daemon.service.around.tokens import LocalToken
from daemon.service.callers import ADMINISTRATOR, Principal
from daemon.service.server import OURS, SEARCH, SERVED, UPLOADS
from scriba.v1 import access_pb2, admin_pb2, admin_pb2_grpc, documents_pb2
from tests.service.house import TOKEN, House, bearer, failing, failure_of, open_house

METHODS = [method for service in service_descriptors(OURS) for method in service.methods]
GUARDED = [method for method in METHODS if method.GetOptions().Extensions[access_pb2.access].role != access_pb2.ROLE_PUBLIC]


async def outcome(house: House, method: MethodDescriptor, metadata: tuple[tuple[str, str], ...]) -> grpc.aio.AioRpcError | None:
    """Call any RPC with an empty request."""
    path = f"/{method.containing_service.full_name}/{method.name}"
    kind = ("stream" if method.client_streaming else "unary") + "_" + ("stream" if method.server_streaming else "unary")
    call = getattr(house.channel, kind)(path)(iter([b""]) if method.client_streaming else b"", metadata=metadata)
    try:
        await (call.read() if method.server_streaming else call)
    except grpc.aio.AioRpcError as error:
        return error
    return None


def test_every_rpc_served_has_a_rule() -> None:
    rules = access_rules(service_descriptors(SERVED))
    assert len(rules) == len(METHODS) + 4
    assert all(rule.role in (access_pb2.ROLE_PUBLIC, *RANKS) for rule in rules.values())


def test_a_token_of_any_scope_only_tells_its_caller_and_ends_itself() -> None:
    rules = access_rules(service_descriptors(SERVED))
    assert {path for path, rule in rules.items() if not rule.scope and rule != PUBLIC} == {
        "/scriba.v1.AccountService/GetAccount",
        "/scriba.v1.AccountService/SignOut",
    }


def test_only_what_says_so_is_public() -> None:
    rules = access_rules(service_descriptors(SERVED))
    assert {path for path, rule in rules.items() if rule == PUBLIC} == {
        "/scriba.v1.AccountService/SignIn",
        "/scriba.v1.AccountService/GetInvitation",
        "/scriba.v1.AccountService/AcceptInvitation",
        "/scriba.v1.AdminService/GetServerInfo",
        "/scriba.v1.ClusterService/JoinCluster",
        "/scriba.v1.ClusterService/ReportNode",
        "/grpc.health.v1.Health/Check",
        "/grpc.health.v1.Health/List",
        "/grpc.health.v1.Health/Watch",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    }


def test_an_rpc_without_a_rule_stops_the_start_and_is_named() -> None:
    file = descriptor_pb2.FileDescriptorProto()
    admin_pb2.DESCRIPTOR.CopyToProto(file)
    next(method for method in file.service[0].method if method.name == "GetJob").options.Clear()
    pool = descriptor_pool.DescriptorPool()
    for known in dependencies_of(admin_pb2.DESCRIPTOR):
        pool.AddSerializedFile(known)
    pool.Add(file)
    with pytest.raises(RuleMissing, match=r"scriba\.v1\.AdminService\.GetJob"):
        access_rules([pool.FindServiceByName("scriba.v1.AdminService")])


def dependencies_of(file: object) -> list[bytes]:
    """Give the files that a file imports, each after its own imports."""
    found: dict[str, bytes] = {}
    for dependency in file.dependencies:  # type: ignore[attr-defined]  # a FileDescriptor; types-protobuf leaves its class out
        found.update({str(number): data for number, data in enumerate(dependencies_of(dependency))})
        found[dependency.name] = dependency.serialized_pb
    return list(dict.fromkeys(found.values()))


@pytest.mark.parametrize("metadata", [(), bearer("wrong"), (("authorization", TOKEN),), bearer(""), (("authorization", "Basic eDp5"),)])
async def test_every_guarded_rpc_wants_a_valid_token(house: House, metadata: tuple[tuple[str, str], ...]) -> None:
    for method in GUARDED:
        error = await outcome(house, method, metadata)
        assert error is not None, method.full_name
        assert error.code() is grpc.StatusCode.UNAUTHENTICATED, method.full_name
        assert failure_of(error).reason == "NOT_SIGNED_IN"


async def test_no_rpc_refuses_the_local_token(house: House) -> None:
    for method in METHODS:
        if method.name == "WatchJobs":
            continue  # has no end
        error = await outcome(house, method, bearer())
        assert error is None or error.code() not in (grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED), method.full_name


async def test_the_server_tells_what_it_is_without_a_token(house: House) -> None:
    info = await admin_pb2_grpc.AdminServiceStub(house.channel).GetServerInfo(admin_pb2.GetServerInfoRequest())
    assert info == admin_pb2.GetServerInfoResponse(
        version="0.1.0",
        api_version="v1",
        ocr_languages=["deu", "eng"],
        ocr_engine="tesserocr",
        max_upload_bytes=4 * 1024**2,
        accepting=True,
    )


async def test_health_of_each_service_is_told_without_a_token(house: House) -> None:
    stub = health_pb2_grpc.HealthStub(house.channel)

    every = {"", *OURS, *UPLOADS}

    async def serving() -> set[str]:
        answers = {service: await stub.Check(health_pb2.HealthCheckRequest(service=service)) for service in every}
        return {service for service, answer in answers.items() if answer.status == health_pb2.HealthCheckResponse.SERVING}

    assert await serving() == every
    await house.server.heed(StoreHealth(accepting=False))
    assert await serving() == every - {*UPLOADS}
    await house.server.heed(StoreHealth(accepting=False, working=False, writable=False))
    assert await serving() == {SEARCH}
    await house.server.heed(StoreHealth(False, False, False, False))
    assert await serving() == set()
    await house.server.heed(SOUND)
    assert await serving() == every


async def test_what_is_wrong_with_the_store_is_told_with_the_version_and_to_who_uploads(store: Store) -> None:
    full = StoreHealth(accepting=False, problem="the disk of the originals is nearly full")
    async with open_house(store, health=full) as house:
        info = await house.admin.GetServerInfo(admin_pb2.GetServerInfoRequest())
        assert (info.accepting, info.problem) == (False, full.problem)
        start = documents_pb2.UploadDocumentRequest.Start(request_id="00000000-0000-4000-8000-000000000001", filename="a.txt", size_bytes=1)

        async def stream() -> AsyncIterator[documents_pb2.UploadDocumentRequest]:
            yield documents_pb2.UploadDocumentRequest(start=start)
            await asyncio.Event().wait()

        failure = await failing(house.documents.UploadDocument(stream()))
    assert (failure.code, failure.reason, failure.message) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "NO_SPACE", full.problem)


async def test_reflection_names_exactly_the_services_that_have_rules(house: House) -> None:
    call = reflection_pb2_grpc.ServerReflectionStub(house.channel).ServerReflectionInfo(
        iter([reflection_pb2.ServerReflectionRequest(list_services="")])
    )
    (answer,) = [one async for one in call]
    assert {service.name for service in answer.list_services_response.service} == set(SERVED)


async def test_a_role_that_does_not_reach_is_refused(house: House) -> None:
    house.tokens.role = access_pb2.ROLE_VIEWER
    failure = await failing(house.documents.PurgeDocument(documents_pb2.PurgeDocumentRequest(id="1")))
    assert (failure.code, failure.reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_TOO_LOW")
    assert failure.metadata == {"role": "ROLE_ADMIN"}
    await house.documents.ListDocuments(documents_pb2.ListDocumentsRequest())


async def test_an_uploader_may_add_and_nothing_else(house: House) -> None:
    house.tokens.role = access_pb2.ROLE_UPLOADER
    may = {method.name for method in METHODS if not refused(await outcome(house, method, bearer()), "ROLE_TOO_LOW")}
    public = {"GetServerInfo", "SignIn", "GetInvitation", "AcceptInvitation", "JoinCluster", "ReportNode"}
    account = {"GetAccount", "SignOut"}
    own = {"ChangePassword", "ProposeSecondFactor", "ConfirmSecondFactor", "RemoveSecondFactor", "ListTokens", "CreateToken", "RevokeToken"}
    assert may == {"UploadDocument", "WriteUpload", "GetUpload", *public, *account, *own}


@pytest.mark.parametrize("scope", [scope for scope in access_pb2.Scope.values() if scope])
async def test_a_token_that_is_bound_to_a_scope_reaches_that_alone(house: House, scope: int) -> None:
    house.tokens.scopes = frozenset({scope})
    for method in METHODS:
        if method.name == "WatchJobs" and scope == access_pb2.SCOPE_READ:
            continue  # has no end
        rule = method.GetOptions().Extensions[access_pb2.access]
        error = await outcome(house, method, bearer())
        assert refused(error, "SCOPE_MISSING") == (rule.scope not in (scope, access_pb2.SCOPE_UNSPECIFIED)), method.full_name


def refused(error: grpc.aio.AioRpcError | None, reason: str) -> bool:
    """Tell whether a call was refused for a reason."""
    return error is not None and error.code() is grpc.StatusCode.PERMISSION_DENIED and failure_of(error).reason == reason


def test_the_local_token_is_its_administrator() -> None:
    tokens = LocalToken(TOKEN)
    assert tokens.principal(TOKEN) == Principal("local", access_pb2.ROLE_ADMIN, ADMINISTRATOR)
    assert tokens.principal(TOKEN + "x") is None
    assert tokens.principal("") is None
    assert tokens.principal("\ud800") is None
