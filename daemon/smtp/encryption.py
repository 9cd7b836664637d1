"""The encryption of the door for mail (STARTTLS), with the certificate that the port shows."""

import ssl
from collections.abc import Callable
from pathlib import Path

from daemon.certificates.certificate import Certificate
from daemon.private_file import write_private


class MailEncryption:
    """Gives the context for the next connection; one that was made before keeps its own."""

    def __init__(self, shown: Callable[[], Certificate], folder: Path) -> None:
        """Take who knows the certificate in force; its files lie in `folder` for the moment in which the library reads them."""
        self._shown = shown
        self._folder = folder
        self._fingerprint = ""
        self._context: ssl.SSLContext | None = None

    def context(self) -> ssl.SSLContext:
        """Give it, made anew when the certificate is another."""
        certificate = self._shown()
        if self._context is None or certificate.fingerprint != self._fingerprint:
            self._context, self._fingerprint = self._made(certificate), certificate.fingerprint
        return self._context

    def _made(self, certificate: Certificate) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        file = self._folder / "smtp-certificate.pem"
        write_private(file, (certificate.chain + certificate.key).decode("ascii"))
        try:
            context.load_cert_chain(file)
        finally:
            file.unlink(missing_ok=True)
        return context
