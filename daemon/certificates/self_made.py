"""The certificate that Scriba makes for itself, and keeps until it ends or the machine is called otherwise."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from actors.store.files.data_dir import DataDir
from actors.store.files.durable import sync_file, sync_folder
from daemon.certificates.certificate import Certificate, CertificateError, read_certificate
from daemon.certificates.making import make_server_certificate
from daemon.certificates.names import CertifiedNames
from daemon.private_file import write_private

RENEW_BEFORE = timedelta(days=30)


class News(StrEnum):
    """Why a certificate was made; the words go on after "made anew, since"."""

    NONE = ""
    FIRST = "there was none"
    ENDS = "the old one ends soon"
    NAMES = "this machine has another name"
    DAMAGED = "the old one could not be read"


@dataclass(frozen=True, slots=True)
class SelfMade:
    """The certificate, and why it is new where it is."""

    certificate: Certificate
    news: News


def keep_self_made(data: DataDir, names: CertifiedNames, now: datetime) -> SelfMade:
    """Give the certificate that is there, or make one. Key and certificate are one file, so that a crash can't part them.

    The key goes on where it can be read: machines that have joined know the new certificate by it.
    """
    found, news = _find(data, names, now)
    if found is None or news is not News.NONE:
        chain, key = make_server_certificate(names.all, now, found.key if found else b"")
        found = read_certificate(chain, key)
        data.secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(data.self_made_certificate, (key + chain).decode("ascii"))
        sync_file(data.self_made_certificate)
        sync_folder(data.secrets)
    data.self_made_certificate.chmod(0o600)
    return SelfMade(found, news)


def why_anew(certificate: Certificate, names: CertifiedNames, now: datetime) -> News:
    """Decide whether a certificate must be made anew, and why."""
    if (
        now >= certificate.ends - RENEW_BEFORE
    ):  # a clock before its beginning is wrong, as on a small machine that has just been switched on
        return News.ENDS
    return News.NONE if set(names.needed) <= set(certificate.names) else News.NAMES


def _find(data: DataDir, names: CertifiedNames, now: datetime) -> tuple[Certificate | None, News]:
    try:
        text = data.self_made_certificate.read_bytes()
        certificate = read_certificate(text, text)
    except FileNotFoundError:
        return None, News.FIRST
    except CertificateError:
        return None, News.DAMAGED
    return certificate, why_anew(certificate, names, now)
