"""Whom a machine believes before it shows a code, and where it is."""

from pathlib import Path

import pytest
import trustme

import scriba
from daemon.join_codes import read_join_code
from daemon.node.asking import NotTheHead, address_towards, no_answer, trust_by_code, trust_of
from daemon.node.home import Membership
from daemon.start_error import StartError
from tests.daemon.encrypted import write_ca, write_own
from tests.node.heads import StandingHead, standing_head

ANOTHER = f"SHA256:{'0' * 64}"


def test_the_certificate_that_the_code_means_is_believed_and_no_other(head: StandingHead) -> None:
    trust = trust_by_code(head.server, read_join_code(head.code()))
    assert trust is not None
    assert scriba.fingerprint_of(trust.authorities) == head.fingerprint
    with pytest.raises(NotTheHead, match=r"is not the one that the code was made for\. Nothing was sent"):
        trust_by_code(head.server, read_join_code(head.code(ANOTHER)))


def test_a_code_that_was_cut_off_is_not_shown_to_anybody(head: StandingHead) -> None:
    with pytest.raises(NotTheHead, match="the code was cut off"):
        trust_by_code(head.server, read_join_code(head.code()[:-1]))


def test_a_code_for_tls_is_not_sent_in_plain_text(head: StandingHead) -> None:
    plain = head.server.replace("https://", "http://")
    with pytest.raises(NotTheHead, match=r"write https:// before it\. Nothing was sent"):
        trust_by_code(plain, read_join_code(head.code()))


def test_what_the_system_believes_is_not_held_fast_since_it_is_renewed_every_few_weeks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ca = trustme.CA()
    monkeypatch.setenv("SSL_CERT_FILE", str(write_ca(tmp_path, ca)))
    with standing_head(tmp_path / "head", own=write_own(tmp_path, ca, "127.0.0.1")) as head:
        assert trust_by_code(head.server, read_join_code(head.code())) is None
        with pytest.raises(NotTheHead):
            trust_by_code(head.server, read_join_code(head.code(ANOTHER)))


def test_without_a_fingerprint_the_system_says_whom_to_believe() -> None:
    assert trust_by_code("archive.lan:8440", read_join_code("ABCD-EFGH")) is None
    assert trust_of(Membership("archive.lan:8440", "key")) is None
    assert trust_of(Membership("archive.lan:8440", "key", "PEM", "name")) == scriba.Trust("PEM", "name")


def test_a_machine_knows_its_address_towards_the_head() -> None:
    assert address_towards("127.0.0.1:8440") == "127.0.0.1"
    assert address_towards("[::1]:8440") == "::1"


def test_where_there_is_no_way_that_is_said() -> None:
    with pytest.raises(StartError, match=r"There is no way to nowhere\.invalid:8440 from here: "):
        address_towards("nowhere.invalid:8440")


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        (
            "failed to connect to all addresses; last error: UNKNOWN: ipv4:10.0.0.1:8440: connect: No route to host",
            "No route to host",
        ),
        ("[Errno 113] No route to host", "No route to host"),
        ("timed out", "timed out"),
    ],
)
def test_a_head_that_does_not_answer_is_told_by_the_cause_alone(told: str, cause: str) -> None:
    assert (
        no_answer("archive.lan:8440", scriba.Unavailable(told)).splitlines()[0]
        == f"The archive does not answer on archive.lan:8440: {cause}."
    )
