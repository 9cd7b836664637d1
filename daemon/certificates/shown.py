"""What the port shows now: the certificate, and whom it lets in; read from files, which others change."""

import socket
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from actors.store.files.data_dir import DataDir
from daemon.certificates.certificate import Certificate, CertificateError, read_certificate, read_certificates
from daemon.certificates.names import names_to_certify, own_addresses
from daemon.certificates.self_made import News, keep_self_made
from daemon.certificates.settings import OwnFiles, TlsSettings

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Shown:
    """The certificate in force, why it is new where Scriba has made it now, and the authorities of callers, PEM; none let everyone in."""

    certificate: Certificate
    self_made: bool
    news: News
    client_ca: bytes

    def looks_like(self, other: "Shown") -> bool:
        """Tell whether nothing is different but the news."""
        return replace(self, news=News.NONE) == replace(other, news=News.NONE)


def look(settings: TlsSettings, data: DataDir, now: datetime) -> Shown:
    """Read what is to be shown, and make it where it is Scriba's own; raises CertificateError with words that name the file."""
    client_ca = _read_authorities(settings.client_ca) if settings.client_ca else b""
    if settings.own:
        return Shown(_read_own(settings.own), self_made=False, news=News.NONE, client_ca=client_ca)
    names = names_to_certify(settings.listen, settings.names, socket.gethostname(), own_addresses())
    made = keep_self_made(data, names, now)
    return Shown(made.certificate, self_made=True, news=made.news, client_ca=client_ca)


def doubt(shown: Shown, now: datetime) -> str:
    """Say what is wrong with the dates of a certificate that others have made; '' for nothing."""
    certificate = shown.certificate
    if now >= certificate.ends:
        return f"the certificate ended on {certificate.ends:%Y-%m-%d}: callers refuse it"
    if now >= certificate.ends - SOON:
        return f"the certificate ends on {certificate.ends:%Y-%m-%d}"
    return f"the certificate begins on {certificate.begins:%Y-%m-%d}: callers refuse it until then" if now < certificate.begins else ""


def _read_own(own: OwnFiles) -> Certificate:
    chain, key = _read("tls_certificate", own.certificate), _read("tls_key", own.key)
    try:
        return read_certificate(chain, key)
    except CertificateError as error:
        raise CertificateError(f"tls_certificate = {own.certificate}: the certificate {error}") from error


def _read_authorities(path: Path) -> bytes:
    try:
        return b"".join(each.public_bytes(Encoding.PEM) for each in read_certificates(_read("tls_client_ca", path)))
    except CertificateError as error:
        raise CertificateError(f"tls_client_ca = {path}: the certificate {error}") from error


def _read(setting: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CertificateError(f"{setting} = {path}: the file can't be read: {error.strerror}") from error
