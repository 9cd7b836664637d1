"""The Ray on which the archive's actors work: one of our own, or one that others have started."""

import socket
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from actors.runtime.cluster import ClusterSettings, LocalRay, start_ray, visit_ray
from actors.runtime.guest import RayThere, look_at
from actors.runtime.machine import usable_cores
from actors.runtime.ports import free_range, is_free
from actors.runtime.strays import HEAD_PROCESSES, NODE_PROCESSES
from actors.store.files.data_dir import DataDir
from daemon.head import Head, resolved, versions
from daemon.service.opened import Versions
from daemon.settings.model import Settings
from daemon.start_error import StartError


def begin_ray(settings: Settings, head: Head | None) -> LocalRay:
    """Start a Ray for this machine alone, one that others can join, or a node of one that is there.

    Raises StartError, ClusterNotStarted.
    """
    alone = ClusterSettings(ray_address(settings), settings.ocr_workers or usable_cores(), settings.ray_object_store_bytes)
    if settings.cluster_ray_address:
        return _visit(alone, settings)
    return start_ray(replace(alone, address=head.address, ports=head.ports) if head else alone)


def ray_address(settings: Settings) -> Path:
    """Name the file that remembers where our Ray is."""
    return DataDir(settings.data_dir).run / "ray"


def needed_processes(settings: Settings) -> tuple[str, ...]:
    """Name those of Ray's that run on this machine, and without which nothing goes on."""
    return NODE_PROCESSES if settings.cluster_ray_address else HEAD_PROCESSES


def _visit(settings: ClusterSettings, wanted: Settings) -> LocalRay:
    host, _, port = wanted.cluster_ray_address.rpartition(":")
    cluster = f"{resolved(host)}:{port}"
    if problem := unfit(look_at(cluster), versions(), wanted.cluster_ray_address):
        raise StartError(problem)
    ports = free_range(wanted.cluster_port, is_free)
    if ports is None:
        raise StartError(f"no hundred ports in a row are free from {wanted.cluster_port} on: choose others by cluster_port")
    address = resolved(wanted.cluster_address) if wanted.cluster_address else _address_towards(cluster)
    return visit_ray(replace(settings, address=address, ports=ports), cluster)


def unfit(there: RayThere, here: Versions, cluster: str) -> str:
    """Say in words how our Ray and one that is there do not fit, and what to do; '' where they do."""
    if there.ray != here.ray:
        return f"the Ray at {cluster} is {there.ray}, and Scriba's {here.ray}: start it from Scriba's image, or with ray=={here.ray}"
    if there.python.split(".")[:2] != here.python.split(".")[:2]:
        return f"the Ray at {cluster} runs on Python {there.python}, and Scriba on {here.python}: both need the same, to the second number"
    return ""


def _address_towards(cluster: str) -> str:
    host, _, port = cluster.rpartition(":")
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        probe.connect((host, int(port)))
        return str(probe.getsockname()[0])
