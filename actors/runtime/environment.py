"""What Ray reads from the environment, set before Ray is imported for the first time.

Ray decides on its token mode while it is imported, so `prepare_environment` must run before any module of this room but this one.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from actors.runtime.machine import usable_cores

FAILURE_DETECTION = {
    # A killed raylet is noticed after about 4 s instead of 18 s (measured), a cut link after 9 s instead of 64 s.
    "RAY_health_check_initial_delay_ms": "1000",
    "RAY_health_check_period_ms": "1000",
    "RAY_health_check_timeout_ms": "2000",
    "RAY_health_check_failure_threshold": "3",
}


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files by which the machines of a cluster know one another: of this one certificate and key, and the authority of all."""

    certificate: Path
    key: Path
    authority: Path


def prepare_environment(token_path: Path, tls: TlsFiles | None = None) -> None:
    """Demand a token of everyone who speaks to our Ray, and make that token at the first start; with `tls` a certificate, too.

    Ray's own token file is readable by everyone (0644); ours is 0600.
    """
    if not token_path.exists():
        staged = token_path.with_suffix(".new")
        descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        staged.replace(token_path)
    _prepare_any()
    os.environ.update(
        RAY_AUTH_MODE="token",
        RAY_AUTH_TOKEN_PATH=str(token_path),
        # Despite its name, this alone keeps Ray on loopback: else it takes 127.0.0.1 for an oversight and listens on every interface.
        RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER="0",
    )
    if tls is not None:
        os.environ.update(
            RAY_USE_TLS="1",
            RAY_TLS_SERVER_CERT=str(tls.certificate),
            RAY_TLS_SERVER_KEY=str(tls.key),
            RAY_TLS_CA_CERT=str(tls.authority),
        )


def prepare_to_visit() -> None:
    """Leave it to the environment of this process how the machines of a Ray that others have started know one another."""
    _prepare_any()
    # Ray begins as many processes at once as its node has cores, and ours there has none to give.
    os.environ.update(RAY_worker_maximum_startup_concurrency=str(usable_cores()))


def _prepare_any() -> None:
    os.environ.update(
        FAILURE_DETECTION,
        RAY_USAGE_STATS_ENABLED="0",
        RAY_DEDUP_LOGS="0",
        # Ray would run every actor at 15: the intake behind the readers, which then ask for 10, and only root may ask for less.
        RAY_worker_niceness="0",
    )
