"""Makes the certificates that no authority has to be asked for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# Apple's systems believe no server's certificate that is valid for longer, whoever made it.
LONGEST = timedelta(days=825)
# Clocks of others may be late.
EARLIER = timedelta(days=1)
_LONGEST_COMMON_NAME = 64


def make_server_certificate(names: Sequence[str], now: datetime, key: bytes = b"") -> tuple[bytes, bytes]:
    """Make a certificate for these host names and addresses, and its key, both PEM; it can vouch for no other.

    `key`, PEM, goes on being used: by it, who has believed the certificate of before knows this one. A new one is made where that is b"".
    """
    before = serialization.load_pem_private_key(key, None) if key else None
    secret = before if isinstance(before, ec.EllipticCurvePrivateKey) else ec.generate_private_key(ec.SECP256R1())
    return _make(secret, names[0], names, ExtendedKeyUsageOID.SERVER_AUTH, now - EARLIER, now - EARLIER + LONGEST)


def make_client_certificate(name: str, now: datetime, valid: timedelta) -> tuple[bytes, bytes]:
    """Make a certificate by which a caller is known, and its key, both PEM."""
    return _make(ec.generate_private_key(ec.SECP256R1()), name, (), ExtendedKeyUsageOID.CLIENT_AUTH, now - EARLIER, now + valid)


def _make(
    key: ec.EllipticCurvePrivateKey, title: str, names: Sequence[str], purpose: x509.ObjectIdentifier, begins: datetime, ends: datetime
) -> tuple[bytes, bytes]:
    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Scriba"), x509.NameAttribute(NameOID.COMMON_NAME, title[:_LONGEST_COMMON_NAME])]
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_only_signatures(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        .add_extension(identifier, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([general_name(name) for name in names]), critical=False)
    certificate = builder.sign(key, hashes.SHA256())
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return certificate.public_bytes(serialization.Encoding.PEM), secret


def general_name(name: str) -> x509.GeneralName:
    """Write a host name or an address as certificates do."""
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _only_signatures() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
