"""A certificate with its key: read, and judged by what it says."""

from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256

from daemon.start_error import StartError

LEAST_RSA_BITS = 2_048  # Envoy refuses shorter ones


class CertificateError(StartError):
    """The port can't be encrypted."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the port shows and proves. `chain` and `key` are PEM, and so is `leaf`, the first of the chain.

    `names` are host names and addresses as text, `fingerprint` is SHA256: and 64 hexadecimal digits.
    """

    chain: bytes
    leaf: bytes
    key: bytes = field(repr=False)
    fingerprint: str
    names: tuple[str, ...]
    begins: datetime
    ends: datetime


def read_certificate(chain: bytes, key: bytes) -> Certificate:
    """Read both, PEM; raises CertificateError with words that go on after "the certificate"."""
    certificates = read_certificates(chain)
    secret = _read_key(key)
    leaf = certificates[0]
    try:
        names, own = _names(leaf), leaf.public_key()
    except (ValueError, UnsupportedAlgorithm, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as error:
        raise CertificateError(f"can't be understood: {error}") from error
    if own != secret.public_key():
        raise CertificateError("and the key don't belong together")
    return Certificate(
        chain=b"".join(each.public_bytes(serialization.Encoding.PEM) for each in certificates),
        leaf=leaf.public_bytes(serialization.Encoding.PEM),
        key=secret.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        fingerprint=f"SHA256:{leaf.fingerprint(SHA256()).hex()}",
        names=names,
        begins=leaf.not_valid_before_utc,
        ends=leaf.not_valid_after_utc,
    )


def read_certificates(text: bytes) -> list[x509.Certificate]:
    """Read every certificate of a PEM text, at least one; raises CertificateError."""
    try:
        return x509.load_pem_x509_certificates(text)
    except ValueError as error:
        raise CertificateError("is not PEM: it must begin with -----BEGIN CERTIFICATE-----") from error
    except x509.InvalidVersion as error:
        raise CertificateError(f"can't be understood: {error}") from error


def _read_key(text: bytes) -> PrivateKeyTypes:
    try:
        key = serialization.load_pem_private_key(text, password=None)
    except TypeError as error:
        raise CertificateError("has a key with a password, which nobody could type at the start: write it without one") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CertificateError("has a key that is not PEM: it must begin with -----BEGIN … PRIVATE KEY-----") from error
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < LEAST_RSA_BITS:
        raise CertificateError(f"has an RSA key of {key.key_size} bits; it must have {LEAST_RSA_BITS}")
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise CertificateError("has a key of a kind that can't be served: use ECDSA or RSA")
    return key


def _names(leaf: x509.Certificate) -> tuple[str, ...]:
    try:
        held = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(str(name.value) for name in held if isinstance(name, x509.DNSName | x509.IPAddress))
