"""Keeps Envoy and the programs of this machine up to date with the certificate."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog

from actors.store.files.data_dir import DataDir
from daemon.certificates.certificate import CertificateError
from daemon.certificates.local_trust import make_local_caller, tell_local_programs
from daemon.certificates.settings import TlsSettings
from daemon.certificates.shown import Shown, doubt, look
from daemon.edge.tls_config import TlsPlan, authorities_secret, certificate_secret
from daemon.keeping.tasks import begin_task, end_task
from daemon.private_file import write_private

LOOK_SECONDS = 5.0

log = structlog.get_logger()


class CertificateWatch:
    """Holds what the port shows. Files may change at any time: what is wrong with new ones is told once, and the old ones stay in force."""

    def __init__(self, settings: TlsSettings, data: DataDir, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._data = data
        self._clock = clock
        self._caller = make_local_caller(clock()) if settings.client_ca else None
        self._complaint = ""
        self._looking: asyncio.Task[None] | None = None
        self.shown = look(settings, data, clock())
        self._publish(self.shown)
        self._complain(doubt(self.shown, clock()))

    @property
    def plan(self) -> TlsPlan:
        """Tell Envoy where its secrets lie, and how to use them."""
        # A browser that has once seen the header lets nobody pass a certificate that it doubts, as it must doubt one made by us; and it
        # holds for every port of the host, so on this machine for whatever else is developed there.
        strict = not self.shown.self_made and not self._settings.listen.is_loopback
        return TlsPlan(
            certificate=self._certificate_file,
            client_ca=self._authorities_file if self._caller else None,
            hsts_seconds=self._settings.hsts_seconds if strict else 0,
        )

    def start(self) -> None:
        """Look again and again."""
        self._looking = begin_task(self._keep_looking, "watch certificates")

    async def stop(self) -> None:
        """Look no more."""
        await end_task(self._looking)

    def look_again(self) -> None:
        """Take up what has changed; what can't be read or passed on now is tried again at the next look."""
        try:
            shown = look(self._settings, self._data, self._clock())
            if not shown.looks_like(self.shown):
                self._publish(shown)
                self.shown = shown
        except (CertificateError, OSError) as error:
            self._complain(str(error))
            return
        self._complain(doubt(shown, self._clock()))

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await asyncio.to_thread(self.look_again)

    def _publish(self, shown: Shown) -> None:
        certificate, caller = shown.certificate, self._caller
        write_private(self._certificate_file, certificate_secret(certificate.chain, certificate.key))
        if caller:
            write_private(self._authorities_file, authorities_secret(shown.client_ca + caller.certificate))
        if shown.self_made:
            write_private(self._data.public_certificate, certificate.leaf.decode("ascii"))
        tell_local_programs(self._data, self._settings.listen, certificate, caller)
        log.info("port shows a certificate", fingerprint=certificate.fingerprint, ends=f"{certificate.ends:%Y-%m-%d}", why=shown.news.value)

    def _complain(self, words: str) -> None:
        if words and words != self._complaint:
            log.warning("certificate is in doubt", problem=words)
        self._complaint = words

    @property
    def _certificate_file(self) -> Path:
        return self._data.run / "tls-certificate.json"

    @property
    def _authorities_file(self) -> Path:
        return self._data.run / "tls-authorities.json"


def watch_certificates(settings: TlsSettings | None, data: DataDir, clock: Callable[[], datetime]) -> CertificateWatch | None:
    """Read or make the certificate, and let local programs know; none where the port speaks plain text. Raises CertificateError."""
    if settings is None:
        data.local_trust.unlink(missing_ok=True)
        return None
    return CertificateWatch(settings, data, clock)
