"""TLS at the one port: a real Envoy, real certificates, and clients that believe or don't."""

import asyncio
import socket
import ssl
import struct
from pathlib import Path

import grpc
import pytest
import trustme

import scriba
from daemon.listen import ListenAddress
from scriba.handshake import doubt
from scriba.trust import credentials_of
from tests.daemon.encrypted import HSTS_SECONDS, SECONDS, Encrypted, believing, browse, encrypted, known_by, trust_of, write_ca, write_own
from tests.daemon.upstream import SERVICE, say

EVERYWHERE = ListenAddress("0.0.0.0", 8440)  # noqa: S104  # nobody listens there


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


async def hear(edge: Encrypted, trust: scriba.Trust) -> bytes:
    options = [("grpc.ssl_target_name_override", trust.server_name)] if trust.server_name else []
    async with grpc.aio.secure_channel(edge.house.target, credentials_of(trust), options=options) as channel:
        return await say(channel)(b"hello", timeout=SECONDS)


async def refusal(edge: Encrypted, trust: scriba.Trust) -> grpc.StatusCode:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await hear(edge, trust)
    return caught.value.code()


async def is_heard(edge: Encrypted, trust: scriba.Trust) -> bool:
    try:
        return await hear(edge, trust) == b"hello"
    except grpc.aio.AioRpcError:
        return False


def ends_with(address: scriba.Address, context: ssl.SSLContext) -> str:
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        spoken_with(address, context)
    except ssl.SSLError as error:
        return str(error.reason)
    return ""


def spoken_with(address: scriba.Address, context: ssl.SSLContext) -> str | None:
    with (
        socket.create_connection((address.host, address.port), SECONDS) as connection,
        context.wrap_socket(connection, server_hostname=address.host) as channel,
    ):
        return channel.selected_alpn_protocol()


async def test_native_grpc_grpc_web_and_the_page_pass_under_an_own_certificate(tmp_path: Path, ca: trustme.CA) -> None:
    async with encrypted(tmp_path, write_own(tmp_path, ca, "localhost", "127.0.0.1")) as edge:
        assert await hear(edge, trust_of(ca)) == b"hello"
        context = believing(trust_of(ca).authorities)
        status, _, body = await asyncio.to_thread(browse, edge.address, context)
        assert (status, b"<main>" in body) == (200, True)
        message = struct.pack(">BI", 0, 5) + b"hello"
        asked = ("POST", f"/{SERVICE}/Say", message)
        status, _, body = await asyncio.to_thread(browse, edge.address, context, *asked, content_type="application/grpc-web+proto")
        assert (status, body[:10]) == (200, message)


async def test_whoever_does_not_know_the_authority_hangs_up(tmp_path: Path, ca: trustme.CA) -> None:
    async with encrypted(tmp_path, write_own(tmp_path, ca, "localhost", "127.0.0.1")) as edge:
        assert await refusal(edge, scriba.Trust()) is grpc.StatusCode.UNAVAILABLE
        assert await asyncio.to_thread(doubt, edge.address, scriba.Trust()) != ""
        assert await asyncio.to_thread(doubt, edge.address, trust_of(ca)) == ""


async def test_a_certificate_that_scriba_made_is_trusted_by_itself_and_by_no_system(tmp_path: Path) -> None:
    async with encrypted(tmp_path) as edge:
        certificate = await asyncio.to_thread(scriba.fetch_certificate, edge.address)
        assert scriba.fingerprint_of(certificate) == edge.watch.shown.certificate.fingerprint
        assert await asyncio.to_thread(scriba.trust_in, edge.address, certificate) == scriba.Trust(certificate)
        assert await hear(edge, scriba.Trust(certificate)) == b"hello"
        assert await refusal(edge, scriba.Trust()) is grpc.StatusCode.UNAVAILABLE
        assert edge.data.public_certificate.read_text() == certificate


