"""The cluster's authority: what it signs, for whom, and how it is kept."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from daemon.certificates.authority import AuthorityError, ask_for, keep_authority

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def test_an_authority_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "secrets" / "cluster-authority.pem"
    first = keep_authority(file, NOW)
    assert keep_authority(file, NOW + timedelta(days=1)).certificate == first.certificate
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_it_vouches_for_the_names_and_the_key_that_were_asked_for(tmp_path: Path) -> None:
    authority = keep_authority(tmp_path / "authority.pem", NOW)
    key, request = ask_for(["10.0.0.7", "laptop.lan"])
    signed = x509.load_pem_x509_certificate(authority.certify(request, NOW))
    names = signed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name.value) for name in names] == ["10.0.0.7", "laptop.lan"]
    mine = serialization.load_pem_private_key(key, password=None)
    assert isinstance(mine, ec.EllipticCurvePrivateKey)
    assert signed.public_key() == mine.public_key()
    signed.verify_directly_issued_by(x509.load_pem_x509_certificate(authority.certificate))


def test_what_it_signs_can_be_used_by_tls_and_can_sign_nothing_itself(tmp_path: Path) -> None:
    authority = keep_authority(tmp_path / "authority.pem", NOW)
    key, request = ask_for(["127.0.0.1"])
    files = tmp_path / "chain.pem"
    certificate = authority.certify(request, NOW)
    files.write_bytes(key + certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files)
    constraints = x509.load_pem_x509_certificate(certificate).extensions.get_extension_for_class(x509.BasicConstraints).value
    assert not constraints.ca


def foreign_key_signed() -> bytes:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.SubjectAlternativeName([x509.DNSName("a")])
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).add_extension(name, critical=False)
    return request.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def without_names() -> bytes:
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    return request.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.mark.parametrize("make", [bytes, lambda: b"nonsense", foreign_key_signed, without_names])
def test_what_is_no_request_of_a_machine_is_refused_in_words(tmp_path: Path, make: Callable[[], bytes]) -> None:
    authority = keep_authority(tmp_path / "authority.pem", NOW)
    with pytest.raises(AuthorityError, match="The signing request"):
        authority.certify(make(), NOW)


def test_a_damaged_authority_is_told_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "authority.pem"
    file.write_text("-----BEGIN PRIVATE KEY-----\nrot\n-----END PRIVATE KEY-----\n")
    with pytest.raises(AuthorityError, match="Take it from a backup, or remove it and let each machine join anew"):
        keep_authority(file, NOW)
