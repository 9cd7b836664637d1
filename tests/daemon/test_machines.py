"""The machines as people see them, whoever knows what of them."""

from datetime import UTC, datetime

from actors.pipeline.ports import PageInHand, ReaderState, ReadLately
from actors.runtime.machines import NodeInfo
from actors.sandbox.level import SandboxLevel
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.nodes import JoinedNode, NodeId
from daemon.machines import put_together
from daemon.service.ports import Node, NodeState, Reading

NOW = datetime(2026, 11, 28, tzinfo=UTC)
PAGE = PageInHand(DocumentId(7), 2, NOW)


def machine(name: str, number: str = "", *, alive: bool = True) -> NodeInfo:
    return NodeInfo(f"ray of {name}", name, name == "head", alive, 2, 8_000, number)


def joined(number: int, hostname: str, *, resting: bool = False, leaving: bool = False) -> JoinedNode:
    return JoinedNode(NodeId(number), hostname, resting, leaving, NOW, NOW)


def test_what_the_readers_of_a_machine_do_is_added_up() -> None:
    readers = [
        ReaderState("a", "ray of head", "head", (PAGE,), 3, ReadLately(1, 2, 3), SandboxLevel.BUBBLEWRAP, frozenset({"eng"})),
        ReaderState("b", "ray of head", "head", (), 4, ReadLately(1, 2, 3), SandboxLevel.LANDLOCK, frozenset({"deu", "eng"})),
        ReaderState("c", "ray of another", "another", (), 9, ReadLately(9, 9, 9), None),
    ]
    (head,) = put_together([machine("head")], readers, [])
    assert head == Node(
        "head",
        "head",
        head=True,
        state=NodeState.WORKING,
        cores=2,
        memory_bytes=8_000,
        reading=(Reading(DocumentId(7), 2, NOW),),
        pages_read=7,
        pages_lately=(2, 4, 6),
        sandbox=SandboxLevel.LANDLOCK,
        languages=("deu", "eng"),
    )


def test_a_machine_that_joined_is_told_once_whatever_ray_remembers_of_its_former_lives() -> None:
    machines = [machine("head"), machine("laptop", "1", alive=False), machine("laptop", "1"), machine("server", "2", alive=False)]
    told = put_together(machines, [], [joined(1, "laptop", resting=True), joined(2, "server")])
    assert [(one.id, one.state, one.seen_time) for one in told] == [
        ("head", NodeState.WORKING, None),
        ("1", NodeState.RESTING, NOW),
        ("2", NodeState.AWAY, NOW),
    ]


def test_a_machine_that_leaves_rests_and_one_that_was_removed_is_not_told() -> None:
    told = put_together([machine("head"), machine("laptop", "1"), machine("old", "2")], [], [joined(1, "laptop", leaving=True)])
    assert [(one.id, one.state) for one in told] == [("head", NodeState.WORKING), ("1", NodeState.RESTING)]
