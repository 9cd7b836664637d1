"""Machines that join, by a code at first and by their key from then on, and what is refused of them."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from cryptography import x509

from actors.store.nouns.audit import Act, AuditFilter, AuditNoun, AuthorKind
from actors.store.store import Store
from daemon.certificates.authority import ask_for, keep_authority
from daemon.join_codes import read_join_code
from daemon.service.opened import OpenedCluster, Versions
from scriba.v1 import cluster_pb2 as pb
from scriba.v1.cluster_pb2_grpc import ClusterServiceStub
from tests.service.house import NOW, House, failing, open_house
from tests.service.people import Person

FINGERPRINT = f"SHA256:{'ab' * 32}"
VERSIONS = Versions("0.1.0", "2.60.0", "3.11.2")
KEY, REQUEST = ask_for(["10.0.0.7"])


@pytest.fixture
async def head(store: Store, tmp_path: Path) -> AsyncIterator[House]:
    """A house that other machines may join."""
    authority = keep_authority(tmp_path / "authority.pem", NOW)
    cluster = OpenedCluster("10.0.0.1:8441", "the token", authority, "session 1", VERSIONS, "10.0.0.1:8440", lambda: FINGERPRINT)
    async with open_house(store, cluster=cluster) as house:
        yield house


async def code_of(head: House) -> str:
    made = await head.cluster.CreateJoinCode(pb.CreateJoinCodeRequest())
    return read_join_code(made.code).secret


async def join(head: House, *, clock: datetime = NOW, **said: Any) -> Any:
    told: dict[str, Any] = {
        "hostname": "laptop",
        "scriba_version": VERSIONS.scriba,
        "ray_version": VERSIONS.ray,
        "python_version": VERSIONS.python,
        "signing_request": REQUEST.decode(),
    }
    request = pb.JoinClusterRequest(**(told | said))
    request.time.FromDatetime(clock)
    return await ClusterServiceStub(head.channel).JoinCluster(request)  # a machine shows no token


async def report(head: House, key: str, *, leaving: bool = False) -> pb.ReportNodeResponse:
    answer: pb.ReportNodeResponse = await ClusterServiceStub(head.channel).ReportNode(pb.ReportNodeRequest(node_key=key, leaving=leaving))
    return answer


async def test_a_code_is_told_with_the_command_and_the_certificate_that_it_is_for(head: House) -> None:
    made = await head.cluster.CreateJoinCode(pb.CreateJoinCodeRequest(valid_seconds=60))
    assert made.command == f"scribad join 10.0.0.1:8440 --code {made.code}"
    assert made.expire_time.ToDatetime(NOW.tzinfo) == NOW + timedelta(minutes=1)
    assert read_join_code(made.code).is_of(FINGERPRINT)
    (entry,) = head.store.audit.list(AuditFilter(noun=AuditNoun.NODE), None, 9)
    assert (entry.deed.act, entry.deed.noun, entry.deed.name) == (Act.ORDERED, AuditNoun.NODE, "join code")


async def test_a_machine_that_joins_is_given_what_ray_needs_and_nothing_of_the_archives(head: House) -> None:
    answer = await join(head, code=await code_of(head))
    assert (answer.node_id, answer.ray_address, answer.ray_token, answer.session) == ("1", "10.0.0.1:8441", "the token", "session 1")
    certificate, authority = (x509.load_pem_x509_certificate(text.encode()) for text in (answer.certificate, answer.authority))
    certificate.verify_directly_issued_by(authority)
    assert "PRIVATE" not in str(answer)


async def test_a_machine_comes_back_by_its_key_as_the_same_one(head: House) -> None:
    first = await join(head, code=await code_of(head))
    again = await join(head, node_key=first.node_key, hostname="renamed")
    assert (again.node_id, again.node_key) == (first.node_id, "")
    assert [node.hostname for node in head.store.nodes.list()] == ["renamed"]


async def test_a_code_lets_one_machine_in(head: House) -> None:
    code = await code_of(head)
    await join(head, code=code)
    failure = await failing(join(head, code=code, hostname="second"))
    assert (failure.code, failure.reason) == (grpc.StatusCode.UNAUTHENTICATED, "JOIN_CODE_USED_UP")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"ray_version": "2.59.0"}, "the head runs Ray 2.60.0 and this machine 2.59.0: install ray==2.60.0 here"),
        ({"python_version": "3.12.1"}, "the head runs Python 3.11 and this machine 3.12"),
        ({"scriba_version": "0.2.0"}, "the head runs Scriba 0.1.0 and this machine 0.2.0: install the head's version here"),
    ],
)
async def test_other_versions_are_refused_in_words_and_the_code_stays_good(head: House, said: dict[str, Any], words: str) -> None:
    code = await code_of(head)
    failure = await failing(join(head, code=code, **said))
    assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "MACHINE_MISFIT")
    assert failure.message.startswith(words)
    await join(head, code=code, python_version="3.11.9")


@pytest.mark.parametrize(
    ("off", "words"), [(timedelta(hours=-3), "is 3 hours behind the head's"), (timedelta(minutes=7), "is 7 minutes ahead of the head's")]
)
async def test_a_clock_that_is_off_is_refused_with_how_far(head: House, off: timedelta, words: str) -> None:
    failure = await failing(join(head, clock=NOW + off, code=await code_of(head)))
    assert words in failure.message


async def test_a_signing_request_that_is_none_is_refused_and_the_code_stays_good(head: House) -> None:
    code = await code_of(head)
    failure = await failing(join(head, code=code, signing_request="none"))
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, ["signing_request"])
    await join(head, code=code)


async def test_guessing_at_codes_is_made_slow(head: House) -> None:
    for _ in range(5):
        assert (await failing(join(head, code="wrong"))).reason == "JOIN_CODE_USED_UP"
    failure = await failing(join(head, code=await code_of(head)))
    assert failure.code is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert 25 < failure.retry_seconds <= 30


async def test_a_machine_that_reports_hears_what_is_wanted_and_how_many_pages_it_has(head: House) -> None:
    node = await join(head, code=await code_of(head))
    assert (await report(head, node.node_key)) == pb.ReportNodeResponse(wanted=pb.ReportNodeResponse.WANTED_WORK, session="session 1")
    await head.cluster.DrainNode(pb.DrainNodeRequest(node_id=node.node_id))
    assert (await report(head, node.node_key)).wanted == pb.ReportNodeResponse.WANTED_REST
    await head.cluster.ResumeNode(pb.ResumeNodeRequest(node_id=node.node_id))
    assert (await report(head, node.node_key, leaving=True)).wanted == pb.ReportNodeResponse.WANTED_WORK
    assert head.store.nodes.list()[0].leaving
    await join(head, node_key=node.node_key)
    assert not head.store.nodes.list()[0].leaving


async def test_the_audit_tells_who_joined_and_what_was_done_to_it(head: House) -> None:
    node = await join(head, code=await code_of(head))
    await head.cluster.DrainNode(pb.DrainNodeRequest(node_id=node.node_id))
    await head.cluster.ResumeNode(pb.ResumeNodeRequest(node_id=node.node_id))
    await head.cluster.RemoveNode(pb.RemoveNodeRequest(node_id=node.node_id))
    entries = head.store.audit.list(AuditFilter(noun=AuditNoun.NODE), None, 9)[::-1]
    assert [(entry.author.kind, entry.deed.act, entry.deed.name) for entry in entries] == [
        (AuthorKind.LOCAL, Act.ORDERED, "join code"),
        (AuthorKind.UNKNOWN, Act.CREATED, "laptop"),
        (AuthorKind.LOCAL, Act.CHANGED, "laptop"),
        (AuthorKind.LOCAL, Act.CHANGED, "laptop"),
        (AuthorKind.LOCAL, Act.DELETED, "laptop"),
    ]


async def test_a_machine_that_was_removed_is_told_so_and_joins_no_more(head: House) -> None:
    node = await join(head, code=await code_of(head))
    await head.cluster.RemoveNode(pb.RemoveNodeRequest(node_id=node.node_id))
    for call in (report(head, node.node_key), join(head, node_key=node.node_key)):
        failure = await failing(call)
        assert (failure.code, failure.reason) == (grpc.StatusCode.UNAUTHENTICATED, "NODE_UNKNOWN")


async def test_the_head_neither_rests_nor_leaves(head: House) -> None:
    requests = (head.cluster.DrainNode(pb.DrainNodeRequest(node_id="head")), head.cluster.RemoveNode(pb.RemoveNodeRequest(node_id="head")))
    assert [(await failing(request)).reason for request in requests] == ["HEAD_STAYS"] * 2


async def test_an_archive_that_is_closed_says_how_to_open_it(house: House, anna: Person) -> None:
    failure = await failing(house.cluster.CreateJoinCode(pb.CreateJoinCodeRequest()))
    assert (failure.reason, "--cluster" in failure.message) == ("CLUSTER_CLOSED", True)
