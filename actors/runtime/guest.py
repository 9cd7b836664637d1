"""A Ray that others have started: what runs there, and how this machine becomes a node of it."""

import json
import socket
from dataclasses import dataclass

from ray._common.usage.usage_constants import CLUSTER_METADATA_KEY
from ray._private.ray_constants import KV_NAMESPACE_CLUSTER
from ray._raylet import GcsClient  # type: ignore[attr-defined]  # it is compiled, and has no types
from ray.exceptions import RayError

from actors.runtime.errors import ClusterNotStarted

ANSWER_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class RayThere:
    """What a Ray tells of itself, before anybody joins it."""

    ray: str
    python: str


def look_at(cluster: str) -> RayThere:
    """Ask the Ray at HOST:PORT what it is. Raises ClusterNotStarted where none answers, or lets nobody in."""
    host, _, port = cluster.rpartition(":")
    try:
        # Its own client would try for most of a minute.
        socket.create_connection((host.strip("[]"), int(port)), ANSWER_SECONDS).close()
    except OSError as error:
        raise ClusterNotStarted(f"No Ray answers at {cluster}: {error.strerror or error}.") from error
    try:
        told = GcsClient(address=cluster).internal_kv_get(CLUSTER_METADATA_KEY, namespace=KV_NAMESPACE_CLUSTER, timeout=ANSWER_SECONDS)
    except (RayError, RuntimeError, OSError) as error:
        hint = "RAY_AUTH_MODE, RAY_AUTH_TOKEN and RAY_USE_TLS must be the same here as there"
        raise ClusterNotStarted(f"The Ray at {cluster} lets nobody in from here ({hint}): {error}") from error
    if told is None:
        raise ClusterNotStarted(f"What answers at {cluster} is no Ray that was started by `ray start --head`.")
    known = json.loads(told)
    return RayThere(known["ray_version"], known["python_version"])