async def test_a_certificate_with_another_name_can_be_trusted_by_itself(tmp_path: Path, ca: trustme.CA) -> None:
    async with encrypted(tmp_path, write_own(tmp_path, ca, "*.archive.example")) as edge:
        certificate = await asyncio.to_thread(scriba.fetch_certificate, edge.address)
        trust = await asyncio.to_thread(scriba.trust_in, edge.address, certificate)
        assert trust == scriba.Trust(certificate, "scriba.archive.example")
        assert await hear(edge, trust) == b"hello"
        assert await refusal(edge, trust_of(ca)) is grpc.StatusCode.UNAVAILABLE


async def test_only_callers_with_a_certificate_of_the_authority_are_let_in(tmp_path: Path, ca: trustme.CA) -> None:
    callers = trustme.CA()
    async with encrypted(tmp_path, write_own(tmp_path, ca, "127.0.0.1"), write_ca(tmp_path, callers)) as edge:
        assert await hear(edge, known_by(trust_of(ca), callers)) == b"hello"
        assert await refusal(edge, trust_of(ca)) is grpc.StatusCode.UNAVAILABLE
        assert await refusal(edge, known_by(trust_of(ca), trustme.CA())) is grpc.StatusCode.UNAVAILABLE
        assert await refusal(edge, known_by(trust_of(ca), ca)) is grpc.StatusCode.UNAVAILABLE


@pytest.mark.parametrize("callers_known", [False, True], ids=["anyone may call", "callers are known"])
@pytest.mark.parametrize("own", [False, True], ids=["self-made", "own"])
async def test_programs_of_this_machine_get_in_by_what_the_daemon_leaves_them(
    tmp_path: Path, ca: trustme.CA, own: bool, callers_known: bool
) -> None:
    files = write_own(tmp_path, ca, "archive.example") if own else None
    async with encrypted(tmp_path, files, write_ca(tmp_path, ca) if callers_known else None) as edge:
        local = scriba.read_local_server(tmp_path)
        assert local is not None
        assert local.answers_at(edge.address)
        assert await hear(edge, local.trust) == b"hello"


