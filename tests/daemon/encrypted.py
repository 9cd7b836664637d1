"""An edge that speaks TLS, with the certificate that a test says, and calls to it as clients make them."""

import http.client
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import trustme

import scriba
from actors.store.files.data_dir import DataDir
from daemon.certificates.settings import OwnFiles, TlsSettings
from daemon.certificates.watch import CertificateWatch
from daemon.listen import ListenAddress
from tests.daemon.upstream import Standing, free_address, standing

HSTS_SECONDS = 1_000
SECONDS = 30


@dataclass(frozen=True, slots=True)
class Encrypted:
    """The edge, and who keeps its certificate."""

    house: Standing
    watch: CertificateWatch
    data: DataDir

    @property
    def address(self) -> scriba.Address:
        return scriba.Address(self.house.address.host, self.house.address.port, tls=True)


@asynccontextmanager
async def encrypted(
    folder: Path, own: OwnFiles | None = None, client_ca: Path | None = None, seen_as: ListenAddress | None = None
) -> AsyncIterator[Encrypted]:
    """Serve; `seen_as` is where the certificate's keeper believes that it listens, since tests listen on loopback alone."""
    data = DataDir(folder)
    data.create()
    address = free_address()
    settings = TlsSettings(seen_as or address, own, (), client_ca, HSTS_SECONDS)
    watch = CertificateWatch(settings, data, lambda: datetime.now(UTC))
    async with standing(folder, tls=watch.plan, address=address) as house:
        yield Encrypted(house, watch, data)


def write_own(folder: Path, ca: trustme.CA, *names: str) -> OwnFiles:
    """Have a certificate issued, and write it where it is looked for."""
    own = OwnFiles(folder / "own.pem", folder / "own-key.pem")
    leaf = ca.issue_cert(*names)
    own.certificate.write_bytes(b"".join(part.bytes() for part in leaf.cert_chain_pems))
    own.key.write_bytes(leaf.private_key_pem.bytes())
    return own


def write_ca(folder: Path, ca: trustme.CA) -> Path:
    """Write the authority's certificate."""
    file = folder / "ca.pem"
    ca.cert_pem.write_to_path(str(file))
    return file


def trust_of(ca: trustme.CA) -> scriba.Trust:
    """Trust an authority."""
    return scriba.Trust(authorities=ca.cert_pem.bytes().decode())


def known_by(trust: scriba.Trust, ca: trustme.CA) -> scriba.Trust:
    """Show a certificate from an authority."""
    leaf = ca.issue_cert("somebody@archive.example")
    chain = b"".join(part.bytes() for part in leaf.cert_chain_pems)
    return replace(trust, client_certificate=chain.decode(), client_key=leaf.private_key_pem.bytes().decode())


def believing(certificate: str) -> ssl.SSLContext:
    """Give what a browser has once its user has trusted a certificate."""
    return ssl.create_default_context(cadata=certificate)


def browse(
    address: scriba.Address, context: ssl.SSLContext | None, method: str = "GET", path: str = "/", body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Ask as a browser does; in plain text without a context."""
    place = (address.host, address.port)
    connection = (
        http.client.HTTPSConnection(*place, timeout=SECONDS, context=context)
        if context
        else http.client.HTTPConnection(*place, timeout=SECONDS)
    )
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content
