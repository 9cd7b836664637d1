"""Machines of the cluster, as the contract writes them."""

from actors.store.nodes.errors import NodeNotFound
from actors.store.nouns.nodes import NodeId
from daemon.service.refusals import HeadStays

# What the head is called: it has joined nothing, and so has no number.
HEAD = "head"


def node_id(text: str) -> NodeId:
    """Read the id of a machine that has joined. Raises HeadStays, NodeNotFound."""
    if text == HEAD:
        raise HeadStays
    if not (text.isascii() and text.isdigit()):
        raise NodeNotFound(text)
    return NodeId(int(text))
