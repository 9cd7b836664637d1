"""How a machine joins: by a code at first, by its key from then on."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
import structlog
from cryptography import x509
from cryptography.hazmat.primitives import serialization

import scriba
from actors.store.files.data_dir import DataDir
from daemon.certificates.certificate import read_certificate
from daemon.certificates.names import CertifiedNames
from daemon.certificates.self_made import News, keep_self_made
from daemon.head import versions
from daemon.node.asking import Head, NotTheHead, trust_of
from daemon.node.home import Membership, NodeHome
from daemon.node.joining import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, Joined, let_in, patiently
from daemon.start_error import StartError
from tests.node.heads import StandingHead, standing_head


@pytest.fixture
def head(head: StandingHead) -> Iterator[StandingHead]:
    """The head of the file, without the machines of the tests before."""
    yield head
    for node in head.house.store.nodes.list():
        head.house.store.nodes.remove(node.id)


def join(head: StandingHead, home: NodeHome, code: str | None = None) -> Joined:
    return let_in(home, head.server, head.code() if code is None else code, versions(), "127.0.0.7")


def remove(head: StandingHead, joined: Joined) -> None:
    (node,) = [node for node in head.house.store.nodes.list() if str(node.id) == joined.number]
    head.house.store.nodes.remove(node.id)


def test_a_machine_that_joins_gets_what_ray_needs_and_keeps_who_it_is(head: StandingHead, home: NodeHome) -> None:
    joined = join(head, home)
    assert (joined.ray_address, joined.session) == ("127.0.0.1:8441", "session 1")
    assert home.membership() == joined.membership
    assert joined.membership.key
    assert head.joined == [socket.gethostname()]
    assert home.token.read_text() == "token of ray"


def test_its_certificate_is_for_its_own_key_and_address_and_vouched_for_by_the_head(head: StandingHead, home: NodeHome) -> None:
    join(head, home)
    certificate, authority = (x509.load_pem_x509_certificate(path.read_bytes()) for path in (home.tls.certificate, home.tls.authority))
    certificate.verify_directly_issued_by(authority)
    key = serialization.load_pem_private_key(home.tls.key.read_bytes(), None)
    assert key.public_key() == certificate.public_key()
    addresses = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value.get_values_for_type(x509.IPAddress)
    assert ip_address("127.0.0.7") in addresses


def test_it_comes_back_without_a_code_as_the_same_machine_with_a_new_certificate(head: StandingHead, home: NodeHome) -> None:
    first = join(head, home)
    before = home.tls.certificate.read_bytes()
    again = join(head, home, code="")
    assert again == first
    assert home.tls.certificate.read_bytes() != before


def test_a_new_code_makes_it_another_machine(head: StandingHead, home: NodeHome) -> None:
    first, second = join(head, home), join(head, home)
    assert first.number != second.number
    assert home.membership() == second.membership


def test_a_service_that_starts_again_with_its_first_code_joins_as_before(head: StandingHead, home: NodeHome) -> None:
    code = head.code()
    assert join(head, home, code) == join(head, home, code)


def test_a_code_that_is_used_up_lets_no_other_machine_in(head: StandingHead, home: NodeHome, tmp_path: Path) -> None:
    code = head.code()
    join(head, home, code)
    second = NodeHome(tmp_path / "second")
    second.create()
    with pytest.raises(scriba.Unauthenticated, match="scriba nodes add"):
        join(head, second, code)
    assert second.membership() is None


def test_an_archive_that_was_not_joined_is_told_with_what_to_do(head: StandingHead, home: NodeHome) -> None:
    join(head, home)
    with pytest.raises(StartError, match=r"has not joined other\.lan:8440 yet: ask for a code there with `scriba nodes add`"):
        let_in(home, "other.lan:8440", "", versions(), "127.0.0.7")


def test_a_machine_that_was_removed_is_refused_and_joins_by_a_new_code(head: StandingHead, home: NodeHome) -> None:
    joined = join(head, home)
    remove(head, joined)
    with pytest.raises(scriba.Unauthenticated, match="not known here any more"):
        join(head, home, code="")
    assert join(head, home).number != joined.number


def test_who_is_refused_keeps_what_it_had(head: StandingHead, home: NodeHome) -> None:
    before = join(head, home).membership
    with pytest.raises(scriba.FailedPrecondition, match=r"install ray==[0-9.]+ here"):
        let_in(home, head.server, head.code(), replace(versions(), ray="1.0.0"), "127.0.0.7")
    assert home.membership() == before


def test_a_head_with_another_certificate_is_told_from_one_that_is_away(head: StandingHead, home: NodeHome, tmp_path: Path) -> None:
    member = join(head, home).membership
    with standing_head(tmp_path / "renewed") as renewed:
        home.keep(replace(member, head=renewed.server))
        with pytest.raises(NotTheHead, match="join anew with a code"):
            join(renewed, home, code="")
    with pytest.raises(scriba.Unavailable):
        join(renewed, home, code="")


def test_a_certificate_that_the_head_made_anew_is_known_by_its_key(head: StandingHead, home: NodeHome, tmp_path: Path) -> None:
    data = DataDir(tmp_path / "renewed" / "data")
    with standing_head(tmp_path / "renewed") as first:
        before = join(first, home).membership
    old = read_certificate(*[data.self_made_certificate.read_bytes()] * 2)
    assert keep_self_made(data, CertifiedNames((*old.names, "other.example")), datetime.now(UTC)).news is News.NAMES
    with standing_head(tmp_path / "renewed") as second:
        home.keep(replace(before, head=second.server))
        after = join(second, home, code="").membership
        assert second.fingerprint != first.fingerprint
    assert after == home.membership()
    assert (after.key, after.authorities != before.authorities) == (before.key, True)


def test_reports_are_answered_until_the_machine_is_removed(head: StandingHead, home: NodeHome) -> None:
    joined = join(head, home)
    asking = Head(joined.membership.head, trust_of(joined.membership))
    assert asking.report(joined.membership.key).session == joined.session
    asking.report(joined.membership.key, leaving=True)
    assert [node.leaving for node in head.house.store.nodes.list()] == [True]
    remove(head, joined)
    with pytest.raises(scriba.Unauthenticated):
        asking.report(joined.membership.key)
    asking.close()


def answering(*answers: Exception | Joined) -> Callable[[], Joined]:
    left = iter(answers)

    def ask() -> Joined:
        answer = next(left)
        if isinstance(answer, Joined):
            return answer
        raise answer

    return ask


JOINED = Joined(Membership("archive.lan:8440", "key"), "1", "10.0.0.1:8441", "session 1")
WAITED_FOR = (scriba.Unavailable("away"), scriba.DeadlineExceeded("slow"), scriba.ResourceExhausted("later"), NotTheHead("another"))


def test_a_head_that_is_away_is_waited_for_with_longer_and_longer_pauses() -> None:
    pauses = list[float]()
    with structlog.testing.capture_logs() as said:
        assert patiently(answering(*WAITED_FOR, *WAITED_FOR, JOINED), pauses.append) == JOINED
    assert pauses == [FIRST_PAUSE_SECONDS, 2, 4, 8, 16, *[LONGEST_PAUSE_SECONDS] * 3]
    assert len(said) == len(pauses)


@pytest.mark.parametrize("refusal", [scriba.Unauthenticated("removed"), scriba.FailedPrecondition("another version"), StartError("no")])
def test_a_refusal_is_not_asked_for_twice(refusal: Exception) -> None:
    pauses = list[float]()
    with pytest.raises(type(refusal)):
        patiently(answering(refusal, JOINED), pauses.append)
    assert pauses == []


def test_on_one_machine_it_joins_in_plain_text(home: NodeHome, tmp_path: Path) -> None:
    with standing_head(tmp_path / "head", tls=False) as head:
        assert join(head, home).membership == Membership(head.server, join(head, home, code="").membership.key)
