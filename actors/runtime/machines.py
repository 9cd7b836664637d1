"""The machines that Ray knows."""

from dataclasses import dataclass

import ray

from actors.runtime.machine import usable_cores, usable_memory

# What a machine that joined is called by those who let it in travels with it through Ray.
NUMBER_LABEL = "scriba.node"
# In a Ray that others have started a node says by this resource that it has our programs, and reads pages.
READING_RESOURCE = "scriba"


@dataclass(frozen=True, slots=True)
class NodeInfo:
    """One machine of the cluster. `number` is its own for good, '' for the head; Ray's `node_id` is another at each start.

    `resting`: it is there, and is given nothing to do; Ray does not know of that.
    """

    node_id: str
    hostname: str
    head: bool
    alive: bool
    cores: int
    memory_bytes: int
    number: str = ""
    resting: bool = False


def nodes() -> list[NodeInfo]:
    """List the machines that Ray knows and that are ours to use: the head, then by name, those of one name as they joined first."""
    head = ray.get_runtime_context().get_node_id()
    found = [
        NodeInfo(
            node_id=node["NodeID"],
            hostname=node["NodeManagerHostname"],
            head=node["NodeID"] == head,
            alive=node["Alive"],
            # One that is a guest of another Ray has no core for that one's tasks.
            cores=int(node["Resources"].get("CPU", 0)) or usable_cores(),
            memory_bytes=usable_memory() if node["NodeID"] == head else int(node["Resources"].get("memory", 0)),
            number=node["Labels"].get(NUMBER_LABEL, ""),
        )
        for node in ray.nodes()  # type: ignore[no-untyped-call]  # ray leaves it untyped
        if node["NodeID"] == head or NUMBER_LABEL in node["Labels"] or READING_RESOURCE in node["Resources"]
    ]
    return sorted(found, key=lambda node: (not node.head, node.hostname, len(node.number), node.number))
