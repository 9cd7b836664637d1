"""Ray on this machine, started and stopped by us: the head of a cluster, or a work node of one."""

import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ray
from ray._private.node import Node
from ray._private.parameter import RayParams

from actors.runtime.bare_node import bare_nodes
from actors.runtime.errors import ClusterNotStarted
from actors.runtime.machines import NUMBER_LABEL
from actors.runtime.ports import PortRange
from actors.runtime.strays import end_strays, ray_folder

# The least that Ray takes; pages travel one by one, so more is not needed on one machine.
OBJECT_STORE_BYTES = 80 * 1024 * 1024
NAMESPACE = "scriba"
LOOPBACK = "127.0.0.1"
# Nobody asks Ray what it did: its table of tasks would grow by 80 MiB with 10,000 documents (measured).
SYSTEM = {"prestart_worker_first_driver": False, "enable_metrics_collection": False, "task_events_report_interval_ms": 0}


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """How Ray is started here.

    `address_file` remembers Ray's folder, so that one left behind by a kill is removed at the next start. `address` is how other machines
    call this one, `ports` are those that they need; without, Ray chooses.
    """

    address_file: Path
    cores: int
    object_store_bytes: int = OBJECT_STORE_BYTES
    address: str = LOOPBACK
    ports: PortRange | None = None


@dataclass(frozen=True, slots=True)
class Joining:
    """Which cluster a machine joins, `head` being HOST:PORT of its Ray, and what it is called there."""

    head: str
    number: str
    memory_bytes: int


class LocalRay:
    """The processes of Ray that we began on this machine."""

    def __init__(self, settings: ClusterSettings, node: Node) -> None:
        self._settings = settings
        self._node = node

    @property
    def address(self) -> str:
        """Tell HOST:PORT of the cluster's Ray."""
        return str(self._node.gcs_address)

    def stop(self) -> None:
        """End them all, and remove their folder."""
        ray.shutdown()
        self._node.kill_all_processes(check_alive=False, allow_graceful=False)
        _remove_stale_folder(self._settings.address_file)


def start_ray(settings: ClusterSettings) -> LocalRay:
    """Start a Ray of our own, in a folder that only we can enter, and speak to it from then on.

    On loopback nothing listens elsewhere; else everything listens on all interfaces, whatever the address. Raises `ClusterNotStarted`.
    """
    started = _started(settings, head=True, parameters={"_system_config": SYSTEM})
    speak_to_ray(started.address, settings.address)
    return started


def join_ray(settings: ClusterSettings, joining: Joining) -> LocalRay:
    """Start a work node of the Ray of another machine. Raises `ClusterNotStarted`."""
    labels = {NUMBER_LABEL: joining.number}
    return _started(settings, head=False, parameters={"gcs_address": joining.head, "labels": labels, "memory": joining.memory_bytes})


def visit_ray(settings: ClusterSettings, cluster: str) -> LocalRay:
    """Start a node of the Ray at HOST:PORT that others have started, and speak to it from then on.

    It has no core to give: no task of theirs comes to where the archive is. Raises `ClusterNotStarted`.
    """
    started = _started(replace(settings, cores=0), head=False, parameters={"gcs_address": cluster})
    speak_to_ray(started.address, settings.address)
    return started


def speak_to_ray(cluster: str, address: str) -> None:
    """Make this process one that begins actors, by the Ray at HOST:PORT of which this machine is a node at `address`."""
    with _failures_told(None):
        ray.init(
            address=cluster,
            namespace=NAMESPACE,
            log_to_driver=False,
            configure_logging=False,
            logging_level=logging.ERROR,
            _node_ip_address=address,
        )


def _started(settings: ClusterSettings, *, head: bool, parameters: Mapping[str, Any]) -> LocalRay:
    end_strays(settings.address_file)
    _remove_stale_folder(settings.address_file)
    # Ray's sockets stand below this folder and a socket's path may have 107 characters, so it cannot stand in the data folder.
    folder = Path(tempfile.mkdtemp(prefix="scriba-"))
    settings.address_file.write_text(str(folder))
    # It warns that it could not take our SIGTERM, which is what we want.
    logging.getLogger("ray").setLevel(logging.ERROR)
    chosen = RayParams(
        node_ip_address=settings.address,
        num_cpus=settings.cores,
        object_store_memory=settings.object_store_bytes,
        include_dashboard=False,
        temp_dir=str(folder),
        **_ports(settings.ports, head=head),
        **parameters,
    )
    with _failures_told(folder), bare_nodes():
        return LocalRay(settings, Node(chosen, head=head, shutdown_at_exit=False))


def _ports(ports: PortRange | None, *, head: bool) -> Mapping[str, Any]:
    if ports is None:
        return {}
    fixed = {
        "node_manager_port": ports.node_manager,
        "object_manager_port": ports.object_manager,
        "min_worker_port": ports.first_worker,
        "max_worker_port": ports.last,
    }
    return {"gcs_server_port": ports.gcs, **fixed} if head else fixed


@contextmanager
def _failures_told(folder: Path | None) -> Iterator[None]:
    try:
        yield
    except (RuntimeError, OSError, ValueError) as error:
        logs = f" Its logs are in {folder}/session_latest/logs." if folder else ""
        raise ClusterNotStarted(f"Ray did not start: {error}.{logs}") from error


def _remove_stale_folder(address_file: Path) -> None:
    if address_file.exists():
        folder = ray_folder(address_file)
        if folder.name.startswith("scriba-"):
            shutil.rmtree(folder, ignore_errors=True)
        address_file.unlink()
