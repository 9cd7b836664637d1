"""The cluster's own authority: it vouches for the machines of one cluster to one another, and to nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from actors.store.files.durable import sync_file, sync_folder
from daemon.certificates.making import EARLIER, general_name
from daemon.private_file import write_private
from daemon.start_error import StartError

# Nothing but this cluster believes it, and whoever takes it takes the archive with it: its end need not come in the life of a machine.
AUTHORITY_YEARS = timedelta(days=3_652)
# A machine asks for a new certificate whenever it begins; one that runs on must not lose its own.
MACHINE_YEARS = timedelta(days=1_826)


class AuthorityError(StartError):
    """The authority can't be read, or is asked for what it can't sign."""


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority's certificate, PEM, and what signs with it."""

    certificate: bytes
    _key: ec.EllipticCurvePrivateKey = field(repr=False)

    def certify(self, request: bytes, now: datetime) -> bytes:
        """Sign for the names and the key in a signing request (PKCS #10, PEM); gives PEM. Raises AuthorityError."""
        try:
            asked = x509.load_pem_x509_csr(request)
            names = asked.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
            sound = asked.is_signature_valid
        except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as error:
            raise AuthorityError(f"The signing request can't be understood: {error}.") from error
        key = asked.public_key()
        if not sound or not isinstance(key, ec.EllipticCurvePublicKey):
            raise AuthorityError("The signing request must be signed by its own key, one of ECDSA.")
        issuer = x509.load_pem_x509_certificate(self.certificate)
        signed = (
            x509.CertificateBuilder()
            .subject_name(_called("machine"))
            .issuer_name(issuer.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - EARLIER)
            .not_valid_after(min(now + MACHINE_YEARS, issuer.not_valid_after_utc))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        return signed.public_bytes(serialization.Encoding.PEM)


def keep_authority(path: Path, now: datetime) -> Authority:
    """Give the authority that is there, or make one. Raises AuthorityError where the file is damaged: nobody would believe another."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, _make(now).decode("ascii"))
        sync_file(path)
        sync_folder(path.parent)
    text = path.read_bytes()
    try:
        key = serialization.load_pem_private_key(text, password=None)
        certificate = x509.load_pem_x509_certificate(text)
    except (ValueError, TypeError) as error:
        raise AuthorityError(
            f"{path} can't be read: {error}. Take it from a backup, or remove it and let each machine join anew with a code."
        ) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise AuthorityError(f"{path} holds a key that we did not make. Remove it and let each machine join anew with a code.")
    return Authority(certificate.public_bytes(serialization.Encoding.PEM), key)


def ask_for(names: Sequence[str]) -> tuple[bytes, bytes]:
    """Make a key, and the signing request by which an authority vouches for it under these names and addresses; both PEM, the key first."""
    key = ec.generate_private_key(ec.SECP256R1())
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(_called("machine"))
        .add_extension(x509.SubjectAlternativeName([general_name(name) for name in names]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _private(key), request.public_bytes(serialization.Encoding.PEM)


def _make(now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _called("cluster")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + AUTHORITY_YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    return _private(key) + certificate.public_bytes(serialization.Encoding.PEM)


def _called(what: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Scriba"), x509.NameAttribute(NameOID.COMMON_NAME, what)])


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