@pytest.mark.parametrize(
    ("version", "ciphers", "reason"),
    [
        (ssl.TLSVersion.TLSv1_1, "DEFAULT@SECLEVEL=0", "TLSV1_ALERT_PROTOCOL_VERSION"),
        (ssl.TLSVersion.TLSv1_2, "AES128-SHA:@SECLEVEL=0", "SSLV3_ALERT_HANDSHAKE_FAILURE"),
        (ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES128-GCM-SHA256", ""),
        (ssl.TLSVersion.TLSv1_3, "DEFAULT", ""),
    ],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1:DeprecationWarning")
async def test_old_versions_and_ciphers_are_refused(tmp_path: Path, version: ssl.TLSVersion, ciphers: str, reason: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers(ciphers)
    context.minimum_version = context.maximum_version = version
    async with encrypted(tmp_path) as edge:
        assert await asyncio.to_thread(ends_with, edge.address, context) == reason


@pytest.mark.parametrize(("offered", "spoken"), [(["h2", "http/1.1"], "h2"), (["http/1.1"], "http/1.1")])
async def test_callers_choose_their_protocol(tmp_path: Path, offered: list[str], spoken: str) -> None:
    async with encrypted(tmp_path) as edge:
        context = believing(edge.watch.shown.certificate.leaf.decode())
        context.set_alpn_protocols(offered)
        assert await asyncio.to_thread(spoken_with, edge.address, context) == spoken


async def test_a_browser_with_plain_text_is_sent_to_tls_and_a_program_is_told(tmp_path: Path) -> None:
    async with encrypted(tmp_path) as edge:
        status, headers, _ = await asyncio.to_thread(browse, edge.address, None, "GET", "/page?x=1")
        assert (status, headers["location"]) == (307, f"https://{edge.house.target}/page?x=1")
        status, _, body = await asyncio.to_thread(browse, edge.address, None, "POST", "/", b"secret")
        assert (status, b"https://" in body) == (403, True)
        async with grpc.aio.insecure_channel(edge.house.target) as channel:
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await say(channel)(b"hello", timeout=SECONDS)
        assert (caught.value.code(), "https://" in str(caught.value.details())) == (grpc.StatusCode.PERMISSION_DENIED, True)


@pytest.mark.parametrize(
    ("own", "seen_as", "told"),
    [(True, EVERYWHERE, f"max-age={HSTS_SECONDS}"), (False, EVERYWHERE, None), (True, None, None)],
    ids=["own", "self-made", "on this machine"],
)
async def test_browsers_are_bound_to_tls_by_an_own_certificate_alone(
    tmp_path: Path, ca: trustme.CA, own: bool, seen_as: ListenAddress | None, told: str | None
) -> None:
    async with encrypted(tmp_path, write_own(tmp_path, ca, "127.0.0.1") if own else None, seen_as=seen_as) as edge:
        trusted = trust_of(ca).authorities if own else edge.watch.shown.certificate.leaf.decode()
        _, headers, _ = await asyncio.to_thread(browse, edge.address, believing(trusted))
        assert headers.get("strict-transport-security") == told


async def test_a_renewed_file_is_taken_up_and_no_call_is_cut(tmp_path: Path, ca: trustme.CA) -> None:
    own = write_own(tmp_path, ca, "127.0.0.1")
    async with encrypted(tmp_path, own) as edge, grpc.aio.secure_channel(edge.house.target, credentials_of(trust_of(ca))) as channel:
        assert await say(channel)(b"before", timeout=SECONDS) == b"before"
        before = edge.watch.shown.certificate.fingerprint
        write_own(tmp_path, ca, "127.0.0.1", "new.example")
        edge.watch.look_again()
        after = edge.watch.shown.certificate.fingerprint
        async with asyncio.timeout(SECONDS):
            while scriba.fingerprint_of(await asyncio.to_thread(scriba.fetch_certificate, edge.address)) != after:
                await asyncio.sleep(0.01)  # Envoy tells nobody when it has read a file
        assert before != after
        assert await say(channel)(b"after", timeout=SECONDS) == b"after"
        assert edge.house.edge.restarts == 0


async def test_a_renewed_file_that_cannot_be_used_leaves_the_old_one_in_force(tmp_path: Path, ca: trustme.CA) -> None:
    own = write_own(tmp_path, ca, "127.0.0.1")
    async with encrypted(tmp_path, own) as edge:
        shown = edge.watch.shown
        foreign = ca.issue_cert("127.0.0.1")
        for content in (b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", foreign.cert_chain_pems[0].bytes()):
            own.certificate.write_bytes(content)
            edge.watch.look_again()
        own.certificate.unlink()
        edge.watch.look_again()
        assert edge.watch.shown == shown
        assert await hear(edge, trust_of(ca)) == b"hello"


async def test_a_renewed_file_that_could_not_be_passed_on_is_taken_up_at_the_next_look(tmp_path: Path, ca: trustme.CA) -> None:
    own = write_own(tmp_path, ca, "127.0.0.1")
    async with encrypted(tmp_path, own) as edge:
        shown = edge.watch.shown
        write_own(tmp_path, ca, "127.0.0.1", "new.example")
        edge.data.run.rename(tmp_path / "away")
        edge.watch.look_again()
        assert edge.watch.shown == shown
        (tmp_path / "away").rename(edge.data.run)
        edge.watch.look_again()
        assert edge.watch.shown.certificate.names == ("127.0.0.1", "new.example")


async def test_an_authority_of_callers_that_is_changed_is_taken_up(tmp_path: Path, ca: trustme.CA) -> None:
    first, second = trustme.CA(), trustme.CA()
    async with encrypted(tmp_path, write_own(tmp_path, ca, "127.0.0.1"), write_ca(tmp_path, first)) as edge:
        assert await hear(edge, known_by(trust_of(ca), first)) == b"hello"
        write_ca(tmp_path, second)
        edge.watch.look_again()
        known = known_by(trust_of(ca), second)
        async with asyncio.timeout(SECONDS):
            while not await is_heard(edge, known):
                await asyncio.sleep(0.01)  # Envoy tells nobody when it has read a file
        assert await refusal(edge, known_by(trust_of(ca), first)) is grpc.StatusCode.UNAVAILABLE
