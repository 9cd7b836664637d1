"""nginx and Caddy as processes, set up by the files that we give out."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from daemon.certificates.making import make_server_certificate
from tests.ports import free_port
from tests.running import outer_environment, wait_until

DOCKER = Path(__file__).parents[2] / "docker"
NAME = "archive.example"
START_SECONDS = 20.0
END_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Front:
    """What people reach: a proxy that speaks TLS at https://localhost:`port`, and the certificate by which it is known."""

    port: int
    certificate: Path

    @property
    def url(self) -> str:
        """Give what browsers call."""
        return f"https://localhost:{self.port}"


@dataclass(frozen=True, slots=True)
class Place:
    """What each of them needs here: a folder of its own, ports, a certificate with its key, and the archive behind."""

    folder: Path
    port: int
    plain_port: int
    certificate: Path
    key: Path
    archive: str


def nginx(place: Place) -> list[str]:
    """Write what nginx reads, and give its command; it is told to stay in its folder and in front."""
    changes = {
        "listen 80;": f"listen 127.0.0.1:{place.plain_port};",
        "    listen [::]:80;\n": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{place.port} ssl http2;",
        "    listen [::]:443 ssl http2;\n": "",
        "/etc/ssl/archive/fullchain.pem": str(place.certificate),
        "/etc/ssl/archive/privkey.pem": str(place.key),
        "server 127.0.0.1:8440;": f"server {place.archive};",
        NAME: "localhost",
    }
    (place.folder / "scriba.conf").write_text(changed(DOCKER / "nginx.conf", changes))
    folders = "".join(f"{kind}_temp_path tmp/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (place.folder / "tmp").mkdir()
    main = f"daemon off; pid nginx.pid; error_log stderr; events {{}}\nhttp {{ access_log off;\n{folders}include scriba.conf;\n}}\n"
    (place.folder / "nginx.conf").write_text(main)
    return [_program("nginx"), "-p", str(place.folder), "-c", "nginx.conf", "-e", "stderr"]


def caddy(place: Place) -> list[str]:
    """Write what Caddy reads, and give its command; an authority of the internet is asked for nothing."""
    changes = {
        f"{NAME} {{\n": f"https://localhost:{place.port} {{\n\ttls {place.certificate} {place.key}\n",
        "h2c://127.0.0.1:8440": f"h2c://{place.archive}",
        "reverse_proxy 127.0.0.1:8440": f"reverse_proxy {place.archive}",
    }
    ours = f"{{\n\tadmin off\n\tauto_https disable_redirects\n\thttp_port {place.plain_port}\n\tdefault_bind 127.0.0.1\n}}\n"
    (place.folder / "Caddyfile").write_text(ours + changed(DOCKER / "Caddyfile", changes))
    return [_program("caddy"), "run", "--config", str(place.folder / "Caddyfile"), "--adapter", "caddyfile"]


PROXIES: Mapping[str, Callable[[Place], list[str]]] = {"nginx": nginx, "caddy": caddy}


def changed(file: Path, changes: Mapping[str, str]) -> str:
    """Put ours in the place of what a user changes; each must be there, or the file is not the one that is meant."""
    text = file.read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    for before, after in changes.items():
        assert before in body, f"{file.name} has no {before!r}"
        body = body.replace(before, after)
    return f"{head}\n\n{body}"


def is_installed(proxy: str) -> bool:
    """Tell whether Debian's package is there."""
    return _program(proxy) != ""


@contextmanager
def standing(proxy: str, folder: Path, archive: str) -> Iterator[Front]:
    """Let a proxy stand before the archive at HOST:PORT, and end it."""
    folder.mkdir()
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    for file, text in zip((certificate, key), make_server_certificate(["localhost"], datetime.now(UTC)), strict=True):
        file.write_bytes(text)
    place = Place(folder, free_port(), free_port(), certificate, key, archive)
    log = folder / "log"
    homeless = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with log.open("wb") as lines:
        process = subprocess.Popen(PROXIES[proxy](place), stdout=lines, stderr=lines, env={**outer_environment(), **homeless})
    try:
        wait_until(lambda: process.poll() is not None or _listens(place.port), START_SECONDS, log.read_text)
        assert process.poll() is None, log.read_text()
        yield Front(place.port, certificate)
    finally:
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _program(name: str) -> str:
    # A user's path has no sbin, where Debian lays nginx.
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") or ""
