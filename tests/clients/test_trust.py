"""Whom the client believes: fingerprints, authorities, what a server on this machine leaves, and the login of a new user."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest
import trustme

import scriba
from scriba.local_server import LocalServer, parse_local_server
from scriba.trust import read_pem, system_authorities
from scriba_cli.main import run
from tests.clients.fake_archive import FakeArchive
from tests.clients.fake_server import TOKEN, FakeServer
from tests.clients.terminal import Shown, run_in_terminal
from tests.daemon.encrypted import known_by, trust_of, write_ca

DIGITS = "0123456789abcdef" * 4


@dataclass(frozen=True, slots=True)
class Guarded:
    """A server that speaks TLS, in a home with its token in a file."""

    server: FakeServer
    ca: trustme.CA
    home: Path

    @property
    def address(self) -> str:
        return f"https://{self.server.address}"

    @property
    def certificate(self) -> str:
        return scriba.fetch_certificate(scriba.parse_address(self.address))

    @property
    def saved(self) -> scriba.Login | None:
        return scriba.read_login(self.home / ".config/scriba/login.json")

    def login(self, *options: str) -> int:
        return run(["login", self.address, "--token-file", "token", *options])

    def login_at_terminal(self, typed: str) -> Shown:
        return run_in_terminal(["login", self.address, "--token-file", "token"], os.environ, typed=typed)


@pytest.fixture
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def guarded(home: Path, archive: FakeArchive, ca: trustme.CA) -> Iterator[Guarded]:
    (home / "token").write_text(TOKEN)
    server = FakeServer(archive, credentials_of_server(ca))
    yield Guarded(server, ca, home)
    server.stop()


def credentials_of_server(ca: trustme.CA, callers: trustme.CA | None = None) -> grpc.ServerCredentials:
    leaf = ca.issue_cert("127.0.0.1", "archive.example")
    pair = (leaf.private_key_pem.bytes(), b"".join(part.bytes() for part in leaf.cert_chain_pems))
    return grpc.ssl_server_credentials([pair], callers.cert_pem.bytes() if callers else None, callers is not None)


def test_a_new_user_who_says_yes_to_the_fingerprint_is_signed_in(guarded: Guarded) -> None:
    certificate = guarded.certificate
    shown = guarded.login_at_terminal("y\n")
    assert shown.code == 0
    assert f"  {scriba.fingerprint_of(certificate)}" in shown.lines
    assert max(map(len, shown.lines[:-1])) <= 80
    assert guarded.saved == scriba.Login(guarded.address, TOKEN, authorities=certificate)
    assert run(["list"]) == 0


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_a_new_user_who_does_not_say_yes_has_sent_and_saved_nothing(guarded: Guarded, answer: str) -> None:
    shown = guarded.login_at_terminal(answer)
    assert (shown.code, guarded.saved) == (1, None)
    assert "Nothing was sent, nothing is saved." in shown.lines[-1]


def test_without_a_person_to_ask_the_fingerprint_must_be_given(guarded: Guarded, capsys: pytest.CaptureFixture[str]) -> None:
    assert (guarded.login(), guarded.saved) == (1, None)
    told = capsys.readouterr().err
    assert "--fingerprint" in told
    fingerprint = scriba.fingerprint_of(guarded.certificate)
    assert fingerprint in told
    assert guarded.login("--fingerprint", fingerprint) == run(["list"]) == 0
    assert guarded.login() == 0  # who is trusted is not asked for again


def test_another_fingerprint_than_the_given_one_is_refused(guarded: Guarded, capsys: pytest.CaptureFixture[str]) -> None:
    assert (guarded.login("--fingerprint", f"SHA256:{DIGITS}"), guarded.saved) == (1, None)
    assert "has another fingerprint" in capsys.readouterr().err
    assert guarded.login("--fingerprint", "SHA256:12") == 2


def test_an_authority_vouches_for_a_server_whose_certificate_changes(guarded: Guarded) -> None:
    file = str(write_ca(guarded.home, guarded.ca))
    assert guarded.login("--ca", file) == run(["list"]) == 0
    guarded.server.stop()
    guarded.server.start(credentials_of_server(guarded.ca))
    assert run(["list"]) == 0
    assert guarded.saved == scriba.Login(guarded.address, TOKEN, authorities=Path(file).read_text())


def test_an_authority_that_did_not_issue_the_certificate_is_told(guarded: Guarded, capsys: pytest.CaptureFixture[str]) -> None:
    assert (guarded.login("--ca", str(write_ca(guarded.home, trustme.CA()))), guarded.saved) == (1, None)
    assert "--ca" in capsys.readouterr().err


def test_a_certificate_that_was_changed_is_refused_in_words_until_it_is_trusted_anew(
    guarded: Guarded, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guarded.login("--fingerprint", scriba.fingerprint_of(guarded.certificate)) == 0
    guarded.server.stop()
    guarded.server.start(credentials_of_server(guarded.ca))
    assert run(["list"]) == run(["watch"]) == 4
    told = capsys.readouterr().err
    assert "is not trusted" in told
    assert "scriba login" in told
    assert guarded.login() == 1
    assert "Another certificate was trusted there" in capsys.readouterr().err
    assert guarded.login_at_terminal("y\n").code == 0
    assert run(["list"]) == 0


def test_a_script_trusts_by_a_file_that_the_environment_names(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIBA_SERVER", guarded.server.address.replace("127.0.0.1", "https://127.0.0.1"))
    monkeypatch.setenv("SCRIBA_TOKEN", TOKEN)
    assert run(["list"]) == 4
    monkeypatch.setenv("SCRIBA_CA_FILE", str(write_ca(guarded.home, guarded.ca)))
    assert run(["list"]) == 0
    monkeypatch.setenv("SCRIBA_CA_FILE", "none.pem")
    assert run(["list"]) == 2


def test_a_server_that_wants_to_know_its_callers_knows_them_by_their_certificate(
    home: Path, archive: FakeArchive, ca: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "token").write_text(TOKEN)
    mine = known_by(trust_of(ca), ca)
    (home / "me.pem").write_text(mine.client_certificate + mine.client_key)
    server = FakeServer(archive, credentials_of_server(ca, ca))
    try:
        to = ["login", f"https://{server.address}", "--token-file", "token", "--ca", str(write_ca(home, ca))]
        assert run([*to, "--client-key", "me.pem"]) == 2
        assert run([*to, "--client-certificate", "me.pem"]) == run(["list"]) == 0
        assert run(to) == run(["list"]) == 0
        scriba.login_file(os.environ).unlink()
        assert run(to) != 0
        monkeypatch.setenv("SCRIBA_CLIENT_CERTIFICATE", "me.pem")
        assert run(["list"]) == 2
        monkeypatch.setenv("SCRIBA_CLIENT_KEY", "me.pem")
        assert run(to) == run(["list"]) == 0
    finally:
        server.stop()


def test_a_server_without_tls_has_no_certificate_to_trust(home: Path, server: FakeServer, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "token").write_text(TOKEN)
    assert run(["login", server.address, "--token-file", "token", "--fingerprint", DIGITS]) == 2
    assert run(["login", f"https://{server.address}", "--token-file", "token"]) == 1
    assert f"http://{server.address}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [f"SHA256:{DIGITS}", DIGITS.upper(), f"sha-256 {DIGITS}", ":".join(DIGITS[at : at + 2] for at in range(0, 64, 2)).upper()],
)
def test_a_fingerprint_is_read_as_servers_and_browsers_show_it(text: str) -> None:
    assert scriba.parse_fingerprint(text) == f"SHA256:{DIGITS}"


@pytest.mark.parametrize("text", ["", "SHA256:", DIGITS[:-1], f"{DIGITS}0", "SHA1:0123", "g" * 64])
def test_what_is_no_fingerprint_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="not a fingerprint"):
        scriba.parse_fingerprint(text)


@pytest.mark.parametrize(
    ("listen", "called", "answers"),
    [
        ("127.0.0.1:8440", "localhost:8440", True),
        ("127.0.0.1:8440", "localhost:8441", False),
        ("0.0.0.0:8440", "[::1]:8440", True),
        ("192.168.1.5:8440", "127.0.0.1:8440", False),
        ("192.168.1.5:8440", "192.168.1.5:8440", True),
        ("192.168.1.5:8440", "192.168.1.6:8440", False),
    ],
)
def test_a_server_here_is_known_by_where_it_listens(listen: str, called: str, answers: bool) -> None:
    local = LocalServer(scriba.parse_address(listen), scriba.Trust())
    assert local.answers_at(scriba.parse_address(called)) is answers


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b'{"listen": 1}', b"\xff", b"[" * 10_000])
def test_what_no_server_has_left_here_is_nothing(content: bytes) -> None:
    assert parse_local_server(content) is None


def test_a_server_here_that_speaks_tls_is_called_so_and_believed_unless_plain_text_is_asked_for(tmp_path: Path) -> None:
    secrets = tmp_path / "data" / "secrets"
    secrets.mkdir(parents=True)
    told = '{"listen": "192.168.1.5:8440", "certificate": "C", "server_name": "N", "client_certificate": "", "client_key": ""}'
    (secrets / "local-tls.json").write_text(told)
    (secrets / "local.token").write_text("local")

    def find(server: str) -> scriba.Connection:
        return scriba.find_connection(server, None, {"HOME": str(tmp_path)}, tmp_path)

    address = scriba.Address("192.168.1.5", 8440, tls=True)
    assert find("192.168.1.5:8440") == scriba.Connection(address, "local", scriba.Trust("C", "N"))
    assert find("http://192.168.1.5:8440").token == ""
    assert find("192.168.1.5:8441") == scriba.Connection(scriba.Address("192.168.1.5", 8441, tls=True), "", scriba.Trust())


def test_what_the_system_trusts_is_found_unless_grpc_is_told(tmp_path: Path) -> None:
    (tmp_path / "bundle.pem").touch()
    environ = {"SSL_CERT_FILE": str(tmp_path / "bundle.pem")}
    assert system_authorities(environ) == tmp_path / "bundle.pem"
    assert system_authorities({**environ, "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH": "elsewhere"}) is None


def test_a_file_that_is_no_pem_is_named(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("nothing")
    for name in ("x", "none"):
        with pytest.raises(ValueError, match=f"SCRIBA_CA_FILE names {tmp_path / name}"):
            read_pem(str(tmp_path / name), "SCRIBA_CA_FILE")
