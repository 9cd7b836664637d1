"""Whose certificates are believed, and the one that we show."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import grpc

# Where systems keep what they trust: Debian and Arch, Fedora, openSUSE, macOS and BSD.
_SYSTEMS = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


@dataclass(frozen=True, slots=True)
class Trust:
    """All PEM. Without `authorities` those count that this system trusts; a server's own certificate there trusts that server alone.

    `server_name` is the name that the certificate must hold, where it is not the one that is called. With `client_certificate` and its key
    the server is told who calls.
    """

    authorities: str = ""
    server_name: str = ""
    client_certificate: str = ""
    client_key: str = field(default="", repr=False)


def credentials_of(trust: Trust) -> grpc.ChannelCredentials:
    """Give them to gRPC."""
    return grpc.ssl_channel_credentials(
        root_certificates=trust.authorities.encode() or _read_system(system_authorities(os.environ)),
        private_key=trust.client_key.encode() or None,
        certificate_chain=trust.client_certificate.encode() or None,
    )


def system_authorities(environ: Mapping[str, str]) -> Path | None:
    """Find the file of what this system trusts; None where there is none, or gRPC has been told another."""
    if environ.get("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH"):
        return None
    named = environ.get("SSL_CERT_FILE")
    return next((path for path in map(Path, (named, *_SYSTEMS) if named else _SYSTEMS) if path.is_file()), None)


def read_pem(path: str, what: str) -> str:
    """Read a file that a person has named; raises ValueError with words that name it, too."""
    try:
        text = Path(path).expanduser().read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{what} names {path}, which cannot be read: {error}") from error
    if "-----BEGIN " not in text:
        raise ValueError(f"{what} names {path}, which is not PEM: it must begin with -----BEGIN …")
    return text


def _read_system(path: Path | None) -> bytes | None:
    return path.read_bytes() if path else None
