"""Certificates: what is made, what is read, and when one is made anew."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from actors.store.files.data_dir import DataDir
from daemon.certificates.certificate import CertificateError, read_certificate
from daemon.certificates.local_trust import name_to_expect
from daemon.certificates.making import make_server_certificate
from daemon.certificates.names import HERE, CertifiedNames, is_name, names_to_certify
from daemon.certificates.self_made import News, keep_self_made, why_anew
from daemon.certificates.settings import OwnFiles, TlsSettings
from daemon.certificates.shown import doubt, look
from daemon.listen import parse_listen_address
from tests.daemon.encrypted import write_own

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
NAMES = CertifiedNames(("archive.lan", *HERE), ("192.168.1.5",))


def pem_of(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def test_a_made_certificate_holds_what_browsers_want_and_vouches_for_nobody_else() -> None:
    chain, key = make_server_certificate(NAMES.all, NOW)
    certificate = read_certificate(chain, key)
    (leaf,) = x509.load_pem_x509_certificates(chain)
    assert certificate.names == ("archive.lan", "localhost", "127.0.0.1", "::1", "192.168.1.5")
    assert (certificate.begins, certificate.ends) == (NOW - timedelta(days=1), NOW + timedelta(days=824))
    assert leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert list(leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [ExtendedKeyUsageOID.SERVER_AUTH]
    public = leaf.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert public.curve.name == "secp256r1"


@pytest.mark.parametrize(
    ("days", "names", "news"),
    [
        (0, ("archive.lan",), News.NONE),
        (793, ("archive.lan",), News.NONE),
        (794, ("archive.lan",), News.ENDS),
        (-9_999, ("archive.lan",), News.NONE),  # a clock that has not been set yet makes no certificate
        (0, ("archive.lan", "192.168.1.5"), News.NONE),
        (0, ("archive.lan", "scans.lan"), News.NAMES),
    ],
)
def test_a_certificate_is_made_anew_before_it_ends_and_when_a_name_is_missing(days: int, names: tuple[str, ...], news: News) -> None:
    certificate = read_certificate(*make_server_certificate(NAMES.all, NOW))
    assert why_anew(certificate, CertifiedNames(names), NOW + timedelta(days=days)) is news


def test_a_made_certificate_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    first, second = keep_self_made(data, NAMES, NOW), keep_self_made(data, NAMES, NOW + timedelta(days=9))
    assert (first.news, second.news, second.certificate) == (News.FIRST, News.NONE, first.certificate)
    assert stat.S_IMODE(data.self_made_certificate.stat().st_mode) == 0o600
    assert stat.S_IMODE(data.secrets.stat().st_mode) == 0o700
    data.self_made_certificate.chmod(0o644)
    keep_self_made(data, NAMES, NOW)
    assert stat.S_IMODE(data.self_made_certificate.stat().st_mode) == 0o600


def test_a_damaged_certificate_is_made_anew_and_said_to_be(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    first = keep_self_made(data, NAMES, NOW)
    data.self_made_certificate.write_bytes(data.self_made_certificate.read_bytes()[:300])
    second = keep_self_made(data, NAMES, NOW)
    assert second.news is News.DAMAGED
    assert second.certificate.fingerprint != first.certificate.fingerprint


@pytest.mark.parametrize(
    ("listen", "given", "hostname", "needed", "also"),
    [
        ("127.0.0.1:8440", (), "Archive", ("archive", "archive.local", "127.0.0.1"), ()),
        ("192.168.1.5:8440", (), "nas.example.org", ("nas.example.org", "nas.local", "192.168.1.5"), ()),
        ("[::]:8440", (), "nas.local", ("nas.local",), ("192.168.1.5",)),
        ("0.0.0.0:8440", ("Scans.lan", "2001:DB8::0001"), "nas", ("scans.lan", "2001:db8::1"), ("192.168.1.5",)),
        ("127.0.0.1:8440", (), "bad name", ("127.0.0.1",), ()),
    ],
)
def test_a_certificate_holds_the_names_by_which_people_call(
    listen: str, given: tuple[str, ...], hostname: str, needed: tuple[str, ...], also: tuple[str, ...]
) -> None:
    addresses = ["127.0.0.1", "169.254.7.7", "192.168.1.5"]
    assert names_to_certify(parse_listen_address(listen), given, hostname, addresses) == CertifiedNames((*needed, *HERE), also)


@pytest.mark.parametrize(
    ("name", "held"),
    [("archive.lan", True), ("::1", True), ("xn--bcher-kva.example", True), ("bücher.example", False), ("a b", False), ("x" * 64, False)],
)
def test_names_that_no_certificate_holds_are_known(name: str, held: bool) -> None:
    assert is_name(name) is held


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (pem_of(ec.generate_private_key(ec.SECP256R1())), "don't belong together"),
        (pem_of(ed25519.Ed25519PrivateKey.generate()), "use ECDSA or RSA"),
        (pem_of(rsa.generate_private_key(65_537, 1_024)), "an RSA key of 1024 bits"),  # noqa: S505  # that is the point
        (b"nothing", "a key that is not PEM"),
    ],
)
def test_a_key_that_cannot_serve_is_refused_in_words(key: bytes, words: str) -> None:
    chain, _ = make_server_certificate(NAMES.all, NOW)
    with pytest.raises(CertificateError, match=words):
        read_certificate(chain, key)


def test_a_key_with_a_password_is_refused_in_words() -> None:
    chain, key = make_server_certificate(NAMES.all, NOW)
    locked = serialization.load_pem_private_key(key, None).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"secret")
    )
    with pytest.raises(CertificateError, match="without one"):
        read_certificate(chain, locked)


def test_one_file_may_hold_certificate_and_key_and_the_key_is_never_shown(tmp_path: Path) -> None:
    chain, key = make_server_certificate(NAMES.all, NOW)
    certificate = read_certificate(key + chain, key + chain)
    assert (certificate.chain, certificate.leaf, certificate.key) == (chain, chain, key)
    assert "PRIVATE" not in repr(certificate)


def test_files_that_cannot_be_used_are_named_with_their_setting(tmp_path: Path) -> None:
    own = write_own(tmp_path, trustme.CA(), "archive.example")
    listen = parse_listen_address("127.0.0.1:8440")
    data = DataDir(tmp_path)
    with pytest.raises(CertificateError, match=f"tls_key = {tmp_path}/none.pem: the file can't be read"):
        look(TlsSettings(listen, OwnFiles(own.certificate, tmp_path / "none.pem"), (), None, 0), data, NOW)
    with pytest.raises(CertificateError, match=f"tls_certificate = {own.key}: the certificate is not PEM"):
        look(TlsSettings(listen, OwnFiles(own.key, own.key), (), None, 0), data, NOW)
    with pytest.raises(CertificateError, match=f"tls_client_ca = {own.key}: the certificate is not PEM"):
        look(TlsSettings(listen, own, (), own.key, 0), data, NOW)


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "the certificate begins on 2026-11-26"), (0, ""), (809, ""), (811, "ends on 2029-02-28"), (824, "ended on 2029-02-28")],
)
def test_a_certificate_whose_time_is_not_now_is_doubted_in_words(tmp_path: Path, days: int, words: str) -> None:
    own = OwnFiles(tmp_path / "own.pem", tmp_path / "own.pem")
    own.certificate.write_bytes(b"".join(make_server_certificate(NAMES.all, NOW)))
    shown = look(TlsSettings(parse_listen_address("127.0.0.1:8440"), own, (), None, 0), DataDir(tmp_path), NOW)
    told = doubt(shown, NOW + timedelta(days=days))
    assert words in told if words else told == ""


@pytest.mark.parametrize(
    ("names", "listen", "expected"),
    [
        (("localhost", "127.0.0.1"), "0.0.0.0:1", ""),
        (("archive.example",), "0.0.0.0:1", "archive.example"),
        (("*.archive.example", "b"), "127.0.0.1:1", "scriba.archive.example"),
        ((), "127.0.0.1:1", ""),
    ],
)
def test_programs_here_expect_a_name_that_the_certificate_holds(names: tuple[str, ...], listen: str, expected: str) -> None:
    assert name_to_expect(names, parse_listen_address(listen)) == expected
