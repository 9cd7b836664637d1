"""The head of a cluster: what it needs so that other machines may join, made at each start."""

import secrets
import socket
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import Path
from platform import python_version

from actors.runtime.environment import TlsFiles
from actors.runtime.ports import PortRange, is_free
from actors.store.files.data_dir import DataDir
from daemon.certificates.authority import Authority, ask_for, keep_authority
from daemon.certificates.names import HERE
from daemon.listen import ListenAddress
from daemon.private_file import write_private
from daemon.service.opened import Versions
from daemon.settings.model import Settings
from daemon.start_error import StartError

# Nothing is sent there: it is one that no network holds (RFC 5737), and only the way to it is asked for.
_FAR_AWAY = ("192.0.2.1", 9)


@dataclass(frozen=True, slots=True)
class Head:
    """How this machine is called by those that join, the ports for it, and what it is known by."""

    address: str
    ports: PortRange
    authority: Authority
    tls: TlsFiles


def prepare_head(settings: Settings, data: DataDir) -> Head | None:
    """Make what machines that join will see; None where none may. Raises StartError."""
    if not settings.cluster:
        return None
    ports = PortRange(settings.cluster_port)
    for port in (ports.gcs, ports.node_manager, ports.object_manager):
        if not is_free(port):
            raise StartError(f"port {port} is taken, which the cluster needs: choose {ports.last - ports.first + 1} others by cluster_port")
    address, now = address_for(settings.cluster_address, settings.listen), datetime.now(UTC)
    authority = keep_authority(data.cluster_authority, now)
    return Head(address, ports, authority, write_certificate(data.run, authority, [address, *HERE[:2]], now))


def write_certificate(folder: Path, authority: Authority, names: Sequence[str], now: datetime) -> TlsFiles:
    """Have the authority vouch for this machine, in files that only their owner reads."""
    key, request = ask_for(names)
    files = TlsFiles(folder / "cluster.pem", folder / "cluster.key", folder / "cluster-authority.pem")
    for file, text in ((files.key, key), (files.certificate, authority.certify(request, now)), (files.authority, authority.certificate)):
        write_private(file, text.decode("ascii"))
    return files


def address_for(given: str, listen: ListenAddress) -> str:
    """Choose how other machines reach this one. Raises StartError where no network knows it."""
    if given:
        return resolved(given)
    if not ip_address(listen.host).is_unspecified:
        return listen.host
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(_FAR_AWAY)
        except OSError as error:
            raise StartError("this machine has no network by which others could join: set cluster_address to its address") from error
        return str(probe.getsockname()[0])


def resolved(name: str) -> str:
    """Give the address of a host's name: Ray calls machines by addresses. Raises StartError."""
    try:
        return str(socket.gethostbyname(name))
    except OSError as error:
        raise StartError(f"cluster_address = {name}: no address is known for it: {error.strerror or error}") from error


def versions() -> Versions:
    """Tell what runs here, as machines that join must run it."""
    return Versions(version("scriba"), version("ray"), python_version())


def new_session() -> str:
    """Name the life of a cluster that begins now."""
    return secrets.token_hex(8)
