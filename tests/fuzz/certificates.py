"""Certificates that somebody has written, names in them, fingerprints, and what a daemon has left on this machine."""

from datetime import UTC, datetime
from ssl import DER_cert_to_PEM_cert, PEM_cert_to_DER_cert

from daemon.certificates.certificate import CertificateError, read_certificate
from daemon.certificates.making import make_server_certificate
from daemon.certificates.names import is_name
from scriba.fingerprint import parse_fingerprint
from scriba.local_server import LocalServer, parse_local_server
from tests.fuzz.target import Target, split, text

NOW = datetime(2026, 11, 27, tzinfo=UTC)
CHAIN, KEY = make_server_certificate(("archive.lan", "127.0.0.1"), NOW)
_VERSION = b"\xa0\x03\x02\x01"  # [0] { INTEGER of one byte }, by which a certificate says its version
OF_VERSION_60 = DER_cert_to_PEM_cert(PEM_cert_to_DER_cert(CHAIN.decode()).replace(_VERSION + b"\x02", _VERSION + b"\x3b", 1)).encode()


def fuzz_certificate(data: bytes) -> None:
    """Any two files are a certificate and its key, or refused in words that don't show the key."""
    chain, key = split(data, 2)
    for files in ((chain, key), (chain, KEY), (CHAIN, key)):
        try:
            certificate = read_certificate(*files)
        except CertificateError as error:
            assert str(error).startswith(("is not PEM", "can't be understood", "has a", "has an", "and the key")), error
            continue
        assert b"PRIVATE" not in certificate.chain
        assert read_certificate(certificate.chain, certificate.key) == certificate


def fuzz_certified_name(data: bytes) -> None:
    """A name that is taken for one can be certified, and is found again in the certificate."""
    name = text(data)
    if is_name(name):
        assert len(read_certificate(*make_server_certificate((name,), NOW)).names) == 1


def fuzz_fingerprint(data: bytes) -> None:
    """Any text is a fingerprint, the same when written and read again, or refused in words."""
    try:
        found = parse_fingerprint(text(data))
    except ValueError as error:
        assert str(error).startswith("not a fingerprint"), error
        return
    assert parse_fingerprint(found) == found


def fuzz_local_server(data: bytes) -> None:
    """Whatever lies there is a server on this machine, or nothing."""
    found = parse_local_server(data)
    assert found is None or isinstance(found, LocalServer)


TARGETS = (
    Target(
        fuzz_certificate,
        (CHAIN + b"\xff" + KEY, CHAIN, KEY, b"-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n"),
        found=(OF_VERSION_60 + b"\xff" + KEY,),
    ),
    Target(fuzz_certified_name, (b"archive.lan", b"192.168.1.5", b"2001:db8::1", b"xn--bcher-kva.example", b"a" * 254, b"-a", b"1.2.3")),
    Target(fuzz_fingerprint, (b"SHA256:" + b"0123456789abcdef" * 4, b"AB:" * 31 + b"AB", b"sha-256 ")),
    Target(
        fuzz_local_server,
        (b'{"listen": "0.0.0.0:1", "certificate": "", "server_name": "", "client_certificate": "", "client_key": ""}', b"[" * 9_999),
    ),
)
